import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { overlayParcelSets } from '$geo/arrangement/overlay.ts';
import { drawing } from '../coverage/drawing.ts';
import { toGeos } from '../coverage/geos-oracle.ts';
import { anyCoverage, anyPolygons } from '../coverage/random-polygons.ts';

describe('overlayParcelSets', () => {
	it('cuts two sets into pieces keyed by the parcels of both', () => {
		const { parcels, polygons } = drawing(`
			A---B---C
			|   |   |
			D---E---F---G
			|   |   |   |
			H---I---J---K
		`);
		const plan = parcels({ 1: 'ACFD', 2: 'DFJH' });
		const current = parcels({ 7: 'ABEIHD', 8: 'EGKI' });
		const { parcelNos, areaM2 } = overlayParcelSets([plan, current]);
		expect(parcelNos.map((nos) => [...nos])).toEqual([
			[0, 1, 1, 2, 2],
			[8, 0, 7, 7, 8],
		]);
		const expected = ellipsoidalAreasM2(polygons('FGKJ', 'BCFE', 'ABED', 'DEIH', 'EFJI'));
		areaM2.forEach((area, piece) => expect(area).toBeCloseTo(expected[piece], 6));
	});

	it('adds up to every parcel of either coverage', () => {
		const spread = 2 ** 24;
		fc.assert(
			fc.property(anyCoverage(spread), anyCoverage(spread), (plan, current) => {
				const { parcelNos, areaM2, polygons } = overlayParcelSets([plan.set, current.set]);
				[plan, current].forEach(({ set }, s) => {
					const own = ellipsoidalAreasM2(set.polygons);
					const sums = new Map<number, number>();
					areaM2.forEach((area, piece) => {
						const no = parcelNos[s][piece];
						sums.set(no, (sums.get(no) ?? 0) + area);
					});
					expect(sums.has(0)).toBe(false);
					set.parcelNos.forEach((no, f) => {
						// Noding moves lines by half a grid diagonal (8 · 10⁻⁶ m); perimeters here are below 4 km.
						expect(Math.abs((sums.get(no) ?? 0) - own[f])).toBeLessThan(4000 * 8e-6);
					});
					const [whole] = ellipsoidalAreasM2(plan.outline);
					expect(areaM2.reduce((total, area) => total + area, 0)).toBeCloseTo(whole, 6);
				});
				const geos = toGeos(polygons);
				areaM2.forEach((_, piece) => expect(geos.isValid(piece)).toBe(true));
				geos.free();
			}),
			{ numRuns: 60 },
		);
	});

	it('adds up to 1e-6 m² where parcels already meet in shared vertices', () => {
		fc.assert(
			fc.property(anyCoverage(2 ** 30), anyCoverage(2 ** 30), (plan, current) => {
				const once = overlayParcelSets([plan.set, current.set]);
				const pieceNos = Int32Array.from(once.areaM2, (_, piece) => piece + 1);
				const again = overlayParcelSets([{ parcelNos: pieceNos, polygons: once.polygons }]);
				expect([...again.parcelNos[0]]).toEqual([...pieceNos]);
				again.areaM2.forEach((area, piece) =>
					expect(Math.abs(area - once.areaM2[piece])).toBeLessThanOrEqual(1e-6),
				);
			}),
			{ numRuns: 40 },
		);
	});

	it('answers on any polygons', () => {
		fc.assert(
			fc.property(fc.array(anyPolygons(), { maxLength: 3 }), (layers) => {
				const sets = layers.map((polygons) => ({
					parcelNos: Int32Array.from({ length: polygons.featureOffsets.length - 1 }, (_, f) => f + 1),
					polygons,
				}));
				const { parcelNos, areaM2 } = overlayParcelSets(sets);
				expect(parcelNos.length).toBe(sets.length);
				expect(areaM2.every((area) => area >= 0)).toBe(true);
			}),
			{ numRuns: 200 },
		);
	});
});
