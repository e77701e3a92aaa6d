import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { zoneSchema } from '$lib/api/zone.ts';
import { connectDatabase, asSignIn, type Sql } from '$lib/server/db/connect.ts';
import { MOST_FAILURES } from '$lib/server/db/sign-in.ts';
import { copyDataFolder, startProgram, type Program } from '../support/run-program.ts';
import { openBrowser, type Browser } from './browser.ts';

const PLANNER = 'planner-a@shenyang.invalid';
const OFFICE_DAY_S = 12 * 60 * 60;
const SESSION = 'yuantu.session_token';
const NEW_PASSWORD = 'paper boats on the Hun river';

describe('sign-in over HTTP', () => {
	let program: Program;
	let folder: Awaited<ReturnType<typeof copyDataFolder>>;
	let address: string;
	const password = inject('samplePassword');

	beforeAll(async () => {
		folder = await copyDataFolder(inject('preparedDataFolder'));
		program = startProgram({ DATA_DIR: folder.path });
		address = await program.address();
	});
	afterAll(async () => {
		const { stdout, stderr } = await program.stop();
		await folder.remove();
		for (const secret of [password, inject('oneTimePassword'), NEW_PASSWORD])
			expect(stdout + stderr).not.toContain(secret);
	});

	/** Works on the running program's database beside it. */
	async function inDatabase<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
		const lock = JSON.parse(await readFile(join(folder.path, 'in-use.json'), 'utf8')) as {
			socketDir: string;
		};
		const database = connectDatabase({ kind: 'embedded', socketDir: lock.socketDir });
		try {
			return await asSignIn(database, work);
		} finally {
			await database.close();
		}
	}
	async function signedIn(email = PLANNER, with_ = password): Promise<Browser> {
		const browser = openBrowser(address);
		expect((await browser.signIn(email, with_)).status).toBe(303);
		return browser;
	}
	/** A tile that proxies may keep, at an address that is spelled otherwise than usual. */
	async function publicTile(): Promise<string> {
		const zone = zoneSchema.parse((await openBrowser(address).get('/api/v1/zones/shenyang')).json());
		const url = zone.tiles.find(({ theme }) => theme === 'plan')?.url ?? '';
		const path = url
			.replace('/public/', '/%70ublic/')
			.replace('{z}', '9')
			.replace('{x}', '0')
			.replace('{y}', '0');
		const { status, headers } = await openBrowser(address).get(path);
		expect([status, headers['cache-control']]).toEqual([204, expect.stringMatching(/^public/)]);
		return path;
	}
	const isSignedIn = async (browser: Browser) => (await browser.get('/account')).status === 200;

	it('begins a session with a cookie for this site alone, of an office day', async () => {
		const browser = openBrowser(address);
		expect(await isSignedIn(browser)).toBe(false);
		const answer = await browser.signIn(` ${PLANNER.toUpperCase()} `, password, '/balance?zone=shenyang');
		expect([answer.status, answer.headers.location]).toEqual([303, '/balance?zone=shenyang']);
		const [cookie] = answer.headers['set-cookie'] ?? [];
		expect(cookie).toMatch(
			new RegExp(`^${SESSION}=[^;]+; Max-Age=${OFFICE_DAY_S}; Path=/; HttpOnly; SameSite=Lax$`),
		);
		expect(await isSignedIn(browser)).toBe(true);
		expect((await browser.get('/account')).text()).toContain(PLANNER);
		expect((await stat(join(folder.path, 'sign-in-secret'))).mode & 0o777).toBe(0o600);
	});

	it('goes to the map and not to another site', async () => {
		const answer = await openBrowser(address).signIn(PLANNER, password, '//evil.example/');
		expect([answer.status, answer.headers.location]).toEqual([303, '/']);
	});

	it('takes no cookie that it has not signed', async () => {
		const browser = await signedIn();
		const cookie = browser.cookies.get(SESSION) ?? '';
		const [token] = decodeURIComponent(cookie).split('.');
		for (const forged of [token, `${token}.${'A'.repeat(43)}=`, `${cookie}x`]) {
			const answer = await openBrowser(address).get('/account', { cookie: `${SESSION}=${forged}` });
			expect(answer.status).toBe(303);
		}
	});

	it('says the same of a wrong password and of an e-mail without an account, after the same work', async () => {
		const refuse = async (email: string) => {
			const began = performance.now();
			const answer = await openBrowser(address).signIn(email, 'not the password of anybody');
			expect(answer.status).toBe(400);
			const text = answer
				.text()
				.replaceAll(email, '')
				.replace(/nonce[-=]"?[\w+/=]+/g, '');
			return { took: performance.now() - began, text };
		};
		const known: Awaited<ReturnType<typeof refuse>>[] = [];
		const unknown: typeof known = [];
		for (let round = 0; round < 3; round++) {
			known.push(await refuse('reviewer@shenyang.invalid'));
			unknown.push(await refuse('no-such-person@shenyang.invalid'));
		}
		expect(new Set([...known, ...unknown].map(({ text }) => text)).size).toBe(1);
		const least = (answers: typeof known) => Math.min(...answers.map(({ took }) => took));
		expect(least(unknown) / least(known)).toBeGreaterThan(0.5);
		expect(least(unknown) / least(known)).toBeLessThan(2);
	});

	it('locks an e-mail after failures in a row, with an account or without, for the right password too', async () => {
		const attempt = async (email: string) => (await openBrowser(address).signIn(email, 'wrong')).status;
		const statuses = async (email: string) => {
			const first = await attempt(email);
			await inDatabase(
				(sql) => sql`update sign_in_failure set failures = ${MOST_FAILURES - 1} where failures = 1`,
			);
			return [first, await attempt(email), await attempt(email)];
		};
		expect(await statuses('auditor@shenyang.invalid')).toEqual([400, 400, 429]);
		expect(await statuses('nobody@shenyang.invalid')).toEqual([400, 400, 429]);
		const right = () => openBrowser(address).signIn('auditor@shenyang.invalid', password);
		expect((await right()).status).toBe(429);
		await inDatabase((sql) => sql`update sign_in_failure set last_at = last_at - interval '16 minutes'`);
		expect((await right()).status).toBe(303);
	});

	it('counts attempts that come at once', async () => {
		const attempt = () => openBrowser(address).signIn('supply@shenyang.invalid', 'wrong');
		await attempt();
		await inDatabase(
			(sql) => sql`update sign_in_failure set failures = ${MOST_FAILURES - 2} where failures = 1`,
		);
		const answers = await Promise.all(Array.from({ length: 6 }, attempt));
		expect(answers.map(({ status }) => status).sort()).toEqual([400, 400, 429, 429, 429, 429]);
	});

	it('puts off the end of a session that is used, and ends one that is not', async () => {
		const browser = await signedIn();
		expect((await browser.get('/account')).headers['set-cookie']).toBeUndefined();
		const useUp = () =>
			inDatabase((sql) => sql`update app_session set expires_at = now() + interval '10 hours'`);
		await useUp();
		expect((await browser.get(await publicTile())).headers['set-cookie']).toBeUndefined();
		await useUp();
		const [cookie] = (await browser.get('/account')).headers['set-cookie'] ?? [];
		expect(cookie).toContain(`Max-Age=${OFFICE_DAY_S}`);
		await inDatabase((sql) => sql`update app_session set expires_at = now()`);
		expect(await isSignedIn(browser)).toBe(false);
		// What is over is forgotten at the next sign-in, whoever's it was.
		await signedIn();
		expect(await inDatabase((sql) => sql`select from app_session`)).toHaveLength(1);
	});

	it('signs out, and then the cookie is worth nothing', async () => {
		const browser = await signedIn();
		const stolen = { cookie: `${SESSION}=${browser.cookies.get(SESSION)}` };
		const answer = await browser.post('/sign-out', {});
		expect([answer.status, answer.headers['clear-site-data']]).toEqual([303, '"cache"']);
		expect([...browser.cookies.keys()]).toEqual([]);
		expect((await openBrowser(address).get('/account', stolen)).status).toBe(303);
	});

	it('lists sessions of the account alone, and ends another one of them', async () => {
		const [here, there, other] = [
			await signedIn(),
			await signedIn(),
			await signedIn('director@shenyang.invalid'),
		];
		const ids = (await here.get('/account')).text().matchAll(/name="session" value="([^"]+)"/g);
		const foreign = await inDatabase(
			(sql) => sql<{ id: string }[]>`
				select session_id as id from app_session join app_user using (user_id) where email = 'director@shenyang.invalid'`,
		);
		for (const session of [...[...ids].map(([, id]) => id), foreign[0].id])
			expect((await here.post('/account?/endSession', { session })).status).toBe(303);
		expect(await isSignedIn(there)).toBe(false);
		expect(await isSignedIn(here)).toBe(true);
		expect(await isSignedIn(other)).toBe(true);
	});

	it('lets nothing be done with a one-time password but to change it, which signs out everywhere else', async () => {
		const email = 'admin@yuantu.invalid';
		const oneTime = inject('oneTimePassword');
		const [here, there] = [await signedIn(email, oneTime), await signedIn(email, oneTime)];
		for (const path of ['/', '/account', '/people/shenyang']) {
			const answer = await here.get(path);
			expect([path, answer.status, answer.headers.location]).toEqual([path, 303, '/account/password']);
		}
		const api = await here.get('/api/v1/zones/shenyang');
		expect([api.status, api.json()]).toMatchObject([403, { title: 'password.change-required' }]);
		const change = async (browser: Browser, current: string, wanted: string, again = wanted) => {
			const answer = await browser.post('/account/password', { current, wanted, again });
			return answer.status;
		};
		expect((await here.get('/account/password')).status).toBe(200);
		for (const poor of [
			'short',
			'aaaaaaaaaaaaaaa',
			'123456789012',
			'Pass-Word 1234',
			'admin of the zone',
			oneTime,
		])
			expect(await change(here, oneTime, poor), poor).toBe(400);
		expect(await change(here, oneTime, NEW_PASSWORD, 'something else')).toBe(400);
		expect(await change(here, 'not the current one', NEW_PASSWORD)).toBe(400);
		expect((await here.get('/')).headers.location).toBe('/account/password');
		const before = here.cookies.get(SESSION);
		expect(await change(here, oneTime, NEW_PASSWORD)).toBe(303);
		expect(here.cookies.get(SESSION)).not.toBe(before);
		expect((await here.get('/people/shenyang')).status).toBe(200);
		expect((await there.get('/account')).headers.location).toMatch(/^\/sign-in/);
		expect((await openBrowser(address).signIn(email, oneTime)).status).toBe(400);
		expect(await isSignedIn(await signedIn(email, NEW_PASSWORD))).toBe(true);
	});

	it('knows no other service to sign in by where none is set', async () => {
		const browser = openBrowser(address);
		for (const path of ['/sign-in/provider', '/sign-in/provider/callback?code=x&state=y'])
			expect((await browser.get(path)).status).toBe(404);
		const page = (await browser.get('/sign-in?fault=sign-in.provider-late')).text();
		expect(page).not.toMatch(/\/sign-in\/provider|role="alert"/);
	});

	it('refuses what another site makes a browser send', async () => {
		const browser = await signedIn();
		for (const origin of ['https://evil.example', 'null', `${new URL(address).origin}.evil.example`]) {
			for (const path of ['/sign-in', '/sign-out', '/account/password', '/account?/endSession'])
				expect((await browser.post(path, { email: PLANNER, password }, origin)).status, path).toBe(403);
		}
		expect(await isSignedIn(browser)).toBe(true);
	});
});
