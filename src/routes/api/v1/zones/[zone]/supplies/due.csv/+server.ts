import { z } from 'zod';
import { dueFilterSchema } from '$lib/api/supervision.ts';
import { answer } from '$lib/server/http/changeset-answer.ts';
import { csv } from '$lib/server/http/csv.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { dueTable } from '$lib/server/http/land-table.ts';
import { dueListToWire } from '$lib/server/http/supervision-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { listDue, type DueList } from '$lib/server/service/supply/supervise.ts';
import { findZoneView } from '$lib/server/service/zone.ts';
import type { RequestHandler } from './$types';

/** Supplies that are looked at in one go. */
const PAGE = 500;

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(dueFilterSchema, url);
	if (!query.ok) return query.response;
	const context = contextFor(locals.actor);
	const { until, park, kind } = query.value;
	const filter = { until, parkId: park, kinds: kind === undefined ? undefined : [kind], limit: PAGE };
	const items: DueList['items'][number][] = [];
	let after: DueList['next'] = null;
	let onDate = '';
	do {
		const read = await listDue(context, params.zone, { ...filter, after: after ?? undefined });
		if (!read.ok) return answer(read, z.null(), () => null);
		items.push(...read.value.items);
		({ next: after, onDate } = read.value);
	} while (after !== null);
	const zone = await findZoneView(context, params.zone);
	const wire = dueListToWire({ onDate, items, next: null });
	return csv(dueTable(wire.items, zone?.parks ?? [], locals.locale), `due-${params.zone}-${onDate}.csv`);
};
