/** How far a draft is, here or there: the ids of its steps, those undone included, and how many of them count. */
export interface DraftPosition {
	readonly ids: readonly string[];
	readonly head: number;
}

/** What is to be asked of the server next: to let so many steps count, or to add the steps from an index on. */
export type SyncRequest =
	{ readonly kind: 'head'; readonly head: number } | { readonly kind: 'steps'; readonly from: number };

/**
 * Says what brings the server's draft nearer to the one here; null: they agree.
 *
 * It goes by what both have, not by what was sent: after a lost answer, a closed tab or an undo of unsent steps it is the same. The server puts new
 * steps after its head in place of those undone there, so its head is moved to where the two part before steps are added.
 */
export function nextRequest(here: DraftPosition, there: DraftPosition): SyncRequest | null {
	const shared = countShared(here.ids, there.ids);
	if (here.ids.length > shared)
		return there.head === shared ? { kind: 'steps', from: shared } : { kind: 'head', head: shared };
	return there.head === here.head ? null : { kind: 'head', head: here.head };
}

/** Counts the first steps that two drafts have in common. */
export function countShared(here: readonly string[], there: readonly string[]): number {
	const shared = here.findIndex((id, i) => id !== there[i]);
	return shared < 0 ? here.length : shared;
}
