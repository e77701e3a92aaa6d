import { decodeChinese, readBoundaryTxt } from '$geo/format/boundary-txt.ts';
import { newSurveySchema, surveyFileSchema } from '$lib/api/survey.ts';
import { partsOfTxt, sridOfTxt, surveyorOfTxt } from '$lib/domain/survey/read-survey.ts';
import type { HandedSurvey } from '../service/survey/record-survey.ts';
import { readBody, readValue } from './changeset-answer.ts';
import { readQuery } from './json.ts';
import { problem } from './problem.ts';

type SurveyBody =
	{ readonly ok: true; readonly value: HandedSurvey } | { readonly ok: false; readonly response: Response };

/**
 * Reads a survey: JSON by its schema, or a file of boundary points as it is, with what is said of it in the query.
 *
 * Programs send a file as `application/octet-stream`: what a form may send, `text/plain` among it, is taken from our own pages only.
 *
 * Answers 422 with every line that cannot be read.
 */
export async function readSurveyBody(request: Request, url: URL): Promise<SurveyBody> {
	const isJson = request.headers.get('content-type')?.startsWith('application/json') ?? false;
	if (isJson || url.search === '') return readBody(newSurveySchema, request);
	const query = readQuery(surveyFileSchema, url);
	if (!query.ok) return query;
	const read = readBoundaryTxt(decodeChinese(new Uint8Array(await request.arrayBuffer())));
	if (!read.ok) {
		const issues = read.issues.map(({ code, params }) => ({ code, params: { ...params } }));
		const detail = issues.map(({ code, params }) => `${code} ${params.line ?? ''}`.trim()).join('; ');
		return { ok: false, response: problem(422, issues[0].code, detail, issues) };
	}
	const { areaKind, ...said } = query.value;
	const value = {
		...said,
		surveyor: said.surveyor ?? surveyorOfTxt(read.document) ?? '',
		srid: said.srid ?? sridOfTxt(read.document),
		parts: partsOfTxt(read.document, areaKind),
	};
	return readValue(newSurveySchema, value);
}
