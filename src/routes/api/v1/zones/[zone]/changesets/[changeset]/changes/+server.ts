import { changesetChangesSchema } from '$lib/api/parcel-change.ts';
import { answer, changesetNoOf } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { listChangesetChanges } from '$lib/server/service/changeset/changes.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const listed = await listChangesetChanges(contextFor(locals.actor), params.zone, changesetNoOf(params));
	return answer(listed, changesetChangesSchema, (changes) => changes);
};
