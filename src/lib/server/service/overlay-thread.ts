import { Worker } from 'node:worker_threads';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { OverlayAreas } from './overlay-store.ts';

/** Makes overlays beside this thread, from the built file of `overlay-worker.ts`: one at a time, in the order they are asked for. */
export class OverlayThread {
	readonly #workerFile: string;
	#last: Promise<unknown> = Promise.resolve();
	#running: Worker | null = null;
	#isClosed = false;

	constructor(workerFile: string) {
		this.#workerFile = workerFile;
	}

	/** Overlays sets once the overlays asked for before have ended, however; rejects after `close`. */
	make(sets: readonly ParcelSet[]): Promise<OverlayAreas> {
		const making = this.#last.then(() => this.#run(sets));
		this.#last = making.catch(() => null);
		return making;
	}

	/** Ends the overlay at work; it and all that wait are refused. */
	async close(): Promise<void> {
		this.#isClosed = true;
		await this.#running?.terminate();
	}

	#run(sets: readonly ParcelSet[]): Promise<OverlayAreas> {
		return new Promise((resolve, reject) => {
			if (this.#isClosed) throw new Error('overlays are no longer made: the server is stopping');
			let made: OverlayAreas | null = null;
			let fault = new Error('the thread of an overlay ended early');
			const worker = new Worker(this.#workerFile, { workerData: sets, execArgv: [] });
			this.#running = worker;
			worker.once('message', (areas: OverlayAreas) => (made = areas));
			worker.once('error', (error: Error) => (fault = error));
			worker.once('exit', () => {
				this.#running = null;
				if (made === null) reject(fault);
				else resolve(made);
			});
		});
	}
}
