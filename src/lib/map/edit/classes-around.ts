import { listSharedBoundaries } from '$geo/coverage/shared-boundary.ts';
import type { DraftState } from '$lib/domain/changeset/draft-state.ts';
import { factsOf } from '$lib/domain/changeset/parcel-facts.ts';

/** More parcels at once have no neighbourhood to speak of. */
const MOST_PARCELS = 20;

/**
 * Lists the classes that parcels' neighbours have, the one with the longest common boundary first; none for very many parcels.
 *
 * O(edges of the parcels and of those near them).
 */
export function classesAround({ coverage, facts }: DraftState, parcelNos: readonly number[]): string[] {
	if (parcelNos.length > MOST_PARCELS) return [];
	const lengths = new Map<string, number>();
	for (const parcelNo of parcelNos)
		for (const { parcelNo: other, lengthM } of listSharedBoundaries(coverage, parcelNo)) {
			const { landUse } = factsOf(facts, other);
			if (landUse !== null && !parcelNos.includes(other))
				lengths.set(landUse, (lengths.get(landUse) ?? 0) + lengthM);
		}
	return [...lengths].sort(([a, aM], [b, bM]) => bM - aM || (a < b ? -1 : 1)).map(([landUse]) => landUse);
}
