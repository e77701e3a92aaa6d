import { createStore, del, get, set, type UseStore } from 'idb-keyval';
import type { DrawnDraft } from '../domain/changeset/resume-draft.ts';

/** What lies there: a draft as it was drawn, and the edit that the server's was at. */
export interface ShelvedDraft extends DrawnDraft {
	readonly editNo: number;
}

let store: UseStore | null = null;
const drafts = (): UseStore => (store ??= createStore('yuantu', 'drafts'));

/**
 * The place in the browser (IndexedDB) where a draft lies until the server has it: closing the tab or losing the network loses nothing.
 *
 * A browser without it keeps drafts for the time that the page is open; `isKept` says which.
 */
export class DraftShelf {
	readonly #key: string;
	/** Whether the last writing was kept. */
	isKept = true;

	/** `userId`: a browser may be shared, drafts are not. */
	constructor(userId: string, zoneId: string, changesetNo: number) {
		this.#key = `${userId}/${zoneId}/${changesetNo}`;
	}

	async find(): Promise<ShelvedDraft | null> {
		try {
			return (await get<ShelvedDraft>(this.#key, drafts())) ?? null;
		} catch {
			return null;
		}
	}

	async put(draft: ShelvedDraft): Promise<void> {
		// Steps are plain data; what the page makes reactive cannot be cloned.
		await this.#try(() => set(this.#key, draft, drafts()));
	}

	async clear(): Promise<void> {
		await this.#try(() => del(this.#key, drafts()));
	}

	async #try(write: () => Promise<void>): Promise<void> {
		try {
			await write();
			this.isKept = true;
		} catch {
			this.isKept = false;
		}
	}
}
