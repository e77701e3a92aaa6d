import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { changesetSchema } from '$lib/api/changeset.ts';
import { zoneSchema } from '$lib/api/zone.ts';
import { clientId } from '../support/changeset-service.ts';
import { listAddresses } from '../support/address-list.ts';
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
	[`POST ${DRAFT}/steps`]: {
		body: { expectedEdit: 0, steps: [STEP] },
		who: ['author'],
		others: hidden,
	},
};

/** Addresses whose rows stand in another test, as what they answer hangs on more than the role. */
const ELSEWHERE: Readonly<Record<string, readonly RegExp[]>> = {
	'test/service/changeset-api.test.ts': [
		/^POST \/api\/v1\/zones\/\[zone\]\/changesets$/,
		/changesets\/\[changeset\]\/(documents|events|head|papers|rebase|surveys)\b/,
	],
	'test/http/history.test.ts': [/revisions\/\[revision\]\/(restore|view)$/],
	'test/http/supply.test.ts': [
		/^(POST|PUT|DELETE) .*\/(batches|plots|programmes|supplies)\b/,
		/supplies\/(due|ledger|scan)$/,
		/\[supply\]\/(top-up|transfer-questions)$/,
		/plot-map$/,
	],
	'test/http/tile.test.ts': [/^GET \/tiles\//],
	'test/http/people.test.ts': [/^GET \/tiles\//],
	'test/http/sign-in.test.ts': [/^POST \/sign-out$/],
	'test/http/sign-in-provider.test.ts': [/^GET \/sign-in\/provider/],
};

describe('who gets what, address by address', () => {
	let folder: Awaited<ReturnType<typeof copyDataFolder>>;
	let program: Program;
	let address: string;
	const browsers = new Map<Person, Browser>();
	const params: Record<string, string> = { zone: 'shenyang', coverage: 'plan', no: '1' };

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
			supplies: { supplyNo: number; plotNo: number }[];
		};
		params['supply'] = String(supplies[0].supplyNo);
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
		};
	}

	it('has a row for every address', () => {
		const elsewhere = Object.values(ELSEWHERE).flat();
		const isKnown = (row: string) =>
			row in READ || row in WRITE || elsewhere.some((pattern) => pattern.test(row));
		const addresses = listAddresses();
		expect(addresses.filter((row) => !isKnown(row))).toEqual([]);
		expect([...Object.keys(READ), ...Object.keys(WRITE)].filter((row) => !addresses.includes(row))).toEqual(
			[],
		);
		expect(elsewhere.filter((pattern) => !addresses.some((row) => pattern.test(row)))).toEqual([]);
		const root = new URL('../../', import.meta.url);
		expect(Object.keys(ELSEWHERE).filter((file) => !existsSync(fileURLToPath(new URL(file, root))))).toEqual(
			[],
		);
	});

	it.each(Object.keys(READ))('%s', async (row) => {
		for (const asked of READ[row]) {
			const { who, others } = await answered(row, asked);
			expect(who, asked.query).toEqual(asked.who);
			expect(others.filter((status) => asked.others?.includes(status) !== true)).toEqual([]);
		}
	});

	it.each(Object.keys(WRITE))('%s', async (row) => {
		const { who, others } = await answered(row, WRITE[row]);
		expect(who).toEqual(WRITE[row].who);
		expect(others.filter((status) => WRITE[row].others?.includes(status) !== true)).toEqual([]);
	});

	it('shows the public its own view, and the office its own', async () => {
		const views = await Promise.all(
			EVERYBODY.map(async (person) => zoneSchema.parse((await send(person, 'GET', ZONE)).json()).audience),
		);
		expect(views).toEqual(EVERYBODY.map((person) => (person === 'public' ? 'public' : 'office')));
	});
});
