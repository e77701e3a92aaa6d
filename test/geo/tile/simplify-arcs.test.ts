import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neighboursInBase } from '$geo/coverage/coverage-base.ts';
import type { CoverageBase } from '$geo/coverage/coverage-base.ts';
import { latToWorldY } from '$geo/crs/web-mercator.ts';
import { dissolveArcs } from '$geo/tile/dissolve-arcs.ts';
import { simplifyArcs, unitsAtZoomDeg } from '$geo/tile/simplify-arcs.ts';
import { rankVertices } from '$geo/tile/vertex-importance.ts';
import { drawing } from '../coverage/drawing.ts';
import { toGeos } from '../coverage/geos-oracle.ts';
import { anyCoverage } from '../coverage/random-polygons.ts';
import { anyCurvedCoverage, baseOf, setOf } from './curved-coverage.ts';

const SPREAD = 2 ** 26;
const SIDE_DEG = SPREAD * 2 ** -33;
const tolerance = fc.constantFrom(0.001, 0.01, 0.03, 0.1, 10).map((share) => share * SIDE_DEG);
const anyBase = fc
	.oneof(
		anyCurvedCoverage(SPREAD),
		anyCoverage(SPREAD).map(({ set }) => set),
		anyCurvedCoverage(60),
	)
	.map(baseOf);

const list = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Positions of the vertices on the map, in degrees of longitude. */
function mapPositions({ vertices }: CoverageBase): [number, number][] {
	return list(vertices.length / 2).map((v) => [vertices[2 * v], -360 * latToWorldY(vertices[2 * v + 1])]);
}

function distance(p: readonly number[], a: readonly number[], b: readonly number[]): number {
	const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
	const length2 = dx * dx + dy * dy;
	const along = length2 === 0 ? 0 : ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2;
	const t = Math.min(1, Math.max(0, along));
	return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
}

/** What must not change: parcels, their neighbours, how many polygons and rings each has, where arcs meet. */
function topology(base: CoverageBase) {
	const { parcelNos, parcelOffsets, polygonOffsets, vertices, nodeVertices, nodeArcs } = base;
	return {
		parcelNos,
		neighbours: list(parcelNos.length).map((parcel) => neighboursInBase(base, parcel)),
		rings: list(parcelNos.length).map((parcel) => {
			const polygons = list(parcelOffsets[parcel + 1] - parcelOffsets[parcel]);
			return polygons
				.map((k) => parcelOffsets[parcel] + k)
				.map((p) => polygonOffsets[p + 1] - polygonOffsets[p])
				.sort();
		}),
		arcs: base.arcLeft.length,
		ends: nodeArcs.length,
		nodes: Array.from(nodeVertices, (v) => `${vertices[2 * v]},${vertices[2 * v + 1]}`),
	};
}

