import { batchListSchema, newBatchSchema } from '$lib/api/land-chain.ts';
import { answer, readBody } from '$lib/server/http/changeset-answer.ts';
import { batchesToWire } from '$lib/server/http/land-answer.ts';
import { refuseQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { enterBatch, listBatches } from '$lib/server/service/supply/land-chain.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const refused = refuseQuery(url);
	if (refused !== null) return refused;
	const batches = await listBatches(contextFor(locals.actor), params.zone);
	return answer(batches, batchListSchema, batchesToWire);
};

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newBatchSchema, request);
	if (!body.ok) return body.response;
	const context = contextFor(locals.actor);
	const entered = await enterBatch(context, params.zone, body.value);
	const batches = entered.ok ? await listBatches(context, params.zone) : entered;
	return answer(batches, batchListSchema, batchesToWire);
};
