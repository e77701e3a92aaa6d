import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { readBoundaryTxt } from '$geo/format/boundary-txt.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import {
	areaDifferenceRuleKey,
	checkLostPoints,
	checkSurveyAreas,
	checkSurveyPoints,
} from '$lib/domain/survey/check-survey.ts';
import { readOutline } from '$lib/domain/supply/read-outline.ts';
import { placeSurvey, refusePoints } from '$lib/domain/survey/place-survey.ts';
import { doSteps, TOWN, townDraft } from './draft-town.ts';
import type { Instance } from './issue-instance.ts';
import { pointAt, surveyOf } from './survey-town.ts';

/** Issues of surveys and of files of boundary points, each from what it is made of in earnest. */
export function surveyInstances(): Instance[] {
	const parcelLine = ',1,DK,示例,面,,,,@';
	const files = [
		'',
		'[地块坐标]\nJ1,1,1,2\n4,1,DK,示例,面,,,,@\nJ1,1,1,2\nJ2,x,1,2',
		`${parcelLine}\nJ1,0,1,2`,
		`${parcelLine}\nJ1,1,1,2`,
		`${parcelLine}\n`.repeat(201),
		parcelLine + '\nJ1,1,1,2'.repeat(5002),
	];
	const txtIssues = files.flatMap((text) => {
		const read = readBoundaryTxt(text);
		return read.ok ? [] : read.issues.map((issue) => ({ ...issue, parcelNos: [] }));
	});
	const count = readBoundaryTxt('4,1,DK,示例,面,,,,@\nJ1,1,1,2');
	return [
		...txtIssues,
		...(count.ok ? [] : count.issues.map((issue) => ({ ...issue, parcelNos: [] }))),
		...outlineIssues(),
		...draftIssues(),
	];
}

function outlineIssues(): Instance[] {
	const points = (count: number) =>
		Array.from({ length: count }, (_, i) => `123.4${String(i).padStart(4, '0')} 41.75`).join('\n');
	const outlines = [points(2001), `几度分带=3\n带号=40\n${points(3)}`, '1 2\n3 4\n5 6'];
	return outlines.flatMap((text) => {
		const read = readOutline(text, 4529);
		return read.ok ? [] : read.issues.map((issue) => ({ ...issue, parcelNos: [] }));
	});
}

function draftIssues(): Instance[] {
	const [at, d] = [TOWN.at('E'), TOWN.at('D')];
	const to: LonLat = [at[0] + (d[0] - at[0]) / 8, at[1]];
	const { start, end } = doSteps(townDraft(), [{ verb: 'move_vertices', params: { moves: [{ at, to }] } }]);
	const near: LonLat = [TOWN.at('A')[0] + 1e-7, TOWN.at('A')[1]];
	const survey = surveyOf(
		[
			pointAt('J1', near),
			pointAt('J2', TOWN.at('D')),
			pointAt('J3', TOWN.at('E')),
			pointAt('J3', TOWN.at('B')),
		],
		{ areaM2: '1' },
	);
	const rule = {
		key: areaDifferenceRuleKey('planar'),
		value: '1',
		unit: 'm2',
		areaKind: 'planar',
		comparison: '<=',
		source: '示例',
		status: 'example',
		parkId: null,
		validFrom: null,
		validTo: null,
	} as const;
	const [lon, lat] = TOWN.at('A');
	const extent = { west: lon - 1, south: lat - 1, east: lon + 1, north: lat + 1 };
	const placed = placeSurvey(surveyOf([...survey.parts[0].points, pointAt('J9', near, 2)]), extent);
	const full = refusePoints(20_000, survey.parts);
	return [
		...(full === null ? [] : [full]),
		...checkSurveyPoints(end.coverage, survey, 'draft'),
		...checkLostPoints(start.coverage, end.coverage, survey, () => true, 'draft'),
		...checkSurveyAreas(end.coverage, survey, gaussKruger(4529), [rule], '2026-11-22', 'draft'),
		...(placed.ok ? [] : placed.issues),
	];
}
