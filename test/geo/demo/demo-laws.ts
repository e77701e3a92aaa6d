import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { checkParcelSet } from '$geo/check/check.ts';
import { isOnGrid } from '$geo/grid.ts';
import { generateDemoZone } from '$seeds/demo/generate.ts';
import type { DemoParameters } from '$seeds/demo/generate.ts';
import {
	codeOf,
	layerOf,
	NOMINAL_M2,
	outlineSet,
	sumsBy,
	unpairedEdges,
	vertexDistanceM,
} from './zone-measure.ts';
import { waterParts } from './water-wedges.ts';

/** No parcel is larger, a field at the fewest parcels. */
const LARGEST_M2 = 9e6;

/** No bridge lies further aslant over water. */
const LEAST_CORNER_DEG = 30;

/** Proves the laws of every demo zone for one: outlines nominal and apart, both coverages full, clean and unchanged by building. */
export function proveDemoLaws(demo: DemoParameters): void {
	describe(`demo zone of seed ${demo.seed} with about ${demo.parcelCount} parcels`, () => {
		const zone = generateDemoZone(demo);
		const outlines = outlineSet(zone);
		const outlineAreasM2 = ellipsoidalAreasM2(outlines);

		it('has as many plan parcels as asked for, to ±10 %', () => {
			const count = layerOf(zone, 'plan').classKeys.length;
			expect(count).toBeGreaterThan(0.9 * demo.parcelCount);
			expect(count).toBeLessThan(1.1 * demo.parcelCount);
		});

		it('plans roads on 12 to 20 % of the area', () => {
			const plan = layerOf(zone, 'plan');
			const sums = sumsBy(ellipsoidalAreasM2(plan.polygons), (f) => codeOf(plan, f));
			const roadM2 = (sums.get('1207') ?? 0) + (sums.get('1202') ?? 0);
			expect(roadM2 / 357e6).toBeGreaterThan(0.12);
			expect(roadM2 / 357e6).toBeLessThan(0.2);
		});

		it('gives every outline exactly its nominal area in units of 0.01 m²', () => {
			expect(zone.outlines.map(({ parkId }) => parkId).sort()).toEqual(Object.keys(NOMINAL_M2).sort());
			zone.outlines.forEach(({ parkId }, k) => {
				expect(Math.abs(outlineAreasM2[k] - NOMINAL_M2[parkId])).toBeLessThan(0.002);
				expect(Math.round(outlineAreasM2[k] * 100)).toBe(NOMINAL_M2[parkId] * 100);
			});
		});

		it('keeps the parks visibly apart', () => {
			for (let a = 0; a < zone.outlines.length; a++) {
				for (let b = a + 1; b < zone.outlines.length; b++) {
					const distanceM = vertexDistanceM(zone.outlines[a].polygons, zone.outlines[b].polygons);
					expect(distanceM).toBeGreaterThan(400);
				}
			}
			expect(checkParcelSet({ parcelNos: Int32Array.of(1, 2, 3, 4), polygons: outlines })).toEqual([]);
		});

		describe.each(['plan', 'current'] as const)('%s coverage', (kind) => {
			const { classKeys, polygons, parkIds } = layerOf(zone, kind);
			const set = { parcelNos: Int32Array.from(classKeys, (_, f) => f + 1), polygons };

			it('sums to the area of each park within 0.001 m²', () => {
				const sums = sumsBy(ellipsoidalAreasM2(polygons), (f) => String(parkIds?.[f]));
				zone.outlines.forEach(({ parkId }, k) => {
					expect(Math.abs((sums.get(parkId) ?? 0) - outlineAreasM2[k])).toBeLessThan(1e-3);
				});
			});

			it('ends in exactly the edges of the outlines', () => {
				expect(unpairedEdges(polygons)).toEqual(unpairedEdges(outlines));
			});

			it('is on the grid, clean, and a coverage without any change', () => {
				expect(polygons.coordinates.every(isOnGrid)).toBe(true);
				expect(checkParcelSet(set, outlines)).toEqual([]);
				const build = buildCoverage(set, outlines);
				expect(build).toMatchObject({ ok: true, movedMaxDeg: 0, nodesInserted: 0 });
			});

			it('parts running water and its banks along the decks that cross them, without wedges beside a deck', () => {
				const { cuts, corners, leastCornerDeg } = waterParts(layerOf(zone, kind));
				expect(cuts).toBe(0);
				expect(corners).toBeGreaterThan(100);
				expect(leastCornerDeg).toBeGreaterThan(LEAST_CORNER_DEG);
			});

			it('has one connected polygon per parcel, none a sliver and none a district', () => {
				const { featureOffsets } = polygons;
				expect(featureOffsets.every((offset, f) => offset === f)).toBe(true);
				const areasM2 = ellipsoidalAreasM2(polygons);
				expect(Math.min(...areasM2)).toBeGreaterThan(200);
				expect(Math.max(...areasM2)).toBeLessThan(LARGEST_M2);
			});
		});
	});
}
