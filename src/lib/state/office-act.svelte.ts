import { invalidateAll } from '$app/navigation';
import type { WireIssue } from '../api/issue.ts';
import { issuesOf, sendJson } from './read-json.ts';

/** One act of a form at a time: whether it runs, and why it was not done. */
export class OfficeAct {
	isBusy = $state(false);
	issues = $state.raw<readonly WireIssue[]>([]);

	/** Sends what is to be done and reads the page again; null where it was refused. */
	async send<T = unknown>(address: string, body: unknown): Promise<T | null> {
		this.isBusy = true;
		this.issues = [];
		try {
			const done = await sendJson<T>('POST', address, body);
			await invalidateAll();
			return done;
		} catch (failure) {
			this.issues = issuesOf(failure);
			return null;
		} finally {
			this.isBusy = false;
		}
	}
}
