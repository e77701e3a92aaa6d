import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustLevels, type AreaLevel } from '../../../geo/area/adjust-levels.ts';

const RULE = { limit: { relative: 1e-3, m2: 5000 } };
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

/** Zone → parks → blocks → parcels: parcels are measured, each whole is the sum of its parts with an error of measuring. */
const zone = fc
	.array(
		fc.array(fc.array(fc.double({ min: 100, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 8 }), {
			minLength: 1,
			maxLength: 5,
		}),
		{ minLength: 1, maxLength: 4 },
	)
	.chain((parks) =>
		fc
			.infiniteStream(fc.double({ min: -1e-4, max: 1e-4, noNaN: true }))
			.map((errors) => ({ parks, measured: (m2: number) => m2 * (1 + Number(errors.next().value)) })),
	)
	.map(({ parks, measured }) => {
		const blocks = parks.flat();
		const level = (areasM2: number[], wholeOf: number[]): AreaLevel => ({
			areasM2: Float64Array.from(areasM2),
			wholeOf: Uint32Array.from(wholeOf),
		});
		const levels = [
			level(
				parks.map((park) => measured(sum(park.flat()))),
				parks.map(() => 0),
			),
			level(
				blocks.map((block) => measured(sum(block))),
				parks.flatMap((park, i) => park.map(() => i)),
			),
			level(
				blocks.flat(),
				blocks.flatMap((block, i) => block.map(() => i)),
			),
		];
		return { levels, controlUnits: Math.round(measured(sum(blocks.flat())) * 100) };
	});

describe('adjustment level by level', () => {
	it('makes every whole the sum of its parts, on every level', () => {
		fc.assert(
			fc.property(zone, ({ levels, controlUnits }) => {
				const result = adjustLevels(levels, controlUnits, RULE);
				if (!result.ok) throw new Error(JSON.stringify(result.refusals));
				let wholes: Float64Array = Float64Array.of(controlUnits);
				for (const [k, { parts, corrections }] of result.levels.entries()) {
					const sums = new Float64Array(wholes.length);
					for (const [i, part] of parts.entries()) {
						sums[levels[k].wholeOf[i]] += part;
						expect(Math.round(levels[k].areasM2[i] / 0.01) + corrections[i]).toBe(part);
					}
					expect(sums).toEqual(wholes);
					wholes = parts;
				}
			}),
		);
	});

	it('does not care in which order parcels of different wholes are listed', () => {
		const mixed: AreaLevel[] = [
			{ areasM2: Float64Array.of(10, 20), wholeOf: Uint32Array.of(0, 0) },
			{ areasM2: Float64Array.of(5, 15, 5, 5), wholeOf: Uint32Array.of(1, 1, 0, 0) },
		];
		const result = adjustLevels(mixed, 3001, { limit: { m2: 1 } });
		expect(result.ok && [...result.levels[0].parts]).toEqual([1000, 2001]);
		expect(result.ok && [...result.levels[1].parts]).toEqual([500, 1501, 500, 500]);
	});

	it('names every whole whose parts do not fit', () => {
		const levels: AreaLevel[] = [
			{ areasM2: Float64Array.of(100, 100, 100), wholeOf: Uint32Array.of(0, 0, 0) },
			{ areasM2: Float64Array.of(90, 100, -1), wholeOf: Uint32Array.of(0, 1, 2) },
		];
		expect(adjustLevels(levels, 30_000, { limit: { m2: 1 } })).toEqual({
			ok: false,
			refusals: [
				{
					level: 1,
					whole: 0,
					refusal: { code: 'misfit.beyond-limit', misfitM2: 10, misfitRelative: 0.1, limitM2: 1 },
				},
				{ level: 1, whole: 2, refusal: { code: 'part.invalid', part: 2 } },
			],
		});
	});

	it('refuses a whole without parts, and lists that do not match', () => {
		const empty = { areasM2: Float64Array.of(), wholeOf: Uint32Array.of() };
		const refusal = { code: 'misfit.beyond-limit', misfitM2: 1, misfitRelative: 1, limitM2: 0.5 };
		expect(adjustLevels([empty], 100, { limit: { relative: 0.5 } })).toEqual({
			ok: false,
			refusals: [{ level: 0, whole: 0, refusal }],
		});
		const ragged = { ok: false, refusals: [{ level: 0, whole: null, refusal: { code: 'level.ragged' } }] };
		expect(adjustLevels([{ areasM2: Float64Array.of(1), wholeOf: Uint32Array.of() }], 1, RULE)).toEqual(
			ragged,
		);
		expect(adjustLevels([{ areasM2: Float64Array.of(1), wholeOf: Uint32Array.of(1) }], 1, RULE)).toEqual(
			ragged,
		);
		expect(adjustLevels([], 1, RULE)).toEqual({ ok: true, levels: [] });
	});

	it('never throws', () => {
		const anyLevel = fc.record({
			areasM2: fc.float64Array({ maxLength: 6 }),
			wholeOf: fc.uint32Array({ maxLength: 6, max: 3 }),
		});
		fc.assert(
			fc.property(fc.array(anyLevel, { maxLength: 3 }), fc.double(), fc.double(), (levels, control, m2) => {
				const result = adjustLevels(levels, control, { limit: { m2 } });
				expect(result.ok || result.refusals.length > 0).toBe(true);
			}),
		);
	});
});
