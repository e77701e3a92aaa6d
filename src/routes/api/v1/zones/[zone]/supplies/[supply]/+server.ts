import { openSupplySchema } from '$lib/api/supply.ts';
import { answer, numberIn } from '$lib/server/http/changeset-answer.ts';
import { openSupplyToWire } from '$lib/server/http/supply-answer.ts';
import { refuseQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readSupply } from '$lib/server/service/supply/read.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const refused = refuseQuery(url);
	if (refused !== null) return refused;
	const read = await readSupply(contextFor(locals.actor), params.zone, numberIn(params.supply));
	return answer(read, openSupplySchema, openSupplyToWire);
};
