import { Worker } from 'node:worker_threads';
import type { OverlayMaker } from './overlay-store.ts';

/** Makes overlays in a thread each, from the built file of `overlay-worker.ts`, while this one answers other requests. */
export function overlayInThread(workerFile: string): OverlayMaker {
	return (sets) =>
		new Promise((resolve, reject) => {
			const worker = new Worker(workerFile, { workerData: sets, execArgv: [] });
			worker.once('message', resolve);
			worker.once('error', reject);
			worker.once('exit', () => reject(new Error('the thread of an overlay ended early')));
		});
}
