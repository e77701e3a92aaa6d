import { CGCS2000_RADIUS_M } from './cgcs2000.ts';
import {
	fitLiterally,
	fitReadings,
	LON_LAT,
	WEB_MERCATOR,
	type CoordinateReading,
	type ReadingFit,
} from './coordinate-reading.ts';
import { findGaussKruger, GAUSS_KRUGER_ZONES, type GaussKruger } from './gauss-kruger.ts';
import type { LonLatBounds } from './web-mercator.ts';

/** What can be wrong with coordinates; the wording lives with the translations. */
export type CoordinateCode =
	/** The promised system holds: every position lies in the extent. */
	| 'ok'
	/** Northing stands before easting (survey X, Y). */
	| 'axes.swapped'
	/** Latitude stands before longitude. */
	| 'lon-lat.swapped'
	/** Eastings lack the zone number that the promised system has (7 digits: 6 instead of 8). */
	| 'zone-prefix.missing'
	/** Eastings carry the zone number, the promised system has none. */
	| 'zone-prefix.unexpected'
	/** Eastings carry the number of another zone than their digits belong to. */
	| 'zone-prefix.wrong'
	/** Projected about another central meridian than promised. */
	| 'zone.other'
	/** Degrees where metres were promised. */
	| 'unit.degrees'
	/** Metres where degrees were promised. */
	| 'unit.metres'
	/** Web Mercator where a survey system was promised, or the other way round. */
	| 'crs.other'
	/** As promised, but some or all positions lie outside the extent. */
	| 'extent.outside'
	/** Not finite numbers, or an odd number of them. */
	| 'position.not-finite'
	/** The promised system is none that is known here. */
	| 'crs.unknown'
	/** Several explanations fit alike, or none does. */
	| 'cannot-tell';

/** What a finding rests on. */
export interface CoordinateEvidence {
	/** Finite positions. */
	readonly positions: number;
	/** Share of them that the suggestion puts into the extent (0 without one). */
	readonly share: number;
	/** A position to look at, as its index: the first outside the extent or the first that is not finite. */
	readonly firstBad: number | null;
	/** The zone prefix that eastings carry: the most frequent that is not the promised one; null for none. */
	readonly prefix: number | null;
}

/** One explanation: all that is wrong at once, and how to read the positions so that it is right. */
export interface CoordinateFinding {
	readonly codes: readonly CoordinateCode[];
	readonly suggestion: CoordinateReading | null;
	readonly evidence: CoordinateEvidence;
}

/** An explanation holds for nearly all positions; two are alike when their shares differ by less than this. */
const SHARE_MIN = 0.9;
const SHARE_ALIKE = 0.05;
const WORLD_HALF_M = Math.PI * CGCS2000_RADIUS_M;

/**
 * Says why coordinates do not lie where they should, best explanation first.
 *
 * `pairs` are the numbers as the file has them, said to be longitude, latitude (or easting, northing) of `promisedEpsg` (4490, 3857,
 * 4491–4554); `extent` is where they belong, in degrees, with the margin that is allowed. Every reading (axes, degrees or metres, zone,
 * prefix) is tried; one that puts nine positions of ten into the extent explains them, with the fewest things wrong first. `ok` stands
 * alone; `cannot-tell` stands before explanations that fit alike, or alone where nothing fits; positions that are not finite are a
 * finding of their own, last. O(positions × readings), about 20. GCJ-02 is another matter: detectGcj02.
 */
export function diagnoseCoordinates(
	pairs: ArrayLike<number>,
	promisedEpsg: number,
	extent: LonLatBounds,
): CoordinateFinding[] {
	const { positions, firstNotFinite } = countFinite(pairs);
	const findings: CoordinateFinding[] = [];
	if (positions > 0 || firstNotFinite === null)
		findings.push(...explain(pairs, promisedEpsg, extent, positions));
	if (firstNotFinite !== null) {
		const evidence = { positions, share: 0, firstBad: firstNotFinite, prefix: null };
		findings.push({ codes: ['position.not-finite'], suggestion: null, evidence });
	}
	return findings;
}

function explain(
	pairs: ArrayLike<number>,
	promisedEpsg: number,
	extent: LonLatBounds,
	positions: number,
): CoordinateFinding[] {
	const none = { positions, share: 0, firstBad: null, prefix: null };
	const promised = findGaussKruger(promisedEpsg);
	if (promised === null && promisedEpsg !== LON_LAT && promisedEpsg !== WEB_MERCATOR)
		return [{ codes: ['crs.unknown'], suggestion: null, evidence: none }];
	if (positions === 0) return [{ codes: ['cannot-tell'], suggestion: null, evidence: none }];

	const asPromised = fitLiterally(pairs, extent, promisedEpsg);
	const { share, firstOutside } = asPromised;
	const evidence = { ...none, share, firstBad: firstOutside };
	const holds = (code: CoordinateCode): CoordinateFinding => {
		return { codes: [code], suggestion: readingOf(asPromised), evidence };
	};
	const cannotTell: CoordinateFinding = { codes: ['cannot-tell'], suggestion: null, evidence };
	if (share === 1) return [holds('ok')];
	if (share >= SHARE_MIN) return [holds('extent.outside')];

	const explanations = fitReadings(pairs, extent)
		.filter((fit) => fit.share >= SHARE_MIN)
		.map((fit) => explanationOf(fit, promised, promisedEpsg, positions))
		.filter(({ codes }) => codes.length > 0)
		.sort((a, b) => a.codes.length - b.codes.length || b.evidence.share - a.evidence.share);
	if (explanations.length === 0)
		return [isPlausible(pairs, promised, promisedEpsg) ? holds('extent.outside') : cannotTell];
	const [best, next] = explanations;
	const isAlike =
		next !== undefined &&
		next.codes.length === best.codes.length &&
		Math.abs(next.evidence.share - best.evidence.share) < SHARE_ALIKE;
	return isAlike ? [cannotTell, ...explanations] : explanations;
}

