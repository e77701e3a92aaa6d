import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { changesetSchema } from '$lib/api/changeset.ts';
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
} as const;
type Person = keyof typeof PEOPLE;
const EVERYBODY = Object.keys(PEOPLE) as Person[];
const OFFICE = EVERYBODY.filter((person) => person !== 'public');
const DRAFT_READERS = OFFICE.filter((person) => person !== 'viewer' && person !== 'handler');

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
	[`GET ${DRAFT}/issues`]: [toReaders()],
	[`GET ${DRAFT}/rebase`]: [toReaders()],
	[`GET ${DRAFT}/shapes`]: [toReaders(BOX)],
	[`GET ${DRAFT}/steps`]: [toReaders()],
	[`GET ${DRAFT}/surveys`]: [toReaders()],
	'GET /api/v1/zones/[zone]/batches': [toOffice()],
	'GET /api/v1/zones/[zone]/plot-register': [toOffice()],
	'GET /api/v1/zones/[zone]/plot-register.csv': [toOffice()],
	'GET /api/v1/zones/[zone]/plots': [toOffice()],
	'GET /api/v1/zones/[zone]/plots/[plot]': [toOffice()],
	'GET /api/v1/zones/[zone]/plots/[plot]/buildings': [toOffice()],
	'GET /api/v1/zones/[zone]/plots/[plot]/shape': [toOffice()],
	'GET /api/v1/zones/[zone]/plots/astray': [toOffice()],
	'GET /api/v1/zones/[zone]/programmes': [toOffice()],
	'GET /api/v1/zones/[zone]/signatories': [toOffice()],
	'GET /api/v1/zones/[zone]/supplies': [toOffice()],
	'GET /api/v1/zones/[zone]/supplies/[supply]': [toOffice()],
	'GET /api/v1/zones/[zone]/supplies/[supply]/supervision': [toOffice()],
	'GET /api/v1/zones/[zone]/supplies/due.csv': [toOffice('until=2031-01-01')],
	'GET /api/v1/zones/[zone]/supplies/due/months': [toOffice('until=2031-01-01')],
	'GET /api/v1/zones/[zone]/supplies/scan/totals': [toOffice()],
	'GET /api/v1/zones/[zone]/supplies/scan.csv': [toOffice('list=supplied_not_used')],
	'GET /api/v1/zones/[zone]/supplies/totals': [toOffice()],
	'GET /api/v1/zones/[zone]/supply-rules': [toOffice()],
};

const STEP = {
	clientId: clientId(),
	step: { verb: 'reclassify', params: { parcelNos: [1], landUse: null } },
};

const BUILDING = {
	...{ name: '1号楼', industryFloorDm2: 100, supportFloorDm2: 10, livingFloorDm2: 0, leastUnitDm2: null },
	...{ statedOn: '2026-01-01', source: '示例' },
};

