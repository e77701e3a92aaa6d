import { supplyTotalsSchema } from '$lib/api/supervision.ts';
import { answer } from '$lib/server/http/changeset-answer.ts';
import { refuseQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readSupplyTotals } from '$lib/server/service/supply/list.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const refused = refuseQuery(url);
	if (refused !== null) return refused;
	const totals = await readSupplyTotals(contextFor(locals.actor), params.zone);
	return answer(totals, supplyTotalsSchema, ({ counts, programmes, plotsAstray }) => ({
		counts: [...counts],
		programmes: [...programmes],
		plotsAstray: [...plotsAstray],
	}));
};
