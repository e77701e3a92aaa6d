import { newRuleSchema } from '$lib/api/rule.ts';
import { readBody } from '$lib/server/http/changeset-answer.ts';
import { refuseQuery } from '$lib/server/http/json.ts';
import { answerRules } from '$lib/server/http/rule-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { setRule } from '$lib/server/service/supply/set-rule.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) =>
	refuseQuery(url) ?? answerRules(contextFor(locals.actor), params.zone);

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newRuleSchema, request);
	if (!body.ok) return body.response;
	const context = contextFor(locals.actor);
	return answerRules(context, params.zone, await setRule(context, params.zone, body.value));
};
