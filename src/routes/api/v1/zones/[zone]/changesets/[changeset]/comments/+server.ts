import { z } from 'zod';
import { newCommentSchema } from '$lib/api/changeset.ts';
import { answer, changesetNoOf, readBody } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { commentChangeset } from '$lib/server/service/changeset/record.ts';
import type { RequestHandler } from './$types';

const commentedSchema = z.object({ commentNo: z.int() });

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newCommentSchema, request);
	if (!body.ok) return body.response;
	const context = contextFor(locals.actor);
	const commented = await commentChangeset(context, params.zone, changesetNoOf(params), body.value);
	return answer(commented, commentedSchema, (commentNo) => ({ commentNo }));
};
