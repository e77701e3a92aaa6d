import { describe, expect, it } from 'vitest';
import { emptyFolder, freePort, isLocked, ownTemporary, start } from './trial.ts';

describe('a first start', () => {
	it('completes after kill -9 while the database is initialised, the schema prepared and the zone loaded', async () => {
		const dataDir = await emptyFolder();
		for (const moment of [/data folder/, /preparing the schema/, /loading zone .*: plan check/]) {
			const killed = start({ DATA_DIR: dataDir });
			await killed.line(moment);
			killed.signal('SIGKILL');
			expect((await killed.ended).signal).toBe('SIGKILL');
		}
		const program = start({ DATA_DIR: dataDir });
		const address = await program.address();
		expect((await fetch(`${address}healthz`)).status).toBe(200);
		expect((await fetch(`${address}api/v1/zones/shenyang/balance`)).status).toBe(200);
		const { stdout, stderr } = await program.stop();
		expect(stdout).toMatch(/zone seeds\/shenyang: loaded/);
		expect(stderr).toBe('');
	});

	it('ends at once and with 0 when it is told to stop before it is ready', async () => {
		const dataDir = await emptyFolder();
		const temporary = await ownTemporary();
		const program = start({ DATA_DIR: dataDir, ...temporary.settings });
		await program.line(/data folder/);
		const { code, stdout, stderr } = await program.stop();
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		expect(stdout).not.toMatch(/zone .*: loaded|address/);
		expect(isLocked(dataDir)).toBe(false);
		expect(temporary.socketFolders()).toEqual([]);
	});

	it('answers 503 with a retry time while it is starting', async () => {
		const dataDir = await emptyFolder();
		const port = await freePort();
		const program = start({ DATA_DIR: dataDir, PORT: String(port) });
		await program.line(/data folder/);
		const response = await fetch(`http://127.0.0.1:${port}/`);
		expect(response.status).toBe(503);
		expect(response.headers.get('retry-after')).toBe('5');
	});
});
