import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	diagnoseCoordinates,
	type CoordinateCode,
	type CoordinateFinding,
} from '../../../geo/crs/diagnose-coordinates.ts';
import { findGaussKruger, GAUSS_KRUGER_ZONES, gaussKruger } from '../../../geo/crs/gauss-kruger.ts';
import type { LonLatBounds } from '../../../geo/crs/web-mercator.ts';
import type { LonLat } from '../../../geo/flat-polygons.ts';

/** The zone's box with a margin. */
const EXTENT: LonLatBounds = { west: 123.2, south: 41.5, east: 123.8, north: 42 };
const PLACES: LonLat[] = [
	[123.45, 41.7],
	[123.46, 41.71],
	[123.44, 41.72],
	[123.43, 41.69],
];

type Pair = readonly [number, number];
const flat = (pairs: readonly Pair[]) => Float64Array.from(pairs.flat());
const swap = (pairs: readonly Pair[]) => pairs.map(([x, y]): Pair => [y, x]);
const moveEast = (pairs: readonly Pair[], metres: number) => pairs.map(([x, y]): Pair => [x + metres, y]);
const inZone = (epsg: number, places: readonly LonLat[] = PLACES): Pair[] =>
	places.map((place) => gaussKruger(epsg).forward(place));
const inMercator = (places: readonly LonLat[] = PLACES): Pair[] =>
	places.map(([lon, lat]) => [
		(lon * Math.PI * 6378137) / 180,
		6378137 * Math.asinh(Math.tan((lat * Math.PI) / 180)),
	]);

function diagnose(pairs: readonly Pair[], epsg: number, extent = EXTENT): CoordinateFinding[] {
	return diagnoseCoordinates(flat(pairs), epsg, extent);
}

/** Codes, then system, order and what to do with the prefix as `epsg`, `swapped`, `strip`. */
function told([first]: readonly CoordinateFinding[]): unknown[] {
	const { suggestion } = first;
	if (suggestion === null) return [...first.codes];
	const how = [suggestion.swapped ? ['swapped'] : [], suggestion.stripPrefix ? ['strip'] : []].flat();
	return [...first.codes, suggestion.epsg, ...how];
}

describe('what is wrong with coordinates', () => {
	const cases: [codes: string, pairs: Pair[], promised: number, expected: unknown[]][] = [
		['ok', inZone(4529), 4529, ['ok', 4529]],
		['ok', PLACES, 4490, ['ok', 4490]],
		['ok', inMercator(), 3857, ['ok', 3857]],
		['axes.swapped', swap(inZone(4529)), 4529, ['axes.swapped', 4529, 'swapped']],
		['lon-lat.swapped', swap(PLACES), 4490, ['lon-lat.swapped', 4490, 'swapped']],
		['zone-prefix.missing', inZone(4550), 4529, ['zone-prefix.missing', 4550]],
		['zone-prefix.unexpected', inZone(4529), 4550, ['zone-prefix.unexpected', 4529]],
		['zone-prefix.wrong', moveEast(inZone(4550), 40_000_000), 4529, ['zone-prefix.wrong', 4550, 'strip']],
		['zone-prefix.wrong', inZone(4529), 4499, ['zone-prefix.wrong', 4529]],
		['zone-prefix.wrong', inZone(4499), 4529, ['zone-prefix.wrong', 4499]],
		['zone.other', inZone(4528), 4529, ['zone.other', 4528]],
		['zone.other', inZone(4530), 4529, ['zone.other', 4530]],
		['zone.other', inZone(4549), 4550, ['zone.other', 4549]],
		['unit.degrees', PLACES, 4529, ['unit.degrees', 4490]],
		['unit.metres', inZone(4529), 4490, ['unit.metres', 4529]],
		['unit.metres', inZone(4550), 4490, ['unit.metres', 4550]],
		['unit.metres', inMercator(), 4490, ['unit.metres', 3857]],
		['crs.other', inMercator(), 4529, ['crs.other', 3857]],
		['crs.other', inZone(4529), 3857, ['crs.other', 4529]],
		['extent.outside', inZone(4529, [[122.9, 41.7]]), 4529, ['extent.outside', 4529]],
		['extent.outside', [[116.4, 39.9]], 4490, ['extent.outside', 4490]],
		['crs.unknown', PLACES, 4326, ['crs.unknown']],
		['position.not-finite', [[Number.NaN, 41.7]], 4490, ['position.not-finite']],
		['cannot-tell', [[7, 3]], 4529, ['cannot-tell']],
		['cannot-tell', [], 4529, ['cannot-tell']],
	];
	it.each(cases)('%s', (_code, pairs, promised, expected) => {
		expect(told(diagnose(pairs, promised))).toEqual(expected);
	});

	it('tells several things wrong at once', () => {
		const both = swap(inZone(4550));
		expect(told(diagnose(both, 4529))).toEqual(['axes.swapped', 'zone-prefix.missing', 4550, 'swapped']);
		expect(told(diagnose(inZone(4549), 4529))).toEqual(['zone.other', 'zone-prefix.missing', 4549]);
		expect(told(diagnose(swap(inZone(4528)), 4490))).toEqual([
			'axes.swapped',
			'unit.metres',
			4528,
			'swapped',
		]);
		expect(told(diagnose(swap(PLACES), 4529))).toEqual(['lon-lat.swapped', 'unit.degrees', 4490, 'swapped']);
		const wrongBoth = moveEast(inZone(4551), 41_000_000);
		expect(told(diagnose(wrongBoth, 4529))).toEqual(['zone.other', 'zone-prefix.wrong', 4551, 'strip']);
	});

	it('names the prefix that is wrong, also where some eastings have the right one or none', () => {
		const [a, b, c, d] = inZone(4550);
		const some = [...moveEast([a, b], 41_000_000), ...moveEast([c], 40_000_000), d];
		const [finding] = diagnose(some, 4529);
		expect(finding.codes).toEqual(['zone-prefix.wrong']);
		expect(finding.evidence).toMatchObject({ prefix: 40, share: 1, positions: 4 });
		expect(finding.suggestion).toEqual({ epsg: 4550, swapped: false, stripPrefix: true });
	});

	it('points at the positions that are outside or not finite', () => {
		const many = Array.from({ length: 5 }, () => PLACES).flat();
		const [outside] = diagnose([...many.slice(0, 19), [124, 41.7]], 4490);
		expect(outside.codes).toEqual(['extent.outside']);
		expect(outside.evidence).toEqual({ positions: 20, share: 0.95, firstBad: 19, prefix: null });
		const findings = diagnose([...PLACES, [123.4, Infinity]], 4490);
		expect(findings.map(({ codes }) => codes)).toEqual([['ok'], ['position.not-finite']]);
		expect(findings[1].evidence.firstBad).toBe(4);
		const odd = diagnoseCoordinates(Float64Array.of(123.4, 41.7, 123.4), 4490, EXTENT);
		expect(odd.map(({ codes }) => codes)).toEqual([['ok'], ['position.not-finite']]);
	});

	it('cannot tell where half of the positions are right and half are not', () => {
		const [first] = diagnose([...inZone(4529), ...swap(inZone(4529))], 4529);
		expect(first).toMatchObject({ codes: ['cannot-tell'], evidence: { share: 0.5, firstBad: 4 } });
	});

	it('cannot tell where two explanations fit alike, and lists both', () => {
		const wide = { west: 119, south: 41, east: 125, north: 43 };
		const findings = diagnose(inZone(4550), 4490, wide);
		expect(findings.map(({ codes }) => codes)).toEqual([['cannot-tell'], ['unit.metres'], ['unit.metres']]);
		expect(findings.map(({ suggestion }) => suggestion?.epsg)).toEqual([undefined, 4549, 4550]);
	});
});

