import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planarAreasM2 } from '$geo/area/planar.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { checkParcelSet } from '$geo/check/check.ts';
import { cleanParcelSet } from '$geo/repair/clean.ts';
import { nodeSurveyed } from '$geo/repair/node-in-plane.ts';
import { nodePlanar } from '$geo/repair/node-planar.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { flattenMultiPolygons } from '$geo/flat-polygons.ts';
import { snapToGrid } from '$geo/grid.ts';
import { disguiseSet } from './dirty-sets.ts';

const projection = gaussKruger(4529);

type EastNorth = readonly [eastM: number, northM: number];

const toMillimetre = (metres: number) => Math.round(metres * 1000) / 1000;

/** Rings of easting, northing as offsets from a corner in Hunnan, one polygon a feature. */
function surveyed(...rings: (readonly EastNorth[])[]): FlatPolygons {
	return flattenMultiPolygons(
		rings.map((ring) => [
			[ring.map(([e, n]) => [41_540_000 + toMillimetre(e), 4_620_000 + toMillimetre(n)])],
		]),
	);
}

/** A road-side parcel with one straight edge of about a kilometre, and the parcels across, whose corners lie on it as far as millimetres go. */
function roadside(corners: readonly number[], angle: number): FlatPolygons {
	const turned = ([e, n]: EastNorth): EastNorth => [
		e * Math.cos(angle) - n * Math.sin(angle),
		e * Math.sin(angle) + n * Math.cos(angle),
	];
	const stops = [0, ...corners, 1000];
	const across = stops.slice(1).map((to, i): EastNorth[] => [
		[stops[i], 0],
		[to, 0],
		[to, 80],
		[stops[i], 80],
	]);
	const along: EastNorth[] = [
		[0, -60],
		[1000, -60],
		[1000, 0],
		[0, 0],
	];
	return surveyed(...[along, ...across].map((ring) => ring.map(turned)));
}

function toLonLat(planar: FlatPolygons): FlatPolygons {
	const coordinates = planar.coordinates.slice();
	for (let i = 0; i < coordinates.length; i += 2) {
		const [lon, lat] = projection.inverse([coordinates[i], coordinates[i + 1]]);
		coordinates[i] = lon;
		coordinates[i + 1] = lat;
	}
	return { ...planar, coordinates };
}

function numbered(polygons: FlatPolygons): ParcelSet {
	return {
		parcelNos: Int32Array.from({ length: polygons.featureOffsets.length - 1 }, (_, f) => f + 1),
		polygons,
	};
}

const anyRoadside = fc
	.tuple(
		fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 8 }),
		fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
	)
	.map(([tens, angle]) =>
		roadside(
			tens.sort((a, b) => a - b).map((ten) => 10 * ten),
			angle,
		),
	);

