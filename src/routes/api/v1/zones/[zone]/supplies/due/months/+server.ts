import { z } from 'zod';
import { dueFilterSchema, dueMonthsSchema } from '$lib/api/supervision.ts';
import { answer } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { dueListToWire } from '$lib/server/http/supervision-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { listWholeDue, sumByMonth } from '$lib/server/service/supply/due-months.ts';
import type { RequestHandler } from './$types';

/** Supplies that are reckoned for a page; whoever has more takes the table. */
const MOST_SUPPLIES = 5_000;

const querySchema = dueFilterSchema.extend({
	offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
	limit: z.coerce.number().int().min(1).max(500).default(300),
});

/** What is due month by month: a page of it, and the sums of each month as a whole. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const { until, park, kind, offset, limit } = query.value;
	const filter = { until, parkId: park, kinds: kind === undefined ? undefined : [kind] };
	const bounds = { most: MOST_SUPPLIES };
	const due = await listWholeDue(contextFor(locals.actor), params.zone, filter, bounds);
	return answer(due, dueMonthsSchema, ({ onDate, isReckoning, items, isCut }) => ({
		...dueListToWire({ onDate, isReckoning, items: items.slice(offset, offset + limit), next: null }),
		months: sumByMonth(items),
		mostSupplies: isCut ? MOST_SUPPLIES : null,
		next: offset + limit < items.length ? offset + limit : null,
	}));
};
