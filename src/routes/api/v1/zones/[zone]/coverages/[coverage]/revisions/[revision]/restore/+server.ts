import { changesetSchema, newChangesetSchema } from '$lib/api/changeset.ts';
import { answer, changesetToWire, numberIn, readBody } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { restoreRevision } from '$lib/server/service/history/restore.ts';
import type { RequestHandler } from './$types';

const restoreSchema = newChangesetSchema.omit({ coverageId: true });

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(restoreSchema, request);
	if (!body.ok) return body.response;
	const context = contextFor(locals.actor);
	const draft = { ...body.value, coverageId: params.coverage };
	const restored = await restoreRevision(context, params.zone, numberIn(params.revision), draft);
	return answer(restored, changesetSchema, changesetToWire);
};
