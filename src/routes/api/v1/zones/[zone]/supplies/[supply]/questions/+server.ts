import { askedEventSchema, findingsSchema } from '$lib/api/supply.ts';
import { questionOf } from '$lib/domain/supply/finding.ts';
import { answer, numberIn, readBody } from '$lib/server/http/changeset-answer.ts';
import { readEventFacts } from '$lib/server/http/supply-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { askSupplyEvent } from '$lib/server/service/supply/act.ts';
import type { RequestHandler } from './$types';

/** Answers the questions before an event without doing it; a POST since what is to be recorded comes in the body. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = await readBody(askedEventSchema, request);
	if (!body.ok) return body.response;
	const event = readEventFacts(body.value);
	if (!event.ok) return event.response;
	const context = contextFor(locals.actor);
	const asked = await askSupplyEvent(context, params.zone, numberIn(params.supply), event.value);
	return answer(asked, findingsSchema, (findings) => ({
		findings: findings.map((finding) => ({ ...finding, question: questionOf(finding) })),
	}));
};
