import { del, entries } from 'idb-keyval';
import { ASIDE, drafts, type LostDraft, type ShelvedDraft } from './draft-place.ts';

/** Steps of a draft that the server will never take, as they lie on this device. */
export interface AsideDraft {
	readonly key: string;
	readonly changesetNo: number;
	readonly stepCount: number;
	/** When they were set aside (ISO 8601); null: it was not kept. */
	readonly asideAt: string | null;
	readonly draft: ShelvedDraft;
}

type Entry = readonly [key: string, draft: LostDraft];

/** What of the entries of this device somebody has set aside in a zone, the latest first; others' and open drafts are left out. */
export function asideAmong(all: readonly Entry[], userId: string, zoneId: string): AsideDraft[] {
	const own = `${ASIDE}${userId}/${zoneId}/`;
	return all
		.filter(([key]) => key.startsWith(own))
		.map(([key, { asideAt = null, ...draft }]) => ({
			key,
			changesetNo: Number(key.slice(own.length).split('/')[0]),
			stepCount: draft.steps.length,
			asideAt,
			draft,
		}))
		.sort((a, b) => (b.asideAt ?? '').localeCompare(a.asideAt ?? '') || b.changesetNo - a.changesetNo);
}

/** Lists what somebody has set aside in a zone on this device; none where the browser keeps nothing. */
export async function listAside(userId: string, zoneId: string): Promise<AsideDraft[]> {
	try {
		return asideAmong(await entries<string, LostDraft>(drafts()), userId, zoneId);
	} catch {
		return [];
	}
}

/** Deletes for good what was set aside. */
export async function removeAside({ key }: AsideDraft): Promise<void> {
	await del(key, drafts());
}
