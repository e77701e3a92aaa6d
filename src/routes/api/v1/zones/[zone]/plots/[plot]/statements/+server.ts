import { newStatementSchema, plotSchema } from '$lib/api/supply.ts';
import { answer, numberIn, readBody } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { recordStatement } from '$lib/server/service/supply/record-fact.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newStatementSchema, request);
	if (!body.ok) return body.response;
	const recorded = await recordStatement(
		contextFor(locals.actor),
		params.zone,
		numberIn(params.plot),
		body.value,
	);
	return answer(recorded, plotSchema, (plot) => plot);
};
