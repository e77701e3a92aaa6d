import { plotBatchSchema, plotSchema } from '$lib/api/supply.ts';
import { answer, numberIn, readBody } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { giveBatch } from '$lib/server/service/supply/record-fact.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(plotBatchSchema, request);
	if (!body.ok) return body.response;
	const context = contextFor(locals.actor);
	const given = await giveBatch(context, params.zone, numberIn(params.plot), body.value);
	return answer(given, plotSchema, (plot) => plot);
};
