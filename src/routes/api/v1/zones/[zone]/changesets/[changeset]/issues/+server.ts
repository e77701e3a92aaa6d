import { issueListSchema } from '$lib/api/changeset.ts';
import { answer, changesetNoOf, issueToWire } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { checkChangeset } from '$lib/server/service/changeset/check.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const checked = await checkChangeset(contextFor(locals.actor), params.zone, changesetNoOf(params));
	return answer(checked, issueListSchema, (issues) => ({ issues: issues.map(issueToWire) }));
};
