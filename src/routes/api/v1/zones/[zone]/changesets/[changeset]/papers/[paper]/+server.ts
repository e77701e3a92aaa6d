import { paperKindSchema, paperSchema } from '$lib/api/changeset.ts';
import { answer, changesetNoOf, readBody } from '$lib/server/http/changeset-answer.ts';
import { notFound } from '$lib/server/http/problem.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { recordPaper } from '$lib/server/service/changeset/record.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async ({ locals, params, request }) => {
	const kind = paperKindSchema.safeParse(params.paper);
	if (!kind.success) return notFound('paper', params.paper);
	const body = await readBody(paperSchema, request);
	if (!body.ok) return body.response;
	const paper = { ...body.value, kind: kind.data };
	const recorded = await recordPaper(contextFor(locals.actor), params.zone, changesetNoOf(params), paper);
	return answer(recorded, paperSchema, ({ kind: _, ...stated }) => stated);
};
