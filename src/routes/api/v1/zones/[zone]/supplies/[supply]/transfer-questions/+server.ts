import { transferQuerySchema, transferQuestionsSchema } from '$lib/api/transfer.ts';
import { answer, numberIn } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { transferQuestionsToWire } from '$lib/server/http/transfer-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readTransferQuestions } from '$lib/server/service/supply/transfer-questions.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(transferQuerySchema, url);
	if (!query.ok) return query.response;
	const asked = await readTransferQuestions(contextFor(locals.actor), params.zone, numberIn(params.supply), {
		toWhom: query.value.toWhom ?? null,
		sharePct: query.value.share ?? null,
	});
	return answer(asked, transferQuestionsSchema, transferQuestionsToWire);
};
