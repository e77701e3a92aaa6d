import { supervisionSchema } from '$lib/api/supervision.ts';
import { answer, numberIn } from '$lib/server/http/changeset-answer.ts';
import { supervisionToWire } from '$lib/server/http/supervision-answer.ts';
import { refuseQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readSupervision } from '$lib/server/service/supply/supervise.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const refused = refuseQuery(url);
	if (refused !== null) return refused;
	const read = await readSupervision(contextFor(locals.actor), params.zone, numberIn(params.supply));
	return answer(read, supervisionSchema, supervisionToWire);
};
