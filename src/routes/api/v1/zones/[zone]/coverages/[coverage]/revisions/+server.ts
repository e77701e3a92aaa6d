import { z } from 'zod';
import { timelineSchema } from '$lib/api/history.ts';
import { json, readQuery } from '$lib/server/http/json.ts';
import { notFound } from '$lib/server/http/problem.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findTimeline } from '$lib/server/service/history/timeline.ts';
import type { RequestHandler } from './$types';

const querySchema = z.object({
	before: z.coerce.number().int().positive().optional(),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const timeline = await findTimeline(contextFor(locals.actor), params.zone, params.coverage, query.value);
	return timeline === null ? notFound('coverage', params.coverage) : json(timelineSchema, timeline);
};
