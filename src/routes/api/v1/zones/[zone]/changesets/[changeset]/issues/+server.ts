import { z } from 'zod';
import { issueListSchema } from '$lib/api/changeset.ts';
import { MOMENTS } from '$lib/domain/changeset/issue.ts';
import { answer, changesetNoOf, issueToWire } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { checkChangeset } from '$lib/server/service/changeset/check.ts';
import type { RequestHandler } from './$types';

const querySchema = z.object({ moment: z.enum(MOMENTS).default('draft') });

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const context = contextFor(locals.actor);
	const checked = await checkChangeset(context, params.zone, changesetNoOf(params), query.value.moment);
	return answer(checked, issueListSchema, (issues) => ({ issues: issues.map(issueToWire) }));
};
