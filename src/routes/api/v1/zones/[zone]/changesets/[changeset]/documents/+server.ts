import { z } from 'zod';
import { documentNoSchema } from '$lib/api/changeset.ts';
import { can } from '$lib/server/access/actor.ts';
import { answer, changesetNoOf } from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { application, contextFor } from '$lib/server/service/application.ts';
import { notFound } from '$lib/server/service/changeset/outcome.ts';
import { addDocument } from '$lib/server/service/changeset/record.ts';
import type { RequestHandler } from './$types';

const querySchema = z.object({ name: z.string() });

/** The body is the document itself. */
export const POST: RequestHandler = async ({ locals, params, request, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	// Nobody else sends megabytes.
	if (!can(locals.actor, 'changeset.read', params.zone))
		return answer(notFound(changesetNoOf(params)), documentNoSchema, (documentNo: number) => ({
			documentNo,
		}));
	const content = new Uint8Array(await request.arrayBuffer());
	const mostBytes = application().settings.documentMaxMb * 1024 * 1024;
	const document = { name: query.value.name, content };
	const context = contextFor(locals.actor);
	const added = await addDocument(context, params.zone, changesetNoOf(params), document, mostBytes);
	return answer(added, documentNoSchema, (documentNo) => ({ documentNo }));
};
