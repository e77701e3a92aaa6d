import { newPaymentSchema, supplySchema } from '$lib/api/supply.ts';
import { answer, numberIn, readBody } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { recordPayment } from '$lib/server/service/supply/record-fact.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newPaymentSchema, request);
	if (!body.ok) return body.response;
	const recorded = await recordPayment(
		contextFor(locals.actor),
		params.zone,
		numberIn(params.supply),
		body.value,
	);
	return answer(recorded, supplySchema, (supply) => supply);
};
