import { changesetSchema, newEventSchema, publishedSchema } from '$lib/api/changeset.ts';
import { answer, changesetNoOf, changesetToWire, readBody } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { actOnChangeset } from '$lib/server/service/changeset/act.ts';
import { publishChangeset } from '$lib/server/service/changeset/publish.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(newEventSchema, request);
	if (!body.ok) return body.response;
	const { event, comment, expectedEdit, papers, acknowledged, effectiveOn = null } = body.value;
	const [context, no] = [contextFor(locals.actor), changesetNoOf(params)];
	if (event === 'publish') {
		const published = await publishChangeset(context, params.zone, no, {
			comment,
			expectedEdit,
			papers,
			acknowledged,
			effectiveOn,
		});
		return answer(published, publishedSchema, (revision) => revision);
	}
	const moved = await actOnChangeset(context, params.zone, no, { event, comment, expectedEdit });
	return answer(moved, changesetSchema, changesetToWire);
};
