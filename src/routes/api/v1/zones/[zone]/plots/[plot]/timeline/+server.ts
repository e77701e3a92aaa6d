import { plotTimelineSchema } from '$lib/api/plot-timeline.ts';
import { answer, numberIn } from '$lib/server/http/changeset-answer.ts';
import { refuseQuery } from '$lib/server/http/json.ts';
import { timedSupplyToWire } from '$lib/server/http/supply-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readPlotTimeline } from '$lib/server/service/supply/plot-timeline.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const refused = refuseQuery(url);
	if (refused !== null) return refused;
	const read = await readPlotTimeline(contextFor(locals.actor), params.zone, numberIn(params.plot));
	return answer(read, plotTimelineSchema, (supplies) => ({ supplies: supplies.map(timedSupplyToWire) }));
};
