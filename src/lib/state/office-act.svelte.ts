import { invalidateAll } from '$app/navigation';
import type { WireIssue } from '../api/issue.ts';
import { EntryId, isAnswered } from './entry-id.ts';
import { issuesOf, sendJson } from './read-json.ts';

/** Refusals of which the cause is what the page does not show yet. */
const READ_ANEW: readonly string[] = ['entry.sent-otherwise', 'plot.batch-moved', 'plot.version-moved'];

/** One act of a form at a time: whether it runs, and why it was not done. */
export class OfficeAct {
	isBusy = $state(false);
	issues = $state.raw<readonly WireIssue[]>([]);
	readonly #id = new EntryId();

	/** Sends what is to be done and reads the page again; null where it was refused. */
	send<T = unknown>(address: string, body: unknown, method: 'POST' | 'PUT' = 'POST'): Promise<T | null> {
		return this.#do<T>(method, address, body, () => undefined);
	}

	/** Sends a new entry under an id of its own, as `send` does; sent again after a lost answer it is entered once. */
	enter<T = unknown>(address: string, entry: object): Promise<T | null> {
		const clientId = this.#id.idOf(address, entry);
		return this.#do<T>('POST', address, { ...entry, clientId }, () => this.#id.answered(address, entry));
	}

	async #do<T>(
		method: 'POST' | 'PUT',
		address: string,
		body: unknown,
		answered: () => void,
	): Promise<T | null> {
		this.isBusy = true;
		this.issues = [];
		try {
			return await this.#ask<T>(method, address, body, answered);
		} finally {
			this.isBusy = false;
		}
	}

	async #ask<T>(
		method: 'POST' | 'PUT',
		address: string,
		body: unknown,
		answered: () => void,
	): Promise<T | null> {
		let done: T;
		try {
			done = await sendJson<T>(method, address, body);
		} catch (failure) {
			this.issues = issuesOf(failure);
			if (!isAnswered(failure)) return null;
			answered();
			if (this.issues.some(({ code }) => READ_ANEW.includes(code))) await invalidateAll();
			return null;
		}
		answered();
		// A page that cannot be read again tells so itself: what was done is done.
		await invalidateAll();
		return done;
	}
}
