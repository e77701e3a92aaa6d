import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flattenMultiPolygons, type LonLat } from '../../../geo/flat-polygons.ts';
import { labelPoint, labelPoints } from '../../../geo/tile/label-point.ts';

const LAT = 41.7;
const LON_PER_LAT = 1 / Math.cos((LAT * Math.PI) / 180);

/** A closed ring from x, y in thousandths of a degree of latitude about (123.4, 41.7), true to shape. */
function ring(...points: [x: number, y: number][]): LonLat[] {
	return [...points, points[0]].map(([x, y]) => [123.4 + (x / 1000) * LON_PER_LAT, LAT + y / 1000]);
}

function distanceToBorder([lon, lat]: LonLat, rings: readonly (readonly LonLat[])[]): number {
	let nearest = Infinity;
	let isInside = false;
	for (const positions of rings) {
		for (let i = 0; i + 1 < positions.length; i++) {
			const [ax, ay] = [(positions[i][0] - lon) / LON_PER_LAT, positions[i][1] - lat];
			const [bx, by] = [(positions[i + 1][0] - lon) / LON_PER_LAT, positions[i + 1][1] - lat];
			const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
			const t = Math.min(1, Math.max(0, length2 === 0 ? 0 : -(ax * (bx - ax) + ay * (by - ay)) / length2));
			nearest = Math.min(nearest, Math.hypot(ax + t * (bx - ax), ay + t * (by - ay)));
			if (ay > 0 !== by > 0 && ax - (ay * (bx - ax)) / (by - ay) > 0) isInside = !isInside;
		}
	}
	return isInside ? nearest * 1000 : -nearest * 1000;
}

const SQUARE = ring([0, 0], [10, 0], [10, 10], [0, 10]);

describe('label point', () => {
	it('is the centre of a square', () => {
		const point = labelPoint(flattenMultiPolygons([[[SQUARE]]]), 0);
		expect(point?.[0]).toBeCloseTo(123.4 + 0.005 * LON_PER_LAT, 9);
		expect(point?.[1]).toBeCloseTo(LAT + 0.005, 9);
	});

	it('lies deep inside an L, a U and a ring road, within 5 % of the deepest', () => {
		const shapes: [rings: LonLat[][], deepest: number][] = [
			[[ring([0, 0], [10, 0], [10, 2], [2, 2], [2, 10], [0, 10])], 4 - 2 * Math.SQRT2],
			[[ring([0, 0], [10, 0], [10, 10], [8, 10], [8, 2], [2, 2], [2, 10], [0, 10])], 4 - 2 * Math.SQRT2],
			[[SQUARE, ring([1, 1], [1, 9], [7, 9], [7, 1])], 1.5],
		];
		for (const [rings, deepest] of shapes) {
			const point = labelPoint(flattenMultiPolygons([[rings]]), 0);
			expect(point && distanceToBorder(point, rings)).toBeGreaterThan(0.95 * deepest);
		}
	});

	it('takes the largest polygon and ignores the direction of rings', () => {
		const small = ring([20, 0], [22, 0], [22, 2], [20, 2]);
		const point = labelPoint(flattenMultiPolygons([[[small], [[...SQUARE].reverse()]]]), 0);
		expect(point && distanceToBorder(point, [SQUARE])).toBeCloseTo(5, 6);
	});

	it('is inside every star, with and without a hole at its centre', () => {
		const radii = fc.array(fc.double({ min: 0.15, max: 1, noNaN: true }), { minLength: 5, maxLength: 30 });
		fc.assert(
			fc.property(radii, fc.boolean(), (values, hasHole) => {
				const star = ring(
					...values.map((radius, k): [number, number] => {
						const angle = (2 * Math.PI * k) / values.length;
						return [5 * radius * Math.cos(angle), 5 * radius * Math.sin(angle)];
					}),
				);
				const hole = ring([-0.1, -0.1], [-0.1, 0.1], [0.1, 0.1], [0.1, -0.1]);
				const rings = hasHole ? [star, hole] : [star];
				const point = labelPoint(flattenMultiPolygons([[rings]]), 0);
				expect(point && distanceToBorder(point, rings)).toBeGreaterThan(0);
			}),
		);
	});

	it('finds its way in a road of 20 km by 10 m', () => {
		const road = ring([0, 0], [180, 0], [180, 0.1], [0, 0.1]);
		const point = labelPoint(flattenMultiPolygons([[[road]]]), 0);
		expect(point && distanceToBorder(point, [road])).toBeCloseTo(0.05, 4);
	});

	it('stays inside a bent strip a thousand times longer than wide, without a long search', () => {
		const strip = ring([0, 0], [100, 70], [180, 75], [180, 75.1], [100, 70.1], [0, 0.1]);
		const point = labelPoint(flattenMultiPolygons([[[strip]]]), 0);
		expect(point && distanceToBorder(point, [strip])).toBeGreaterThan(0.03);
	});

	it('is null, and NaN in the list, for a feature without area', () => {
		const polygons = flattenMultiPolygons([[], [[ring([0, 0], [0, 1], [0, 2])]], [[SQUARE]]]);
		expect([labelPoint(polygons, 0), labelPoint(polygons, 1)]).toEqual([null, null]);
		const points = labelPoints(polygons);
		expect([...points.subarray(0, 4)]).toEqual([NaN, NaN, NaN, NaN]);
		expect([...points.subarray(4)]).toEqual(labelPoint(polygons, 2));
	});
});
