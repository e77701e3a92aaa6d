import { cpus, loadavg } from 'node:os';
import { describe, expect, it } from 'vitest';
import { compensatedSum } from '$geo/area/compensated-sum.ts';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { planarAreasM2 } from '$geo/area/planar.ts';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { flattenMultiPolygons, nestFeature, type FlatPolygons } from '$geo/flat-polygons.ts';
import { equalAreaM2 } from '../geo/area/equal-area-oracle.ts';
import { densifiedAreaM2, geodesicAreaM2 } from '../geo/area/geodesic-oracle.ts';
import { streetCoverage } from '../support/street-coverage.ts';
import { ms, tableText, writeFigures } from './report.ts';
import { percentile, timed, timingOf, type Timing } from './timing.ts';

const PARCELS = 1_000_000;
const RUNS = 5;
/** Every n-th parcel goes to the oracles, which would take a minute and more for all. */
const SAMPLE_EVERY = 200;
const SAMPLE_VERTICES_MAX = 500;
const RATIO_MIN = 10;
const HA_100_M2 = 1e6;

const LEGEND = [
	'one thread, one run; ns: per vertex, the measure of the ratio · × slower: ns by ours of the row named',
	'GeographicLib: geodesic areas of a sample (every 200th parcel), its points added from the same arrays; densified: each edge whole',
	'and in two, extrapolated · conversion: nested positions, as GeoJSON has them, into flat arrays, of every tenth parcel, scaled',
].join('\n');

const print = (text: string) => console.log(`\n${text}`);

interface Row {
	readonly name: string;
	readonly parcels: number;
	readonly vertices: number;
	readonly timing: Timing;
}

const nsPerVertex = ({ timing, vertices }: Row) => (timing.p50Ms * 1e6) / vertices;

/** The rings of a sample of parcels, parcel by parcel, as plain numbers; the river's thousands of vertices left out. */
function sampleRings({ featureOffsets, polygonOffsets, ringOffsets, coordinates }: FlatPolygons) {
	const features: number[] = [];
	const rings: number[][][] = [];
	for (let f = 0; f + 1 < featureOffsets.length; f += SAMPLE_EVERY) {
		const [first, last] = [polygonOffsets[featureOffsets[f]], polygonOffsets[featureOffsets[f + 1]]];
		if (ringOffsets[last] - ringOffsets[first] > SAMPLE_VERTICES_MAX) continue;
		features.push(f);
		rings.push(
			Array.from({ length: last - first }, (_, k) => [
				...coordinates.subarray(2 * ringOffsets[first + k], 2 * ringOffsets[first + k + 1]),
			]),
		);
	}
	return { features, rings };
}

/** Shells minus holes: parcels of the made-up coverage have one part. */
function areasBy(rings: readonly number[][][], ringAreaM2: (ring: number[]) => number): number[] {
	return rings.map(([shell, ...holes]) =>
		holes.reduce((areaM2, hole) => areaM2 - ringAreaM2(hole), ringAreaM2(shell)),
	);
}

/** Times works in turns, so that a busy moment of the machine falls on all of them. */
function inTurns(runs: number, works: readonly (() => ArrayLike<number>)[]) {
	const samples = works.map((): number[] => []);
	const values = works.map((): ArrayLike<number> => []);
	for (let run = 0; run < runs; run++) {
		for (const [k, work] of works.entries()) {
			const began = performance.now();
			values[k] = work();
			samples[k].push(performance.now() - began);
		}
	}
	return works.map((_, k) => ({ value: values[k], timing: timingOf(samples[k]) }));
}

