import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { changesetSchema } from '$lib/api/changeset.ts';
import { ruleListSchema } from '$lib/api/rule.ts';
import { zoneSchema } from '$lib/api/zone.ts';
import { clientId } from '../support/changeset-service.ts';
import { listAddresses, listFormActs } from '../support/address-list.ts';
import { copyDataFolder, startProgram, type Program } from '../support/run-program.ts';
import { openBrowser, type Browser } from './browser.ts';
import { ask, FROM_OUTSIDE } from './client.ts';

/*
 * Who gets what, address by address. An address that is in no row fails the first test. There are no addresses of OGC services
 * in the program yet: when there are, the folder of routes has them, and they need rows here.
 */

const ZONE = '/api/v1/zones/shenyang';
const DRAFT = '/api/v1/zones/[zone]/changesets/[changeset]';
const COVERAGE = '/api/v1/zones/[zone]/coverages/[coverage]';
const PEOPLE = {
	public: null,
	viewer: 'committee',
	author: 'planner-a',
	planner: 'planner-b',
	reviewer: 'reviewer',
	approver: 'approver',
	supply: 'supply',
	auditor: 'auditor',
	handler: 'handler',
	district: 'district',
	company: 'company',
	administrator: null,
} as const;
const ADMINISTRATOR = { email: 'admin@yuantu.invalid', password: 'paper boats on the Hun river' };
type Person = keyof typeof PEOPLE;
const EVERYBODY = Object.keys(PEOPLE) as Person[];
const OFFICE = EVERYBODY.filter((person) => person !== 'public');
const LAND_READERS: readonly Person[] = OFFICE.filter((person) => person !== 'administrator');
const DRAFT_READERS: readonly Person[] = LAND_READERS.filter(
	(person) => !['viewer', 'handler', 'district', 'company'].includes(person),
);

/** What is asked, who gets it, and what the others are answered. */
interface Row {
	readonly query?: string;
	readonly body?: unknown;
	readonly who: readonly Person[];
	readonly others?: readonly number[];
	/** Of the others those who are told that it is not theirs (403); from the rest it is hidden (404). */
	readonly told?: readonly Person[];
}

const toAll = (query = ''): Row => ({ query, who: EVERYBODY });
const toOffice = (query = ''): Row => ({ query, who: OFFICE, others: [403, 404] });
const toLand = (query = ''): Row => ({ query, who: LAND_READERS, others: [403, 404] });
const toReaders = (query = ''): Row => ({ query, who: DRAFT_READERS, others: [403, 404] });
const hidden = [403, 404];
const BOX = 'bbox=123.449,41.709,123.451,41.711';

