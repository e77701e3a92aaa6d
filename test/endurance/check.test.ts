import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrangeSet, checkArranged, checkParcelSet } from '$geo/check/check.ts';
import { checkDoubtful } from '$geo/check/check-doubtful.ts';
import { examine } from '$geo/check/examine.ts';
import { anyFaults, anyLattice, anyTown, makeFaults } from '../geo/coverage/faulty-sets.ts';
import type { OutlinedSet } from '../geo/coverage/faulty-sets.ts';

describe('the check of faulty sets, at length', () => {
	const law = (sets: fc.Arbitrary<OutlinedSet>, numRuns: number) => {
		fc.assert(
			fc.property(sets, anyFaults(6), fc.boolean(), (given, faults, hasOutline) => {
				const wrong = makeFaults(given, faults);
				const outline = hasOutline ? wrong.outline : undefined;
				const whole = checkArranged(arrangeSet(wrong.set, outline), wrong.set.parcelNos);
				const examination = examine(wrong.set);
				const part = examination && checkDoubtful(wrong.set, examination, outline, 1);
				if (part !== null) expect(part).toEqual(whole);
				expect(checkParcelSet(wrong.set, outline)).toEqual(whole);
			}),
			{ numRuns },
		);
	};

	it('finds in cells a few steps wide what arranging all finds', () => {
		law(anyLattice(), 10_000);
	});

	it('finds in towns what arranging all finds', () => {
		law(anyTown(), 2000);
	});
});
