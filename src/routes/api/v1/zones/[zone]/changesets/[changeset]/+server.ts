import { changesetSchema, changesetTextSchema, openChangesetSchema } from '$lib/api/changeset.ts';
import {
	answer,
	changesetNoOf,
	changesetToWire,
	openChangesetToWire,
	readBody,
} from '$lib/server/http/changeset-answer.ts';
import { application, contextFor } from '$lib/server/service/application.ts';
import { describeChangeset } from '$lib/server/service/changeset/begin.ts';
import { openChangeset } from '$lib/server/service/changeset/read.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const opened = await openChangeset(contextFor(locals.actor), params.zone, changesetNoOf(params));
	const { documentMaxMb } = application().settings;
	return answer(opened, openChangesetSchema, (open) => openChangesetToWire(open, documentMaxMb));
};

export const PATCH: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(changesetTextSchema, request);
	if (!body.ok) return body.response;
	const context = contextFor(locals.actor);
	const described = await describeChangeset(context, params.zone, changesetNoOf(params), body.value);
	return answer(described, changesetSchema, changesetToWire);
};
