import { z } from 'zod';
import { LEGEND_LINES, viewLegendSchema } from '$lib/api/parcel.ts';
import { bboxSchema } from '$lib/server/http/bbox-query.ts';
import { json, readQuery } from '$lib/server/http/json.ts';
import { notFound } from '$lib/server/http/problem.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findViewLegend } from '$lib/server/service/view-legend.ts';
import type { RequestHandler } from './$types';

const querySchema = z.object({ by: z.enum(LEGEND_LINES).default('class'), bbox: bboxSchema });

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const context = contextFor(locals.actor);
	const { bbox, by } = query.value;
	const legend = await findViewLegend(context, params.zone, params.coverage, bbox, by);
	return legend === null ? notFound('coverage', params.coverage) : json(viewLegendSchema, legend);
};
