import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { readBoundaryTxt } from '$geo/format/boundary-txt.ts';
import { snapToGrid } from '$geo/grid.ts';
import { sridOfTxt } from '../survey/read-survey.ts';

/** What keeps a text from being an outline; `line` counts from 1. */
export interface OutlineIssue {
	readonly code: string;
	readonly params: object;
}

export type OutlineResult =
	| { readonly ok: true; readonly ring: readonly LonLat[] }
	| { readonly ok: false; readonly issues: readonly OutlineIssue[] };

/** So many points of an outline are taken, as the API has it. */
const MOST_POINTS = 2000;
const PAIR = /^(-?\d{1,12}(?:\.\d{1,30})?)[\s,，;；]+(-?\d{1,12}(?:\.\d{1,30})?)$/;

/**
 * Reads an outline: a file of boundary points (界址点), or lines of two numbers.
 *
 * Degrees (EPSG:4490), or metres of the zone's own grid `srid` with its zone prefix; of the two numbers of a line the greater is the east one in
 * either, in China. One ring, open, longitude and latitude on the grid. Refuses `boundary-txt.…`, `outline.several-rings`, `outline.too-many-points`,
 * `outline.other-system` (the header names another) and `outline.not-in-zone`. O(points).
 */
export function readOutline(text: string, srid: number): OutlineResult {
	const refused = (code: string, params: object = {}): OutlineResult => ({
		ok: false,
		issues: [{ code, params }],
	});
	const read = readBoundaryTxt(asBoundaryTxt(text));
	if (!read.ok) return { ok: false, issues: read.issues };
	const { parcels } = read.document;
	const points = parcels.flatMap((parcel) => parcel.points);
	if (parcels.length > 1 || points.some(({ ring }) => ring !== points[0].ring))
		return refused('outline.several-rings');
	if (points.length > MOST_POINTS) return refused('outline.too-many-points', { most: MOST_POINTS });
	const stated = sridOfTxt(read.document);
	if (stated !== null && stated !== srid) return refused('outline.other-system', { stated, srid });
	const grid = gaussKruger(srid);
	const ring: LonLat[] = [];
	for (const { north, east, line } of points) {
		const [less, greater] = [Number(north), Number(east)].sort((a, b) => a - b);
		const isDegrees = greater <= 180;
		const [lon, lat] = isDegrees ? [greater, less] : grid.inverse([greater, less]);
		const isNear = Math.abs(greater - grid.falseEastingM) < 500_000 && less > 0 && less < 10_000_000;
		if (isDegrees ? lon < 72 || lat < 0 || lat > 60 : !isNear)
			return refused('outline.not-in-zone', { line, srid });
		ring.push([snapToGrid(lon), snapToGrid(lat)]);
	}
	return { ok: true, ring };
}

/** Lines of two numbers become points of one ring; others stay, so that their numbers do. */
function asBoundaryTxt(text: string): string {
	return text
		.split(/\r\n?|\n/)
		.map((raw, index) => {
			const pair = PAIR.exec(raw.trim());
			return pair === null ? raw : `J${index + 1},1,${pair[1]},${pair[2]}`;
		})
		.join('\n');
}
