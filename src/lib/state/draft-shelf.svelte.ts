import { del, entries, set } from 'idb-keyval';
import { newClientId } from './client-id.ts';
import { asideOf, drafts, type LeftDraft, type ShelvedDraft } from './draft-place.ts';

/**
 * The place in the browser (IndexedDB) where a draft lies until the server has it: closing the tab or losing the network loses nothing.
 *
 * Every window that has the draft open has an entry of its own. A browser without the place keeps drafts for the time that the page is open;
 * `isKept` says which.
 */
export class DraftShelf {
	readonly #draft: string;
	readonly #key: string;
	/** Whether the last writing was kept. */
	isKept = $state(true);

	/** `userId`: a browser may be shared, drafts are not. */
	constructor(userId: string, zoneId: string, changesetNo: number) {
		this.#draft = `${userId}/${zoneId}/${changesetNo}/`;
		this.#key = `${this.#draft}${newClientId()}`;
	}

	/** What windows have left, the one that was nearest to the server's last edit first; those that are open still among them. */
	async findLeft(): Promise<readonly LeftDraft[]> {
		try {
			const all = await entries<string, ShelvedDraft>(drafts());
			return all
				.filter(([key]) => key.startsWith(this.#draft))
				.map(([key, draft]) => ({ key, draft }))
				.sort((a, b) => b.draft.editNo - a.draft.editNo);
		} catch {
			return [];
		}
	}

	async put(draft: ShelvedDraft): Promise<void> {
		// Steps are plain data; what the page makes reactive cannot be cloned.
		await this.#try(() => set(this.#key, draft, drafts()));
	}

	async clear(): Promise<void> {
		await this.#try(() => del(this.#key, drafts()));
	}

	/** Takes off what a window left, unless it has put something else there since. */
	async remove({ key, draft }: LeftDraft): Promise<void> {
		await this.#try(() =>
			drafts()('readwrite', async (left) => {
				const now = await answered<ShelvedDraft | undefined>(left.get(key));
				if (JSON.stringify(now) === JSON.stringify(draft)) await answered(left.delete(key));
			}),
		);
	}

	/** Puts what will never be sent where no window finds it. */
	async setAside(left: LeftDraft): Promise<void> {
		const { key, draft } = asideOf(left);
		await this.#try(() => set(key, draft, drafts()));
		await this.remove(left);
	}

	/** Puts what this window has drawn where no window finds it. */
	async setAsideOwn(draft: ShelvedDraft): Promise<void> {
		const left = asideOf({ key: this.#key, draft });
		// This window may come to lose more than once.
		await this.#try(() => set(`${left.key}-${draft.editNo}-${newClientId()}`, left.draft, drafts()));
		if (this.isKept) await this.clear();
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

function answered<Value>(request: IDBRequest<Value>): Promise<Value> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('the browser did not say why'));
	});
}