/** Reading: a past state, an export and a tile are as open as today's. */
const READ: Readonly<Record<string, readonly Row[]>> = {
	'GET /healthz': [toAll()],
	'GET /api/v1/session': [toAll()],
	'GET /api/v1/zones': [toAll()],
	'GET /api/v1/zones/[zone]': [toAll()],
	'GET /api/v1/zones/[zone]/balance': [toAll(), toAll('revision=1')],
	'GET /api/v1/zones/[zone]/balance.csv': [toAll(), toAll('revision=1')],
	'GET /api/v1/zones/[zone]/land-use-classes': [toAll()],
	'GET /api/v1/zones/[zone]/notices': [toAll()],
	'GET /api/v1/zones/[zone]/parcels': [toAll('q=HN-C0')],
	'GET /api/v1/zones/[zone]/parks.geojson': [toAll()],
	[`GET ${COVERAGE}/compare`]: [toAll('from=1&to=1')],
	[`GET ${COVERAGE}/legend`]: [toAll(`${BOX}&by=class`), toAll(`${BOX}&by=class&revision=1`)],
	[`GET ${COVERAGE}/parcels`]: [toAll('at=123.45,41.71')],
	[`GET ${COVERAGE}/parcels/[no]`]: [toAll()],
	[`GET ${COVERAGE}/parcels/cards`]: [toAll('nos=1,2')],
	[`GET ${COVERAGE}/parcels/[no]/boundary`]: [toOffice()],
	[`GET ${COVERAGE}/parcels/[no]/history`]: [toAll()],
	[`GET ${COVERAGE}/revisions`]: [toAll()],
	'GET /api/v1/zones/[zone]/changesets': [toReaders()],
	[`GET ${DRAFT}`]: [toReaders()],
	[`GET ${DRAFT}/balance`]: [toReaders()],
	[`GET ${DRAFT}/changes`]: [toReaders()],
	[`GET ${DRAFT}/issues`]: [toReaders()],
	[`GET ${DRAFT}/rebase`]: [toReaders()],
	[`GET ${DRAFT}/shapes`]: [toReaders(BOX)],
	[`GET ${DRAFT}/steps`]: [toReaders()],
	[`GET ${DRAFT}/surveys`]: [toReaders()],
	'GET /api/v1/zones/[zone]/batches': [toLand()],
	'GET /api/v1/zones/[zone]/plot-register': [toLand()],
	'GET /api/v1/zones/[zone]/plot-register.csv': [toLand()],
	'GET /api/v1/zones/[zone]/plots': [toLand()],
	'GET /api/v1/zones/[zone]/plots/[plot]': [toLand()],
	'GET /api/v1/zones/[zone]/plots/[plot]/buildings': [toLand()],
	'GET /api/v1/zones/[zone]/plots/[plot]/shape': [toLand()],
	'GET /api/v1/zones/[zone]/plots/[plot]/timeline': [toLand()],
	'GET /api/v1/zones/[zone]/plots/astray': [toLand()],
	'GET /api/v1/zones/[zone]/programmes': [toLand()],
	'GET /api/v1/zones/[zone]/signatories': [toLand()],
	'GET /api/v1/zones/[zone]/supplies': [toLand()],
	'GET /api/v1/zones/[zone]/supplies/[supply]': [toLand()],
	'GET /api/v1/zones/[zone]/supplies/[supply]/supervision': [toLand()],
	'GET /api/v1/zones/[zone]/supplies/due.csv': [toLand('until=2031-01-01')],
	'GET /api/v1/zones/[zone]/supplies/due/months': [toLand('until=2031-01-01')],
	'GET /api/v1/zones/[zone]/supplies/scan/totals': [toLand()],
	'GET /api/v1/zones/[zone]/supplies/scan.csv': [toLand('list=supplied_not_used')],
	'GET /api/v1/zones/[zone]/supplies/totals': [toLand()],
	'GET /api/v1/zones/[zone]/supply-rules': [toLand()],
};

const STEP = {
	clientId: clientId(),
	step: { verb: 'reclassify', params: { parcelNos: [1], landUse: null } },
};

const CODE = { cadastralCode: '210112999999GB99999', unitCode: null, codeStatus: 'registered' };
const CODES = { plotNo: 300, ...CODE, supervisionNumber: null };
const PERMIT = { kind: 'site_selection', number: '1', office: '示例', issuedOn: '2026-05-01' };
const BUILDING = {
	...{ name: '1号楼', industryFloorDm2: 100, supportFloorDm2: 10, livingFloorDm2: 0, leastUnitDm2: null },
	...{ splitFloorDm2: null, selfHeldFloorDm2: null },
	...{ statedOn: '2026-01-01', source: '示例' },
};

const RULE = {
	...{ clientId: clientId(), key: 'mx.far-max', parkId: null, value: '4', unit: null, source: '示例文件' },
	...{ status: 'example', note: null, validFrom: '2026-01-01', validTo: null },
};
const OTHER_RULE = { clientId: clientId(), key: 'mx.far-min' };
const byApprover = (body: object): Row => ({ body, who: ['approver'], others: [403] });

