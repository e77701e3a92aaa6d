import { z } from 'zod';
import { dueFilterSchema, dueListSchema } from '$lib/api/supervision.ts';
import { answer } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { dueListToWire, readDueCursor } from '$lib/server/http/supervision-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { listDue } from '$lib/server/service/supply/supervise.ts';
import type { RequestHandler } from './$types';

const querySchema = dueFilterSchema.extend({
	after: z
		.string()
		.regex(/^(?:19|20|21)\d{2}-\d{2}-\d{2}\.\d{1,9}$/)
		.refine((text) => z.iso.date().safeParse(text.slice(0, 10)).success)
		.optional(),
	limit: z.coerce.number().int().min(1).max(500).default(200),
});

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const { until, park, kind, after, limit } = query.value;
	const due = await listDue(contextFor(locals.actor), params.zone, {
		until,
		parkId: park,
		kinds: kind === undefined ? undefined : [kind],
		after: readDueCursor(after) ?? undefined,
		limit,
	});
	return answer(due, dueListSchema, dueListToWire);
};
