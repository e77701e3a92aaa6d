import { z } from 'zod';
import { dueFilterSchema } from '$lib/api/supervision.ts';
import { answer } from '$lib/server/http/changeset-answer.ts';
import { csv } from '$lib/server/http/csv.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { dueTable } from '$lib/server/http/land-table.ts';
import { dueListToWire } from '$lib/server/http/supervision-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { listWholeDue } from '$lib/server/service/supply/due-months.ts';
import { findZoneView } from '$lib/server/service/zone.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(dueFilterSchema, url);
	if (!query.ok) return query.response;
	const context = contextFor(locals.actor);
	const { until, park, kind } = query.value;
	const filter = { until, parkId: park, kinds: kind === undefined ? undefined : [kind] };
	const read = await listWholeDue(context, params.zone, filter);
	if (!read.ok) return answer(read, z.null(), () => null);
	const { onDate, isReckoning, items } = read.value;
	const zone = await findZoneView(context, params.zone);
	const wire = dueListToWire({ onDate, isReckoning, items, next: null });
	return csv(dueTable(wire.items, zone?.parks ?? [], locals.locale), `due-${params.zone}-${onDate}.csv`);
};
