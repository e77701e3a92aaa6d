import { z } from 'zod';
import { scanTotalsSchema } from '$lib/api/supervision.ts';
import { answer } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readScanTotals } from '$lib/server/service/supply/scan.ts';
import type { RequestHandler } from './$types';

const querySchema = z.strictObject({ park: z.string().max(40).optional() });

/** How much each list of land that waits holds; batches belong to no park. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const totals = await readScanTotals(contextFor(locals.actor), params.zone, query.value.park);
	return answer(totals, scanTotalsSchema, (lists) => ({ totals: [...lists] }));
};
