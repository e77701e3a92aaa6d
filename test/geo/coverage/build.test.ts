import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { checkParcelSet } from '$geo/check/check.ts';
import { coverageToParcelSet } from '$geo/coverage/coverage.ts';
import { neighboursInBase, OUTSIDE } from '$geo/coverage/coverage-base.ts';
import type { CoverageBase } from '$geo/coverage/coverage-base.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { flattenMultiPolygons, nestFeature } from '$geo/flat-polygons.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { drawing } from './drawing.ts';
import { toGeos } from './geos-oracle.ts';
import { anyCoverage, anyPolygons, disguise, polygonsOfSteps, shift } from './random-polygons.ts';
import type { Steps } from './random-polygons.ts';

function built(set: ParcelSet, outline?: FlatPolygons) {
	const result = buildCoverage(set, outline);
	if (!result.ok) throw new Error(JSON.stringify(result.issues.slice(0, 3)));
	return result;
}

function sum(values: Float64Array): number {
	return values.reduce((total, value) => total + value, 0);
}

function positionsOf({ coordinates }: { coordinates: Float64Array }): string[] {
	return Array.from(
		{ length: coordinates.length / 2 },
		(_, i) => `${coordinates[2 * i]},${coordinates[2 * i + 1]}`,
	);
}

/** The vertices of arcs that have the outside on a side. */
function boundaryVertices(coverage: CoverageBase): Set<string> {
	const found = new Set<string>();
	for (let a = 0; a < coverage.arcLeft.length; a++) {
		if (coverage.arcLeft[a] !== OUTSIDE && coverage.arcRight[a] !== OUTSIDE) continue;
		for (const v of coverage.arcVertices.subarray(coverage.arcOffsets[a], coverage.arcOffsets[a + 1])) {
			found.add(`${coverage.vertices[2 * v]},${coverage.vertices[2 * v + 1]}`);
		}
	}
	return found;
}

