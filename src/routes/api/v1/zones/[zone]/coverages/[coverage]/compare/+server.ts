import { z } from 'zod';
import { comparisonSchema } from '$lib/api/history.ts';
import { answer } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { compareRevisions } from '$lib/server/service/history/compare.ts';
import type { RequestHandler } from './$types';

const revision = z.coerce.number().int().min(1).max(999_999_999);
const querySchema = z.object({
	from: revision,
	to: revision,
	level: z.coerce
		.number()
		.pipe(z.union([z.literal(1), z.literal(2), z.literal(3)]))
		.default(1),
});

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const context = contextFor(locals.actor);
	const compared = await compareRevisions(context, params.zone, params.coverage, query.value);
	return answer(compared, comparisonSchema, (comparison) => comparison);
};
