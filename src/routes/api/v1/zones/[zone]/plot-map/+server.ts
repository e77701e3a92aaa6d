import { plotMapFilterSchema, plotMapSchema } from '$lib/api/plot-map.ts';
import { bboxSchema } from '$lib/server/http/bbox-query.ts';
import { answer } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readPlotMap } from '$lib/server/service/supply/plot-map.ts';
import type { RequestHandler } from './$types';

const querySchema = plotMapFilterSchema.extend({ bbox: bboxSchema });

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const { bbox, theme = null, ...wish } = query.value;
	const read = await readPlotMap(contextFor(locals.actor), params.zone, wish, bbox, theme);
	return answer(read, plotMapSchema, (map) => ({ ...map, plots: [...map.plots] }));
};
