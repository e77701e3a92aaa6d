import { parentPort, workerData } from 'node:worker_threads';
import type { FirstPeople } from './first-people.ts';
import { prepareDatabase, type Preparation } from './prepare-database.ts';

/** What the thread tells the program, in the order in which it happens. */
export type PreparationMessage =
	| { readonly type: 'report'; readonly line: string }
	| { readonly type: 'done'; readonly people: FirstPeople }
	| { readonly type: 'failed'; readonly name: string; readonly message: string; readonly stack: string };

const post = (message: PreparationMessage) => parentPort?.postMessage(message);

try {
	const people = await prepareDatabase(workerData as Preparation, (line) => post({ type: 'report', line }));
	post({ type: 'done', people });
} catch (error) {
	const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
	post({ type: 'failed', name, message, stack: stack ?? '' });
}
