import { existsSync, readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, inject } from 'vitest';
import { copyDataFolder, makeFolder, startProgram, type Program } from '../support/run-program.ts';

const folders: { remove(): Promise<void> }[] = [];
const programs: Program[] = [];
afterEach(async () => {
	for (const program of programs.splice(0)) {
		program.signal('SIGKILL');
		await program.ended;
	}
	for (const folder of folders.splice(0)) await folder.remove();
});

/** A data folder as the first start leaves it; gone after the test. */
export async function preparedFolder(): Promise<string> {
	const folder = await copyDataFolder(inject('preparedDataFolder'));
	folders.push(folder);
	return folder.path;
}

/** A folder with nothing in it; gone after the test. */
export async function emptyFolder(): Promise<string> {
	const folder = await makeFolder();
	folders.push(folder);
	return folder.path;
}

/** A folder for temporary files of its own, so that what is left in it is known to be the program's. */
export async function ownTemporary(): Promise<{
	settings: { TMPDIR: string };
	socketFolders: () => string[];
}> {
	const path = await emptyFolder();
	return { settings: { TMPDIR: path }, socketFolders: () => readdirSync(path) };
}

/** Starts the program; it is killed after the test where it still runs. */
export function start(settings: Record<string, string>, command?: [string, ...string[]]): Program {
	const program = startProgram(settings, command);
	programs.push(program);
	return program;
}

export const lockOf = (dataDir: string): string => join(dataDir, 'in-use.json');

export const isLocked = (dataDir: string): boolean => existsSync(lockOf(dataDir));

/** A port that nothing listens on. */
export function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const probe = createServer().listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as AddressInfo;
			probe.close(() => resolve(port));
		});
	});
}
