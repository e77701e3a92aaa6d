import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canCarveCorridor, carveCorridor } from '$geo/edit/carve-corridor.ts';
import type { EditResult, Refusal } from '$geo/edit/difference.ts';
import { canMergeParcels, mergeParcels } from '$geo/edit/merge.ts';
import { canSplitByLine, splitByLine } from '$geo/edit/split-by-line.ts';
import { canSplitToAreas, splitToAreas } from '$geo/edit/split-to-areas.ts';
import { expectEditLaws } from '$test/support/edit-law.ts';
import { built } from './edit-outcome.ts';
import { anyCoverage } from '../coverage/random-polygons.ts';

/** Any number, those that mean something here among them. */
const number = fc.oneof(
	fc.double(),
	fc.integer(),
	fc.integer({ min: -5, max: 12 }),
	fc.constantFrom(NaN, Infinity, -Infinity, -0, 0.5, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 2 ** 53),
);
/** Any coordinates, many of them on the ground of the coverages. */
const coordinates = fc
	.array(fc.oneof(number, fc.double({ min: 123.37, max: 123.38 }), fc.double({ min: 41.749, max: 41.753 })), {
		maxLength: 9,
	})
	.map((values) => Float64Array.from(values));
const line = fc.oneof(
	coordinates,
	fc
		.array(fc.tuple(fc.double({ min: 123.374, max: 123.378 }), fc.double({ min: 41.749, max: 41.753 })), {
			minLength: 2,
			maxLength: 6,
		})
		.map((places) => Float64Array.from(places.flat())),
);
const numbers = fc.array(number, { maxLength: 5 });
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

/** Edits by any input that the types allow: done by the laws or refused with a code, never thrown. */
function expectNoThrow<Input>(
	input: fc.Arbitrary<Input>,
	edit: (coverage: ReturnType<typeof built>, input: Input) => EditResult,
	can: (coverage: ReturnType<typeof built>, input: Input) => Refusal | null,
): void {
	fc.assert(
		fc.property(anyCoverage(), input, ({ set, outline }, given) => {
			const before = built(set, outline);
			const result = edit(before, given);
			expectEditLaws(before, result);
			expect(can(before, given)).toEqual(result.ok ? null : result.refusal);
		}),
		{ numRuns: 100 },
	);
}

describe('no input throws', () => {
	it('splitByLine', () => {
		const input = fc.record({ line, parcelNos: sometimes(numbers), firstNewNo: sometimes(number) });
		expectNoThrow(input, splitByLine, canSplitByLine);
	});

	it('mergeParcels', () => {
		expectNoThrow(
			fc.record({ parcelNos: numbers, intoNo: sometimes(number) }),
			mergeParcels,
			canMergeParcels,
		);
	});

	it('splitToAreas', () => {
		const input = fc.record({
			parcelNo: fc.oneof(number, fc.integer({ min: 1, max: 6 })),
			bearingDeg: number,
			into: fc.oneof(fc.record({ areasM2: numbers }), fc.record({ equalParts: number })),
			allowApart: sometimes(fc.boolean()),
			firstNewNo: sometimes(number),
		});
		expectNoThrow(input, splitToAreas, canSplitToAreas);
	});

	it('carveCorridor', () => {
		const side = fc.oneof(number, fc.double({ min: 0, max: 40 }));
		const input = fc.record({
			centreLine: line,
			breadth: fc.oneof(fc.record({ widthM: side }), fc.record({ leftM: side, rightM: side })),
			endCap: sometimes(fc.constantFrom('flat' as const, 'square' as const)),
			parcelNos: sometimes(numbers),
			firstNewNo: sometimes(number),
		});
		expectNoThrow(input, carveCorridor, canCarveCorridor);
	});
});
