import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDataFolder } from '../../src/start/data-folder.ts';
import { makeFolder } from '../support/run-program.ts';

/** The number of a process that has ended. */
function endedProcess(): number {
	return spawnSync(process.execPath, ['-e', '']).pid;
}

describe('the lock of a data folder', () => {
	let folder: Awaited<ReturnType<typeof makeFolder>>;
	const platform = process.platform;
	beforeEach(async () => {
		folder = await makeFolder();
	});
	afterEach(async () => {
		Object.defineProperty(process, 'platform', { value: platform });
		vi.unstubAllEnvs();
		await folder.remove();
	});

	const lock = (pid: number, started: string) =>
		writeFile(
			join(folder.path, 'in-use.json'),
			JSON.stringify({ pid, started, host: hostname(), nonce: 'n', socketDir: '/tmp/yuantu-none' }),
		);

	/** Makes this system one whose start times come from `ps`, and `ps` one that cannot be run. */
	function withoutPs(): void {
		Object.defineProperty(process, 'platform', { value: 'darwin' });
		vi.stubEnv('PATH', folder.path);
	}

	it('holds while its process runs, and is gone once released', async () => {
		const held = await openDataFolder(folder.path);
		await expect(openDataFolder(folder.path)).rejects.toThrow(`in use by process ${process.pid}:`);
		held.release();
		(await openDataFolder(folder.path)).release();
	});

	it('holds while its process runs where start times cannot be told', async () => {
		withoutPs();
		const held = await openDataFolder(folder.path);
		expect(await readFile(join(folder.path, 'in-use.json'), 'utf8')).toContain('"started":""');
		await expect(openDataFolder(folder.path)).rejects.toThrow(`in use by process ${process.pid}:`);
		held.release();
	});

	it('holds while its process runs where only the holder, or only the starter, could not tell', async () => {
		await lock(process.pid, '');
		await expect(openDataFolder(folder.path)).rejects.toThrow(`in use by process ${process.pid}:`);
		await lock(process.pid, 'Thu Jan  1 00:00:00 1970');
		withoutPs();
		await expect(openDataFolder(folder.path)).rejects.toThrow(`in use by process ${process.pid}:`);
	});

	it('is taken over when its process is gone, known start time or not', async () => {
		await lock(endedProcess(), '');
		(await openDataFolder(folder.path)).release();
		await lock(endedProcess(), '');
		withoutPs();
		(await openDataFolder(folder.path)).release();
	});

	it('is taken over when its number belongs to another process', async () => {
		await lock(process.pid, 'another time');
		(await openDataFolder(folder.path)).release();
	});
});
