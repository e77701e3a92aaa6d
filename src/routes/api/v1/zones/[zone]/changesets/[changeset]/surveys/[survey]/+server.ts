import { surveyNoSchema } from '$lib/api/survey.ts';
import { answer, changesetNoOf, numberIn } from '$lib/server/http/changeset-answer.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { removeSurvey } from '$lib/server/service/survey/record-survey.ts';
import type { RequestHandler } from './$types';

export const DELETE: RequestHandler = async ({ locals, params }) => {
	const context = contextFor(locals.actor);
	const removed = await removeSurvey(context, params.zone, changesetNoOf(params), numberIn(params.survey));
	return answer(removed, surveyNoSchema, (surveyNo) => ({ surveyNo }));
};
