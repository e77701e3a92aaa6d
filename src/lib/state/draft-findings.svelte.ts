import type { WireIssue } from '../api/issue.ts';
import type { WireChangesetChanges } from '../api/parcel-change.ts';
import type { Moment } from '../domain/changeset/issue.ts';
import { Query } from './query.svelte.ts';
import { readJson } from './read-json.ts';

/** What the server's checks find in a draft, and which facts it says that the draft changes, as it was last stored. */
export class DraftFindings {
	issues = $state.raw<readonly WireIssue[]>([]);
	status = $state<'empty' | 'loading' | 'ready' | 'failed'>('empty');
	readonly changes = new Query<WireChangesetChanges>();
	readonly #address: string;
	#asked = 0;

	/** The moment that findings are weighed for: what a draft may have can stand against publishing. */
	moment = $state<Moment>('draft');

	constructor(address: string) {
		this.#address = address;
	}

	readonly errors: number = $derived.by(
		() => this.issues.filter(({ severity }) => severity === 'error').length,
	);

	/** Reads all anew, as another state is stored. */
	look(): void {
		void this.changes.run(`${this.#address}/changes`);
		void this.check();
	}

	/** Checks anew; the newest answer counts. */
	async check(): Promise<void> {
		const asked = ++this.#asked;
		this.status = 'loading';
		try {
			const { issues } = await readJson<{ issues: WireIssue[] }>(
				fetch,
				`${this.#address}/issues?moment=${this.moment}`,
			);
			if (asked !== this.#asked) return;
			this.issues = issues;
			this.status = 'ready';
		} catch {
			if (asked === this.#asked) this.status = 'failed';
		}
	}
}
