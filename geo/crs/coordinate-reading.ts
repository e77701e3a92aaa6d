import { CGCS2000_RADIUS_M } from './cgcs2000.ts';
import { findGaussKruger, GAUSS_KRUGER_ZONES, type GaussKruger } from './gauss-kruger.ts';
import { worldXToLon, worldYToLat, type LonLatBounds } from './web-mercator.ts';

/** A way to read pairs of numbers as places. */
export interface CoordinateReading {
	/** 4490, 3857, or a Gauss–Krüger system of 4491–4554. */
	readonly epsg: number;
	/** True where north (latitude) stands before east (longitude). */
	readonly swapped: boolean;
	/** True where the millions of eastings must be taken off first, because they are wrong or not everywhere. */
	readonly stripPrefix: boolean;
}

/** What comes of a reading. */
export interface ReadingFit {
	readonly epsg: number;
	readonly swapped: boolean;
	/** Share of the finite positions that this reading puts into the extent. */
	readonly share: number;
	/** The zone prefixes that those carry (null: none), the most frequent first; empty where the system knows none. */
	readonly prefixes: readonly (number | null)[];
	/** The first finite position that it leaves outside, as its index; null where there is none. */
	readonly firstOutside: number | null;
}

export const LON_LAT = 4490;
export const WEB_MERCATOR = 3857;

/** A zone is tried up to so many degrees from its central meridian. */
const ZONE_REACH_DEG = 4.5;
/** Numbers of the zones of China, of 6° (13–23) and of 3° (25–45). */
const PREFIX_MIN = 13;
const PREFIX_MAX = 45;
const MILLION_M = 1_000_000;
const WORLD_M = 2 * Math.PI * CGCS2000_RADIUS_M;

type Place = readonly [lon: number, lat: number];
const NOWHERE: Place = [Number.NaN, Number.NaN];

/**
 * Every way of reading that could put pairs into the extent, and how well it does.
 *
 * Degrees, Web Mercator, and for each central meridian near the extent one Gauss–Krüger reading (the 3° system without prefix) that
 * takes off whatever prefix an easting has; each in both orders. O(pairs) for each of about 12.
 */
export function fitReadings(pairs: ArrayLike<number>, extent: LonLatBounds): ReadingFit[] {
	const middle = (extent.west + extent.east) / 2;
	const reach = ZONE_REACH_DEG + (extent.east - extent.west) / 2;
	const near = GAUSS_KRUGER_ZONES.filter(
		({ prefix, widthDeg, centralMeridianDeg }) =>
			prefix === null && widthDeg === 3 && Math.abs(centralMeridianDeg - middle) <= reach,
	);
	return [false, true].flatMap((swapped) => [
		fitOf(pairs, extent, LON_LAT, swapped, (x, y) => [x, y]),
		fitOf(pairs, extent, WEB_MERCATOR, swapped, mercatorPlace),
		...near.map(({ epsg }) => {
			const projection = findGaussKruger(epsg);
			const place = (eastM: number, northM: number) =>
				zonePlace(projection, eastM - MILLION_M * (prefixOf(eastM) ?? 0), northM);
			return fitOf(pairs, extent, epsg, swapped, place);
		}),
	]);
}

/** The fit of a system taken to the letter: east before north, eastings with exactly its prefix. O(pairs). */
export function fitLiterally(pairs: ArrayLike<number>, extent: LonLatBounds, epsg: number): ReadingFit {
	const projection = findGaussKruger(epsg);
	if (projection === null)
		return fitOf(pairs, extent, epsg, false, epsg === WEB_MERCATOR ? mercatorPlace : (x, y) => [x, y]);
	const place = (eastM: number, northM: number) => {
		const bareM = eastM - MILLION_M * (projection.prefix ?? 0);
		return bareM >= 0 && bareM < MILLION_M ? projection.inverse([eastM, northM]) : NOWHERE;
	};
	return fitOf(pairs, extent, epsg, false, place);
}

/** The zone number that an easting carries; null for none. */
export function prefixOf(eastM: number): number | null {
	const millions = Math.floor(eastM / MILLION_M);
	return millions >= PREFIX_MIN && millions <= PREFIX_MAX ? millions : null;
}

/** Far from the zone the series mean nothing: eastings of a zone's million metres and northings of the earth only. */
function zonePlace(projection: GaussKruger | null, eastM: number, northM: number): Place {
	const isWithin = eastM >= 0 && eastM < MILLION_M && Math.abs(northM) < 10 * MILLION_M;
	return projection === null || !isWithin ? NOWHERE : projection.inverse([eastM, northM]);
}

function mercatorPlace(x: number, y: number): Place {
	return [worldXToLon(x / WORLD_M + 0.5), worldYToLat(0.5 - y / WORLD_M)];
}

function fitOf(
	pairs: ArrayLike<number>,
	{ west, south, east, north }: LonLatBounds,
	epsg: number,
	swapped: boolean,
	place: (x: number, y: number) => Place,
): ReadingFit {
	const isProjected = epsg !== LON_LAT && epsg !== WEB_MERCATOR;
	const counts = new Map<number | null, number>();
	let [finite, inside] = [0, 0];
	let firstOutside: number | null = null;
	for (let i = 0; 2 * i + 1 < pairs.length; i++) {
		const [x, y] = swapped ? [pairs[2 * i + 1], pairs[2 * i]] : [pairs[2 * i], pairs[2 * i + 1]];
		if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
		finite++;
		const [lon, lat] = place(x, y);
		if (lon >= west && lon <= east && lat >= south && lat <= north) {
			inside++;
			if (isProjected) counts.set(prefixOf(x), (counts.get(prefixOf(x)) ?? 0) + 1);
		} else firstOutside ??= i;
	}
	const prefixes = [...counts].sort((a, b) => b[1] - a[1]).map(([prefix]) => prefix);
	return { epsg, swapped, share: finite === 0 ? 0 : inside / finite, prefixes, firstOutside };
}
