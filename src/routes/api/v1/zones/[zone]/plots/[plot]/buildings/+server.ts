import { buildingListSchema, newBuildingSchema } from '$lib/api/land-chain.ts';
import { answer, numberIn, readBody } from '$lib/server/http/changeset-answer.ts';
import { refuseQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readBuildings, writeBuilding } from '$lib/server/service/supply/land-chain.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const refused = refuseQuery(url);
	if (refused !== null) return refused;
	const read = await readBuildings(contextFor(locals.actor), params.zone, numberIn(params.plot));
	return answer(read, buildingListSchema, (buildings) => ({ buildings: [...buildings] }));
};

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newBuildingSchema, request);
	if (!body.ok) return body.response;
	const context = contextFor(locals.actor);
	const written = await writeBuilding(context, params.zone, numberIn(params.plot), null, body.value);
	return answer(written, buildingListSchema, (buildings) => ({ buildings: [...buildings] }));
};
