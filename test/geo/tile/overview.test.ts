import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import type { CoverageBase } from '$geo/coverage/coverage-base.ts';
import { latToWorldY, lonToWorldX } from '$geo/crs/web-mercator.ts';
import { dissolveArcs, dissolvePolygons } from '$geo/tile/dissolve-arcs.ts';
import { mapAreas, mergeSmall } from '$geo/tile/merge-small.ts';
import { snapToLattice, type LatticePolygons } from '$geo/tile/lattice.ts';
import { drawOverview, type OverviewLevel } from '$geo/tile/overview.ts';
import { PARK_LAYOUTS } from '$seeds/demo/park-layout.ts';
import { drawPark } from '$seeds/demo/park-map.ts';
import { streetCoverage } from '../../support/street-coverage.ts';
import { anyCurvedCoverage, baseOf, setOf } from './curved-coverage.ts';
import { latticeReader, tilesOver } from './decoded-tile.ts';
import { faults } from './tile-faults.ts';

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
const areasOf = (base: CoverageBase) => ellipsoidalAreasM2(setOf(base).polygons);
/** Areas and number of each polygon of a base. */
function polygonsOf(base: CoverageBase) {
	const { polygons, parcelNos } = setOf(base);
	const count = base.polygonOffsets.length - 1;
	const alone = { ...polygons, featureOffsets: Uint32Array.from({ length: count + 1 }, (_, p) => p) };
	const numbers = new Int32Array(count);
	parcelNos.forEach((no, i) => numbers.fill(no, base.parcelOffsets[i], base.parcelOffsets[i + 1]));
	const each = { parcelNos: Int32Array.from({ length: count }, (_, p) => p + 1), polygons: alone };
	return { numbers, areas: [...mapAreas(baseOf(each)).values()] };
}

describe('merging what is too small', () => {
	const share = fc.double({ min: 0, max: 1, noNaN: true });

	it('leaves a coverage of the same ground in which no large polygon has lost its number', () => {
		fc.assert(
			fc.property(anyCurvedCoverage(2 ** 30), share, (set, rank) => {
				const base = baseOf(set);
				const { numbers, areas } = polygonsOf(base);
				const areaDeg2 = [...areas].sort((a, b) => a - b)[Math.floor(rank * (areas.length - 1))];
				const merged = mergeSmall(base, { areaDeg2, widthDeg: 0 });
				const after = dissolvePolygons(base, merged);
				expect(after).toEqual(baseOf(setOf(after)));
				expect(sum(areasOf(after)) / sum(areasOf(base))).toBeCloseTo(1, 12);
				merged.forEach((number, p) => {
					if (areas[p] >= areaDeg2) expect(number).toBe(numbers[p]);
				});
				const left = polygonsOf(after).areas;
				expect(left.length === 1 || Math.min(...left) >= areaDeg2 * (1 - 1e-9)).toBe(true);
			}),
			{ numRuns: 150 },
		);
	});

	it('gives nothing to a line', () => {
		const { set, streetNos } = streetCoverage(3000);
		const base = baseOf(set);
		const streets = new Set(streetNos);
		const town = dissolveArcs(
			base,
			base.parcelNos.map((no) => (streets.has(no) ? 1 : 2 + (no % 5))),
		);
		const [street] = areasOf(town);
		const { areas } = polygonsOf(town);
		const areaDeg2 = [...areas].sort((a, b) => a - b)[Math.floor(areas.length / 2)];
		const after = dissolvePolygons(town, mergeSmall(town, { areaDeg2, widthDeg: 0.0005 }));
		expect(after.polygonOffsets.length).toBeLessThan(0.7 * town.polygonOffsets.length);
		expect(areasOf(after)[0]).toBeCloseTo(street, 6);
		const swallowed = dissolvePolygons(town, mergeSmall(town, { areaDeg2, widthDeg: 0 }));
		expect(areasOf(swallowed)[0]).toBeGreaterThan(1.1 * street);
	});

	it('keeps the area of every number where small polygons of all of them lie side by side', () => {
		const { set, streetNos } = streetCoverage(6000);
		const streets = new Set(streetNos);
		const base = baseOf(set);
		const town = dissolveArcs(
			base,
			base.parcelNos.map((no) => (streets.has(no) ? 1 : 2 + ((no * 7919) % 5))),
		);
		const before = mapAreas(town);
		const lots = polygonsOf(town).areas.sort((a, b) => a - b);
		const areaDeg2 = 2 * lots[Math.floor(lots.length / 2)];
		const merged = dissolvePolygons(town, mergeSmall(town, { areaDeg2, widthDeg: 0.01 }));
		expect(merged.polygonOffsets.length).toBeLessThan(0.6 * town.polygonOffsets.length);
		for (const [number, area] of mapAreas(merged)) {
			expect(Math.abs(area / (before.get(number) ?? 0) - 1)).toBeLessThan(0.01);
		}
	});
});

/** The area of a feature in square units. */
function unitsIn(lattice: LatticePolygons, feature: number): number {
	const { positions, ringOffsets, polygonOffsets, featureOffsets } = lattice;
	let doubled = 0;
	for (
		let r = polygonOffsets[featureOffsets[feature]];
		r < polygonOffsets[featureOffsets[feature + 1]];
		r++
	) {
		let last = ringOffsets[r + 1] - 1;
		for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; last = i++)
			doubled += positions[2 * last] * positions[2 * i + 1] - positions[2 * i] * positions[2 * last + 1];
	}
	return doubled / 2;
}

