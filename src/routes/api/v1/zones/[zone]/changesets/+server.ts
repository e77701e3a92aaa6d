import { z } from 'zod';
import { changesetListSchema, changesetSchema, newChangesetSchema } from '$lib/api/changeset.ts';
import { CHANGESET_STATES } from '$lib/domain/changeset/life-cycle.ts';
import { WHOSE } from '$lib/domain/changeset/notice.ts';
import { answer, changesetToWire, readBody } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { beginChangeset } from '$lib/server/service/changeset/begin.ts';
import { findChangesets } from '$lib/server/service/changeset/read.ts';
import type { RequestHandler } from './$types';

const querySchema = z.object({
	state: z.enum(CHANGESET_STATES).optional(),
	whose: z.enum(WHOSE).optional(),
	before: z.coerce.number().int().positive().optional(),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const { state, ...page } = query.value;
	const states = state === undefined ? undefined : [state];
	const found = await findChangesets(contextFor(locals.actor), params.zone, { ...page, states });
	return answer(found, changesetListSchema, (rows) => ({ changesets: rows.map(changesetToWire) }));
};

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newChangesetSchema, request);
	if (!body.ok) return body.response;
	const begun = await beginChangeset(contextFor(locals.actor), params.zone, body.value);
	return answer(begun, changesetSchema, changesetToWire);
};
