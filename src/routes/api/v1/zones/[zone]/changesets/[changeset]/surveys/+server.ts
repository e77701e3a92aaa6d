import { surveyListSchema, surveyNoSchema } from '$lib/api/survey.ts';
import { answer, changesetNoOf } from '$lib/server/http/changeset-answer.ts';
import { readSurveyBody } from '$lib/server/http/survey-body.ts';
import { contextFor } from '$lib/server/service/application.ts';
import { readSurveys } from '$lib/server/service/survey/read-surveys.ts';
import { addSurvey, refuseSurvey } from '$lib/server/service/survey/record-survey.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const read = await readSurveys(contextFor(locals.actor), params.zone, changesetNoOf(params));
	return answer(read, surveyListSchema, (surveys) => ({ surveys }));
};

/** The body is JSON, or a file of boundary points as it is. */
export const POST: RequestHandler = async ({ locals, params, request, url }) => {
	const context = contextFor(locals.actor);
	const changesetNo = changesetNoOf(params);
	const written = (surveyNo: number) => ({ surveyNo });
	// Thousands of points are read of nobody else.
	const refused = await refuseSurvey(context, params.zone, changesetNo);
	if (refused !== null) return answer(refused, surveyNoSchema, written);
	const body = await readSurveyBody(request, url);
	if (!body.ok) return body.response;
	const added = await addSurvey(context, params.zone, changesetNo, body.value);
	return answer(added, surveyNoSchema, written);
};