/** The most places in one tile that a level's boundaries go through. */
function fullestCount({ zoom, polygons: { coordinates } }: OverviewLevel): number {
	const places = new Map<string, Set<string>>();
	for (let i = 0; i < coordinates.length; i += 2) {
		const [lon, lat] = coordinates.subarray(i, i + 2);
		const tile = `${Math.floor(lonToWorldX(lon) * 2 ** zoom)}/${Math.floor(latToWorldY(lat) * 2 ** zoom)}`;
		places.set(tile, (places.get(tile) ?? new Set()).add(`${lon},${lat}`));
	}
	return Math.max(...[...places.values()].map(({ size }) => size));
}

describe('an overview', () => {
	const ZOOMS = [8, 9, 10, 11];
	const holding = (most: number) => (_: OverviewLevel, vertices: number) => vertices / most;

	it('is drawn of valid polygons without gaps or overlaps in every tile, whatever a tile may hold', () => {
		const pattern = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 9 });
		const curved = fc.oneof(anyCurvedCoverage(2 ** 32), anyCurvedCoverage(2 ** 30));
		fc.assert(
			fc.property(curved, pattern, fc.integer({ min: 5, max: 250 }), (set, labels, most) => {
				const base = baseOf(set);
				const labelOf = base.parcelNos.map((_, parcel) => labels[parcel % labels.length]);
				for (const { zoom, polygons } of drawOverview(base, labelOf, ZOOMS, holding(most))) {
					const parcelNos = Int32Array.from({ length: polygons.featureOffsets.length - 1 }, (_, p) => p + 1);
					const read = latticeReader({ parcelNos, polygons }, zoom);
					for (const tile of tilesOver(set.polygons, zoom, 2)) expect(faults(read(tile))).toEqual([]);
				}
			}),
			{ numRuns: 40 },
		);
	});

	it('merges no more than a tile has to lose, and keeps the areas within a hundredth where it merges nothing', () => {
		const { set, streetNos } = streetCoverage(6000);
		const streets = new Set(streetNos);
		const base = baseOf(set);
		const labels = base.parcelNos.map((no) => (streets.has(no) ? 1 : 2 + ((no * 7919) % 30)));
		const exact = new Map(
			Array.from(areasOf(dissolveArcs(base, labels)), (area, i) => [i + 1, area] as const),
		);
		const free = drawOverview(base, labels, [10], () => 0)[0];
		const tight = drawOverview(base, labels, [10], holding(8000))[0];
		expect(tight.labels.length).toBeLessThan(0.8 * free.labels.length);
		expect(tight.polygons.coordinates.length).toBeLessThan(free.polygons.coordinates.length);
		const drawn = new Map<number, number>();
		const areas = ellipsoidalAreasM2(free.polygons);
		free.labels.forEach((label, p) => drawn.set(label, (drawn.get(label) ?? 0) + areas[p]));
		for (const [label, area] of exact) {
			expect(Math.abs((drawn.get(label) ?? 0) / area - 1)).toBeLessThan(0.01);
		}
	});

	it('merges on until a tile is light enough, though steps in between save nothing', () => {
		const { set } = streetCoverage(3000);
		const base = baseOf(set);
		const labels = base.parcelNos.map((no) => 1 + ((no * 7919) % 30));
		const free = fullestCount(drawOverview(base, labels, [12], () => 0)[0]);
		const mostVertices = 0.6 * free;
		const fitting = fullestCount(drawOverview(base, labels, [12], holding(mostVertices))[0]);
		expect(fitting).toBeLessThanOrEqual(mostVertices);
	});

	/** Square degrees of longitude on the Web Mercator plane as square units of a zoom's tiles. */
	const unitsOf = (areaDeg2: number, zoom: number) => areaDeg2 * ((4096 * 2 ** zoom) / 360) ** 2;
	const LEAST_SHARE = 0.001;

	it('keeps the area of each class of the demo within a few hundredths where it merges, rounded as its tiles are', () => {
		const layout = PARK_LAYOUTS.find(({ parkId }) => parkId === 'dadong');
		if (layout === undefined) throw new Error('no such park');
		const { polygons, drafts } = drawPark(layout, 40_000, 1).plan;
		const codes = [...new Set(drafts.map(({ classCode }) => classCode))];
		const labels = Int32Array.from(drafts, ({ classCode }) => 1 + codes.indexOf(classCode));
		const base = baseOf({ parcelNos: labels.map((_, f) => f + 1), polygons });
		const exact = mapAreas(dissolveArcs(base, labels));
		const all = sum(exact.values());
		const levels = drawOverview(base, labels, ZOOMS, holding(9000));
		const free = drawOverview(base, labels, ZOOMS.slice(-1), () => 0)[0];
		expect(levels[0].labels.length).toBeLessThan(0.9 * free.labels.length);
		for (const { zoom, unitZoom, polygons: drawn, labels: labelOf } of levels) {
			const lattice = snapToLattice(drawn, unitZoom);
			const areas = new Map<number, number>();
			labelOf.forEach((label, f) => areas.set(label, (areas.get(label) ?? 0) + unitsIn(lattice, f)));
			const allDrawn = sum(areas.values());
			expect(Math.abs(allDrawn / unitsOf(all, unitZoom) - 1)).toBeLessThan(1e-4);
			for (const [label, area] of exact) {
				const off = (areas.get(label) ?? 0) / unitsOf(area, unitZoom) - 1;
				expect([zoom, label, Math.abs(off) < (area < LEAST_SHARE * all ? 0.1 : 0.03)]).toEqual([
					zoom,
					label,
					true,
				]);
			}
		}
	});
});
