import { Worker } from 'node:worker_threads';

/** Does tasks beside this thread, by the built file of a worker: one at a time, in the order they are asked for, each in a thread of its own. */
export class WorkThread<Task, Answer> {
	readonly #workerFile: string;
	#last: Promise<unknown> = Promise.resolve();
	#running: Worker | null = null;
	#isClosed = false;

	constructor(workerFile: string) {
		this.#workerFile = workerFile;
	}

	/** Does a task once those asked for before have ended, however; rejects after `close`. */
	make(task: Task): Promise<Answer> {
		const making = this.#last.then(() => this.#run(task));
		this.#last = making.catch(() => null);
		return making;
	}

	/** Ends the task at work; it and all that wait are refused. */
	async close(): Promise<void> {
		this.#isClosed = true;
		await this.#running?.terminate();
	}

	#run(task: Task): Promise<Answer> {
		return new Promise((resolve, reject) => {
			if (this.#isClosed) throw new Error('no more is computed: the server is stopping');
			let made: { readonly answer: Answer } | null = null;
			let fault = new Error('the thread of a task ended early');
			const worker = new Worker(this.#workerFile, { workerData: task, execArgv: [] });
			this.#running = worker;
			worker.once('message', (answer: Answer) => (made = { answer }));
			worker.once('error', (error: Error) => (fault = error));
			worker.once('exit', () => {
				this.#running = null;
				if (made === null) reject(fault);
				else resolve(made.answer);
			});
		});
	}
}
