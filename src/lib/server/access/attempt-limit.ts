const WINDOW_MS = 60_000;

/**
 * Limits attempts of each client in a minute, in this process's memory: what guards a password is the lock of its account, which is in
 * the database; this keeps one client from occupying the processor with hashes, and forgetting it at a restart harms nobody.
 *
 * Behind a proxy all its clients count as one, so the limit is one that a full office does not reach.
 */
export class AttemptLimit {
	readonly #most: number;
	#since = 0;
	#counts = new Map<string, number>();

	constructor(most: number) {
		this.#most = most;
	}

	/** Counts an attempt at `nowMs`; false where the client has used up its minute. */
	admit(client: string, nowMs: number): boolean {
		if (nowMs - this.#since >= WINDOW_MS) {
			this.#since = nowMs;
			this.#counts = new Map();
		}
		const count = (this.#counts.get(client) ?? 0) + 1;
		this.#counts.set(client, count);
		return count <= this.#most;
	}
}
