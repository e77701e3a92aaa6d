import { z } from 'zod';
import { registerFilterSchema } from '$lib/api/plot-register.ts';
import { answer } from '$lib/server/http/changeset-answer.ts';
import { csv } from '$lib/server/http/csv.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { registerTable } from '$lib/server/http/register-table.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readRegister } from '$lib/server/service/supply/register.ts';
import { findZoneView } from '$lib/server/service/zone.ts';
import type { RequestHandler } from './$types';

/** What a spreadsheet opens without trouble. */
const MOST_ROWS = 200_000;

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(registerFilterSchema, url);
	if (!query.ok) return query.response;
	const context = contextFor(locals.actor);
	const read = await readRegister(context, params.zone, { ...query.value, offset: 0, limit: MOST_ROWS });
	if (!read.ok) return answer(read, z.null(), () => null);
	const zone = await findZoneView(context, params.zone);
	const rows = registerTable(read.value.rows, zone?.parks ?? [], locals.locale);
	return csv(rows, `plots-${params.zone}-${read.value.today}.csv`);
};
