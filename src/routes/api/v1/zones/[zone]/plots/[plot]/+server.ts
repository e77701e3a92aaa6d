import { openPlotSchema } from '$lib/api/supply.ts';
import { answer, numberIn } from '$lib/server/http/changeset-answer.ts';
import { openPlotToWire } from '$lib/server/http/land-answer.ts';
import { refuseQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readPlot } from '$lib/server/service/supply/list.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const refused = refuseQuery(url);
	if (refused !== null) return refused;
	const read = await readPlot(contextFor(locals.actor), params.zone, numberIn(params.plot));
	return answer(read, openPlotSchema, openPlotToWire);
};
