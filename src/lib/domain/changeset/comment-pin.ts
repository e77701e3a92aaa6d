import type { DraftDifference } from './draft-state.ts';

/** The parcel that a comment is about, by what no later edit gives to another. */
export interface CommentPin {
	/** Negative: a new one of the draft. */
	readonly parcelNo: number;
	/** The step that made it, by the id of its writer; null: a published parcel, or a comment from before steps were kept. */
	readonly stepId: string | null;
}

/** What has become of that parcel: the draft has it, it was undone, cut or merged since, or nobody can tell any more. */
export const PIN_STANDINGS = ['there', 'gone', 'unknown'] as const;
export type PinStanding = (typeof PIN_STANDINGS)[number];

/**
 * Says what has become of the parcel that a comment is about.
 *
 * `isThere`: whether the draft has a parcel of that number; `madeBy`: the step that counts and made it, null for none. A number that was given
 * again by another step is another parcel's. O(1).
 */
export function standingOfPin(
	{ parcelNo, stepId }: CommentPin,
	isThere: boolean,
	madeBy: string | null,
): PinStanding {
	if (parcelNo >= 0) return isThere ? 'there' : 'gone';
	if (stepId === null) return 'unknown';
	return isThere && madeBy === stepId ? 'there' : 'gone';
}

/** Finds the step that made a new parcel, among those that count; null for none. O(changes of the steps). */
export function stepThatMade(
	steps: readonly { readonly clientId: string; readonly difference: Pick<DraftDifference, 'shapes'> }[],
	parcelNo: number,
): string | null {
	const makes = ({ shapes }: Pick<DraftDifference, 'shapes'>) =>
		shapes.some((change) => change.kind === 'created' && change.parcelNo === parcelNo);
	return steps.find(({ difference }) => makes(difference))?.clientId ?? null;
}

/** Lists the new parcels of a draft in the order in which publishing numbers them: as they were made. O(changes). */
export function listNewParcels({ shapes }: Pick<DraftDifference, 'shapes'>): number[] {
	return shapes
		.filter(({ kind }) => kind === 'created')
		.map(({ parcelNo }) => parcelNo)
		.sort((a, b) => b - a);
}
