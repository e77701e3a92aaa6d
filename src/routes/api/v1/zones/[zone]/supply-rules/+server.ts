import { ruleListSchema } from '$lib/api/plot-register.ts';
import { answer } from '$lib/server/http/changeset-answer.ts';
import { refuseQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readSupplyRules } from '$lib/server/service/supply/register.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const refused = refuseQuery(url);
	if (refused !== null) return refused;
	const read = await readSupplyRules(contextFor(locals.actor), params.zone);
	return answer(read, ruleListSchema, (rules) => rules);
};