describe('simplifyArcs', () => {
	it('leaves a coverage of the same parcels, neighbours, holes and nodes that is built as it is', () => {
		let fewer = 0;
		fc.assert(
			fc.property(anyBase, tolerance, (base, toleranceDeg) => {
				const simple = simplifyArcs(base, toleranceDeg);
				expect(topology(simple)).toEqual(topology(base));
				expect(simple).toEqual(baseOf(setOf(simple)));
				if (simple.vertices.length < base.vertices.length) fewer++;
			}),
			{ numRuns: 300 },
		);
		expect(fewer).toBeGreaterThan(150);
	});

	it('leaves parcels that GEOS finds valid and apart', () => {
		fc.assert(
			fc.property(anyBase, tolerance, (base, toleranceDeg) => {
				const { parcelNos, polygons } = setOf(simplifyArcs(base, toleranceDeg));
				const geos = toGeos(polygons);
				for (const i of list(parcelNos.length)) {
					expect(geos.isValid(i)).toBe(true);
					for (const j of list(i)) expect(geos.relate(i, j)[0]).toBe('F');
				}
				geos.free();
			}),
			{ numRuns: 100 },
		);
	});

	it('moves no boundary farther than the tolerance', () => {
		fc.assert(
			fc.property(anyBase, tolerance, (base, toleranceDeg) => {
				const importance = rankVertices(base);
				const at = mapPositions(base);
				for (let a = 0; a < base.arcLeft.length; a++) {
					const arc = base.arcVertices.subarray(base.arcOffsets[a], base.arcOffsets[a + 1]);
					const kept = arc.filter((v) => importance[v] > toleranceDeg);
					for (const v of arc) {
						const off = list(kept.length - 1).map((k) => distance(at[v], at[kept[k]], at[kept[k + 1]]));
						expect(Math.min(...off)).toBeLessThanOrEqual(toleranceDeg * (1 + 1e-9) + 1e-13);
					}
				}
			}),
			{ numRuns: 100 },
		);
	});

	it('nests: simplified by steps or at once, the same', () => {
		fc.assert(
			fc.property(anyBase, tolerance, tolerance, (base, one, other) => {
				const importance = rankVertices(base);
				const positions = (toleranceDeg: number) =>
					new Set(mapPositions(simplifyArcs(base, toleranceDeg, importance)).map(String));
				const fine = positions(Math.min(one, other));
				const coarse = positions(Math.max(one, other));
				expect([...coarse].filter((at) => !fine.has(at))).toEqual([]);
			}),
			{ numRuns: 60 },
		);
	});

	it('does not depend on the numbers of parcels, and so not on the direction of arcs', () => {
		fc.assert(
			fc.property(anyBase, tolerance, (base, toleranceDeg) => {
				const { parcelNos, polygons } = setOf(base);
				const turned = baseOf({ parcelNos: parcelNos.map((no) => 100 - no), polygons });
				expect(simplifyArcs(turned, toleranceDeg).vertices).toEqual(
					simplifyArcs(base, toleranceDeg).vertices,
				);
			}),
			{ numRuns: 80 },
		);
	});

	it('changes nothing below every importance', () => {
		fc.assert(
			fc.property(anyBase, (base) => {
				expect(simplifyArcs(base, -1)).toEqual(base);
			}),
			{ numRuns: 20 },
		);
	});

	it('goes with dissolving', () => {
		const labels = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 9 });
		fc.assert(
			fc.property(anyBase, labels, tolerance, (base, pattern, toleranceDeg) => {
				const labelOf = (_: number, parcel: number) => pattern[parcel % pattern.length];
				const dissolved = dissolveArcs(base, base.parcelNos.map(labelOf));
				const simple = simplifyArcs(dissolved, toleranceDeg);
				expect(topology(simple)).toEqual(topology(dissolved));
				expect(simple).toEqual(baseOf(setOf(simple)));
			}),
			{ numRuns: 150 },
		);
	});
});

describe('what stays however far one simplifies', () => {
	const vertexCount = (base: CoverageBase) => simplifyArcs(base, 360).vertices.length / 2;

	it('is a triangle of an island, and the corners of what would cut it', () => {
		const { parcels } = drawing(`
			A---------B
			|   E-F   |
			|  G   H  |
			|   I-J   |
			C---------D
		`);
		expect(vertexCount(baseOf(parcels({ 1: 'ABDC -EFHJIG', 2: 'EFHJIG' })))).toBe(4 + 3);
	});

	it('is a vertex between two parcels of one pair of nodes', () => {
		const { parcels } = drawing(`
			A--------B--------C
			|      E F G      |
			|     H     I     |
			|      J K L      |
			M--------N--------O
		`);
		// A lens between B and N: one of its sides may become straight, not both; so with each outer side.
		const base = baseOf(parcels({ 1: 'ABEHJNM', 2: 'BCONLIG', 3: 'BGILNJHE' }));
		expect([base.nodeVertices.length, vertexCount(base)]).toEqual([2, 2 + 1 + 2]);
	});

	it('is the bend round an island that a chord would leave on the wrong side', () => {
		const { parcels } = drawing(`
			A-----------B
			|           |
			|   CD      |
			|   EF      |
			G---------- H
			|         I |
			J-----------K
			|           |
			L-----------M
		`);
		const set = parcels({ 1: 'ABIG -CDFE', 2: 'CDFE', 3: 'GIBMLJ' });
		const base = baseOf(set);
		const simple = simplifyArcs(base, 360);
		expect(topology(simple)).toEqual(topology(base));
		expect(simple.vertices.length).toBeLessThan(base.vertices.length);
	});
});

describe('unitsAtZoomDeg', () => {
	it('is a tile unit of the zoom', () => {
		expect(unitsAtZoomDeg(0, 4096)).toBe(360);
		expect(unitsAtZoomDeg(14, 1)).toBe(360 / 2 ** 26);
	});
});
