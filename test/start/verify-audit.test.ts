import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { asOwner, connectDatabase } from '$lib/server/db/connect.ts';
import { startEmbedded } from '$lib/server/db/embedded.ts';
import { copyDataFolder, makeFolder, startProgram } from '../support/run-program.ts';

const COMMAND = [process.execPath, join(import.meta.dirname, '../../bin/audit-verify.js')] as const;

describe('npm run audit:verify', () => {
	let folder: Awaited<ReturnType<typeof copyDataFolder>>;
	beforeAll(async () => {
		folder = await copyDataFolder(inject('preparedDataFolder'));
	});
	afterAll(() => folder.remove());

	const verify = (dataDir: string) => startProgram({ DATA_DIR: dataDir }, [...COMMAND]).ended;

	it('verifies beside a running program and without one, and fails where an event was changed', async () => {
		const program = startProgram({ DATA_DIR: folder.path });
		await program.address();
		expect(await verify(folder.path)).toMatchObject({ code: 0, stderr: '' });
		await program.stop();
		const embedded = await startEmbedded({ dataDir: folder.path });
		const database = connectDatabase({ kind: 'embedded', socketDir: embedded.socketDir });
		await asOwner(database, async (sql) => {
			await sql`alter table audit_event disable trigger user`;
			await sql`update audit_event set actor = 'somebody else' where event_no = 2`;
		});
		await database.close();
		await embedded.close();
		const { code, stdout } = await verify(folder.path);
		expect(code).toBe(1);
		expect(stdout).toMatch(/^zone shenyang: broken at event 2: it does not say what was recorded$/m);
	});

	it('says where there is nothing to verify, and makes nothing', async () => {
		const empty = await makeFolder();
		const { code, stderr } = await verify(empty.path);
		expect([code, stderr.trim().split('\n')]).toEqual([
			1,
			[`yuantu: there is no database in ${empty.path}: set DATA_DIR`],
		]);
		await empty.remove();
	});
});
