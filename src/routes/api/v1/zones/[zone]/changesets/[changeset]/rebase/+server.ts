import { newRebaseSchema, rebasedSchema, rebaseOutlookSchema } from '$lib/api/changeset.ts';
import { answer, changesetNoOf, readBody, rebaseOutlookToWire } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readRebase, rebaseChangeset } from '$lib/server/service/changeset/rebase-changeset.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const outlook = await readRebase(contextFor(locals.actor), params.zone, changesetNoOf(params));
	return answer(outlook, rebaseOutlookSchema, rebaseOutlookToWire);
};

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newRebaseSchema, request);
	if (!body.ok) return body.response;
	const context = contextFor(locals.actor);
	const rebased = await rebaseChangeset(context, params.zone, changesetNoOf(params), body.value);
	return answer(rebased, rebasedSchema, (value) => value);
};
