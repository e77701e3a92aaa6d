import { z } from 'zod';
import { appendedStepsSchema, stepBatchSchema, stepListSchema } from '$lib/api/changeset.ts';
import {
	answer,
	appendedToWire,
	changesetNoOf,
	changesetToWire,
	readBody,
} from '$lib/server/http/changeset-answer.ts';
import { readQuery } from '$lib/server/http/json.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { appendSteps } from '$lib/server/service/changeset/append-steps.ts';
import { readSteps } from '$lib/server/service/changeset/read.ts';
import type { RequestHandler } from './$types';

const querySchema = z.object({
	after: z.coerce.number().int().min(0).default(0),
	limit: z.coerce.number().int().min(1).max(200).default(100),
});

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const query = readQuery(querySchema, url);
	if (!query.ok) return query.response;
	const context = contextFor(locals.actor);
	const read = await readSteps(context, params.zone, changesetNoOf(params), query.value);
	return answer(read, stepListSchema, ({ changeset, steps }) => ({
		changeset: changesetToWire(changeset),
		steps: steps.map((step) => ({
			...step,
			params: { ...step.params },
			recordedAt: step.recordedAt.toISOString(),
		})),
	}));
};

export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(stepBatchSchema, request);
	if (!body.ok) return body.response;
	const context = contextFor(locals.actor);
	const appended = await appendSteps(context, params.zone, changesetNoOf(params), body.value);
	return answer(appended, appendedStepsSchema, appendedToWire);
};
