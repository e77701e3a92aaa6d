import { describe, expect, it } from 'vitest';
import { metresPerDegree, parcelOutline, roundLength } from '$lib/components/parcel/parcel-outline.ts';

type Ring = [number, number][];
const WEST = 123.45;
const SOUTH = 41.7;

function rectangle(west: number, south: number, widthDeg: number, heightDeg: number): Ring {
	const [east, north] = [west + widthDeg, south + heightDeg];
	return [
		[west, south],
		[east, south],
		[east, north],
		[west, north],
		[west, south],
	];
}

const positions = (path: string) =>
	[...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);

describe('a parcel drawn in metres', () => {
	const outline = parcelOutline(
		{ type: 'MultiPolygon', coordinates: [[rectangle(WEST, SOUTH, 0.004, 0.002)]] },
		[WEST, SOUTH, WEST + 0.004, SOUTH + 0.002],
		4 / 3,
	);

	it('has its true size: one degree of latitude at 41.7° is 111 071 m on CGCS2000, of longitude 83 246 m', () => {
		const { perLonDegree, perLatDegree } = metresPerDegree(41.7);
		expect(Math.abs(perLatDegree - 111_071)).toBeLessThan(10);
		expect(Math.abs(perLonDegree - 83_246)).toBeLessThan(20);
		const xs = positions(outline.path).map(([x]) => x);
		expect(Math.max(...xs) - Math.min(...xs)).toBeCloseTo(
			0.004 * metresPerDegree(SOUTH + 0.001).perLonDegree,
			1,
		);
	});

	it('has north up and lies inside its frame, which has the wanted proportions', () => {
		const [first, , third] = positions(outline.path);
		expect(first[1]).toBeGreaterThan(third[1]);
		for (const [x, y] of positions(outline.path)) {
			expect(Math.abs(x)).toBeLessThan(outline.halfWidthM);
			expect(Math.abs(y)).toBeLessThan(outline.halfHeightM);
		}
		expect(outline.halfWidthM / outline.halfHeightM).toBeCloseTo(4 / 3, 9);
	});

	it('draws every ring once, holes and parts too', () => {
		const drawn = parcelOutline(
			{
				type: 'MultiPolygon',
				coordinates: [
					[rectangle(WEST, SOUTH, 0.004, 0.002), rectangle(WEST + 0.001, SOUTH + 0.0005, 0.001, 0.0005)],
					[rectangle(WEST + 0.005, SOUTH, 0.001, 0.001)],
				],
			},
			[WEST, SOUTH, WEST + 0.006, SOUTH + 0.002],
			1,
		);
		expect(drawn.path.match(/M/g)).toHaveLength(3);
		expect(drawn.path.match(/Z/g)).toHaveLength(3);
		expect(positions(drawn.path)).toHaveLength(12);
	});

	it('has a scale bar of a round length, no more than a third of the frame', () => {
		expect(outline.scaleBarM).toBeLessThanOrEqual((2 * outline.halfWidthM) / 3);
		expect([99.9, 100, 199, 200, 480, 500, 4999].map(roundLength)).toEqual([
			50, 100, 100, 200, 200, 500, 2000,
		]);
	});
});