describe('laws of the diagnosis', () => {
	const place = fc.record({
		lon: fc.double({ min: EXTENT.west + 0.01, max: EXTENT.east - 0.01, noNaN: true }),
		lat: fc.double({ min: EXTENT.south + 0.01, max: EXTENT.north - 0.01, noNaN: true }),
	});
	const places = fc
		.array(place, { minLength: 1, maxLength: 12 })
		.map((list) => list.map(({ lon, lat }): LonLat => [lon, lat]));
	const near = GAUSS_KRUGER_ZONES.filter(({ centralMeridianDeg }) => Math.abs(centralMeridianDeg - 123) <= 3);
	const system = fc.constantFrom(...near.map(({ epsg }) => epsg), 4490, 3857);
	const written = (list: readonly LonLat[], epsg: number): readonly Pair[] =>
		epsg === 4490 ? list : epsg === 3857 ? inMercator(list) : inZone(epsg, list);

	it('finds the system and the order of any places of the zone, whatever was promised', () => {
		fc.assert(
			fc.property(places, system, system, fc.boolean(), (list, promised, actual, isSwapped) => {
				const pairs = written(list, actual);
				const [first] = diagnose(isSwapped ? swap(pairs) : pairs, promised);
				const found = first.suggestion;
				if (found === null) throw new Error(first.codes.join());
				expect(found.swapped).toBe(isSwapped);
				const [ours, theirs] = [findGaussKruger(found.epsg), findGaussKruger(actual)];
				expect(ours?.centralMeridianDeg).toBe(theirs?.centralMeridianDeg);
				expect(ours?.falseEastingM).toBe(theirs?.falseEastingM);
				if (theirs === null) expect(found.epsg).toBe(actual);
				if (promised === actual && !isSwapped) expect(first.codes).toEqual(['ok']);
			}),
			{ numRuns: 500 },
		);
	});

	it('suggests a reading that puts the positions into the extent', () => {
		const prefix = fc.integer({ min: 13, max: 45 });
		fc.assert(
			fc.property(places, prefix, system, (list, millions, promised) => {
				const pairs = moveEast(inZone(4550, list), millions * 1_000_000);
				const [{ suggestion, codes }] = diagnose(pairs, promised);
				if (suggestion === null) throw new Error(codes.join());
				const projection = gaussKruger(suggestion.epsg);
				for (const [eastM, northM] of pairs) {
					const [lon, lat] = projection.inverse([suggestion.stripPrefix ? eastM % 1_000_000 : eastM, northM]);
					expect(lon > EXTENT.west && lon < EXTENT.east).toBe(true);
					expect(lat > EXTENT.south && lat < EXTENT.north).toBe(true);
				}
			}),
		);
	});

	it('answers any numbers, any system and any extent with at least one finding', () => {
		const number = fc.oneof(fc.double(), fc.double({ min: -200, max: 5e7, noNaN: true }));
		const extent = fc.record({ west: number, south: number, east: number, north: number });
		const codes = new Set<CoordinateCode>();
		fc.assert(
			fc.property(
				fc.array(number, { maxLength: 9 }),
				fc.oneof(system, fc.integer(), fc.double()),
				fc.oneof(extent, fc.constant(EXTENT)),
				(numbers, promised, box) => {
					const findings = diagnoseCoordinates(numbers, promised, box);
					expect(findings.length).toBeGreaterThan(0);
					for (const finding of findings) for (const code of finding.codes) codes.add(code);
				},
			),
			{ numRuns: 1000 },
		);
		expect(codes.size).toBeGreaterThan(3);
	});
});
