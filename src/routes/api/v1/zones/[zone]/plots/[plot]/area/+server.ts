import { newPlotAreaSchema } from '$lib/api/land-correction.ts';
import { plotSchema } from '$lib/api/supply.ts';
import { answer, numberIn, readBody } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { statePlotArea } from '$lib/server/service/supply/redraw-plot.ts';
import type { RequestHandler } from './$types';

/** Records the area that a document states of a plot, or corrects it. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newPlotAreaSchema, request);
	if (!body.ok) return body.response;
	const plotNo = numberIn(params.plot);
	const stated = await statePlotArea(contextFor(locals.actor), params.zone, plotNo, body.value);
	return answer(stated, plotSchema, (plot) => plot);
};
