import { createStore, type UseStore } from 'idb-keyval';
import type { DrawnDraft } from '../domain/changeset/resume-draft.ts';

/** What lies in the browser: a draft as it was drawn in a window, and the edit that the server's was at. */
export interface ShelvedDraft extends DrawnDraft {
	readonly editNo: number;
}

/** What a window has left. */
export interface LeftDraft {
	readonly key: string;
	readonly draft: ShelvedDraft;
}

/** What the server will never take, and when that was found (ISO 8601). */
export interface LostDraft extends ShelvedDraft {
	readonly asideAt?: string;
}

/** What the keys of entries begin with that no window finds; whose they are, zone, draft and window follow, as for others. */
export const ASIDE = 'aside/';

let store: UseStore | null = null;
/** Where drafts lie in the browser. */
export const drafts = (): UseStore => (store ??= createStore('yuantu', 'drafts'));

/** What is left as it lies where no window finds it. */
export function asideOf({ key, draft }: LeftDraft): { readonly key: string; readonly draft: LostDraft } {
	return { key: `${ASIDE}${key}`, draft: { ...draft, asideAt: new Date().toISOString() } };
}
