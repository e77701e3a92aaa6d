import { findShape, nextDraftNo } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { Refusal } from './difference.ts';
import { refuse } from './refusal.ts';

const LOWEST_NO = -(2 ** 31);

/** Numbers for new parcels, or why there are none. */
export type NewParcelNos =
	| { readonly ok: true; readonly parcelNos: readonly number[] }
	| { readonly ok: false; readonly refusal: Refusal };

/**
 * Numbers for the new parcels of a draft, counting down from `firstNo` (left out: from below all numbers ever used).
 *
 * Refuses `parcel-number.invalid` where one would not be a negative whole number of 32 bits, `parcel-number.taken` where the coverage
 * has or had a parcel of that number. O(count log parcels + patch).
 */
export function newParcelNos(
	coverage: Coverage,
	count: number,
	firstNo: number = nextDraftNo(coverage),
): NewParcelNos {
	const last = firstNo - count + 1;
	if (!Number.isInteger(firstNo) || firstNo >= 0 || last < LOWEST_NO) {
		return refuse('parcel-number.invalid', [firstNo]);
	}
	const parcelNos = Array.from({ length: count }, (_, i) => firstNo - i);
	const taken = parcelNos.filter((no) => coverage.patch.has(no) || findShape(coverage, no) !== null);
	return taken.length > 0 ? refuse('parcel-number.taken', taken) : { ok: true, parcelNos };
}
