import { draftBalanceSchema } from '$lib/api/changeset.ts';
import { answer, changesetNoOf } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { balanceChangeset } from '$lib/server/service/changeset/draft-balance.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const balanced = await balanceChangeset(contextFor(locals.actor), params.zone, changesetNoOf(params));
	return answer(balanced, draftBalanceSchema, (balance) => balance);
};
