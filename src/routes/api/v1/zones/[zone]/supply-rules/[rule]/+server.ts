import { ruleActSchema } from '$lib/api/rule.ts';
import { numberIn, readBody } from '$lib/server/http/changeset-answer.ts';
import { answerRules } from '$lib/server/http/rule-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { actOnRule } from '$lib/server/service/supply/set-rule.ts';
import type { RequestHandler } from './$types';

/** Ends a value that was set, or declares it a mistake. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(ruleActSchema, request);
	if (!body.ok) return body.response;
	const context = contextFor(locals.actor);
	return answerRules(
		context,
		params.zone,
		await actOnRule(context, params.zone, numberIn(params.rule), body.value),
	);
};
