import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { serverUrl } from '../support/database.ts';
import { connectDatabase } from '$lib/server/db/connect.ts';
import { openBrowser } from '../http/browser.ts';
import { emptyFolder, preparedFolder, start } from './trial.ts';

const SMALL_ZONE = 'test/fixtures/zones/panjin-like';

/** A new database on the test cluster. */
async function newDatabase(): Promise<string> {
	const cluster = connectDatabase({ kind: 'server', url: serverUrl('postgres') });
	const name = `people_${process.pid}_${Date.now().toString(36)}`;
	try {
		await cluster.sql`create database ${cluster.sql(name)}`;
	} finally {
		await cluster.close();
	}
	return serverUrl(name);
}

describe('the first people', () => {
	it('are printed at the first start alone', async () => {
		const program = start({ DATA_DIR: await preparedFolder() });
		await program.address();
		const { stdout, stderr } = await program.stop();
		expect(stdout + stderr).not.toMatch(/password|administrator|sample people/);
		expect(inject('oneTimePassword')).toMatch(/^[a-z0-9]{5}(-[a-z0-9]{5}){3}$/);
		expect(inject('samplePassword')).toMatch(/^[a-z0-9]{5}(-[a-z0-9]{5}){3}$/);
		expect(inject('samplePassword')).not.toBe(inject('oneTimePassword'));
	});

	it('on a database server are one administrator, who stays signed in over a restart', async () => {
		const settings = {
			DATABASE_URL: await newDatabase(),
			DATA_DIR: join(await emptyFolder(), 'data'),
			ZONE_FOLDERS: SMALL_ZONE,
			ADMIN_EMAIL: 'Chief@office.invalid',
		};
		const first = start(settings);
		const address = await first.address();
		const browser = openBrowser(address);
		const ended = async (program: typeof first) => (await program.stop()).stdout;
		const line = await first.line(/one-time password/);
		const [, email, password] = /(\S+) {2}one-time password (\S+)/.exec(line) ?? [];
		expect(email).toBe('chief@office.invalid');
		expect((await browser.signIn(email, password)).status).toBe(303);
		const printed = await ended(first);
		expect(printed).not.toContain('sample people');
		const secret = await readFile(join(settings.DATA_DIR, 'sign-in-secret'), 'utf8');
		expect(printed).not.toContain(secret);

		const second = start({ ...settings, PORT: new URL(address).port });
		await second.address();
		expect((await browser.get('/')).headers.location).toBe('/account/password');
		expect(await ended(second)).not.toMatch(/password/);
	});

	it('have no sample people among them where these are not wanted', async () => {
		const program = start({
			DATA_DIR: await emptyFolder(),
			ZONE_FOLDERS: SMALL_ZONE,
			SAMPLE_ACCOUNTS: 'off',
		});
		await program.address();
		const { stdout } = await program.stop();
		expect(stdout).toMatch(/administrator {2}admin@yuantu\.invalid/);
		expect(stdout).not.toContain('sample people');
	});
});
