import { diagnoseCoordinates } from '$geo/crs/diagnose-coordinates.ts';
import { findGaussKruger } from '$geo/crs/gauss-kruger.ts';
import type { LonLatBounds } from '$geo/crs/web-mercator.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { snapToGrid } from '$geo/grid.ts';
import { changesetError, type ChangesetIssue } from '../changeset/issue.ts';
import {
	ringsOfPart,
	type PlacedSurvey,
	type SurveyPart,
	type WrittenPoint,
	type WrittenSurvey,
} from './survey.ts';

export type PlacedResult =
	| { readonly ok: true; readonly survey: PlacedSurvey }
	| { readonly ok: false; readonly issues: readonly ChangesetIssue[] };

/** So many boundary points are recorded with a changeset: all of them are held against the draft whenever it is checked. */
const MOST_POINTS = 20_000;

/** Refuses a survey with which a changeset would have too many boundary points, as `survey.too-many-points`; null: there is room. */
export function refusePoints(
	recorded: number,
	parts: readonly Pick<SurveyPart<WrittenPoint>, 'points'>[],
): ChangesetIssue | null {
	const count = parts.reduce((sum, { points }) => sum + points.length, recorded);
	return count <= MOST_POINTS ? null : changesetError('survey.too-many-points', { count, most: MOST_POINTS });
}

/**
 * Puts the points of a survey in their places on the grid.
 *
 * `extent` is where they belong, in degrees. Refuses what `diagnoseCoordinates` says is wrong (axes, zone, prefix, unit, outside), and
 * `survey.ring-too-short` and `survey.point-number-twice` (one number, two places in one parcel). O(points).
 */
export function placeSurvey(written: WrittenSurvey, extent: LonLatBounds): PlacedResult {
	const points = written.parts.flatMap((part) => part.points);
	const pairs = points.flatMap(({ east, north }) => [Number(east), Number(north)]);
	const [{ codes }] = diagnoseCoordinates(pairs, written.srid, extent);
	if (codes[0] !== 'ok') return { ok: false, issues: codes.map((code) => changesetError(code)) };
	const projection = findGaussKruger(written.srid);
	const placeOf = ({ east, north }: WrittenPoint): LonLat => {
		const [lon, lat] = projection?.inverse([Number(east), Number(north)]) ?? [Number(east), Number(north)];
		return [snapToGrid(lon), snapToGrid(lat)];
	};
	const parts = written.parts.map((part) => ({
		...part,
		points: part.points.map((point) => ({ ...point, at: placeOf(point) })),
	}));
	const issues = parts.flatMap(checkPart);
	return issues.length > 0 ? { ok: false, issues } : { ok: true, survey: { ...written, parts } };
}

function checkPart(part: SurveyPart): ChangesetIssue[] {
	const short = ringsOfPart(part)
		.filter((ring) => ring.length < 3)
		.map(([{ ring, name }]) => changesetError('survey.ring-too-short', { ring, point: name }));
	const places = new Map<string, string>();
	const twice = new Set<string>();
	for (const { name, at } of part.points) {
		const place = at.join(' ');
		if ((places.get(name) ?? place) !== place) twice.add(name);
		places.set(name, place);
	}
	return [...short, ...[...twice].map((point) => changesetError('survey.point-number-twice', { point }))];
}
