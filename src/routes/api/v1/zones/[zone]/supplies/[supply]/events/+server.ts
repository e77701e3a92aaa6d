import { newSupplyEventSchema, supplySchema } from '$lib/api/supply.ts';
import { answer, numberIn, readBody } from '$lib/server/http/changeset-answer.ts';
import { readEventFacts } from '$lib/server/http/supply-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { actOnSupply } from '$lib/server/service/supply/act.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newSupplyEventSchema, request);
	if (!body.ok) return body.response;
	const { acknowledged, expectedEdit } = body.value;
	const event = readEventFacts(body.value);
	if (!event.ok) return event.response;
	const moved = await actOnSupply(contextFor(locals.actor), params.zone, numberIn(params.supply), {
		...event.value,
		acknowledged,
		expectedEdit,
	});
	return answer(moved, supplySchema, (supply) => supply);
};
