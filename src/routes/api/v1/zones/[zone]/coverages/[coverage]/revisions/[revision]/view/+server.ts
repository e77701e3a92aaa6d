import { revisionViewEventSchema, revisionViewSchema } from '$lib/api/history.ts';
import { answer, numberIn, readBody } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { changePublicView } from '$lib/server/service/history/public-view.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(revisionViewEventSchema, request);
	if (!body.ok) return body.response;
	const context = contextFor(locals.actor);
	const { zone, coverage, revision } = params;
	const changed = await changePublicView(context, zone, coverage, numberIn(revision), body.value);
	return answer(changed, revisionViewSchema, (view) => view);
};