describe('noding in the survey plane', () => {
	it('a corner on a straight 1 km edge of EPSG:4529 lands beside it in longitude and latitude: seen, and mended', () => {
		const planar = roadside([500], 0);
		const asStored = numbered(toLonLat(planar));
		const issues = checkParcelSet(asStored).filter(({ severity }) => severity === 'error');
		expect(issues.length).toBeGreaterThan(0);
		const widest = Math.max(...issues.map(({ params }) => (2 * (params.areaM2 ?? 0)) / 1000));
		expect(widest).toBeGreaterThan(0.01);
		const { set, report } = cleanParcelSet(asStored, { plane: { projection, toleranceM: 0.001 } });
		expect(report.unresolved).toEqual([]);
		expect(report.slivers).toEqual([]);
		expect(report.farthest?.byM).toBeLessThan(1e-4);
		expect(buildCoverage(set).ok).toBe(true);
	});

	it('leaves every surveyed corner where it is and every planar area as it was', () => {
		fc.assert(
			fc.property(anyRoadside, (planar) => {
				const { polygons, movedM } = nodeSurveyed(planar, { projection, toleranceM: 0.002 });
				const { set, report } = cleanParcelSet(numbered(polygons));
				expect(report.unresolved).toEqual([]);
				expect(report.slivers).toEqual([]);
				expect(Math.max(...movedM)).toBeLessThan(0.002);
				const before = planarAreasM2(toLonLat(planar), projection);
				const after = planarAreasM2(set.polygons, projection);
				after.forEach((area, f) => expect(Math.abs(area - before[f])).toBeLessThan(f === 0 ? 1 : 0.1));
				const places = new Set(positionsOf(set.polygons));
				const given = positionsOf({ ...planar, coordinates: toLonLat(planar).coordinates.map(snapToGrid) });
				expect(given.filter((at) => !places.has(at))).toEqual([]);
			}),
			{ numRuns: 40 },
		);
	});

	it('makes vertices closer than the tolerance one, whatever the order of parcels and directions', () => {
		fc.assert(
			fc.property(
				anyRoadside,
				fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 5, maxLength: 20 }),
				fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 3, maxLength: 9 }),
				(planar, values, jitter) => {
					const coordinates = planar.coordinates.map(
						(metres, i) => metres + jitter[i % jitter.length] / 1000,
					);
					const set = numbered({ ...planar, coordinates });
					const options = { projection, toleranceM: 0.005 };
					const once = nodeSurveyed(set.polygons, options);
					const other = disguiseSet(set, values);
					const again = nodeSurveyed(other.polygons, options);
					const clean = cleanParcelSet({ ...set, polygons: once.polygons });
					expect(cleanParcelSet({ ...other, polygons: again.polygons }).set).toEqual(clean.set);
					expect(clean.report.unresolved).toEqual([]);
					expect(Math.max(...once.movedM)).toBeLessThan(0.005);
				},
			),
			{ numRuns: 40 },
		);
	});

	it('puts a vertex where edges cross in the plane, the same in both', () => {
		const planar = surveyed(
			[
				[0, 0],
				[900, 7],
				[900, -90],
				[0, -90],
			],
			[
				[300, -300],
				[400, 300],
				[200, 300],
			],
		);
		const { planar: noded, nodesInserted } = nodePlanar(planar, 0.001);
		expect(nodesInserted).toBe(8);
		const [a, b] = [0, 1].map((ring) => ringPlaces(noded, ring));
		expect(a.filter((at) => b.includes(at)).length).toBe(4);
	});

	it('nodes crossings where a stray corner lies at the equator', () => {
		const triangle = (east: number): EastNorth[] => [
			[east, 0],
			[east + 100, 50],
			[east + 50, 150],
		];
		const stray: EastNorth[] = [
			[0, -4_620_000],
			[10, -4_620_000],
			[0, -4_619_990],
		];
		const given = [triangle(0), triangle(20), triangle(40)];
		const { nodesInserted } = nodePlanar(surveyed(...given), 0.001);
		expect(nodesInserted).toBeGreaterThan(0);
		expect(nodePlanar(surveyed(...given, stray), 0.001).nodesInserted).toBe(nodesInserted);
	});

	it('throws on nothing', () => {
		const number = fc.oneof(
			fc.double(),
			fc.integer({ min: -5, max: 5 }),
			fc.constantFrom(NaN, Infinity, 1e300, 4.1e7),
		);
		const ring = fc.array(fc.tuple(number, number), { maxLength: 6 });
		fc.assert(
			fc.property(
				fc.array(fc.array(fc.array(ring, { maxLength: 2 }), { maxLength: 2 }), { maxLength: 3 }),
				fc.oneof(fc.double(), fc.constantFrom(0, 0.001, 10)),
				(features, toleranceM) => {
					const planar = flattenMultiPolygons(features);
					const { polygons, movedM } = nodeSurveyed(planar, { projection, toleranceM });
					expect(movedM.length).toBe(polygons.featureOffsets.length - 1);
					cleanParcelSet(numbered(planar), { plane: { projection, toleranceM } });
				},
			),
			{ numRuns: 300 },
		);
	});
});

function positionsOf({ coordinates }: FlatPolygons): string[] {
	return Array.from(
		{ length: coordinates.length / 2 },
		(_, i) => `${coordinates[2 * i]} ${coordinates[2 * i + 1]}`,
	);
}

function ringPlaces(polygons: FlatPolygons, ring: number): string[] {
	return positionsOf(polygons).slice(polygons.ringOffsets[ring], polygons.ringOffsets[ring + 1]);
}
