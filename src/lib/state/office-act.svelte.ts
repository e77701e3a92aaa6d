import { invalidateAll } from '$app/navigation';
import type { WireIssue } from '../api/issue.ts';
import { newClientId } from './client-id.ts';
import { issuesOf, ReadProblem, sendJson } from './read-json.ts';

/** Refusals of which the cause is what the page does not show yet. */
const READ_ANEW: readonly string[] = ['entry.sent-otherwise', 'plot.batch-moved'];

/** One act of a form at a time: whether it runs, and why it was not done. */
export class OfficeAct {
	isBusy = $state(false);
	issues = $state.raw<readonly WireIssue[]>([]);
	/** What is entered bears it until the server has said what came of it, so that after a lost answer nothing is entered twice. */
	#clientId = newClientId();

	/** Sends what is to be done and reads the page again; null where it was refused. */
	async send<T = unknown>(
		address: string,
		body: unknown,
		method: 'POST' | 'PUT' = 'POST',
	): Promise<T | null> {
		this.isBusy = true;
		this.issues = [];
		try {
			return await this.#ask<T>(address, body, method);
		} finally {
			this.isBusy = false;
		}
	}

	/** Sends a new entry under an id of its own, as `send` does; sent again after a lost answer it is entered once. */
	enter<T = unknown>(address: string, entry: object): Promise<T | null> {
		return this.send<T>(address, { ...entry, clientId: this.#clientId });
	}

	async #ask<T>(address: string, body: unknown, method: 'POST' | 'PUT'): Promise<T | null> {
		let done: T;
		try {
			done = await sendJson<T>(method, address, body);
		} catch (failure) {
			this.issues = issuesOf(failure);
			if (!isAnswered(failure)) return null;
			this.#clientId = newClientId();
			if (this.issues.some(({ code }) => READ_ANEW.includes(code))) await invalidateAll();
			return null;
		}
		this.#clientId = newClientId();
		// A page that cannot be read again tells so itself: what was done is done.
		await invalidateAll();
		return done;
	}
}

/** Whether the server said what came of it: a fault or silence leaves it open. */
function isAnswered(failure: unknown): boolean {
	return failure instanceof ReadProblem && failure.status < 500;
}