/** Rows of writing in land supply: officers do it, the rest of the office is told that it is not theirs; from others plots and supplies are hidden, of what is the zone's they are told too. */
function ofSupply(bodies: Readonly<Record<string, object>>): Record<string, Row> {
	return Object.fromEntries(
		Object.entries(bodies).map(([row, body]) => {
			const [method, path] = row.split(' ');
			const isOfOne = path.includes('[');
			const told = EVERYBODY.filter(
				(person) => person !== 'supply' && (LAND_READERS.includes(person) || !isOfOne),
			);
			return [`${method} /api/v1/zones/[zone]/${path}`, { body, who: ['supply'], others: hidden, told }];
		}),
	);
}

/** Writing, in this order: who may, and what the others are told. */
const WRITE: Readonly<Record<string, Row>> = {
	[`PATCH ${DRAFT}`]: { body: { title: '名称', reason: '理由' }, who: ['author'], others: hidden },
	[`POST ${DRAFT}/comments`]: {
		body: { body: '意见', parcelNo: null, lon: null, lat: null },
		who: ['author', 'planner', 'reviewer', 'approver'],
		others: hidden,
	},
	'PUT /api/v1/zones/[zone]/plots/[plot]/batch': {
		body: { batchNo: null, expectedBatchNo: null },
		who: ['supply'],
		others: hidden,
	},
	'POST /api/v1/zones/[zone]/supply-rules': byApprover(RULE),
	'POST /api/v1/zones/[zone]/supply-rules/[rule]': byApprover({ act: 'void', reason: '示例' }),
	...ofSupply({
		'POST batches': {
			...{ clientId: clientId(), number: '角色批次', title: '示例', approvedOn: '2025-01-01' },
			...{ approvingOffice: '示例', approvedAreaDm2: 1, source: '示例' },
		},
		'POST programmes': { clientId: clientId(), year: 2031, number: '示例', approvedOn: null, source: '示例' },
		'POST plots/[plot]/permits': { clientId: clientId(), ...PERMIT },
		'POST plots/[plot]/statements': {
			...{ clientId: clientId(), item: 'soil', outcome: 'fail', statedOn: '2026-01-01', document: null },
		},
		'POST land-corrections': {
			...{ clientId: clientId(), kind: 'programme_corrected', year: 2031, reason: '示例', document: null },
			value: { number: '另一', approvedOn: null, source: '示例' },
		},
		'POST plots/codes': {
			...{ clientId: clientId(), reason: '示例', document: null, isCodeConfirmed: true, plots: [CODES] },
		},
		'POST plots/[plot]/buildings': BUILDING,
		'PUT plots/[plot]/buildings/[building]': BUILDING,
		'POST supplies/[supply]/facts': {
			...{ clientId: clientId(), kind: 'price', document: '示例', replacesNo: null, isVoid: false },
			facts: { what: 'benchmark', statedOn: '2026-01-01', totalFen: 1 },
		},
		'POST supplies/[supply]/payments': {
			...{ clientId: clientId(), kind: 'fee', amountFen: 1, paidOn: '2026-01-01', reference: '示例' },
			correctsNo: null,
		},
		'POST supplies/[supply]/idle-steps': {
			...{ clientId: clientId(), step: 'investigate', onDay: '2026-11-01', document: '示例' },
			facts: { ground: '示例' },
		},
		'POST supplies/scan': {
			...{ clientId: clientId(), list: 'approved_not_supplied', batchNo: 1, plotNo: null },
			...{ cause: '示例', proposal: null, statedOn: '2026-01-01' },
		},
	}),
	[`POST ${DRAFT}/steps`]: {
		body: { expectedEdit: 0, steps: [STEP] },
		who: ['author'],
		others: hidden,
	},
};

/** A draft's way from the first act to the last: what is done, who may do it, the first of whom does. The rest of those who read drafts are told so; from others it is hidden. */
const WAY: readonly (readonly [event: string, ...may: Person[]])[] = [
	['submit', 'author'],
	['endorse', 'reviewer'],
	['return', 'reviewer', 'approver'],
	['submit', 'author'],
	['return', 'approver', 'reviewer'],
	['submit', 'author'],
	['approve', 'approver'],
	['publish', 'approver'],
];