describe('areas of a million parcels', () => {
	it('take one call and a tenth of the time of GeographicLib, and are right', async () => {
		const { value: made, timing: making } = await timed(1, () => streetCoverage(PARCELS));
		const { polygons } = made.set;
		const vertices = polygons.coordinates.length / 2;
		const { features, rings } = sampleRings(polygons);
		const sampled = rings.flat().reduce((sum, ring) => sum + ring.length / 2, 0);
		const projection = gaussKruger(4529);

		const [ours, plane, geodesic, densified] = inTurns(RUNS, [
			() => ellipsoidalAreasM2(polygons),
			() => planarAreasM2(polygons, projection),
			() => areasBy(rings, (ring) => geodesicAreaM2(ring, 1)),
			() => areasBy(rings, (ring) => densifiedAreaM2(ring, 1)),
		]);
		const nested = Array.from({ length: PARCELS / 10 }, (_, i) => nestFeature(polygons, 10 * i));
		const conversion = await timed(1, () => flattenMultiPolygons(nested));
		const equalArea = areasBy(rings, (ring) => equalAreaM2(ring, 1));

		const row = (name: string, parcels: number, count: number, timing: Timing): Row => {
			return { name, parcels, vertices: count, timing };
		};
		const ellipsoidal = row('ellipsoidalAreasM2', PARCELS, vertices, ours.timing);
		const planar = row('planarAreasM2, EPSG:4529', PARCELS, vertices, plane.timing);
		const raw = row('GeographicLib, geodesic edges', rings.length, sampled, geodesic.timing);
		const dense = row('GeographicLib, densified', rings.length, sampled, densified.timing);
		const converted = conversion.value.coordinates.length / 2;
		const flat = row('conversion of nested positions', PARCELS / 10, converted, conversion.timing);
		const table = [ellipsoidal, planar, raw, dense, flat];
		const slower = (one: Row, than: Row) => nsPerVertex(one) / nsPerVertex(than);
		print(
			tableText(
				['areas', 'parcels', 'vertices', 'runs', 'ms p50', 'ns', '× ellipsoidal', '× planar'],
				table.map((one) => [
					one.name,
					String(one.parcels),
					String(one.vertices),
					String(one.timing.samples),
					ms(one.timing.p50Ms),
					nsPerVertex(one).toFixed(0),
					slower(one, ellipsoidal).toFixed(1),
					slower(one, planar).toFixed(1),
				]),
			),
		);
		print(LEGEND);

		const sizesM2 = features.map((f) => ours.value[f]);
		const apart = (theirs: ArrayLike<number>) => sizesM2.map((areaM2, i) => Math.abs(areaM2 - theirs[i]));
		const differences = {
			'densified, equal-area projection of PROJ': apart(equalArea),
			'densified, GeographicLib (its own rounding)': apart(densified.value),
			'not densified, GeographicLib (another polygon)': apart(geodesic.value),
			'planar, EPSG:4529 (another area)': apart(features.map((f) => plane.value[f])),
		};
		print(
			tableText(
				[`from ours, m², of ${features.length} parcels`, 'p50', 'p99', 'largest'],
				Object.entries(differences).map(([name, values]) => [
					name,
					...[0.5, 0.99, 1].map((share) => percentile(values, share).toPrecision(2)),
				]),
			),
		);
		const figures = {
			measuredOn: { date: new Date().toISOString(), cpu: cpus()[0]?.model.trim(), node: process.version },
			load: loadavg(),
			makingMs: making.p50Ms,
			rows: table.map((one) => ({ ...one, nsPerVertex: nsPerVertex(one) })),
			largestDifferencesM2: Object.fromEntries(
				Object.entries(differences).map(([name, values]) => [name, Math.max(...values)]),
			),
		};
		print(`figures written to ${writeFigures(figures, 'bench-area-figures')}`);

		expect(slower(raw, ellipsoidal)).toBeGreaterThan(RATIO_MIN);
		expect(slower(raw, planar)).toBeGreaterThan(RATIO_MIN);
		expect(Math.max(...sizesM2)).toBeLessThan(HA_100_M2);
		expect(Math.max(...apart(equalArea))).toBeLessThan(1e-4);
		const [wholeM2] = ellipsoidalAreasM2(made.outline);
		expect(Math.abs(compensatedSum(Float64Array.from(ours.value)) / wholeM2 - 1)).toBeLessThan(1e-12);
	});
});
