import { changesetNoOf, documentAnswer } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readDocument } from '$lib/server/service/changeset/read.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const [no, documentNo] = [changesetNoOf(params), changesetNoOf({ changeset: params.document })];
	return documentAnswer(await readDocument(contextFor(locals.actor), params.zone, no, documentNo));
};
