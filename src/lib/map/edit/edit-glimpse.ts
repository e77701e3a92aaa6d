import { findShape } from '$geo/coverage/coverage.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { hasParcel, type DraftDifference, type DraftState } from '$lib/domain/changeset/draft-state.ts';
import { factsOf } from '$lib/domain/changeset/parcel-facts.ts';

/** A draft at one moment: its parcels, and what it has done to its base. */
export interface DraftMoment {
	readonly state: DraftState;
	readonly difference: DraftDifference;
}

/** A parcel that looks otherwise than before, as it looks now. */
export interface NewLook {
	readonly parcelNo: number;
	readonly shape: FlatPolygons;
	readonly landUse: string | null;
	/** Whether it differs from the base. */
	readonly isChanged: boolean;
}

/**
 * Lists the parcels that look otherwise at one moment of a draft than at another: of another shape or class, or back at those of the base.
 *
 * Parcels that are there no more are left out: their ground is that of others, which are listed. Shapes are told apart by identity, so that a
 * parcel may be listed that looks the same. O(parcels that either moment has changed, with their vertices).
 */
export function listNewLooks(before: DraftMoment, now: DraftMoment): NewLook[] {
	const changed = changedNos(now.difference);
	const either = new Set([...changedNos(before.difference), ...changed]);
	return [...either].flatMap((parcelNo): NewLook[] => {
		if (!hasParcel(now.state, parcelNo)) return [];
		const [was, is] = [before.state.coverage, now.state.coverage];
		const { landUse } = factsOf(now.state.facts, parcelNo);
		const isSame =
			was.base === is.base &&
			was.patch.get(parcelNo) === is.patch.get(parcelNo) &&
			landUse === factsOf(before.state.facts, parcelNo).landUse;
		const shape = isSame ? null : findShape(is, parcelNo);
		return shape === null ? [] : [{ parcelNo, shape, landUse, isChanged: changed.has(parcelNo) }];
	});
}

function changedNos({ shapes, facts }: DraftDifference): Set<number> {
	const drawn = shapes.filter(({ kind }) => kind !== 'noded');
	return new Set([...drawn, ...facts].map(({ parcelNo }) => parcelNo));
}
