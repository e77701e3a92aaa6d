import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectSet } from '$geo/check/check.ts';
import { OUTSIDE, type CoverageBase } from '$geo/coverage/coverage-base.ts';
import { latToWorldY } from '$geo/crs/web-mercator.ts';
import { dissolveArcs } from '$geo/tile/dissolve-arcs.ts';
import { mapAreas } from '$geo/tile/merge-small.ts';
import { pressBoundaries } from '$geo/tile/press-boundaries.ts';
import { unitsAtZoomDeg } from '$geo/tile/simplify-arcs.ts';
import { streetCoverage } from '../../support/street-coverage.ts';
import { anyCurvedCoverage, baseOf, setOf } from './curved-coverage.ts';

/** How far vertices lie from where they were, on the Web Mercator plane in degrees of longitude. */
function moves(before: CoverageBase, after: CoverageBase): number[] {
	const at = ({ vertices }: CoverageBase, v: number) => [
		vertices[2 * v],
		360 * latToWorldY(vertices[2 * v + 1]),
	];
	return Array.from({ length: before.vertices.length / 2 }, (_, v) => {
		const [[x, y], [u, w]] = [at(before, v), at(after, v)];
		return Math.hypot(u - x, w - y);
	});
}

function town(parcels: number): CoverageBase {
	const { set, streetNos } = streetCoverage(parcels);
	const streets = new Set(streetNos);
	const base = baseOf(set);
	return dissolveArcs(
		base,
		base.parcelNos.map((no) => (streets.has(no) ? 1 : 2 + ((no * 7919) % 5))),
	);
}

const GRID_DEG = 2 ** -32;

describe('pressing boundaries', () => {
	it('brings every number to its area, moves no boundary far, and leaves the outer one', () => {
		const base = town(3000);
		const areas = mapAreas(base);
		const wanted = new Map(areas);
		const street = areas.get(1) ?? 0;
		wanted.set(1, 1.1 * street);
		for (const no of [2, 3, 4, 5, 6]) wanted.set(no, (areas.get(no) ?? 0) - 0.02 * street);
		const mostDeg = unitsAtZoomDeg(11, 1);
		const pressed = pressBoundaries(base, wanted, mostDeg);
		for (const [no, area] of mapAreas(pressed))
			expect(Math.abs(area / (wanted.get(no) ?? 0) - 1)).toBeLessThan(0.005);
		expect(Math.max(...moves(base, pressed))).toBeLessThanOrEqual(mostDeg + GRID_DEG);
		const far = moves(base, pressed);
		for (let a = 0; a < base.arcLeft.length; a++) {
			if (base.arcLeft[a] !== OUTSIDE && base.arcRight[a] !== OUTSIDE) continue;
			for (let i = base.arcOffsets[a]; i < base.arcOffsets[a + 1]; i++)
				expect(far[base.arcVertices[i]]).toBe(0);
		}
		expect(inspectSet(setOf(pressed)).issues).toEqual([]);
	});

	it('leaves no crossing, whatever is wanted and however far boundaries may move', () => {
		const share = fc.double({ min: 0.5, max: 2, noNaN: true });
		fc.assert(
			fc.property(
				anyCurvedCoverage(2 ** 30),
				fc.array(share, { minLength: 1, maxLength: 5 }),
				fc.double({ min: 1e-6, max: 0.1, noNaN: true }),
				(set, shares, mostDeg) => {
					const base = baseOf(set);
					const wanted = new Map(
						[...mapAreas(base)].map(([no, area], i) => [no, area * shares[i % shares.length]] as const),
					);
					const pressed = pressBoundaries(base, wanted, mostDeg);
					expect(inspectSet(setOf(pressed)).issues).toEqual([]);
				},
			),
			{ numRuns: 100 },
		);
	});
});