/** Rows of writing in land supply: officers do it, the rest of the office is told that it is not theirs; from others plots and supplies are hidden, of what is the zone's they are told too. */
function ofSupply(bodies: Readonly<Record<string, object>>): Record<string, Row> {
	return Object.fromEntries(
		Object.entries(bodies).map(([row, body]) => {
			const [method, path] = row.split(' ');
			const isOfOne = path.includes('[');
			const told = EVERYBODY.filter((person) => person !== 'supply' && (person !== 'public' || !isOfOne));
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
	...ofSupply({
		'POST batches': {
			...{ clientId: clientId(), number: '角色批次', title: '示例', approvedOn: '2025-01-01' },
			...{ approvingOffice: '示例', approvedAreaDm2: 1, source: '示例' },
		},
		'POST programmes': { clientId: clientId(), year: 2031, number: '示例', approvedOn: null, source: '示例' },
		'POST plots/[plot]/permits': {
			...{ kind: 'verification', number: '示例 1', office: '示例单位', issuedOn: '2026-05-01' },
		},
		'POST plots/[plot]/statements': {
			...{ item: 'soil', outcome: 'fail', statedOn: '2026-01-01', document: null },
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

/** Addresses and acts of forms whose rows stand in another test, as what they answer hangs on more than the role: the test, and what it calls. */
const ELSEWHERE: Readonly<Record<string, readonly [file: string, call: string]>> = {
	'POST /api/v1/zones/[zone]/changesets': ['test/service/changeset-api.test.ts', 'listRoute.POST'],
	[`DELETE ${DRAFT}/documents/[document]`]: ['test/service/changeset.test.ts', 'removeDocument'],
	[`GET ${DRAFT}/documents/[document]`]: ['test/service/changeset.test.ts', 'readDocument'],
	[`POST ${DRAFT}/documents`]: ['test/service/changeset.test.ts', 'addDocument'],
	[`POST ${DRAFT}/events`]: ['test/service/changeset-api.test.ts', 'eventRoute.POST'],
	[`PUT ${DRAFT}/head`]: ['test/service/changeset-api.test.ts', 'headRoute.PUT'],
	[`PUT ${DRAFT}/papers/[paper]`]: ['test/service/changeset-api.test.ts', 'paperRoute.PUT'],
	[`POST ${DRAFT}/rebase`]: ['test/service/rebase.test.ts', 'rebaseChangeset'],
	[`POST ${DRAFT}/surveys`]: ['test/service/survey.test.ts', 'surveysRoute.POST'],
	[`DELETE ${DRAFT}/surveys/[survey]`]: ['test/service/survey.test.ts', 'surveyRoute.DELETE'],
	[`POST ${COVERAGE}/revisions/[revision]/restore`]: ['test/http/history.test.ts', '/restore'],
	[`POST ${COVERAGE}/revisions/[revision]/view`]: ['test/http/history.test.ts', '/view'],
	'POST /api/v1/zones/[zone]/plots': ['test/service/supply.test.ts', 'makePlot'],
	'POST /api/v1/zones/[zone]/supplies': ['test/service/supply.test.ts', 'enterSupply'],
	'POST /api/v1/zones/[zone]/supplies/[supply]/corrections': ['test/service/supply.test.ts', 'correctSupply'],
	'POST /api/v1/zones/[zone]/supplies/[supply]/events': ['test/service/supply.test.ts', 'actOnSupply'],
	'POST /api/v1/zones/[zone]/supplies/[supply]/questions': [
		'test/http/supply.test.ts',
		'supplies/1/questions',
	],
	'POST /api/v1/zones/[zone]/supplies/[supply]/secrets': ['test/http/supply.test.ts', 'supplies/1/secrets'],
	'GET /api/v1/zones/[zone]/supplies/[supply]/top-up': ['test/http/supply.test.ts', 'supplies/1/top-up'],
	'GET /api/v1/zones/[zone]/supplies/[supply]/transfer-questions': [
		'test/http/supply.test.ts',
		'supplies/1/transfer-questions',
	],
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
		const begun = await send('author', 'POST', `${ZONE}/changesets`, {
			...{ clientId: clientId(), coverageId: 'plan', kind: 'plan_amendment', title: '名', reason: '由' },
		});
		params['changeset'] = String(changesetSchema.parse(begun.json()).changesetNo);
		const { supplies } = (await send('supply', 'GET', `${ZONE}/supplies`)).json() as {
			supplies: { supplyNo: number; state: string }[];
		};
		params['supply'] = String(supplies.find(({ state }) => state === 'granted')?.supplyNo);
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

	it('shows the public its own view, and the office its own', async () => {
		const views = await Promise.all(
			EVERYBODY.map(async (person) => zoneSchema.parse((await send(person, 'GET', ZONE)).json()).audience),
		);
		expect(views).toEqual(EVERYBODY.map((person) => (person === 'public' ? 'public' : 'office')));
	});
});
