import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import type { CarveCorridor } from '$geo/edit/carve-corridor.ts';
import { canCarveCorridor, carveCorridor } from '$geo/edit/carve-corridor.ts';
import { outlineCorridor } from '$geo/edit/corridor-outline.ts';
import { overlayParcelSets } from '$geo/arrangement/overlay.ts';
import { COLLAPSE_CODES, built, expectLawful, expectSame } from './edit-outcome.ts';
import { anyCoverage, disguise, toLonLat } from '../coverage/random-polygons.ts';

/** Coverages of 200 m. */
const SPREAD = 2 ** 24;

const coordinate = fc.integer({ min: -SPREAD / 4, max: 1.25 * SPREAD });
const side = fc.double({ min: 0, max: 30, noNaN: true });
const anyCarving = fc.record({
	cover: anyCoverage(SPREAD),
	centreLine: fc
		.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 6 })
		.map((steps) => Float64Array.from(steps.flatMap(toLonLat))),
	breadth: fc.record({ leftM: side, rightM: side.map((m) => m + 0.5) }),
	endCap: fc.constantFrom('flat' as const, 'square' as const),
	turns: fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
});

describe('carveCorridor on any coverage', () => {
	it('keeps the laws of every edit and takes the ground within the corridor', () => {
		let count = 0;
		fc.assert(
			fc.property(anyCarving, ({ cover: { set, outline }, turns, ...carve }) => {
				const before = built(set, outline);
				const result = carveCorridor(before, carve);
				expect(canCarveCorridor(before, carve)).toEqual(result.ok ? null : result.refusal);
				if (!result.ok) {
					expect(['corridor.takes-nothing', 'line.invalid', ...COLLAPSE_CODES]).toContain(
						result.refusal.code,
					);
					return;
				}
				count++;
				expectLawful(before, result, outline);
				if (carve.endCap === 'flat') {
					const corridor = outlineCorridor(carve.centreLine, carve.breadth);
					const { parcelNos, areaM2 } = overlayParcelSets([
						{ parcelNos: Int32Array.of(1), polygons: corridor },
						{ parcelNos: Int32Array.of(1), polygons: outline },
					]);
					const within = areaM2.reduce(
						(sum, area, i) => (parcelNos[0][i] > 0 && parcelNos[1][i] > 0 ? sum + area : sum),
						0,
					);
					const taken = result.corridors.reduce((sum, { areaM2: area }) => sum + area, 0);
					// Noding bends boundaries of a kilometre or two by half a grid diagonal.
					expect(Math.abs(taken - within)).toBeLessThan(0.02);
				}
				const random = () => turns.next().value;
				const disguised = built({ ...set, polygons: disguise(set.polygons, random) }, outline);
				const other = carveCorridor(disguised, carve);
				if (!other.ok) throw new Error('refused in disguise');
				expect(other.difference).toEqual(result.difference);
				expectSame(other.coverage, result.coverage);
			}),
			{ numRuns: 50 },
		);
		expect(count).toBeGreaterThan(5);
	});

	it('takes from one side what it takes from the other when the line is turned round', () => {
		fc.assert(
			fc.property(anyCarving, ({ cover: { set, outline }, centreLine, breadth }) => {
				const before = built(set, outline);
				const { leftM, rightM } = breadth;
				const backward = centreLine.map((_, i) => centreLine[centreLine.length - 2 - i + 2 * (i % 2)]);
				const there: CarveCorridor = { centreLine, breadth };
				const back: CarveCorridor = { centreLine: backward, breadth: { leftM: rightM, rightM: leftM } };
				const areas = [there, back].map((carve) => {
					const result = carveCorridor(before, carve);
					return result.ok
						? result.corridors.reduce((sum, { areaM2 }) => sum + areaM2, 0)
						: result.refusal.code;
				});
				const [total] = ellipsoidalAreasM2(outline);
				if (typeof areas[0] === 'number' && typeof areas[1] === 'number') {
					expect(Math.abs(areas[0] - areas[1])).toBeLessThan(0.02);
					expect(areas[0]).toBeLessThan(total + 0.02);
				} else expect(areas[1]).toBe(areas[0]);
			}),
			{ numRuns: 40 },
		);
	});
});
