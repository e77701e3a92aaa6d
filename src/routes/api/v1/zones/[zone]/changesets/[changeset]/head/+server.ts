import { draftHeadSchema, headSchema } from '$lib/api/changeset.ts';
import { answer, changesetNoOf, readBody } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { moveHead } from '$lib/server/service/changeset/move-head.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(headSchema, request);
	if (!body.ok) return body.response;
	const moved = await moveHead(contextFor(locals.actor), params.zone, changesetNoOf(params), body.value);
	return answer(moved, draftHeadSchema, (head) => head);
};
