import { findShape, nextDraftNo } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { Refusal } from './difference.ts';
import type { LonLat } from '../flat-polygons.ts';
import { placeIn, refuse } from './refusal.ts';

const LOWEST_NO = -(2 ** 31);

/** Numbers for new parcels, or why there are none. */
export type NewParcelNos =
	| { readonly ok: true; readonly parcelNos: readonly number[] }
	| { readonly ok: false; readonly refusal: Refusal };

/**
 * Numbers for the new parcels of a draft, counting down from `firstNo` (left out: from below all numbers ever used).
 *
 * Refuses `parcel-number.not-draft`, at the place `at`, where one would not be a negative whole number of 32 bits, `parcel-number.taken` where the coverage
 * has or had a parcel of that number. O(count log parcels + patch).
 */
export function newParcelNos(
	coverage: Coverage,
	count: number,
	at: LonLat,
	firstNo: number = nextDraftNo(coverage),
): NewParcelNos {
	const last = firstNo - count + 1;
	if (!Number.isInteger(firstNo) || firstNo >= 0 || last < LOWEST_NO) {
		return refuse('parcel-number.not-draft', [], at, { firstNo, count });
	}
	const parcelNos = Array.from({ length: count }, (_, i) => firstNo - i);
	const taken = parcelNos.filter((no) => coverage.patch.has(no) || findShape(coverage, no) !== null);
	if (taken.length === 0) return { ok: true, parcelNos };
	return refuse('parcel-number.taken', taken, placeIn(findShape(coverage, taken[0])) ?? at);
}
