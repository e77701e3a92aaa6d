import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { findShape } from '$geo/coverage/coverage.ts';
import type { DraftDifference, DraftState } from '../domain/changeset/draft-state.ts';
import { factsOf } from '../domain/changeset/parcel-facts.ts';

/** What a class gains or loses by a draft, m², ellipsoidal. */
export interface ClassChange {
	readonly landUse: string | null;
	readonly gainM2: number;
}

/** Less is what noding moves. */
const LEAST_M2 = 0.005;

/**
 * Sums up what a draft does to the areas of classes: those of the parcels that it makes, redraws, ends or reclassifies, after less before.
 *
 * Ascending by class key, those without a class last; gains and losses add up to 0 as far as the draft keeps its ground. O(their positions).
 */
export function classChanges(
	start: DraftState,
	end: DraftState,
	{ shapes, facts }: DraftDifference,
): ClassChange[] {
	const redrawn = shapes.filter(({ kind }) => kind !== 'noded').map(({ parcelNo }) => parcelNo);
	const relabelled = facts.flatMap(({ field, parcelNo }) => (field === 'landUse' ? [parcelNo] : []));
	const gains = new Map<string | null, number>();
	for (const parcelNo of new Set([...redrawn, ...relabelled]))
		for (const [state, sign] of [
			[start, -1],
			[end, 1],
		] as const) {
			const shape = findShape(state.coverage, parcelNo);
			if (shape === null) continue;
			const { landUse } = factsOf(state.facts, parcelNo);
			gains.set(landUse, (gains.get(landUse) ?? 0) + sign * ellipsoidalAreasM2(shape)[0]);
		}
	return [...gains]
		.map(([landUse, gainM2]) => ({ landUse, gainM2 }))
		.filter(({ gainM2 }) => Math.abs(gainM2) >= LEAST_M2)
		.sort((a, b) => ((a.landUse ?? '~') < (b.landUse ?? '~') ? -1 : 1));
}
