import { describe, expect, it } from 'vitest';
import { flattenMultiPolygons, type LonLat } from '../../../geo/flat-polygons.ts';
import { labelRoomM } from '../../../geo/tile/label-room.ts';

const M_PER_DEG = (Math.PI / 180) * 6_378_137;
const LAT = 41.7;
const lonOf = (eastM: number) => 123.4 + eastM / (M_PER_DEG * Math.cos((LAT * Math.PI) / 180));
const at = (eastM: number, northM: number): LonLat => [lonOf(eastM), LAT + northM / M_PER_DEG];
const ring = (...places: [east: number, north: number][]): LonLat[] => places.map(([e, n]) => at(e, n));

describe('the room of a label', () => {
	it('is twice the way to the nearer side, whatever the height', () => {
		const strip = flattenMultiPolygons([[[ring([-30, -500], [50, -500], [50, 500], [-30, 500])]]]);
		for (const north of [-400, 0, 400]) expect(labelRoomM(strip, 0, at(0, north))).toBeCloseTo(60, 1);
		expect(labelRoomM(strip, 0, at(10, 0))).toBeCloseTo(80, 1);
	});

	it('ends at a hole, and is nothing outside', () => {
		const square = ring([0, 0], [100, 0], [100, 100], [0, 100]);
		const pond = ring([60, 40], [80, 40], [80, 60], [60, 60]);
		const park = flattenMultiPolygons([[[square, pond]]]);
		expect(labelRoomM(park, 0, at(40, 50))).toBeCloseTo(40, 1);
		expect(labelRoomM(park, 0, at(40, 20))).toBeCloseTo(80, 1);
		expect(labelRoomM(park, 0, at(70, 50))).toBe(0);
		expect(labelRoomM(park, 0, at(120, 50))).toBe(0);
	});

	it('is taken of the feature that is asked for', () => {
		const two = flattenMultiPolygons([
			[[ring([-10, -10], [10, -10], [10, 10], [-10, 10])]],
			[[ring([-30, -20], [30, -20], [30, 20], [-30, 20])]],
		]);
		expect([0, 1].map((feature) => Math.round(labelRoomM(two, feature, at(0, 0))))).toEqual([20, 60]);
	});
});
