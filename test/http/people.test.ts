import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parcelSchema } from '$lib/api/parcel.ts';
import { zoneSchema } from '$lib/api/zone.ts';
import { latToWorldY, lonToWorldX } from '$geo/crs/web-mercator.ts';
import { asOwner, connectDatabase, type Sql } from '$lib/server/db/connect.ts';
import { listAuditEvents, listAuditFaults } from '$lib/server/db/audit-event.ts';
import { copyDataFolder, startProgram, type Program } from '../support/run-program.ts';
import { openBrowser, type Browser } from './browser.ts';

const ZONES = 'seeds/shenyang,test/fixtures/zones/panjin-like';
const ZONE = 'shenyang';
/** One of each role, and one whose acts are limited to a park. */
const SAMPLES = [
	'planner-a',
	'planner-park',
	'reviewer',
	'approver',
	'supply',
	'auditor',
	'handler',
	'district',
];
const OWN_PASSWORD = 'paper boats on the Hun river';

describe('people over HTTP', () => {
	let program: Program;
	let folder: Awaited<ReturnType<typeof copyDataFolder>>;
	let address: string;
	let administrator: Browser;
	let samplePassword: string;

	beforeAll(async () => {
		folder = await copyDataFolder(inject('preparedDataFolder'));
		program = startProgram({ DATA_DIR: folder.path, ZONE_FOLDERS: ZONES });
		address = await program.address();
		samplePassword = inject('samplePassword');
		administrator = openBrowser(address);
		await administrator.signIn('admin@yuantu.invalid', inject('oneTimePassword'));
		await setOwnPassword(administrator, inject('oneTimePassword'));
	});
	afterAll(async () => {
		await program.stop();
		await folder.remove();
	});

	async function setOwnPassword(browser: Browser, current: string): Promise<void> {
		const fields = { current, wanted: OWN_PASSWORD, again: OWN_PASSWORD };
		expect((await browser.post('/account/password', fields)).status).toBe(303);
	}
	async function signedIn(email: string, password = samplePassword): Promise<Browser> {
		const browser = openBrowser(address);
		expect((await browser.signIn(email, password)).status, email).toBe(303);
		return browser;
	}
	async function inDatabase<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
		const lock = JSON.parse(await readFile(join(folder.path, 'in-use.json'), 'utf8')) as {
			socketDir: string;
		};
		const database = connectDatabase({ kind: 'embedded', socketDir: lock.socketDir });
		try {
			return await asOwner(database, work);
		} finally {
			await database.close();
		}
	}
	const acts = (act: string, zone = ZONE) => `/people/${zone}?/${act}`;
	const oneTimeOf = (html: string) => /<code[^>]*>([a-z0-9-]{23})<\/code>/.exec(html)?.[1] ?? null;
	const userOf = (html: string, email: string) =>
		new RegExp(`name="user" value="([^"]+)"/?> ?<input type="hidden" name="email" value="${email}"`).exec(
			html.replace(/<!--[^>]*-->/g, '').replace(/>\s+</g, '> <'),
		)?.[1] ?? '';
	const grantOf = async (email: string) =>
		inDatabase(async (sql) => {
			const [row] = await sql<{ grantNo: number; userId: string }[]>`
				select grant_no as "grantNo", user_id as "userId" from role_grant join app_user using (user_id)
				where email = ${email} and zone_id = ${ZONE} and ended_at is null order by grant_no`;
			return { grant: String(row.grantNo), user: row.userId };
		});

	/** An office tile in the midst of a zone. */
	async function tileOf(zone: string): Promise<string> {
		const { bbox, tiles } = zoneSchema.parse((await administrator.get(`/api/v1/zones/${zone}`)).json());
		const [x, y] = [lonToWorldX((bbox[0] + bbox[2]) / 2), latToWorldY((bbox[1] + bbox[3]) / 2)];
		const url = tiles.find(({ theme }) => theme === 'current')?.url ?? '';
		const at = (world: number) => String(Math.floor(world * 2 ** 9));
		return url.replace('{z}', '9').replace('{x}', at(x)).replace('{y}', at(y));
	}

	/** What somebody gets of what there is: each a status, or which view it is. */
	async function reach(browser: Browser, zone: string) {
		const view = zoneSchema.parse((await browser.get(`/api/v1/zones/${zone}`)).json());
		const tile = await tileOf(zone);
		const card = await browser.get(`/api/v1/zones/${zone}/coverages/plan/parcels/1`);
		const invited = { email: 'x@x.invalid', name: 'X', role: 'viewer', park: '', office: '' };
		return {
			view: view.audience,
			tile: (await browser.get(tile)).status,
			exact: parcelSchema.parse(card.json()).coordinateDecimals === null,
			current: (await browser.get(`/api/v1/zones/${zone}/coverages/current/parcels?at=123.45,41.7`)).status,
			people: (await browser.get(`/people/${zone}`)).status,
			invite: (await browser.post(acts('invite', zone), invited)).status,
		};
	}
	const PUBLIC = { view: 'public', tile: 403, exact: false, current: 404, people: 303, invite: 303 };
	const ELSEWHERE = { ...PUBLIC, tile: 404, people: 404, invite: 404 };
	const OFFICE = { ...ELSEWHERE, view: 'office', tile: 200, exact: true, current: 200 };

	it('show the public the public view, and refuse it everything else', async () => {
		expect(await reach(openBrowser(address), ZONE)).toEqual(PUBLIC);
	});

	it.each(SAMPLES)('give %s the office view of the own zone, and nothing of another', async (account) => {
		const browser = await signedIn(`${account}@${ZONE}.invalid`);
		expect(await reach(browser, ZONE)).toEqual(OFFICE);
		expect(await reach(browser, 'panjin-like')).toEqual(ELSEWHERE);
	});

	it('let the administrator add somebody, who begins with a password shown once', async () => {
		const person = {
			email: 'Zhang@office.invalid',
			name: '张测试',
			role: 'planner',
			park: 'hunnan',
			office: '',
		};
		const added = await administrator.post(acts('invite'), person);
		const oneTime = oneTimeOf(added.text()) ?? '';
		expect([added.status, added.headers['cache-control']]).toEqual([200, 'no-store']);
		expect(oneTime).toHaveLength(23);
		const page = (await administrator.get(`/people/${ZONE}`)).text();
		expect(page).toContain('zhang@office.invalid');
		expect(page).not.toContain(oneTime);

		const browser = await signedIn(person.email, oneTime);
		expect((await browser.get('/')).headers.location).toBe('/account/password');
		await setOwnPassword(browser, oneTime);
		expect((await reach(browser, ZONE)).view).toBe('office');

		// Known by now: a second role, and no new password.
		const again = await administrator.post(acts('invite'), { ...person, role: 'reviewer' });
		expect([again.status, oneTimeOf(again.text())]).toEqual([200, null]);
		const held = await administrator.post(acts('invite'), person);
		expect([held.status, held.text()]).toEqual([400, expect.stringContaining('此人已有这个角色')]);
	});

	it.each([
		['email', { email: 'no address' }, '邮箱写法不对'],
		['name', { name: ' ' }, '请填写名称'],
		['role', { role: 'king' }, '没有这个角色'],
		['park', { park: 'nowhere' }, '没有这个片区'],
		['office', { office: 'nowhere' }, '没有这个单位'],
	])('say what is wrong with a person’s %s, and keep what was typed', async (_what, wrong, sentence) => {
		const person = { email: 'li@office.invalid', name: '李测试', role: 'viewer', park: '', office: '' };
		const answer = await administrator.post(acts('invite'), { ...person, ...wrong });
		expect([answer.status, answer.text()]).toEqual([400, expect.stringContaining(sentence)]);
		if (!('email' in wrong)) expect(answer.text()).toContain('value="li@office.invalid"');
		const [{ count }] = await inDatabase(
			(sql) => sql<{ count: number }[]>`select count(*) as count from app_user where email like 'li@%'`,
		);
		expect(count).toBe(0);
	});

	it('take a role away at once, also from somebody who is signed in', async () => {
		const browser = await signedIn(`handler@${ZONE}.invalid`);
		expect((await reach(browser, ZONE)).view).toBe('office');
		const fields = await grantOf(`handler@${ZONE}.invalid`);
		expect((await administrator.post(acts('end'), fields)).status).toBe(200);
		expect(await reach(browser, ZONE)).toEqual(ELSEWHERE);
		const back = { user: fields.user, role: 'case_handler', park: '', office: 'sample-committee' };
		expect((await administrator.post(acts('grant'), back)).status).toBe(200);
		expect((await reach(browser, ZONE)).view).toBe('office');
	});

	it('keep the last administrator', async () => {
		const fields = await grantOf('admin@yuantu.invalid');
		for (const act of ['end', 'disable']) {
			const answer = await administrator.post(acts(act), fields);
			expect([answer.status, answer.text()]).toEqual([400, expect.stringContaining('最后一位管理员')]);
		}
	});

	it('disable an account and let it in again, and give one that lost its password another', async () => {
		const email = `company@${ZONE}.invalid`;
		const browser = await signedIn(email);
		const page = (await administrator.get(`/people/${ZONE}`)).text();
		const fields = { user: userOf(page, email), email };
		expect(fields.user).not.toBe('');
		expect((await administrator.post(acts('disable'), fields)).status).toBe(200);
		expect((await browser.get('/account')).status).toBe(303);
		const refused = await openBrowser(address).signIn(email, samplePassword);
		expect([refused.status, refused.text()]).toEqual([400, expect.stringContaining('邮箱或密码不对')]);
		expect((await administrator.post(acts('enable'), fields)).status).toBe(200);
		const back = await signedIn(email);
		const oneTime = oneTimeOf((await administrator.post(acts('reset'), fields)).text()) ?? '';
		expect((await back.get('/account')).status).toBe(303);
		expect((await openBrowser(address).signIn(email, samplePassword)).status).toBe(400);
		await setOwnPassword(await signedIn(email, oneTime), oneTime);
	});

	it('refuse those who do not manage people every act, and forms of other sites', async () => {
		const planner = await signedIn(`planner-a@${ZONE}.invalid`);
		const target = await grantOf(`reviewer@${ZONE}.invalid`);
		const fields = { ...target, role: 'viewer', park: '', office: '', email: 'y@y.invalid', name: 'Y' };
		for (const act of ['invite', 'grant', 'end', 'disable', 'enable', 'reset', 'office']) {
			for (const browser of [planner, openBrowser(address)])
				expect([303, 404], act).toContain((await browser.post(acts(act), fields)).status);
			expect((await administrator.post(acts(act), fields, 'https://evil.example')).status, act).toBe(403);
		}
		expect((await reach(await signedIn(`reviewer@${ZONE}.invalid`), ZONE)).view).toBe('office');
		const made = await inDatabase(
			(sql) => sql`select from app_user where email in ('x@x.invalid', 'y@y.invalid')`,
		);
		expect(made).toHaveLength(0);
	});

	it('register a body', async () => {
		const office = { kind: 'branch_bureau', officeId: 'branch-x', nameZh: '测试分局', nameEn: 'Test branch' };
		expect((await administrator.post(acts('office'), office)).text()).toContain('测试分局');
		const taken = await administrator.post(acts('office'), office);
		expect([taken.status, taken.text()]).toEqual([400, expect.stringContaining('已被占用')]);
	});

	it('leave every act in the audit, whole', async () => {
		await inDatabase(async (sql) => {
			expect(await listAuditFaults(sql, ZONE)).toEqual([]);
			const events = await listAuditEvents(sql, ZONE, { limit: 200 });
			const user = events.find(({ action }) => action === 'person.invited')?.actor;
			expect(user).toMatch(/^user\//);
			const counted = new Map<string, number>();
			for (const { action, actor } of events)
				if (actor === user) counted.set(action, (counted.get(action) ?? 0) + 1);
			expect(Object.fromEntries(counted)).toEqual({
				'person.invited': 1,
				'role.granted': 3,
				'role.ended': 1,
				'account.disabled': 1,
				'account.enabled': 1,
				'account.password-reset': 1,
				'office.added': 1,
			});
			expect(JSON.stringify(events)).not.toContain(OWN_PASSWORD);
		});
	});
});
