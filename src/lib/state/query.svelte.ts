import type { Problem } from '../api/issue.ts';
import { ReadProblem, readJson } from './read-json.ts';

export type QueryStatus = 'empty' | 'loading' | 'ready' | 'failed';

/** One read from the API that may be asked again: the newest wins, older ones are aborted, the last value stays on screen. */
export class Query<T> {
	status = $state<QueryStatus>('empty');
	value = $state.raw<T | null>(null);
	/** What the server said to a refusal; null when it could not be reached. */
	problem = $state.raw<Problem | null>(null);
	httpStatus = $state<number | null>(null);
	#running: AbortController | null = null;
	#address: string | null = null;

	/** Reads an address; resolves to the value, or to null when it failed or was overtaken. */
	async run(address: string): Promise<T | null> {
		this.#running?.abort();
		const request = new AbortController();
		this.#running = request;
		this.#address = address;
		this.status = 'loading';
		try {
			const value = await readJson<T>(fetch, address, request.signal);
			if (request.signal.aborted) return null;
			this.value = value;
			this.status = 'ready';
			return value;
		} catch (reason) {
			if (request.signal.aborted) return null;
			this.status = 'failed';
			this.problem = reason instanceof ReadProblem ? reason.problem : null;
			this.httpStatus = reason instanceof ReadProblem ? reason.status : null;
			return null;
		}
	}

	/** Reads the last address again. */
	retry(): void {
		if (this.#address !== null) void this.run(this.#address);
	}

	/** Forgets the value and aborts what runs. */
	clear(): void {
		this.#running?.abort();
		this.#address = null;
		this.value = null;
		this.status = 'empty';
	}
}
