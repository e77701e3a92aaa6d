import { newIdleStepSchema } from '$lib/api/supervision.ts';
import { supplySchema } from '$lib/api/supply.ts';
import { answer, numberIn, readBody } from '$lib/server/http/changeset-answer.ts';
import { readIdleStep } from '$lib/server/http/supervision-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { recordIdleStep } from '$lib/server/service/supply/supervise-act.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newIdleStepSchema, request);
	if (!body.ok) return body.response;
	const step = readIdleStep(body.value);
	if (!step.ok) return step.response;
	const recorded = await recordIdleStep(
		contextFor(locals.actor),
		params.zone,
		numberIn(params.supply),
		step.value,
	);
	return answer(recorded, supplySchema, (supply) => supply);
};
