import { z } from 'zod';
import { scanFilterSchema } from '$lib/api/supervision.ts';
import { answer } from '$lib/server/http/changeset-answer.ts';
import { csv } from '$lib/server/http/csv.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { scanTable } from '$lib/server/http/land-table.ts';
import { scanToWire } from '$lib/server/http/supervision-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { scanLand, type Scan } from '$lib/server/service/supply/scan.ts';
import { findZoneView } from '$lib/server/service/zone.ts';
import type { RequestHandler } from './$types';

/** Supplies that are looked at in one go. */
const PAGE = 200;

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(scanFilterSchema, url);
	if (!query.ok) return query.response;
	const context = contextFor(locals.actor);
	const { list, park } = query.value;
	const batches: Scan['batches'][number][] = [];
	const supplies: Scan['supplies'][number][] = [];
	let offset: number | null = 0;
	let onDate = '';
	while (offset !== null) {
		const read = await scanLand(context, params.zone, { list, parkId: park, offset, limit: PAGE });
		if (!read.ok) return answer(read, z.null(), () => null);
		batches.push(...read.value.batches);
		supplies.push(...read.value.supplies);
		({ next: offset, onDate } = read.value);
	}
	const zone = await findZoneView(context, params.zone);
	const wire = scanToWire({
		...{ list, onDate, count: null, areaDm2: null, batches, supplies, next: null },
		mayNoteBatches: false,
	});
	return csv(scanTable(list, wire, zone?.parks ?? [], locals.locale), `${list}-${params.zone}-${onDate}.csv`);
};
