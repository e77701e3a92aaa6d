import { newPlotVersionSchema } from '$lib/api/land-correction.ts';
import { plotSchema } from '$lib/api/supply.ts';
import { answer, numberIn, readBody } from '$lib/server/http/changeset-answer.ts';
import { ringOf } from '$lib/server/http/supply-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { redrawPlot } from '$lib/server/service/supply/redraw-plot.ts';
import type { RequestHandler } from './$types';

/** Brings a plot to a new version made of parcels of today's plan. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newPlotVersionSchema, request);
	if (!body.ok) return body.response;
	const { within, ...order } = body.value;
	const redrawn = await redrawPlot(contextFor(locals.actor), params.zone, numberIn(params.plot), {
		...order,
		within: within === null ? null : ringOf(within),
	});
	return answer(redrawn, plotSchema, (plot) => plot);
};
