import { z } from 'zod';
import { LEGEND_LINES, viewLegendSchema } from '$lib/api/parcel.ts';
import { bboxSchema } from '$lib/server/http/bbox-query.ts';
import { json, readQuery } from '$lib/server/http/json.ts';
import { notFoundInState, STATE_QUERY } from '$lib/server/http/state-query.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findViewLegend } from '$lib/server/service/view-legend.ts';
import type { RequestHandler } from './$types';

const querySchema = z.object({
	...STATE_QUERY,
	by: z.enum(LEGEND_LINES).default('class'),
	bbox: bboxSchema,
});

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const context = contextFor(locals.actor);
	const { bbox, by } = query.value;
	const legend = await findViewLegend(context, params.zone, params.coverage, bbox, by, query.value);
	return legend === null
		? notFoundInState('coverage', params.coverage, query.value)
		: json(viewLegendSchema, legend);
};
