import { topUpQuerySchema, topUpSchema } from '$lib/api/transfer.ts';
import { answer, numberIn } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { topUpToWire } from '$lib/server/http/transfer-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { reckonTopUp } from '$lib/server/service/supply/transfer-questions.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(topUpQuerySchema, url);
	if (!query.ok) return query.response;
	const { useBefore = null, useAfter = null, ...floors } = query.value;
	const change = { useBefore, useAfter, ...floors };
	const reckoned = await reckonTopUp(contextFor(locals.actor), params.zone, numberIn(params.supply), change);
	return answer(reckoned, topUpSchema, topUpToWire);
};
