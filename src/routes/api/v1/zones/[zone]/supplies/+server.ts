import { z } from 'zod';
import { newSupplySchema, supplyListSchema, supplySchema } from '$lib/api/supply.ts';
import { SUPPLY_STATES } from '$lib/domain/supply/life-cycle.ts';
import { SUPPLY_MODES } from '$lib/domain/supply/mode.ts';
import { answer, readBody } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { enterSupply } from '$lib/server/service/supply/enter.ts';
import { listSupplyPage } from '$lib/server/service/supply/list.ts';
import type { RequestHandler } from './$types';

const querySchema = z.strictObject({
	state: z.enum(SUPPLY_STATES).optional(),
	mode: z.enum(SUPPLY_MODES).optional(),
	park: z.string().max(40).optional(),
	year: z.coerce.number().int().min(1990).max(2200).optional(),
	words: z.string().max(200).optional(),
	before: z.coerce.number().int().positive().max(999_999_999).optional(),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const { state, mode, park, ...rest } = query.value;
	const page = await listSupplyPage(contextFor(locals.actor), params.zone, {
		...rest,
		parkId: park,
		states: state === undefined ? undefined : [state],
		modes: mode === undefined ? undefined : [mode],
	});
	return answer(page, supplyListSchema, ({ rows, next }) => ({ supplies: [...rows], next }));
};

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newSupplySchema, request);
	if (!body.ok) return body.response;
	const entered = await enterSupply(contextFor(locals.actor), params.zone, body.value);
	return answer(entered, supplySchema, (supply) => supply);
};
