import { Worker } from 'node:worker_threads';

interface Job<Task, Answer> {
	readonly task: Task;
	/** Whether somebody waits for it. */
	isWanted: boolean;
	readonly resolve: (answer: Answer) => void;
	readonly reject: (reason: Error) => void;
}

/** Does tasks beside this thread, by the built file of a worker: one at a time, in the order they are asked for, each in a thread of its own. */
export class WorkThread<Task, Answer> {
	readonly #workerFile: string;
	/** In their order, without the one at work. */
	readonly #waiting: Job<Task, Answer>[] = [];
	/** What is at work; left: it has to be begun anew, as another is waited for. */
	#running: { readonly job: Job<Task, Answer>; readonly worker: Worker; isLeft: boolean } | null = null;
	#isClosed = false;

	constructor(workerFile: string) {
		this.#workerFile = workerFile;
	}

	/**
	 * Does a task once those asked for before have ended, however; rejects after `close`.
	 *
	 * Where `wanted` is given, nobody waits for the task until that settles: it leaves its place to every one that is asked for, and is then
	 * begun anew.
	 */
	make(task: Task, wanted: Promise<unknown> | null = null): Promise<Answer> {
		return new Promise((resolve, reject) => {
			if (this.#isClosed) throw stopping();
			const job: Job<Task, Answer> = { task, isWanted: wanted === null, resolve, reject };
			this.#waiting.push(job);
			void wanted?.then(() => this.#want(job));
			this.#turnToNext();
		});
	}

	/** Ends the task at work; it and all that wait are refused. */
	async close(): Promise<void> {
		this.#isClosed = true;
		for (const { reject } of this.#waiting.splice(0)) reject(stopping());
		await this.#running?.worker.terminate();
	}

	#want(job: Job<Task, Answer>): void {
		job.isWanted = true;
		const at = this.#waiting.indexOf(job);
		if (at < 0) return;
		this.#waiting.push(...this.#waiting.splice(at, 1));
		this.#turnToNext();
	}

	#turnToNext(): void {
		const next = this.#waiting.find(({ isWanted }) => isWanted) ?? this.#waiting.at(0);
		if (next === undefined) return;
		if (this.#running === null) {
			this.#waiting.splice(this.#waiting.indexOf(next), 1);
			this.#run(next);
		} else if (next.isWanted && !this.#running.job.isWanted) {
			this.#running.isLeft = true;
			void this.#running.worker.terminate();
		}
	}

	#run(job: Job<Task, Answer>): void {
		let made: { readonly answer: Answer } | null = null;
		let fault = new Error('the thread of a task ended early');
		const worker = new Worker(this.#workerFile, { workerData: job.task, execArgv: [] });
		const running = { job, worker, isLeft: false };
		this.#running = running;
		worker.once('message', (answer: Answer) => (made = { answer }));
		worker.once('error', (error: Error) => (fault = error));
		worker.once('exit', () => {
			this.#running = null;
			if (made !== null) job.resolve(made.answer);
			else if (running.isLeft && !this.#isClosed) this.#waiting.push(job);
			else job.reject(fault);
			this.#turnToNext();
		});
	}
}

function stopping(): Error {
	return new Error('no more is computed: the server is stopping');
}
