import type { WireIssue } from '../api/issue.ts';
import type { Moment } from '../domain/changeset/issue.ts';
import { readJson } from './read-json.ts';

/** What the server's checks find in a draft, as it was last stored. */
export class DraftFindings {
	issues = $state.raw<readonly WireIssue[]>([]);
	status = $state<'empty' | 'loading' | 'ready' | 'failed'>('empty');
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
