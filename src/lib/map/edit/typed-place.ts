import { diagnoseCoordinates, type CoordinateCode } from '$geo/crs/diagnose-coordinates.ts';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import type { LonLatBounds } from '$geo/crs/web-mercator.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { snapToGrid } from '$geo/grid.ts';
import type { PositionCrs } from '../position-text.ts';

/** What is wrong with two typed numbers, told of them as they were typed: a file's columns are another matter. */
type PlaceCode =
	| 'position.unreadable'
	| 'position.not-degrees'
	| 'position.not-metres'
	| 'position.elsewhere'
	| 'position.latitude-first'
	| 'position.east-first';

/** A place as it was typed, or what is wrong with it. */
export type TypedPlace =
	| { readonly ok: true; readonly place: LonLat }
	| {
			readonly ok: false;
			readonly codes: readonly (CoordinateCode | PlaceCode)[];
			/** The two numbers as they were typed, for the sentence. */
			readonly params: { readonly first?: string; readonly second?: string };
	  };

const NUMBER = /[+-]?\d+(?:\.\d+)?/g;
const SEPARATORS = /^[\s,;，；、°mXYxy=:：]*$/;
const GEOGRAPHIC_EPSG = 4490;
const MOST_DEGREES = 360;
/** The system asks for east, north in its own order; the field asks as surveyors write: what is swapped is told by the field. */
const AS_TYPED: Partial<Record<CoordinateCode, PlaceCode>> = {
	'axes.swapped': 'position.east-first',
	'lon-lat.swapped': 'position.latitude-first',
};

/**
 * Reads two typed numbers as a place, in the order in which the status bar writes them: longitude, latitude in degrees; or X (north), Y (east) in metres
 * of the zone's projected system, the zone number in Y.
 *
 * Refuses what is not two numbers, and with all that is wrong by the finding of `diagnoseCoordinates` what does not lie in the extent (degrees, EPSG:4490): the two numbers in the
 * other order, prefix missing, and so on; where they are of the other unit, that alone, as the order is that of the other system. The place is on the grid.
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
		return { ok: false, codes: ['position.unreadable'], params: {} };
	const [first, second] = numbers.map(Number);
	const params = { first: numbers[0], second: numbers[1] };
	const epsg = crs === 'geographic' ? GEOGRAPHIC_EPSG : projectSrid;
	const pair = crs === 'geographic' ? [first, second] : [second, first];
	const unfit = crs === 'geographic' ? 'position.not-degrees' : 'position.not-metres';
	const [{ codes }] = diagnoseCoordinates(pair, epsg, extent);
	if (codes[0] === 'cannot-tell') {
		const areDegrees = Math.abs(first) <= MOST_DEGREES && Math.abs(second) <= MOST_DEGREES;
		return {
			ok: false,
			codes: [areDegrees === (crs === 'geographic') ? 'position.elsewhere' : unfit],
			params,
		};
	}
	if (codes.some((code) => code === 'unit.metres' || code === 'unit.degrees'))
		return { ok: false, codes: [unfit], params };
	if (codes[0] !== 'ok') return { ok: false, codes: codes.map((code) => AS_TYPED[code] ?? code), params };
	const [lon, lat] =
		crs === 'geographic' ? [first, second] : gaussKruger(projectSrid).inverse([second, first]);
	return { ok: true, place: [snapToGrid(lon), snapToGrid(lat)] };
}
