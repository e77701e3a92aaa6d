import { z } from 'zod';
import { newPlotSchema, plotListSchema, plotSchema } from '$lib/api/supply.ts';
import { answer, readBody } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { ringOf } from '$lib/server/http/supply-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { listPlotPage } from '$lib/server/service/supply/list.ts';
import { makePlot } from '$lib/server/service/supply/make-plot.ts';
import type { RequestHandler } from './$types';

const querySchema = z.strictObject({
	before: z.coerce.number().int().positive().max(999_999_999).optional(),
	words: z.string().max(200).optional(),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const page = await listPlotPage(contextFor(locals.actor), params.zone, query.value);
	return answer(page, plotListSchema, ({ rows, next }) => ({ plots: [...rows], next }));
};

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newPlotSchema, request);
	if (!body.ok) return body.response;
	const { within, ...order } = body.value;
	const made = await makePlot(contextFor(locals.actor), params.zone, {
		...order,
		within: within === null ? null : ringOf(within),
	});
	return answer(made, plotSchema, (plot) => plot);
};
