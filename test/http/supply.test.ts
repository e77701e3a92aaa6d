import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { batchListSchema, programmeListSchema } from '$lib/api/land-chain.ts';
import { dueListSchema, scanSchema, supervisionSchema } from '$lib/api/supervision.ts';
import { openPlotSchema, openSupplySchema, plotSchema, supplySchema } from '$lib/api/supply.ts';
import { asOwner, connectDatabase, type Database } from '$lib/server/db/connect.ts';
import { listAuditEvents } from '$lib/server/db/audit-event.ts';
import { insertRoleGrant } from '$lib/server/db/role-grant.ts';
import { clientId } from '../support/changeset-service.ts';
import { startCluster, type Cluster } from '../support/database-cluster.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { openDesk, type Desk } from '../support/office-desk.ts';
import { makeFolder, startProgram, type Program } from '../support/run-program.ts';
import { NO_RESERVE_RULE, SOUND_CONTRACT, SOUND_OFFER, SOUND_PLOT } from '../support/supply-guard.ts';
import { openBrowser } from './browser.ts';
import { ask } from './client.ts';

const ZONE = `/api/v1/zones/${PANJIN_ID}`;
const RESERVE_FEN = 98_765_432_100;
const BIDDER = '不露名的竞买人';
/** How the reserve price and a bidder would be written: as data, and in words. */
const TELLTALES = [String(RESERVE_FEN), '987654321', '987,654,321', BIDDER];

/** Somebody of each role; `district` is a second officer, `director` a second approver, `nobody` is not signed in. */
const PEOPLE = [
	...['supply', 'district', 'approver', 'planner-a', 'reviewer', 'auditor', 'handler', 'committee', 'nobody'],
	'director',
] as const;
type Person = (typeof PEOPLE)[number];

/** Everything of plots and supplies that is read, of plot 1 and supply 1. */
const READ = [
	...['supplies', 'supplies/1', 'supplies/1/supervision', 'supplies/due?until=2199-12-31', 'supplies/totals'],
	...['approved_not_supplied', 'supplied_not_used', 'used_insufficiently', 'low_efficiency'].map(
		(list) => `supplies/scan?list=${list}`,
	),
	...['supplies/due/months?until=2199-12-31', 'supplies/scan/totals'],
	...['supplies/due.csv?until=2199-12-31', 'supplies/scan.csv?list=supplied_not_used'],
	...['plots', 'plots/1', 'plots/astray', 'plots/1/buildings', 'plots/1/shape', 'plots/1/timeline'],
	...['batches', 'programmes'],
	...[
		'supplies/ledger?month=2026-11',
		'supplies/1/transfer-questions',
		'supplies/1/top-up?floorBeforeDm2=0&floorAfterDm2=1',
	],
	...['plot-register', 'plot-register.csv', 'signatories', 'supply-rules'],
].map((path) => `${ZONE}/${path}`);
const PAGES = ['', '/1', '/plot/1', '/due?range=year', '/land?list=supplied_not_used', '/batches'].map(
	(path) => `/supply/${PANJIN_ID}${path}`,
);

/** Who finds reserve price or bidders, and where, before the award: the officers, on the supply itself and its page. */
const SEEN_BEFORE: Readonly<Record<string, readonly string[]>> = {
	supply: [`${ZONE}/supplies/1`, PAGES[1]],
	district: [`${ZONE}/supplies/1`, PAGES[1]],
	approver: [],
	'planner-a': [],
	reviewer: [],
	auditor: [],
	handler: [],
	committee: [],
	nobody: [],
};

