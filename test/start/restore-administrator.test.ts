import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openBrowser } from '../http/browser.ts';
import { copyDataFolder, startProgram } from '../support/run-program.ts';

const COMMAND = [process.execPath, join(import.meta.dirname, '../../bin/restore-administrator.js')] as const;
const EMAIL = 'back@office.invalid';

describe('npm run admin:restore', () => {
	let folder: Awaited<ReturnType<typeof copyDataFolder>>;
	let address = '';
	let program: ReturnType<typeof startProgram>;
	beforeAll(async () => {
		folder = await copyDataFolder(inject('preparedDataFolder'));
		program = startProgram({ DATA_DIR: folder.path });
		address = await program.address();
	});
	afterAll(async () => {
		await program.stop();
		await folder.remove();
	});

	const restore = (...args: string[]) => startProgram({ DATA_DIR: folder.path }, [...COMMAND, ...args]).ended;
	it('lets somebody in beside a running program, with a password for one time that the last one ends', async () => {
		const passwords: string[] = [];
		for (let time = 0; time < 2; time++) {
			const { code, stdout, stderr } = await restore(EMAIL.toUpperCase());
			expect([code, stderr]).toEqual([0, '']);
			passwords.push(/one-time password (\S+)/.exec(stdout)?.[1] ?? '');
		}
		const browser = openBrowser(address);
		expect((await browser.signIn(EMAIL, passwords[0])).status).toBe(400);
		expect((await browser.signIn(EMAIL, passwords[1])).status).toBe(303);
		expect((await browser.get('/people')).headers.location).toBe('/account/password');
	});

	it.each([
		[[], /usage/],
		[['nobody'], /"nobody" is not an e-mail/],
		[[EMAIL, 'atlantis'], /there is no zone atlantis/],
	])('says what is wrong with %j', async (args, why) => {
		const { code, stderr } = await restore(...args);
		expect(code).toBe(1);
		expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(why)]);
	});
});
