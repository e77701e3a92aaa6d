import { plotsAstraySchema } from '$lib/api/supervision.ts';
import { answer } from '$lib/server/http/changeset-answer.ts';
import { refuseQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readPlotsAstray } from '$lib/server/service/supply/list.ts';
import type { RequestHandler } from './$types';

/** Plots that no longer agree with the published plan. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const refused = refuseQuery(url);
	if (refused !== null) return refused;
	const astray = await readPlotsAstray(contextFor(locals.actor), params.zone);
	return answer(astray, plotsAstraySchema, (plotsAstray) => ({ plotsAstray: [...plotsAstray] }));
};
