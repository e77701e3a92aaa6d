import { newFactSchema } from '$lib/api/supervision.ts';
import { supplySchema } from '$lib/api/supply.ts';
import { answer, numberIn, readBody } from '$lib/server/http/changeset-answer.ts';
import { readFact } from '$lib/server/http/supervision-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { recordSupplyFact } from '$lib/server/service/supply/supervise-act.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newFactSchema, request);
	if (!body.ok) return body.response;
	const fact = readFact(body.value);
	if (!fact.ok) return fact.response;
	const recorded = await recordSupplyFact(
		contextFor(locals.actor),
		params.zone,
		numberIn(params.supply),
		fact.value,
	);
	return answer(recorded, supplySchema, (supply) => supply);
};
