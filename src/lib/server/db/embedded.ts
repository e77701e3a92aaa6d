import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** The embedded database, served on a Unix socket by a worker thread. */
export interface Embedded {
	/** Folder of the socket, in the form that PostgreSQL clients take as host. */
	readonly socketDir: string;
	/** Port number in the socket's file name. */
	readonly port: number;
	/** Settles only if the database stops by itself; never after `close`. */
	readonly failed: Promise<Error>;
	/** Finishes the statement at work, flushes, stops the thread and removes the socket's folder. */
	close(): Promise<void>;
}

export type EmbeddedTarget =
	{ readonly dataDir: string; readonly socketDir?: string } | { readonly memory: true };

const SOCKET_PORT = 5432;
const SOCKET_NAME = `.s.PGSQL.${SOCKET_PORT}`;
/** sun_path holds 104 bytes on macOS and 108 on Linux, the final zero included. */
const SOCKET_PATH_LIMIT = 103;
/** Beside the database while it is being initialised: what is found with this mark was never usable. */
const UNFINISHED_MARK = 'unfinished';

/** Makes the private folder for a socket: short, since the path of a Unix socket is, and open to this user only (0700). */
export async function makeSocketDir(): Promise<string> {
	const longest = join(tmpdir(), 'yuantu-XXXXXX', SOCKET_NAME);
	const parent = Buffer.byteLength(longest) <= SOCKET_PATH_LIMIT ? tmpdir() : '/tmp';
	return mkdtemp(join(parent, 'yuantu-'));
}

/**
 * Starts the embedded database in a worker thread and waits until it answers.
 *
 * `dataDir` holds the database in `dataDir/pg`; an initialisation that was cut short is begun anew. `memory` keeps nothing.
 * Only one process may open a data folder at a time: the caller holds its lock.
 */
export async function startEmbedded(target: EmbeddedTarget): Promise<Embedded> {
	const inMemory = 'memory' in target;
	const socketDir = (!inMemory && target.socketDir) || (await makeSocketDir());
	let finishInitialisation = async () => {};
	let dataDir = 'memory://';
	if (!inMemory) {
		dataDir = join(target.dataDir, 'pg');
		finishInitialisation = await beginInitialisation(dataDir, `${dataDir}.${UNFINISHED_MARK}`);
	}
	const workerUrl = new URL('embedded-worker.js', import.meta.url);
	const worker = new Worker(fileURLToPath(workerUrl), {
		workerData: { dataDir, socketPath: join(socketDir, SOCKET_NAME) },
		execArgv: [],
	});
	const state = { closing: false };
	const failed = new Promise<Error>((resolve) => {
		const report = (cause: unknown) => {
			if (!state.closing) resolve(cause instanceof Error ? cause : new Error(String(cause)));
		};
		worker.on('error', report);
		worker.on('exit', (code) => report(`the embedded database's thread ended with code ${code}`));
		worker.on('message', (message: { type: string; message?: string }) => {
			if (message.type === 'failed') report(message.message);
		});
	});
	const close = async () => {
		if (!state.closing) {
			state.closing = true;
			const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
			worker.postMessage({ type: 'close' });
			await ended;
		}
		await rm(socketDir, { recursive: true, force: true });
	};
	const ready = new Promise<'ready'>((resolve) => {
		worker.on('message', (message: { type: string }) => {
			if (message.type === 'ready') resolve('ready');
		});
	});
	const outcome = await Promise.race([ready, failed]);
	if (outcome !== 'ready') {
		state.closing = true;
		await worker.terminate();
		await rm(socketDir, { recursive: true, force: true });
		throw outcome;
	}
	await finishInitialisation();
	return { socketDir, port: SOCKET_PORT, failed, close };
}

/** Clears a half-made database that carries the mark, marks a new one, and returns what takes the mark away. */
async function beginInitialisation(databaseDir: string, markFile: string): Promise<() => Promise<void>> {
	if (existsSync(markFile)) await rm(databaseDir, { recursive: true, force: true });
	if (existsSync(databaseDir)) return async () => rm(markFile, { force: true });
	await mkdir(join(databaseDir, '..'), { recursive: true });
	await writeFile(markFile, '');
	return async () => rm(markFile, { force: true });
}
