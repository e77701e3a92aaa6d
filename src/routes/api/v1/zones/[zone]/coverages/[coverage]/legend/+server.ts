import { z } from 'zod';
import { LEGEND_LINES, viewLegendSchema } from '$lib/api/parcel.ts';
import { json, readQuery } from '$lib/server/http/json.ts';
import { notFound } from '$lib/server/http/problem.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findViewLegend } from '$lib/server/service/view-legend.ts';
import type { RequestHandler } from './$types';

const degrees = (limit: number) => z.number().min(-limit).max(limit);

const querySchema = z.object({
	by: z.enum(LEGEND_LINES).default('class'),
	bbox: z
		.string({ error: 'give bbox=west,south,east,north in degrees' })
		.transform((text) => text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part))))
		.pipe(
			z.tuple([degrees(180), degrees(90), degrees(180), degrees(90)], {
				error: 'give bbox=west,south,east,north in degrees',
			}),
		)
		.refine(([west, south, east, north]) => west < east && south < north, {
			error: 'west must be less than east and south less than north',
		}),
});

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const context = contextFor(locals.actor);
	const { bbox, by } = query.value;
	const legend = await findViewLegend(context, params.zone, params.coverage, bbox, by);
	return legend === null ? notFound('coverage', params.coverage) : json(viewLegendSchema, legend);
};