const SUPPLY = '/api/v1/zones/[zone]/supplies/[supply]';

/** Addresses and acts of forms whose rows stand in another test, as what they answer hangs on more than the role: the test, and what it calls. */
const ELSEWHERE: Readonly<Record<string, readonly [file: string, call: string]>> = {
	'POST /api/v1/zones/[zone]/changesets': ['test/service/changeset-api.test.ts', 'listRoute.POST'],
	[`DELETE ${DRAFT}/documents/[document]`]: ['test/service/changeset.test.ts', 'removeDocument'],
	[`GET ${DRAFT}/documents/[document]`]: ['test/service/changeset.test.ts', 'readDocument'],
	[`POST ${DRAFT}/documents`]: ['test/service/changeset.test.ts', 'addDocument'],
	[`POST ${DRAFT}/events`]: ['test/http/role-table.test.ts', '/events`, { event,'],
	[`PUT ${DRAFT}/head`]: ['test/service/changeset-api.test.ts', 'headRoute.PUT'],
	[`PUT ${DRAFT}/papers/[paper]`]: ['test/service/changeset-api.test.ts', 'paperRoute.PUT'],
	[`POST ${DRAFT}/rebase`]: ['test/service/rebase.test.ts', 'rebaseChangeset'],
	[`POST ${DRAFT}/surveys`]: ['test/service/survey.test.ts', 'surveysRoute.POST'],
	[`DELETE ${DRAFT}/surveys/[survey]`]: ['test/service/survey.test.ts', 'surveyRoute.DELETE'],
	[`POST ${COVERAGE}/revisions/[revision]/restore`]: ['test/http/history.test.ts', '/restore'],
	[`POST ${COVERAGE}/revisions/[revision]/view`]: ['test/http/history.test.ts', '/view'],
	'POST /api/v1/zones/[zone]/plots': ['test/service/supply.test.ts', 'makePlot'],
	'POST /api/v1/zones/[zone]/plots/[plot]/area': ['test/service/kept-plot.test.ts', 'statePlotArea'],
	'POST /api/v1/zones/[zone]/plots/[plot]/versions': ['test/service/kept-plot.test.ts', 'redrawPlot'],
	'POST /api/v1/zones/[zone]/supplies': ['test/service/supply.test.ts', 'enterSupply'],
	[`POST ${SUPPLY}/corrections`]: ['test/service/supply.test.ts', 'correctSupply'],
	[`POST ${SUPPLY}/events`]: ['test/service/supply.test.ts', 'actOnSupply'],
	[`POST ${SUPPLY}/questions`]: ['test/http/supply.test.ts', 'supplies/1/questions'],
	[`POST ${SUPPLY}/secrets`]: ['test/http/supply.test.ts', 'supplies/1/secrets'],
	[`GET ${SUPPLY}/top-up`]: ['test/http/supply.test.ts', 'supplies/1/top-up'],
	[`GET ${SUPPLY}/transfer-questions`]: ['test/http/supply.test.ts', 'supplies/1/transfer-questions'],
	'GET /api/v1/zones/[zone]/supplies/due': ['test/http/supply.test.ts', 'supplies/due'],
	'GET /api/v1/zones/[zone]/supplies/ledger': ['test/http/supply.test.ts', 'supplies/ledger'],
	'GET /api/v1/zones/[zone]/supplies/scan': ['test/http/supply.test.ts', 'supplies/scan'],
	'GET /api/v1/zones/[zone]/plot-map': ['test/service/plot-register.test.ts', 'readPlotMap'],
	'GET /tiles/[audience]/[contentId]/[encoder]/[theme]/[z]/[x]/[y]': [
		'test/http/tile.test.ts',
		'/tiles/office/',
	],
	'POST /sign-out': ['test/http/sign-in.test.ts', '/sign-out'],
	'GET /sign-in/provider': ['test/http/sign-in-provider.test.ts', '/sign-in/provider'],
	'GET /sign-in/provider/callback': ['test/http/sign-in-provider.test.ts', 'callback'],
	'POST /sign-in': ['test/http/sign-in.test.ts', '/sign-in'],
	'POST /account/password': ['test/http/sign-in.test.ts', '/account/password'],
	'POST /account?/endSession': ['test/http/sign-in.test.ts', '/account?/endSession'],
	'POST /people/[zone]?/invite': ['test/http/people.test.ts', "'invite'"],
	'POST /people/[zone]?/grant': ['test/http/people.test.ts', "'grant'"],
	'POST /people/[zone]?/end': ['test/http/people.test.ts', "'end'"],
	'POST /people/[zone]?/disable': ['test/http/people.test.ts', "'disable'"],
	'POST /people/[zone]?/enable': ['test/http/people.test.ts', "'enable'"],
	'POST /people/[zone]?/reset': ['test/http/people.test.ts', "'reset'"],
	'POST /people/[zone]?/office': ['test/http/people.test.ts', "'office'"],
};

