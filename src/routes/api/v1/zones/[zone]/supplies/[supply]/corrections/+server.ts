import { newCorrectionSchema, supplySchema } from '$lib/api/supply.ts';
import { answer, numberIn, readBody } from '$lib/server/http/changeset-answer.ts';
import { readCorrectedValue } from '$lib/server/http/supply-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { correctSupply, type Change } from '$lib/server/service/supply/correct.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newCorrectionSchema, request);
	if (!body.ok) return body.response;
	const changes: Change[] = [];
	for (const change of body.value.changes) {
		const right = readCorrectedValue(change.event, change.field, change.value);
		if (!right.ok) return right.response;
		changes.push({ ...change, value: right.value });
	}
	const corrected = await correctSupply(contextFor(locals.actor), params.zone, numberIn(params.supply), {
		...body.value,
		changes,
	});
	return answer(corrected, supplySchema, (supply) => supply);
};
