import { buildingListSchema, newBuildingSchema } from '$lib/api/land-chain.ts';
import { answer, numberIn, readBody } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { writeBuilding } from '$lib/server/service/supply/land-chain.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newBuildingSchema, request);
	if (!body.ok) return body.response;
	const [plotNo, buildingNo] = [numberIn(params.plot), numberIn(params.building)];
	const written = await writeBuilding(contextFor(locals.actor), params.zone, plotNo, buildingNo, body.value);
	return answer(written, buildingListSchema, (buildings) => ({ buildings: [...buildings] }));
};
