import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { asSignIn, connectDatabase, type Sql } from '$lib/server/db/connect.ts';
import { MOST_FAILURES } from '$lib/server/db/sign-in.ts';
import { issueText } from '$lib/i18n/issue-text.ts';
import {
	CLIENT_ID,
	CLIENT_SECRET,
	startOidcService,
	type Fault,
	type OidcService,
	type ServicePerson,
} from '../support/oidc-service.ts';
import { copyDataFolder, startProgram, type Program } from '../support/run-program.ts';
import type { Answer } from './client.ts';
import { openBrowser, type Browser } from './browser.ts';

const NAME = '沈阳统一身份';
const SESSION = 'yuantu.session_token';
const STATE = 'yuantu.oauth_state';
const mailOf = (name: string) => `${name}@shenyang.invalid`;
const personOf = (name: string): ServicePerson => ({
	sub: `subject-of-${name}`,
	email: mailOf(name),
	email_verified: true,
});

/** A port that was free a moment ago: the address has to be known before the start. */
function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
}

describe('sign-in by another service', () => {
	let program: Program;
	let folder: Awaited<ReturnType<typeof copyDataFolder>>;
	let address: string;
	let service: OidcService;
	const password = inject('samplePassword');

	beforeAll(async () => {
		folder = await copyDataFolder(inject('preparedDataFolder'));
		const port = await freePort();
		address = `http://127.0.0.1:${port}`;
		service = await startOidcService(`${address}/sign-in/provider/callback`);
		program = startProgram({
			DATA_DIR: folder.path,
			PORT: String(port),
			ORIGIN: address,
			AUTH_SECRET: 'a secret of this test, long enough to be one',
			OIDC_ISSUER: service.issuer,
			OIDC_CLIENT_ID: CLIENT_ID,
			OIDC_CLIENT_SECRET: CLIENT_SECRET,
			OIDC_NAME: NAME,
		});
		await program.address();
	});
	afterEach(() => {
		service.fault = {};
	});
	afterAll(async () => {
		const { stdout, stderr } = await program.stop();
		await Promise.all([folder.remove(), service.close()]);
		expect(stdout + stderr).not.toContain(CLIENT_SECRET);
	});

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
	const placeOf = ({ headers }: Answer) => headers.location ?? '';
	const begin = (browser: Browser, to = '/') => browser.get(`/sign-in/provider?to=${encodeURIComponent(to)}`);
	/** Goes to the service with its own browser and brings back what it says, as the address on this site. */
	async function atService(departure: Answer): Promise<string> {
		expect(placeOf(departure)).toMatch(new RegExp(`^${service.issuer}/authorize[?]`));
		const answer = await fetch(placeOf(departure), { redirect: 'manual' });
		const back = new URL(answer.headers.get('location') ?? '');
		expect(back.origin).toBe(address);
		return back.pathname + back.search;
	}
	async function signInAs(person: ServicePerson, to = '/', browser = openBrowser(address)) {
		service.person = person;
		const back = await atService(await begin(browser, to));
		return { browser, back, answer: await browser.get(back) };
	}
	const isSignedIn = async (browser: Browser) => (await browser.get('/account')).status === 200;
	/** The sentence that the sign-in page shows, which is there in both languages. */
	async function expectFault(browser: Browser, answer: Answer, code: string) {
		expect([answer.status, placeOf(answer).split('&')[0]]).toEqual([303, `/sign-in?fault=${code}`]);
		expect(browser.cookies.has(SESSION)).toBe(false);
		for (const locale of ['zh', 'en'] as const) {
			const page = await browser.get(placeOf(answer), { cookie: `locale=${locale}` });
			expect(page.text()).toContain(issueText(locale, { code }));
		}
	}
	const tiesOf = (name: string) =>
		inDatabase(
			(sql) => sql<{ provider: string; subject: string }[]>`
				select provider, provider_account_id as subject from app_account join app_user using (user_id)
				where email = ${mailOf(name)} and provider <> 'credential'`,
		);

	it('holds nobody up where the service is down or another than the settings say, and is tried again', async () => {
		const refuse = async () => {
			const browser = openBrowser(address);
			const answer = await begin(browser, '/balance');
			expect(placeOf(answer)).toContain('to=%2Fbalance');
			await expectFault(browser, answer, 'sign-in.provider-unreachable');
		};
		service.fault = { issuer: 'https://evil.example' };
		await refuse();
		await service.close();
		await refuse();
		expect((await openBrowser(address).signIn(mailOf('planner-a'), password)).status).toBe(303);
		service = await startOidcService(
			`${address}/sign-in/provider/callback`,
			Number(new URL(service.issuer).port),
		);
		const { browser } = await signInAs(personOf('planner-b'));
		expect(await isSignedIn(browser)).toBe(true);
	});

	it('signs in an account that is there, by code with PKCE, state and nonce, to where somebody wanted to go', async () => {
		const page = (await openBrowser(address).get('/sign-in?to=/balance')).text();
		expect(page).toContain(`用${NAME}登录`);
		expect(page).toContain('href="/sign-in/provider?to=%2Fbalance"');
		for (let time = 0; time < 2; time++) {
			const { browser, answer } = await signInAs(personOf('planner-a'), '/balance?zone=shenyang');
			expect([answer.status, placeOf(answer)]).toEqual([303, '/balance?zone=shenyang']);
			expect(answer.headers['set-cookie']).toContainEqual(
				expect.stringMatching(
					new RegExp(`^${SESSION}=[^;]+; Max-Age=43200; Path=/; HttpOnly; SameSite=Lax$`),
				),
			);
			expect(browser.cookies.has(STATE)).toBe(false);
			const account = (await browser.get('/account')).text();
			for (const said of [mailOf('planner-a'), NAME, 'href="/account/password"'])
				expect(account).toContain(said);
		}
		expect(await tiesOf('planner-a')).toEqual([
			{ provider: service.issuer, subject: 'subject-of-planner-a' },
		]);
		const [one, two] = service.requests.slice(-2);
		for (const name of ['state', 'nonce', 'code_challenge']) expect(one.get(name)).not.toBe(two.get(name));
		expect((await openBrowser(address).signIn(mailOf('planner-a'), password)).status).toBe(303);
	});

	it('goes to no other site, nor lets one begin', async () => {
		for (const to of [
			'//evil.example/',
			'https://evil.example/',
			'/\\evil.example',
			`${address}.evil.example/`,
		]) {
			const { answer } = await signInAs(personOf('planner-a'), to);
			expect([answer.status, placeOf(answer)]).toEqual([303, '/']);
		}
		const began = await openBrowser(address).get('/sign-in/provider', { 'sec-fetch-site': 'cross-site' });
		expect([began.status, placeOf(began)]).toEqual([303, '/sign-in']);
	});

	it('makes no account, and tells whom the service does not vouch for of none', async () => {
		const unverified = [false, 'false', undefined].map((said) => ({
			...personOf('reviewer'),
			email_verified: said,
		}));
		const mailless = { sub: 'mailless', email_verified: true };
		const stranger = { ...personOf('stranger'), email_verified: false };
		for (const person of [...unverified, mailless, stranger]) {
			const { browser, answer } = await signInAs(person);
			await expectFault(browser, answer, 'sign-in.provider-unverified');
		}
		const { browser, answer } = await signInAs(personOf('stranger'));
		await expectFault(browser, answer, 'sign-in.provider-unknown');
		expect(await tiesOf('reviewer')).toEqual([]);
		const strangers = await inDatabase(
			(sql) => sql`select from app_user where email = ${mailOf('stranger')}`,
		);
		expect(strangers).toHaveLength(0);
	});

	it('lets in no account that is disabled or locked', async () => {
		await signInAs(personOf('director'));
		const ofDirector = mailOf('director');
		const set = (disabledAt: Date | null) =>
			inDatabase((sql) => sql`update app_user set disabled_at = ${disabledAt} where email = ${ofDirector}`);
		await set(new Date());
		for (const person of [personOf('director'), { ...personOf('director'), sub: 'another' }]) {
			const { browser, answer } = await signInAs(person);
			await expectFault(browser, answer, 'sign-in.provider-unknown');
		}
		await set(null);
		await openBrowser(address).signIn(ofDirector, 'wrong');
		await inDatabase((sql) => sql`update sign_in_failure set failures = ${MOST_FAILURES}`);
		const locked = await signInAs(personOf('director'));
		await expectFault(locked.browser, locked.answer, 'sign-in.locked');
		await inDatabase((sql) => sql`delete from sign_in_failure`);
		expect(await isSignedIn((await signInAs(personOf('director'))).browser)).toBe(true);
	});

	it('holds an account to the one who came first, and him to its e-mail', async () => {
		await signInAs(personOf('supply'));
		const other = await signInAs({ ...personOf('supply'), sub: 'successor-in-the-mailbox' });
		await expectFault(other.browser, other.answer, 'sign-in.provider-other');
		for (const email of [mailOf('reviewer'), 'moved@elsewhere.invalid']) {
			const moved = await signInAs({ ...personOf('supply'), email });
			await expectFault(moved.browser, moved.answer, 'sign-in.provider-unknown');
		}
		expect(await tiesOf('reviewer')).toEqual([]);
		expect(await isSignedIn((await signInAs(personOf('supply'))).browser)).toBe(true);
	});

	it.each<[string, Fault]>([
		['of another client', { claims: (claims) => ({ ...claims, aud: 'another' }) }],
		['of another service', { claims: (claims) => ({ ...claims, iss: 'https://evil.example' }) }],
		['of another attempt', { claims: (claims) => ({ ...claims, nonce: 'x'.repeat(32) }) }],
		['without a nonce', { claims: ({ nonce: _, ...claims }) => claims }],
		['that is over', { claims: (claims) => ({ ...claims, exp: 1 }) }],
		['signed by somebody else', { foreignKey: true }],
		['of another than the e-mail is', { userInfo: (person) => ({ ...person, sub: 'another' }) }],
	])('trusts no token %s', async (_, fault) => {
		service.fault = fault;
		const { browser, answer } = await signInAs(personOf('planner-a'));
		await expectFault(browser, answer, 'sign-in.provider-untrusted');
	});

	it('takes an answer once, in the browser that asked, while it is fresh', async () => {
		const { browser, back } = await signInAs(personOf('planner-a'));
		const again = openBrowser(address);
		await expectFault(again, await again.get(back), 'sign-in.provider-late');
		expect(await isSignedIn(browser)).toBe(true);
		const victim = openBrowser(address);
		const departure = await begin(victim);
		expect(departure.headers['set-cookie']).toEqual([
			expect.stringMatching(new RegExp(`^${STATE}=[^;]+; Max-Age=600; Path=/; HttpOnly; SameSite=Lax$`)),
		]);
		// Another's code and state, which somebody lures this browser to.
		const lure = await atService(await begin(openBrowser(address)));
		await expectFault(victim, await victim.get(lure), 'sign-in.provider-late');
		const own = new URL(await atService(departure), address);
		own.searchParams.set('iss', 'https://evil.example');
		await expectFault(victim, await victim.get(own.pathname + own.search), 'sign-in.provider-untrusted');
		for (const query of ['', '?code=x', '?state=x&code=x', '?error=access_denied', '?state=x&state=y']) {
			const bare = openBrowser(address);
			await expectFault(bare, await bare.get(`/sign-in/provider/callback${query}`), 'sign-in.provider-late');
		}
	});

	it('says so where the service refuses or fails', async () => {
		for (const [error, code] of [
			['access_denied', 'sign-in.provider-denied'],
			['temporarily_unavailable', 'sign-in.provider-unreachable'],
			['constructor', 'sign-in.provider-untrusted'],
		] as const) {
			service.fault = { error };
			const { browser, answer } = await signInAs(personOf('planner-a'));
			await expectFault(browser, answer, code);
		}
		service.fault = { refusesCodes: true };
		const { browser, answer } = await signInAs(personOf('planner-a'));
		await expectFault(browser, answer, 'sign-in.provider-unreachable');
	});

	it('needs no password, and ends one that somebody else gave', async () => {
		const oneTime = inject('oneTimePassword');
		const email = 'admin@yuantu.invalid';
		const browser = openBrowser(address);
		expect((await browser.signIn(email, oneTime)).status).toBe(303);
		expect(placeOf(await browser.get('/account'))).toBe('/account/password');
		const { browser: own } = await signInAs({ ...personOf('administrator'), email });
		const account = await own.get('/account');
		expect(account.status).toBe(200);
		expect(account.text()).toContain('这个账号在这里没有密码');
		expect(account.text()).not.toContain('href="/account/password"');
		expect(placeOf(await own.get('/account/password'))).toBe('/account');
		expect((await openBrowser(address).signIn(email, oneTime)).status).toBe(400);
		expect((await own.get('/people/shenyang')).status).toBe(200);
	});

	it('mounts nothing of the library', async () => {
		const browser = openBrowser(address);
		for (const path of ['sign-up/email', 'sign-in/email', 'sign-in/social', 'sign-in/oauth2', 'link-social'])
			expect((await browser.post(`/api/auth/${path}`, { email: 'x@y.invalid' })).status, path).toBe(404);
		for (const path of ['callback/oidc', 'error', 'get-session', 'ok', 'list-accounts'])
			expect((await browser.get(`/api/auth/${path}`)).status, path).toBe(404);
		for (const path of ['/sign-in/provider', '/sign-in/provider/callback'])
			expect((await browser.post(path, {})).status, path).toBe(405);
	});

	// The last one, as it uses up the minute of this machine.
	it('limits attempts as those by password', async () => {
		const browser = openBrowser(address);
		let answer = await begin(browser);
		for (let attempt = 0; attempt < 120 && !placeOf(answer).startsWith('/'); attempt++)
			answer = await begin(browser);
		await expectFault(openBrowser(address), answer, 'sign-in.too-many');
	});
});
