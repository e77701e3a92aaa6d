import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FirstPeople } from './first-people.ts';
import type { Preparation } from './prepare-database.ts';
import type { PreparationMessage } from './prepare-worker.ts';

/** A preparation of the database that is under way. */
export interface RunningPreparation {
	readonly done: Promise<FirstPeople>;
	/** Gives it up; the transaction at work is undone. */
	cancel(): Promise<void>;
}

/**
 * Prepares the database in a thread of its own: making the demo's geometry keeps it busy for seconds, in which the program still has
 * to hear a signal and to answer that it is starting.
 */
export function startPreparation(
	preparation: Preparation,
	report: (line: string) => void,
): RunningPreparation {
	const workerUrl = new URL('prepare-worker.js', import.meta.url);
	const worker = new Worker(fileURLToPath(workerUrl), {
		workerData: preparation,
		execArgv: [],
	});
	const done = new Promise<FirstPeople>((resolve, reject) => {
		worker.on('message', (message: PreparationMessage) => {
			if (message.type === 'report') report(message.line);
			else if (message.type === 'done') resolve(message.people);
			else reject(Object.assign(new Error(message.message), { name: message.name, stack: message.stack }));
		});
		worker.on('error', reject);
		worker.on('exit', () => reject(new Error('the preparation of the database ended early')));
	});
	done.catch(() => {});
	return {
		done,
		async cancel() {
			await worker.terminate();
		},
	};
}
