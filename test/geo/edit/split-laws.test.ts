import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeParcels } from '$geo/edit/merge.ts';
import { sameUpToNodes } from '$geo/edit/same-up-to-nodes.ts';
import { canSplitByLine, splitByLine } from '$geo/edit/split-by-line.ts';
import {
	COLLAPSE_CODES,
	built,
	expectLawful,
	expectSame,
	expectSameGround,
	shapeOf,
} from './edit-outcome.ts';
import { anyCoverage, disguise, toLonLat } from '../coverage/random-polygons.ts';

/** Coverages of 0.16 mm, where everything nearly coincides, to 200 m. */
const SPREADS = [12, 60, 2 ** 12, 2 ** 24];

const anyCut = (spreads: readonly number[]) =>
	fc.constantFrom(...spreads).chain((spread) => {
		const coordinate = fc.integer({ min: -spread, max: 2 * spread });
		const line = fc
			.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 6 })
			.map((steps) => Float64Array.from(steps.flatMap(toLonLat)));
		return fc.record({
			cover: anyCoverage(spread),
			line,
			turns: fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
		});
	});

describe('splitByLine on any coverage', () => {
	it('gives a valid coverage of the same ground, undone to the bit', () => {
		let count = 0;
		fc.assert(
			fc.property(anyCut(SPREADS), ({ cover: { set, outline }, line }) => {
				const before = built(set, outline);
				const result = splitByLine(before, { line });
				expect(canSplitByLine(before, { line })).toEqual(result.ok ? null : result.refusal);
				if (!result.ok) {
					expect(['split.parts-nothing', 'line.invalid', ...COLLAPSE_CODES]).toContain(result.refusal.code);
					return;
				}
				count++;
				expectLawful(before, result, outline);
			}),
			{ numRuns: 80 },
		);
		expect(count).toBeGreaterThan(10);
	});

	it('does not depend on how rings and line are written', () => {
		fc.assert(
			fc.property(anyCut(SPREADS), ({ cover: { set, outline }, line, turns }) => {
				const random = () => turns.next().value;
				const one = splitByLine(built(set, outline), { line });
				const disguised = { ...set, polygons: disguise(set.polygons, random) };
				const backward = line.map((_, i) => line[line.length - 2 - i + 2 * (i % 2)]);
				const other = splitByLine(built(disguised, disguise(outline, random)), { line: backward });
				expect(other.ok).toBe(one.ok);
				if (one.ok && other.ok) {
					expect(other.difference).toEqual(one.difference);
					expectSame(other.coverage, one.coverage);
				}
			}),
			{ numRuns: 80 },
		);
	});

	it('then merged is what it was, up to nodes', () => {
		let merges = 0;
		let same = 0;
		fc.assert(
			fc.property(anyCut(SPREADS.slice(2)), ({ cover: { set, outline }, line }) => {
				const before = built(set, outline);
				const split = splitByLine(before, { line });
				if (!split.ok) return;
				const [{ from }] = split.difference.lineage;
				const children = split.difference.lineage.filter((l) => l.from === from).map(({ to }) => to);
				const merged = mergeParcels(split.coverage, { parcelNos: children });
				const was = shapeOf(before, from);
				if (!merged.ok) {
					expect(merged.refusal.code).toBe('merge.apart');
					return;
				}
				merges++;
				const is = shapeOf(merged.coverage, Math.min(...children));
				// Parcels thinner than a grid step are pinched by nodes.
				if (sameUpToNodes(was, is)) same++;
				else expectSameGround(was, is);
				expectLawful(split.coverage, merged, outline);
			}),
			{ numRuns: 80 },
		);
		expect(merges).toBeGreaterThan(30);
		expect(same).toBeGreaterThan(0.9 * merges);
	});
});
