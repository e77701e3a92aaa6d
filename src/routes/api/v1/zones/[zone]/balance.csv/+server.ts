import { balanceQuerySchema } from '$lib/api/balance.ts';
import { balanceAnswer } from '$lib/server/http/balance-answer.ts';
import { balanceRows } from '$lib/server/http/balance-rows.ts';
import { csv } from '$lib/server/http/csv.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { notFoundInState, ZONE_STATE_QUERY } from '$lib/server/http/state-query.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { findBalance } from '$lib/server/service/balance.ts';
import { findZoneView } from '$lib/server/service/zone.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(balanceQuerySchema.extend(ZONE_STATE_QUERY), url);
	if (!query.ok) return query.response;
	const context = contextFor(locals.actor);
	const balance = await findBalance(context, params.zone, { ...query.value, withChange: false });
	const zone = await findZoneView(context, params.zone, query.value);
	if (balance === null || zone === null) return notFoundInState('zone', params.zone, query.value);
	const { level, unit } = query.value;
	const rows = balanceRows(balanceAnswer(balance), zone.parks, locals.locale);
	return csv(rows, `balance-${params.zone}-${balance.asOf}-level${level}-${unit}.csv`);
};
