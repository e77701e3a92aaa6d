import type { LonLat } from '$geo/flat-polygons.ts';
import type { PlacedSurvey, SurveyPart, SurveyPoint } from '$lib/domain/survey/survey.ts';

/** A point of a survey at a place, written in degrees. */
export const pointAt = (name: string, at: LonLat, ring = 1): SurveyPoint => ({
	name,
	ring,
	east: String(at[0]),
	north: String(at[1]),
	at,
});

/** A survey of one parcel, written in degrees. */
export function surveyOf(points: readonly SurveyPoint[], part: Partial<SurveyPart> = {}): PlacedSurvey {
	return {
		number: '测-1',
		title: '示例测绘',
		surveyor: '示例测绘单位',
		surveyedOn: null,
		accuracyM: null,
		method: null,
		srid: 4490,
		parts: [{ label: 'DK-001', title: null, areaM2: null, areaKind: 'planar', ...part, points }],
	};
}
