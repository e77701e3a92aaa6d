import { signatoryListSchema } from '$lib/api/plot-register.ts';
import { answer } from '$lib/server/http/changeset-answer.ts';
import { refuseQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { listSignatories } from '$lib/server/service/supply/register.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const refused = refuseQuery(url);
	if (refused !== null) return refused;
	const listed = await listSignatories(contextFor(locals.actor), params.zone);
	return answer(listed, signatoryListSchema, (offices) => ({ offices }));
};
