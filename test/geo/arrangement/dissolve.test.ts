import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange } from '$geo/arrangement/arrange.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import { nestFeature } from '$geo/flat-polygons.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { drawing } from '../coverage/drawing.ts';
import { toGeos } from '../coverage/geos-oracle.ts';
import { anyPolygons } from '../coverage/random-polygons.ts';

/** Twice the area of a feature in square grid steps, exactly. */
function twiceArea(polygons: FlatPolygons, feature: number): bigint {
	const steps = (deg: number) => BigInt(deg * 2 ** 33);
	let sum = 0n;
	for (const ring of nestFeature(polygons, feature).flat()) {
		for (let i = 0; i + 1 < ring.length; i++) {
			sum += steps(ring[i][0]) * steps(ring[i + 1][1]) - steps(ring[i + 1][0]) * steps(ring[i][1]);
		}
	}
	return sum;
}

/** Unites whatever is covered, as label 1. */
function union(polygons: FlatPolygons) {
	const arrangement = arrange([polygons]);
	const { offsets } = arrangement.covers[0];
	return dissolveFaces(
		arrangement,
		Int32Array.from({ length: arrangement.faceCount }, (_, f) => Number(offsets[f + 1] > offsets[f])),
	).polygons;
}

/** Rings per polygon of the first feature. */
function shape(polygons: FlatPolygons): number[] {
	return nestFeature(polygons, 0).map((rings) => rings.length);
}

describe('dissolveFaces', () => {
	it('makes valid polygons whose areas add up to that of their union', () => {
		fc.assert(
			fc.property(
				anyPolygons(4),
				fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 9 }),
				(input, pattern) => {
					const arrangement = arrange([input]);
					const labels = Int32Array.from(
						{ length: arrangement.faceCount },
						(_, f) => pattern[f % pattern.length],
					);
					const { parcelNos, polygons } = dissolveFaces(arrangement, labels);
					const whole = dissolveFaces(
						arrangement,
						labels.map((label) => Math.sign(label)),
					);
					expect([...parcelNos]).toEqual(
						[...new Set(labels.subarray(1))].filter(Boolean).sort((a, b) => a - b),
					);
					const areas = Array.from(parcelNos, (_, f) => twiceArea(polygons, f));
					expect(areas.every((area) => area > 0n)).toBe(true);
					const sum = areas.reduce((total, area) => total + area, 0n);
					expect(sum).toBe(parcelNos.length === 0 ? 0n : twiceArea(whole.polygons, 0));
					const geos = toGeos(polygons);
					expect(Array.from(parcelNos, (_, f) => geos.isValid(f))).not.toContain(false);
					geos.free();
				},
			),
			{ numRuns: 250 },
		);
	});

	it('splits lobes that touch at a point into two polygons', () => {
		const { polygons } = drawing(`
			A-----B
			 \\   /
			   E
			 /   \\
			C-----D
		`);
		expect(shape(union(polygons('AEB', 'CDE')))).toEqual([1, 1]);
	});

	it('makes a ring that pinches itself a shell with a hole that touches it', () => {
		const { polygons } = drawing(`
			A-------E-------B
			|      / \\      |
			|    F-----G    |
			|               |
			C---------------D
		`);
		expect(shape(union(polygons('AEFGEBDC')))).toEqual([2]);
	});

	it('cuts an interior that two holes cut in two', () => {
		const { polygons } = drawing(`
			A-----------B
			|  E-----F  |
			|  |G---H|  |
			|  ||   ||  |
			|  |I---J|  |
			|  K-----L  |
			C-----------D
		`);
		expect(shape(union(polygons('ABDC -EFLK', 'GHJI')))).toEqual([2, 1]);
	});
});