describe('buildCoverage', () => {
	it('keeps every vertex of a clean set and gives it back to the bit', () => {
		fc.assert(
			fc.property(anyCoverage(), ({ set, outline }) => {
				const { coverage, movedMaxDeg, nodesInserted } = built(set);
				expect(coverageToParcelSet(coverage)).toEqual(set);
				expect([movedMaxDeg, nodesInserted]).toEqual([0, 0]);
				expect(built(coverageToParcelSet(coverage), outline).coverage).toEqual(coverage);
			}),
			{ numRuns: 150 },
		);
	});

	it('makes parcels that GEOS finds valid and that share no ground', () => {
		fc.assert(
			fc.property(anyCoverage(), ({ set, outline }) => {
				const { coverage } = built(set, outline);
				const { polygons } = coverageToParcelSet(coverage);
				const geos = toGeos(polygons);
				for (let i = 0; i < coverage.base.parcelNos.length; i++) {
					expect(geos.isValid(i)).toBe(true);
					for (let j = 0; j < i; j++) expect(geos.relate(i, j)[0]).toBe('F');
					for (const j of neighboursInBase(coverage.base, i)) expect(geos.relate(i, j)[4]).toBe('1');
				}
				geos.free();
			}),
			{ numRuns: 60 },
		);
	});

	it('fills the outline: its area is the sum of the parcels and its vertices are on the boundary', () => {
		fc.assert(
			fc.property(anyCoverage(2 ** 30), ({ set, outline }) => {
				const { coverage } = built(set, outline);
				const total = sum(ellipsoidalAreasM2(coverageToParcelSet(coverage).polygons));
				const [expected] = ellipsoidalAreasM2(outline);
				expect(Math.abs(total - expected) / expected).toBeLessThan(1e-12);
				const boundary = boundaryVertices(coverage.base);
				expect(positionsOf(outline).filter((at) => !boundary.has(at))).toEqual([]);
			}),
			{ numRuns: 60 },
		);
	});

	it('lays arcs, rings, nodes and neighbours that agree with one another', () => {
		fc.assert(
			fc.property(anyCoverage(), ({ set }) => {
				const { coverage } = built(set);
				const uses = new Map<number, number>();
				for (let parcel = 0; parcel < coverage.base.parcelNos.length; parcel++) {
					for (
						let p = coverage.base.parcelOffsets[parcel];
						p < coverage.base.parcelOffsets[parcel + 1];
						p++
					) {
						const from = coverage.base.ringOffsets[coverage.base.polygonOffsets[p]];
						const to = coverage.base.ringOffsets[coverage.base.polygonOffsets[p + 1]];
						for (const arc of coverage.base.ringArcs.subarray(from, to)) {
							expect(uses.has(arc)).toBe(false);
							uses.set(arc, parcel);
						}
					}
					for (const other of neighboursInBase(coverage.base, parcel)) {
						expect(neighboursInBase(coverage.base, other)).toContain(parcel);
					}
				}
				coverage.base.arcLeft.forEach((parcel, a) => expect(uses.get(a) ?? OUTSIDE).toBe(parcel));
				coverage.base.arcRight.forEach((parcel, a) => expect(uses.get(~a) ?? OUTSIDE).toBe(parcel));
				coverage.base.nodeVertices.forEach((vertex, n) => {
					for (const arc of coverage.base.nodeArcs.subarray(
						coverage.base.nodeOffsets[n],
						coverage.base.nodeOffsets[n + 1],
					)) {
						const end = arc < 0 ? coverage.base.arcOffsets[~arc + 1] - 1 : coverage.base.arcOffsets[arc];
						expect(coverage.base.arcVertices[end]).toBe(vertex);
					}
				});
				expect(coverage.base.nodeArcs.length).toBe(2 * coverage.base.arcLeft.length);
			}),
			{ numRuns: 60 },
		);
	});

	it('does not depend on the order of parcels, ring start or direction, and moves with a translation', () => {
		const random = fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true }));
		fc.assert(
			fc.property(anyCoverage(), random, ({ set }, stream) => {
				const { coverage } = built(set);
				const polygons = disguise(set.polygons, () => stream.next().value ?? 0);
				expect(built({ ...set, polygons }).coverage).toEqual(coverage);
				const features = set.parcelNos.map((_, f) => set.parcelNos.length - 1 - f);
				const reversed = {
					parcelNos: features.map((f) => set.parcelNos[f]),
					polygons: flattenMultiPolygons(Array.from(features, (f) => nestFeature(polygons, f))),
				};
				expect(built(reversed).coverage).toEqual(coverage);
				const by = [12_345, -678_901] as const;
				const moved = built({ ...set, polygons: shift(set.polygons, by) }).coverage.base;
				expect({ ...moved, vertices: [] }).toEqual({ ...coverage.base, vertices: [] });
				expect(moved.vertices[0] - coverage.base.vertices[0]).toBe(by[0] * GRID_STEP_DEG);
			}),
			{ numRuns: 80 },
		);
	});

	it('nodes T-junctions silently and counts them', () => {
		const { parcels, at } = drawing(`
			A-------B-------C
			|   1   |   2   |
			D-------E-------F
			|       3       |
			G---------------H
		`);
		const { coverage, nodesInserted, movedMaxDeg } = built(parcels({ 1: 'ABED', 2: 'BCFE', 3: 'DFHG' }));
		expect([nodesInserted, movedMaxDeg]).toEqual([1, 0]);
		expect(neighboursInBase(coverage.base, 2)).toEqual([0, 1]);
		const { polygons } = coverageToParcelSet(coverage);
		const third = positionsOf({ coordinates: polygons.coordinates.subarray(2 * polygons.ringOffsets[2]) });
		expect(third).toContain(at('E').join());
	});

	it('puts every vertex of the outline on the boundary', () => {
		const { parcels, polygons, at } = drawing(`
			A---E---B---C
			|   1   | 2 |
			D-------F---G
		`);
		const { coverage, nodesInserted } = built(parcels({ 1: 'ABFD', 2: 'BCGF' }), polygons('AECGD'));
		expect([...boundaryVertices(coverage.base)].sort()).toEqual(
			[...'AEBCGFD'].map((letter) => at(letter).join()).sort(),
		);
		expect(nodesInserted).toBe(3);
	});

	it('nodes a vertex half a step off a slanting edge, and says how far that moved it', () => {
		//   (0, 10⁶)         the edge 0–B runs half a step below A
		//    | \ \  3
		//    | 2 \   \
		//    0-----A-----B
		//      \   1   /
		const a: Steps = [500_000, 1];
		const b: Steps = [1_000_000, 1];
		const top: Steps = [0, 1_000_000];
		const set = {
			parcelNos: Int32Array.of(1, 2, 3),
			polygons: polygonsOfSteps([
				[[[[0, 0], b, [500_000, -1_000_000]]]],
				[[[[0, 0], a, top]]],
				[[[a, b, top]]],
			]),
		};
		const { coverage, nodesInserted, movedMaxDeg } = built(set);
		expect(nodesInserted).toBe(1);
		expect(movedMaxDeg / GRID_STEP_DEG).toBeCloseTo(0.5, 9);
		expect(neighboursInBase(coverage.base, 0)).toEqual([1, 2]);
	});

	it('nodes long parcels with the cuts of the rows between them', () => {
		//   +-----------------+   long
		//   +---+-----+---+---+   row of bricks between slanting lines
		//   +-----------------+   long
		const width = 2 ** 26;
		const cut = fc.integer({ min: 1, max: width - 1 });
		fc.assert(
			fc.property(
				fc.uniqueArray(cut, { maxLength: 12 }),
				fc.nat(2 ** 22),
				fc.nat(2 ** 22),
				(cuts, rise, fall) => {
					const height = 2 ** 24;
					const xs = [0, ...cuts.sort((a, b) => a - b), width];
					const lower = (x: number): Steps => [x, Math.round((x / width) * rise)];
					const upper = (x: number): Steps => [x, Math.round(height - (x / width) * fall)];
					const rings: Steps[][] = [
						[[0, -height], [width, -height], lower(width), lower(0)],
						[upper(0), upper(width), [width, 2 * height], [0, 2 * height]],
						...xs.slice(1).map((x, i) => [lower(xs[i]), lower(x), upper(x), upper(xs[i])]),
					];
					const set = {
						parcelNos: Int32Array.from(rings, (_, i) => i + 1),
						polygons: polygonsOfSteps(rings.map((ring) => [[ring]])),
					};
					const { coverage, nodesInserted, movedMaxDeg } = built(set);
					expect(nodesInserted).toBe(2 * cuts.length);
					expect(movedMaxDeg).toBeLessThanOrEqual(GRID_STEP_DEG / 2);
					expect(neighboursInBase(coverage.base, 0)).toEqual(xs.slice(1).map((_, i) => i + 2));
					expect(neighboursInBase(coverage.base, 1)).toEqual(neighboursInBase(coverage.base, 0));
					const kept = new Set(positionsOf({ coordinates: coverage.base.vertices }));
					expect(positionsOf(set.polygons).filter((at) => !kept.has(at))).toEqual([]);
				},
			),
			{ numRuns: 100 },
		);
	});

	it('makes a valid coverage of whatever it does not refuse', () => {
		let builds = 0;
		fc.assert(
			fc.property(anyPolygons(2), (polygons) => {
				const parcelNos = Int32Array.from({ length: polygons.featureOffsets.length - 1 }, (_, f) => f + 1);
				const result = buildCoverage({ parcelNos, polygons });
				if (!result.ok) return;
				builds += parcelNos.length;
				const set = coverageToParcelSet(result.coverage);
				expect(checkParcelSet(set)).toEqual([]);
				const geos = toGeos(set.polygons);
				for (let i = 0; i < parcelNos.length; i++) expect(geos.isValid(i)).toBe(true);
				for (let i = 1; i < parcelNos.length; i++) expect(geos.relate(0, i)[0]).toBe('F');
				geos.free();
			}),
			{ numRuns: 3000 },
		);
		expect(builds).toBeGreaterThan(50);
	});

	it('builds nothing from nothing', () => {
		const { parcels } = drawing('A');
		const { coverage } = built(parcels({}));
		expect(coverage.base.parcelNos.length).toBe(0);
		expect(coverageToParcelSet(coverage).polygons.coordinates.length).toBe(0);
	});
});
