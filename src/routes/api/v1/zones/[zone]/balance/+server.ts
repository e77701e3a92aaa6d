import { balanceQuerySchema, balanceSchema } from '$lib/api/balance.ts';
import { balanceAnswer } from '$lib/server/http/balance-answer.ts';
import { unknownInQuery, json, readQuery } from '$lib/server/http/json.ts';
import { notFoundInState, ZONE_STATE_QUERY } from '$lib/server/http/state-query.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findBalance } from '$lib/server/service/balance.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(balanceQuerySchema.extend(ZONE_STATE_QUERY), url);
	if (!query.ok) return query.response;
	const balance = await findBalance(contextFor(locals.actor), params.zone, query.value);
	if (balance === null) return notFoundInState('zone', params.zone, query.value);
	if (!balance.isParkKnown) return unknownInQuery('park', 'the zone has no such park');
	return json(balanceSchema, balanceAnswer(balance));
};
