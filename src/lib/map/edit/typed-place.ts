import { diagnoseCoordinates, type CoordinateCode } from '$geo/crs/diagnose-coordinates.ts';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import type { LonLatBounds } from '$geo/crs/web-mercator.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { snapToGrid } from '$geo/grid.ts';
import type { PositionCrs } from '../position-text.ts';

/** What is wrong with typed numbers that no system of the zone explains. */
type PlaceCode =
	'position.unreadable' | 'position.not-degrees' | 'position.not-metres' | 'position.elsewhere';

/** A place as it was typed, or what is wrong with it. */
export type TypedPlace =
	| { readonly ok: true; readonly place: LonLat }
	| { readonly ok: false; readonly codes: readonly (CoordinateCode | PlaceCode)[] };

const NUMBER = /[+-]?\d+(?:\.\d+)?/g;
const SEPARATORS = /^[\s,;，；、°mXYxy=:：]*$/;
const GEOGRAPHIC_EPSG = 4490;
const MOST_DEGREES = 360;

/**
 * Reads two typed numbers as a place, in the order in which the status bar writes them: longitude, latitude in degrees; or X (north), Y (east) in metres
 * of the zone's projected system, the zone number in Y.
 *
 * Refuses what is not two numbers, and with all that is wrong by the finding of `diagnoseCoordinates` what does not lie in the extent (degrees, EPSG:4490): axes swapped,
 * prefix missing, degrees where metres were promised, and so on. The place is on the grid.
 */
export function readTypedPlace(
	text: string,
	crs: PositionCrs,
	projectSrid: number,
	extent: LonLatBounds,
): TypedPlace {
	// Thin spaces group the digits of what the status bar shows.
	const typed = text
		.replace(/(?<=\d)[\u2009\u202f\u00a0](?=\d)/g, '')
		.normalize('NFKC')
		.trim();
	const numbers = typed.match(NUMBER) ?? [];
	if (numbers.length !== 2 || !SEPARATORS.test(typed.replace(NUMBER, '')))
		return { ok: false, codes: ['position.unreadable'] };
	const [first, second] = numbers.map(Number);
	const epsg = crs === 'geographic' ? GEOGRAPHIC_EPSG : projectSrid;
	const pair = crs === 'geographic' ? [first, second] : [second, first];
	const [{ codes }] = diagnoseCoordinates(pair, epsg, extent);
	if (codes[0] === 'cannot-tell') {
		const areDegrees = Math.abs(first) <= MOST_DEGREES && Math.abs(second) <= MOST_DEGREES;
		const unfit = crs === 'geographic' ? 'position.not-degrees' : 'position.not-metres';
		return { ok: false, codes: [areDegrees === (crs === 'geographic') ? 'position.elsewhere' : unfit] };
	}
	if (codes[0] !== 'ok') return { ok: false, codes };
	const [lon, lat] =
		crs === 'geographic' ? [first, second] : gaussKruger(projectSrid).inverse([second, first]);
	return { ok: true, place: [snapToGrid(lon), snapToGrid(lat)] };
}