describe('land supply over HTTP', () => {
	let folder: Awaited<ReturnType<typeof makeFolder>>;
	let cluster: Cluster;
	let database: Database;
	let program: Program;
	let address: string;
	const desks = new Map<Person, Desk>();
	const cookies = new Map<Person, string>();
	beforeAll(async () => {
		folder = await makeFolder();
		cluster = await startCluster();
		const url = `postgres://postgres@127.0.0.1:${cluster.port}/postgres`;
		database = connectDatabase({ kind: 'server', url });
		program = startProgram({
			DATABASE_URL: url,
			DATA_DIR: folder.path,
			ZONE_FOLDERS: 'test/fixtures/zones/panjin-like',
			SAMPLE_ACCOUNTS: 'on',
			AUTH_SECRET: 'a secret of this test, long enough to be one',
		});
		address = await program.address();
		const line = await program.line(/sample people {2}password/);
		const password = /sample people {2}password (\S+)/.exec(line)?.[1] ?? '';
		await asOwner(database, async (sql) => {
			const [{ userId }] = await sql<{ userId: string }[]>`
				select user_id as "userId" from app_user where email = ${`district@${PANJIN_ID}.invalid`}`;
			await insertRoleGrant(sql, userId, {
				zoneId: PANJIN_ID,
				role: 'supply_officer',
				parkId: null,
				officeId: null,
			});
		});
		for (const person of PEOPLE) {
			const browser = openBrowser(address);
			if (person !== 'nobody')
				expect((await browser.signIn(`${person}@${PANJIN_ID}.invalid`, password)).status).toBe(303);
			desks.set(person, openDesk(address, browser));
			cookies.set(person, [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
		}
	});
	afterAll(async () => {
		program.signal('SIGKILL');
		await program.ended;
		await database.close();
		await cluster.stop();
		await folder.remove();
	});

	const desk = (person: Person): Desk => desks.get(person) ?? expect.fail(`${person} has no desk`);
	const textOf = async (person: Person, path: string) => {
		const cookie = cookies.get(person) ?? '';
		return (await ask(address, path, { headers: cookie === '' ? {} : { cookie } })).text();
	};
	const seenBy = async (person: Person) => {
		const paths = [...READ, ...PAGES];
		const texts = await Promise.all(paths.map((path) => textOf(person, path)));
		return paths.filter((_, i) => TELLTALES.some((telltale) => texts[i].includes(telltale)));
	};
	const acted = (
		person: Person,
		event: string,
		facts: object,
		expectedEdit: number,
		acknowledged: string[] = [],
	) =>
		desk(person).ask(supplySchema, 'POST', `${ZONE}/supplies/1/events`, {
			event,
			facts,
			acknowledged: [...NO_RESERVE_RULE, 'rule.none price.floor.industrial', ...acknowledged],
			expectedEdit,
		});
	const openSupply = () => desk('supply').must(openSupplySchema, 'GET', `${ZONE}/supplies/1`);
	const wonBy = (answers: readonly Awaited<ReturnType<typeof acted>>[]) =>
		answers.map((one) => (one.ok ? 'won' : one.issues[0].code));

	it('enters programme, batch and plot; of two officers who take the plot at once one wins and the other is told', async () => {
		const officer = desk('supply');
		const source = 'a document';
		const programme = { clientId: clientId(), year: 2026, number: '示例计划', approvedOn: null, source };
		// The second time as after a lost answer.
		for (let times = 0; times < 2; times++)
			await officer.must(programmeListSchema, 'POST', `${ZONE}/programmes`, programme);
		const batch = {
			clientId: clientId(),
			number: '示例批次',
			title: '示例',
			approvedOn: '2025-01-01',
			approvingOffice: '示例',
			approvedAreaDm2: 5e7,
			source,
		};
		await officer.must(batchListSchema, 'POST', `${ZONE}/batches`, batch);
		const { batches } = await officer.must(batchListSchema, 'POST', `${ZONE}/batches`, batch);
		expect(batches).toHaveLength(1);
		const [{ no }] = await database.sql<{ no: number }[]>`
			select parcel_no as no from yuantu.parcel where coverage_id = 'plan' and code = 'PJ-00' and rev_to is null`;
		const order = {
			name: '示例宗地',
			parcelNos: [no],
			within: null,
			cadastralCode: null,
			unitCode: null,
			documentAreaDm2: null,
		};
		const rest = { clientId: clientId(), codeStatus: 'none', batchNo: batches[0].batchNo, reason: '' };
		await officer.must(plotSchema, 'POST', `${ZONE}/plots`, { ...order, ...rest });
		for (const item of SOUND_PLOT.statements.keys())
			await officer.must(z.unknown(), 'POST', `${ZONE}/plots/1/statements`, {
				...{ clientId: clientId(), item, outcome: 'pass', statedOn: '2026-01-10', document: 'a document' },
			});
		const supply = () => ({ clientId: clientId(), plotNo: 1, mode: 'grant', year: 2026, quarter: 1 });
		const entered = await Promise.all(
			(['supply', 'district'] as const).map((who) =>
				desk(who).ask(supplySchema, 'POST', `${ZONE}/supplies`, supply()),
			),
		);
		expect(wonBy(entered).sort()).toEqual(['supply.plot-taken', 'won']);
		expect((await officer.must(openPlotSchema, 'GET', `${ZONE}/plots/1`)).supplies).toHaveLength(1);
	});

	it('has one winner of two who decide, and of two who award at once; the other is told, the audit has who it was', async () => {
		const price = { kind: 'reserve_price', amountFen: RESERVE_FEN, bidder: null, statedOn: '2026-02-01' };
		const secret = { clientId: clientId(), ...price };
		await desk('supply').must(z.unknown(), 'POST', `${ZONE}/supplies/1/secrets`, secret);
		const offers = await Promise.all(
			(['approver', 'director'] as const).map((who) => acted(who, 'offer', SOUND_OFFER, 0)),
		);
		expect(wonBy(offers).sort()).toEqual(['supply.moved', 'won']);
		const bidden = { kind: 'bid', amountFen: RESERVE_FEN, bidder: BIDDER, statedOn: '2026-04-01' };
		const bid = { clientId: clientId(), ...bidden };
		await desk('supply').must(z.unknown(), 'POST', `${ZONE}/supplies/1/secrets`, bid);
	});

	it.each(Object.keys(SEEN_BEFORE) as Person[])(
		'shows reserve price and bidders before the award to officers alone: %s',
		async (person) => {
			expect(await seenBy(person)).toEqual(SEEN_BEFORE[person]);
		},
	);

	it('tells by no question and no refusal how far a price is from the reserve', async () => {
		const award = {
			awardedOn: '2026-04-08',
			holder: '示例公司',
			priceFen: 200_000_00,
			yearlyRentFen: null,
			bidders: 2,
		};
		const asked = (person: Person) =>
			desk(person).ask(z.unknown(), 'POST', `${ZONE}/supplies/1/questions`, { event: 'award', facts: award });
		expect(await asked('approver')).toMatchObject({ ok: false, status: 403 });
		expect(await asked('committee')).toMatchObject({ ok: false, status: 403 });
		expect(await asked('nobody')).toMatchObject({ ok: false, status: 404 });
		const low = await acted('supply', 'award', award, 1);
		expect(low).toMatchObject({ ok: false, issues: [{ code: 'supply.below-reserve-price', params: {} }] });
	});

	it('lets one of two awards stand, and is supervised from there', async () => {
		const award = { awardedOn: '2026-04-08', yearlyRentFen: null, bidders: 2, priceFen: RESERVE_FEN };
		const answers = await Promise.all(
			(['supply', 'district'] as const).map((who) =>
				acted(who, 'award', { ...award, holder: `${who} 的得主` }, 1),
			),
		);
		expect(wonBy(answers).sort()).toEqual(['supply.moved', 'won']);
		const winner = answers[0].ok ? 'supply' : 'district';
		expect((await openSupply()).holder).toBe(`${winner} 的得主`);
		const audit = await asOwner(database, (sql) => listAuditEvents(sql, PANJIN_ID, { limit: 50 }));
		const of = (action: string) => audit.filter((one) => one.action === action);
		expect([of('supply.offer').length, of('supply.award').length, of('supply.entered').length]).toEqual([
			1, 1, 1,
		]);
		const names = await asOwner(
			database,
			(sql) => sql<{ userId: string }[]>`
			select user_id as "userId" from app_user where email = ${`${winner}@${PANJIN_ID}.invalid`}`,
		);
		expect(of('supply.award')[0].actor).toContain(names[0].userId);

		const contract = {
			...SOUND_CONTRACT,
			principalOfficeId: 'sample-bureau',
			priceFen: RESERVE_FEN,
			startBy: '2026-06-01',
		};
		const signed = await acted('supply', 'sign', contract, 2, []);
		expect(signed.ok ? 'done' : signed.issues).toBe('done');
		const { accounts } = await desk('auditor').must(
			supervisionSchema,
			'GET',
			`${ZONE}/supplies/1/supervision`,
		);
		expect(accounts[0]).toMatchObject({
			kind: 'price',
			why: { reason: 'price.due-after' },
			charges: [{ dueOn: '2026-06-19' }],
		});
		const fact = {
			clientId: 'fact-0001',
			kind: 'progress',
			facts: { step: 'started', seenOn: '2026-05-30' },
			document: '1',
			replacesNo: null,
			isVoid: false,
		};
		expect(await desk('committee').ask(supplySchema, 'POST', `${ZONE}/supplies/1/facts`, fact)).toMatchObject(
			{ status: 403 },
		);
		await desk('district').must(supplySchema, 'POST', `${ZONE}/supplies/1/facts`, fact);
		await desk('district').must(supplySchema, 'POST', `${ZONE}/supplies/1/facts`, fact);
		const { facts } = await desk('auditor').must(supervisionSchema, 'GET', `${ZONE}/supplies/1/supervision`);
		expect(facts).toHaveLength(1);
		const otherwise = { ...fact, document: '2' };
		expect(
			await desk('district').ask(supplySchema, 'POST', `${ZONE}/supplies/1/facts`, otherwise),
		).toMatchObject({ status: 409 });
		expect(
			await desk('district').ask(supplySchema, 'POST', `${ZONE}/supplies/1/facts`, { ...fact, facts: {} }),
		).toMatchObject({ status: 422 });
		const due = await desk('committee').must(dueListSchema, 'GET', `${ZONE}/supplies/due?until=2031-01-01`);
		expect(due.items.map(({ kind }) => kind)).toContain('price');
		const scan = await desk('committee').must(
			scanSchema,
			'GET',
			`${ZONE}/supplies/scan?list=approved_not_supplied`,
		);
		expect(scan.batches).toHaveLength(1);
		const step = {
			...{ clientId: 'step-0001', step: 'investigate', onDay: '2026-06-02', facts: { ground: 'x' } },
			document: '1',
		};
		expect(
			await desk('committee').ask(supplySchema, 'POST', `${ZONE}/supplies/1/idle-steps`, step),
		).toMatchObject({ status: 403 });
		await desk('supply').must(supplySchema, 'POST', `${ZONE}/supplies/1/idle-steps`, step);
	});

	it('refuses what the database could not keep or read, and a filter that a list does not have', async () => {
		const half = {
			clientId: 'fact-0002',
			...{ document: 'half of \ud800', replacesNo: null, isVoid: false },
			kind: 'progress',
		};
		const fact = { ...half, facts: { step: 'resumed', seenOn: '2026-05-31' } };
		expect(await desk('district').ask(supplySchema, 'POST', `${ZONE}/supplies/1/facts`, fact)).toMatchObject({
			status: 422,
		});
		const due = `${ZONE}/supplies/due?until=2031-01-01`;
		for (const [after, status] of [
			['0000-01-01.1', 422],
			['2026-01-01.1', 200],
		] as const)
			expect(
				(await ask(address, `${due}&after=${after}`, { headers: { cookie: cookies.get('committee') ?? '' } }))
					.status,
			).toBe(status);
		const list = `${ZONE}/supplies/scan?list=approved_not_supplied`;
		expect(await desk('committee').ask(scanSchema, 'GET', `${list}&park=a-park`)).toMatchObject({
			status: 422,
		});
	});
});