describe('who gets what, address by address', () => {
	let folder: Awaited<ReturnType<typeof copyDataFolder>>;
	let program: Program;
	let address: string;
	const browsers = new Map<Person, Browser>();
	const params: Record<string, string> = { zone: 'shenyang', coverage: 'plan', no: '1', building: '1' };

	beforeAll(async () => {
		folder = await copyDataFolder(inject('preparedDataFolder'));
		program = startProgram({ DATA_DIR: folder.path });
		address = await program.address();
		for (const [person, account] of Object.entries(PEOPLE)) {
			const browser = openBrowser(address);
			if (account !== null) await browser.signIn(`${account}@shenyang.invalid`, inject('samplePassword'));
			browsers.set(person as Person, browser);
		}
		const [administrator, current] = [browsers.get('administrator'), inject('oneTimePassword')];
		await administrator?.signIn(ADMINISTRATOR.email, current);
		const { password } = ADMINISTRATOR;
		await administrator?.post('/account/password', { current, wanted: password, again: password });
		const begun = await send('author', 'POST', `${ZONE}/changesets`, {
			...{ clientId: clientId(), coverageId: 'plan', kind: 'plan_amendment', title: '名', reason: '由' },
		});
		params['changeset'] = String(changesetSchema.parse(begun.json()).changesetNo);
		const { supplies } = (await send('supply', 'GET', `${ZONE}/supplies`)).json() as {
			supplies: { supplyNo: number; state: string }[];
		};
		params['supply'] = String(supplies.find(({ state }) => state === 'granted')?.supplyNo);
		const set = await send('approver', 'POST', `${ZONE}/supply-rules`, { ...RULE, ...OTHER_RULE });
		const { rules } = ruleListSchema.parse(set.json());
		params['rule'] = String(rules.find(({ setBy }) => setBy !== null)?.ruleNo);
		const { plots } = (await send('supply', 'GET', `${ZONE}/plots`)).json() as {
			plots: { plotNo: number; batchNo: number | null }[];
		};
		params['plot'] = String(plots.find(({ batchNo }) => batchNo === null)?.plotNo);
	});
	afterAll(async () => {
		await program.stop();
		await folder.remove();
	});

	function send(person: Person, method: string, path: string, body?: unknown) {
		const cookies = [...(browsers.get(person)?.cookies ?? [])].map(([name, value]) => `${name}=${value}`);
		return ask(address, path, {
			method,
			headers: {
				...FROM_OUTSIDE,
				...(cookies.length === 0 ? {} : { cookie: cookies.join('; ') }),
				...(body === undefined
					? {}
					: { 'content-type': 'application/json', origin: new URL(address).origin }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
	}

	/** Who is answered, and with what the others are refused. */
	async function answered(row: string, { query, body }: Row) {
		const [method, route] = row.split(' ');
		const path = route.replaceAll(/\[(\w+)\]/g, (_, name: string) => params[name]);
		const statuses = await Promise.all(
			EVERYBODY.map(async (person) => {
				const { status } = await send(person, method, path + (query ? `?${query}` : ''), body);
				return { person, status };
			}),
		);
		return {
			who: statuses.filter(({ status }) => status < 300).map(({ person }) => person),
			others: [...new Set(statuses.filter(({ status }) => status >= 300).map(({ status }) => status))],
			told: statuses.filter(({ status }) => status === 403).map(({ person }) => person),
		};
	}

	it('has a row for every address and every act of a form', () => {
		const addresses = [...listAddresses(), ...listFormActs()];
		const rows = [READ, WRITE, ELSEWHERE].flatMap((table) => Object.keys(table));
		expect(addresses.filter((row) => !rows.includes(row))).toEqual([]);
		expect(rows.filter((row) => !addresses.includes(row))).toEqual([]);
		expect(rows.filter((row, i) => rows.indexOf(row) !== i)).toEqual([]);
		const root = new URL('../../', import.meta.url);
		const calls = ([file, call]: readonly [string, string]) =>
			readFileSync(fileURLToPath(new URL(file, root)), 'utf8').includes(call);
		expect(Object.entries(ELSEWHERE).filter(([, test]) => !calls(test))).toEqual([]);
	});

	it.each(Object.keys(READ))('%s', async (row) => {
		for (const asked of READ[row]) {
			const { who, others } = await answered(row, asked);
			expect(who, asked.query).toEqual(asked.who);
			expect(others.filter((status) => asked.others?.includes(status) !== true)).toEqual([]);
		}
	});

	it.each(Object.keys(WRITE))('%s', async (row) => {
		const { who, others, told } = await answered(row, WRITE[row]);
		expect(who).toEqual(WRITE[row].who);
		if (WRITE[row].told !== undefined) expect(told).toEqual(WRITE[row].told);
		expect(others.filter((status) => WRITE[row].others?.includes(status) !== true)).toEqual([]);
	});

	it('lets a draft go its way by whom each act is for: submitted, endorsed, returned, approved and published', async () => {
		const drafts = `${ZONE}/changesets`;
		const begun = await send('author', 'POST', drafts, {
			...{ clientId: clientId(), coverageId: 'plan', kind: 'technical_correction' },
			...{ title: '名', reason: '由' },
		});
		const draft = `${drafts}/${changesetSchema.parse(begun.json()).changesetNo}`;
		const found = await send('author', 'GET', `${ZONE}/coverages/plan/parcels?at=123.45,41.71`);
		const { parcel } = found.json() as { parcel: { parcelNo: number } };
		const params = { parcelNos: [parcel.parcelNo], landUse: 'cn-land-use/2023/1402' };
		const steps = [{ clientId: clientId(), step: { verb: 'reclassify', params } }];
		expect((await send('author', 'POST', `${draft}/steps`, { expectedEdit: 0, steps })).status).toBe(200);
		const paper = { startsOn: null, endsOn: null, office: null, issuedOn: null, documentNo: null };
		const report = { ...paper, number: '1', summary: '写错' };
		expect((await send('author', 'PUT', `${draft}/papers/error_report`, report)).status).toBe(200);
		const act = async (person: Person, event: string) =>
			(await send(person, 'POST', `${draft}/events`, { event, comment: '看过' })).status;
		for (const [event, ...may] of WAY) {
			for (const person of EVERYBODY.filter((one) => !may.includes(one)))
				expect([event, person, await act(person, event)]).toEqual([
					event,
					person,
					DRAFT_READERS.includes(person) ? 403 : 404,
				]);
			expect([event, may[0], await act(may[0], event)]).toEqual([event, may[0], 200]);
		}
	});

	it('shows the public its own view, and the office its own', async () => {
		const views = await Promise.all(
			EVERYBODY.map(async (person) => zoneSchema.parse((await send(person, 'GET', ZONE)).json()).audience),
		);
		expect(views).toEqual(EVERYBODY.map((person) => (person === 'public' ? 'public' : 'office')));
	});
});
