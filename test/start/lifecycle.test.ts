import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { isLocked, lockOf, ownTemporary, preparedFolder, start } from './trial.ts';

describe('a start on data that are there', () => {
	it('serves the same data as the start before, without loading them again, and on SIGTERM leaves nothing behind', async () => {
		const dataDir = await preparedFolder();
		const temporary = await ownTemporary();
		const startAgain = async () => {
			const program = start({ DATA_DIR: dataDir, ...temporary.settings });
			const zone: unknown = await (await fetch(`${await program.address()}api/v1/zones/shenyang`)).json();
			expect(isLocked(dataDir)).toBe(true);
			const { code, signal, stdout, stderr } = await program.stop();
			expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
			expect(isLocked(dataDir)).toBe(false);
			expect(temporary.socketFolders()).toEqual([]);
			expect(stdout).toContain('schema up to date');
			expect(stdout).toContain('zone seeds/shenyang: up to date');
			expect(stdout).not.toMatch(/migrations run|class lists loaded|loading zone/);
			return zone;
		};
		const first = await startAgain();
		expect(first).toMatchObject({ zoneId: 'shenyang' });
		expect(await startAgain()).toEqual(first);
	});

	it('ends with 0 on Ctrl-C, also when npm passes the same signal on', async () => {
		const program = start({ DATA_DIR: await preparedFolder() });
		await program.address();
		program.signal('SIGINT');
		program.signal('SIGINT');
		expect(await program.ended).toMatchObject({ code: 0, stderr: '' });
	});

	it('receives the signal that npm start gets', async () => {
		const program = start({ DATA_DIR: await preparedFolder() }, ['npm', 'start']);
		const address = await program.address();
		program.signal('SIGTERM');
		await program.ended;
		await expect(fetch(address)).rejects.toThrow();
	});

	it('finishes requests at work and refuses new ones when it is told to stop', async () => {
		const program = start({ DATA_DIR: await preparedFolder() });
		const address = await program.address();
		const answers = Array.from({ length: 20 }, () => fetch(`${address}healthz`));
		const first = await Promise.race(answers);
		program.signal('SIGTERM');
		expect(first.status).toBe(200);
		expect((await program.ended).code).toBe(0);
		for (const answer of await Promise.allSettled(answers)) {
			if (answer.status === 'fulfilled') expect(answer.value.status).toBe(200);
		}
		await expect(fetch(address)).rejects.toThrow();
	});
});

describe('a start after kill -9', () => {
	it('takes over the lock, whoever has its process number now, removes the old socket folder and serves', async () => {
		const dataDir = await preparedFolder();
		const temporary = await ownTemporary();
		const kill = async () => {
			const killed = start({ DATA_DIR: dataDir, ...temporary.settings });
			const address = await killed.address();
			expect((await fetch(`${address}healthz`)).status).toBe(200);
			killed.signal('SIGKILL');
			expect((await killed.ended).signal).toBe('SIGKILL');
			expect(isLocked(dataDir)).toBe(true);
			expect(temporary.socketFolders()).toHaveLength(1);
		};
		await kill();
		await kill();
		const lock = JSON.parse(await readFile(lockOf(dataDir), 'utf8')) as Record<string, unknown>;
		await writeFile(lockOf(dataDir), JSON.stringify({ ...lock, pid: process.pid }));

		const program = start({ DATA_DIR: dataDir, ...temporary.settings });
		const address = await program.address();
		expect((await fetch(`${address}healthz`)).status).toBe(200);
		expect((await program.stop()).code).toBe(0);
		expect(temporary.socketFolders()).toEqual([]);
	});

	it('takes over a lock that was cut short', async () => {
		const dataDir = await preparedFolder();
		await writeFile(lockOf(dataDir), '{"pid": 12');
		const program = start({ DATA_DIR: dataDir });
		await program.address();
		expect((await program.stop()).code).toBe(0);
	});
});
