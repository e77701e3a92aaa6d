import { documentNoSchema } from '$lib/api/changeset.ts';
import { answer, changesetNoOf, documentAnswer, numberIn } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readDocument } from '$lib/server/service/changeset/read.ts';
import { removeDocument } from '$lib/server/service/changeset/record.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const [no, documentNo] = [changesetNoOf(params), numberIn(params.document)];
	return documentAnswer(await readDocument(contextFor(locals.actor), params.zone, no, documentNo));
};

export const DELETE: RequestHandler = async ({ locals, params }) => {
	const [no, documentNo] = [changesetNoOf(params), numberIn(params.document)];
	const removed = await removeDocument(contextFor(locals.actor), params.zone, no, documentNo);
	return answer(removed, documentNoSchema, (removedNo) => ({ documentNo: removedNo }));
};
