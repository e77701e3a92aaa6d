import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, unlinkSync } from 'node:fs';
import { link, mkdir, readFile, readdir, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { makeSocketDir } from '../lib/server/db/embedded.ts';
import { processStart } from './process-identity.ts';
import { codeOf, StartProblem } from './start-problem.ts';

/** A data folder that this process alone may use until it releases it. */
export interface DataFolder {
	readonly path: string;
	/** Short private folder for the database's socket, outside the data folder. */
	readonly socketDir: string;
	/** Gives the folder free; at once, so that it can run while the process ends. */
	release(): void;
}

const LOCK_NAME = 'in-use.json';

const holderSchema = z.object({
	pid: z.int().positive(),
	/** Empty where the holder could not tell. */
	started: z.string(),
	host: z.string(),
	nonce: z.string(),
	socketDir: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

/**
 * Makes the data folder if need be and takes it for this process.
 *
 * The lock file names process, its start time and host. A lock whose process is gone (kill -9), or whose number now belongs to another
 * process, is taken over and its socket folder removed. A lock of another host cannot be judged and is respected; so is one whose
 * process number runs but whose start time is unknown on either side.
 */
export async function openDataFolder(folder: string): Promise<DataFolder> {
	const path = resolve(folder);
	const lockFile = join(path, LOCK_NAME);
	try {
		await makeFolders(path);
	} catch (error) {
		throw notWritable(path, error);
	}
	await refuseForeign(path);
	const started = await processStart(process.pid);
	const socketDir = await makeSocketDir();
	const own: Holder = {
		pid: process.pid,
		started: started ?? '',
		host: hostname(),
		nonce: randomUUID(),
		socketDir,
	};
	try {
		while (!(await place(lockFile, own))) await removeStale(path, lockFile);
	} catch (error) {
		await rm(socketDir, { recursive: true, force: true });
		throw error instanceof StartProblem ? error : notWritable(path, error);
	}
	return { path, socketDir, release: () => releaseOwn(lockFile, own) };
}

/** The socket folder of the program that has a data folder open here; null where none has. */
export async function findRunningSocket(folder: string): Promise<string | null> {
	const holder = await readHolder(join(resolve(folder), LOCK_NAME));
	if (typeof holder === 'string' || holder.host !== hostname()) return null;
	return (await isAlive(holder)) ? holder.socketDir : null;
}

/** What this program puts into its data folder, and what a file system may have put there before. */
const OWN_ENTRY = /^(pg|pg\.unfinished|sign-in-secret|in-use\.json(\..*)?|lost\+found|\.DS_Store)$/;

/** Refuses a folder in which something else lives: a database does not belong among somebody's files. */
async function refuseForeign(path: string): Promise<void> {
	const foreign = (await readdir(path)).filter((name) => !OWN_ENTRY.test(name));
	if (foreign.length === 0) return;
	throw new StartProblem(
		`data folder ${path} holds other things (${foreign[0]}${foreign.length > 1 ? ', …' : ''}): ` +
			'set DATA_DIR to an empty or new folder',
	);
}

/** Makes a folder and those above it; `mkdir` with `recursive` tries for ever where the system answers ENOENT to all. */
async function makeFolders(path: string): Promise<void> {
	try {
		await mkdir(path);
	} catch (error) {
		const code = codeOf(error);
		if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
		if (code !== 'ENOENT') throw error;
		await makeFolders(dirname(path));
		await mkdir(path);
	}
}

/** Writes the lock whole or not at all; false when there is one already. */
async function place(lockFile: string, holder: Holder): Promise<boolean> {
	const draft = `${lockFile}.${holder.nonce}`;
	await writeFile(draft, JSON.stringify(holder), { mode: 0o600 });
	try {
		await link(draft, lockFile);
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		throw error;
	} finally {
		await unlink(draft);
	}
}

async function removeStale(path: string, lockFile: string): Promise<void> {
	const found = await readHolder(lockFile);
	if (found === 'none') return;
	if (found !== 'unreadable') {
		const { pid, host } = found;
		if (host !== hostname()) {
			throw new StartProblem(
				`data folder ${path} is in use by process ${pid} on host ${host}: ` +
					`stop it there, or delete ${lockFile} if it does not run any more, or set DATA_DIR to another folder`,
			);
		}
		if (await isAlive(found)) {
			throw new StartProblem(
				`data folder ${path} is in use by process ${pid}: stop it, or set DATA_DIR to another folder`,
			);
		}
	}
	// Another starter may have judged the same lock: what was moved away must be what was judged, or it goes back.
	const aside = `${lockFile}.${randomUUID()}`;
	try {
		await rename(lockFile, aside);
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return;
		throw error;
	}
	const moved = await readHolder(aside);
	const nonce = (holder: Holder | string) => (typeof holder === 'string' ? holder : holder.nonce);
	if (nonce(moved) !== nonce(found)) await link(aside, lockFile).catch(() => {});
	else if (typeof found !== 'string') await removeSocketDir(found.socketDir);
	await unlink(aside);
}

/** Whether the holder still runs; where a start time cannot be told (`ps` fails) its process number alone decides. */
async function isAlive({ pid, started }: Holder): Promise<boolean> {
	const found = await processStart(pid);
	if (found !== null) return started === '' || found === started;
	// On Linux null is certain (a zombie still has its number); elsewhere it may also mean that `ps` failed.
	if (process.platform === 'linux') return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
}

async function readHolder(file: string): Promise<Holder | 'none' | 'unreadable'> {
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return 'none';
		throw error;
	}
	try {
		return holderSchema.parse(JSON.parse(text));
	} catch {
		return 'unreadable';
	}
}

/** Removes what a killed process left, but only a folder of the kind that this program makes. */
async function removeSocketDir(socketDir: string): Promise<void> {
	const ours = basename(socketDir).startsWith('yuantu-') && [tmpdir(), '/tmp'].includes(dirname(socketDir));
	if (ours) await rm(socketDir, { recursive: true, force: true });
}

function releaseOwn(lockFile: string, { nonce, socketDir }: Holder): void {
	rmSync(socketDir, { recursive: true, force: true });
	try {
		const holder = holderSchema.parse(JSON.parse(readFileSync(lockFile, 'utf8')));
		if (holder.nonce === nonce) unlinkSync(lockFile);
	} catch {
		// Gone or foreign: there is nothing of ours to give free.
	}
}

const WRITE_FAILURES: Readonly<Record<string, string>> = {
	EACCES: 'this user may not write there',
	EPERM: 'this user may not write there',
	EROFS: 'it is on a read-only file system',
	ENOSPC: 'the disk is full',
	EDQUOT: 'the disk quota is used up',
	EEXIST: 'a file stands in its place',
	ENOTDIR: 'a file stands in its path',
	ENOENT: 'its path cannot be made',
};

function notWritable(path: string, error: unknown): StartProblem {
	const code = codeOf(error);
	const reason = WRITE_FAILURES[code] ?? (error instanceof Error ? error.message : String(error));
	return new StartProblem(
		`data folder ${path} is not writable (${reason}): set DATA_DIR to a folder that is`,
		{ cause: error },
	);
}