/** All that is wrong with the promise if a reading is right. */
function explanationOf(
	fit: ReadingFit,
	promised: GaussKruger | null,
	promisedEpsg: number,
	positions: number,
): CoordinateFinding {
	const codes: CoordinateCode[] = [];
	if (fit.swapped) codes.push(fit.epsg === LON_LAT ? 'lon-lat.swapped' : 'axes.swapped');
	const read = findGaussKruger(fit.epsg);
	if (fit.epsg === LON_LAT) {
		if (promisedEpsg !== LON_LAT) codes.push('unit.degrees');
	} else if (promisedEpsg === LON_LAT) {
		codes.push('unit.metres');
	} else if ((read === null) !== (promised === null)) {
		codes.push('crs.other');
	} else if (read?.centralMeridianDeg !== promised?.centralMeridianDeg) {
		codes.push('zone.other');
	}
	const other = fit.prefixes.find((prefix) => prefix !== promised?.prefix);
	const prefix = other === undefined ? (fit.prefixes[0] ?? null) : other;
	if (read !== null) codes.push(...prefixCodes(prefix, read, promised));
	const evidence = { positions, share: fit.share, firstBad: fit.firstOutside, prefix };
	return { codes, suggestion: readingOf(fit), evidence };
}

function prefixCodes(
	prefix: number | null,
	read: GaussKruger,
	promised: GaussKruger | null,
): CoordinateCode[] {
	if (prefix === null) return typeof promised?.prefix === 'number' ? ['zone-prefix.missing'] : [];
	if (!prefixesOf(read).includes(prefix)) return ['zone-prefix.wrong'];
	if (promised === null || promised.prefix === prefix) return [];
	if (promised.prefix === null) return ['zone-prefix.unexpected'];
	return promised.centralMeridianDeg === read.centralMeridianDeg ? ['zone-prefix.wrong'] : [];
}

/** How to read the numbers as they are written: in the system with their prefix, or without it where it is wrong or not everywhere. */
function readingOf({ epsg, swapped, prefixes }: ReadingFit): CoordinateReading {
	const meridian = findGaussKruger(epsg)?.centralMeridianDeg;
	const asRead = { epsg, swapped, stripPrefix: false };
	if (meridian === undefined || prefixes.length === 0 || prefixes.every((prefix) => prefix === null))
		return asRead;
	const written = GAUSS_KRUGER_ZONES.find(
		({ centralMeridianDeg, prefix }) => centralMeridianDeg === meridian && prefix === prefixes[0],
	);
	const isWritten = prefixes.length === 1 && written !== undefined;
	return isWritten ? { ...asRead, epsg: written.epsg } : { ...asRead, stripPrefix: true };
}

/** The zone numbers of a central meridian: of 3°, and of 6° where there is one. */
function prefixesOf({ centralMeridianDeg }: GaussKruger): number[] {
	return GAUSS_KRUGER_ZONES.filter((zone) => zone.centralMeridianDeg === centralMeridianDeg).flatMap(
		({ prefix }) => (prefix === null ? [] : [prefix]),
	);
}

/** Whether nine of ten could be of the promised system at all: degrees of the earth, or metres with the right prefix. */
function isPlausible(pairs: ArrayLike<number>, promised: GaussKruger | null, promisedEpsg: number): boolean {
	const [west, east, north] =
		promisedEpsg === LON_LAT
			? [-180, 180, 90]
			: promised === null
				? [-WORLD_HALF_M, WORLD_HALF_M, WORLD_HALF_M]
				: [promised.falseEastingM - 500_000, promised.falseEastingM + 500_000, 10_000_000];
	let [plausible, finite] = [0, 0];
	for (let i = 0; i + 1 < pairs.length; i += 2) {
		const [x, y] = [pairs[i], pairs[i + 1]];
		if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
		finite++;
		const isDegrees = Math.abs(x) <= 180 && Math.abs(y) <= 180;
		const isWithin = x >= west && x <= east && Math.abs(y) <= north;
		if (isWithin && (promisedEpsg === LON_LAT || !isDegrees)) plausible++;
	}
	return plausible >= SHARE_MIN * finite;
}

function countFinite(pairs: ArrayLike<number>): { positions: number; firstNotFinite: number | null } {
	let positions = 0;
	let firstNotFinite: number | null = null;
	for (let i = 0; 2 * i < pairs.length; i++) {
		const isFinite = Number.isFinite(pairs[2 * i]) && Number.isFinite(pairs[2 * i + 1]);
		if (isFinite) positions++;
		else firstNotFinite ??= i;
	}
	return { positions, firstNotFinite };
}
