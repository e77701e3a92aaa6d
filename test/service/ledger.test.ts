import readWorkbook from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locale } from '$lib/i18n/locale.ts';
import { asOwner } from '$lib/server/db/connect.ts';
import { ledgerSheets } from '$lib/server/http/ledger-sheets.ts';
import { oneAtATime } from '$lib/server/http/one-at-a-time.ts';
import { writeLedger } from '$lib/server/http/workbook.ts';
import { correctSupply } from '$lib/server/service/supply/correct.ts';
import { enterBatch, listBatches } from '$lib/server/service/supply/land-chain.ts';
import { readLedger } from '$lib/server/service/supply/ledger.ts';
import { recordNote } from '$lib/server/service/supply/scan.ts';
import { readSupplyTotals } from '$lib/server/service/supply/list.ts';
import { recordPayment, recordSecret } from '$lib/server/service/supply/record-fact.ts';
import { readRegister } from '$lib/server/service/supply/register.ts';
import { listDue } from '$lib/server/service/supply/supervise.ts';
import { clientId, correctionOf, failureOf, valueOf } from '../support/changeset-service.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { openSupplyDesk, type SupplyDesk } from '../support/supply-desk.ts';
import { SOUND_OFFER } from '../support/supply-guard.ts';

const noon = (day: string) => new Date(`${day}T04:00:00Z`);
const RESERVE_FEN = 98_765_432_100;
const BATCH = {
	...{ number: '批次1', title: 'a batch', approvedOn: '2024-06-01', approvingOffice: 'an office' },
	...{ approvedAreaDm2: 50_000_00, source: 'a document' },
};
type Cells = readonly (readonly unknown[])[];

describe('the monthly ledger', () => {
	let desk: SupplyDesk;
	let sold: number;
	beforeAll(async () => {
		desk = await openSupplyDesk('server');
		valueOf(await enterBatch(desk.as('sue'), PANJIN_ID, { clientId: clientId(), ...BATCH }));
		sold = await desk.grant({ startBy: '2026-11-10' }, { batchNo: 1, documentAreaDm2: 20_000_00 });
		const paid = { kind: 'price', amountFen: 40_000_00, paidOn: '2026-11-05', reference: 'a slip' } as const;
		valueOf(
			await recordPayment(desk.as('sue'), PANJIN_ID, sold, {
				...paid,
				correctsNo: null,
				clientId: clientId(),
			}),
		);
		const offered = await desk.enter('grant');
		const secret = { amountFen: RESERVE_FEN, statedOn: '2026-11-01' };
		valueOf(
			await recordSecret(desk.as('sue'), PANJIN_ID, offered, {
				...secret,
				clientId: clientId(),
				kind: 'reserve_price',
				bidder: null,
			}),
		);
		const offer = { ...SOUND_OFFER, noticeOn: '2026-11-01', startsOn: '2026-11-22', endsOn: '2026-12-09' };
		await desk.act(offered, 'paul', 'offer', offer);
		valueOf(
			await recordSecret(desk.as('sue'), PANJIN_ID, offered, {
				...secret,
				clientId: clientId(),
				kind: 'bid',
				bidder: '不露名的竞买人',
			}),
		);
		await written('supply', noon('2026-11-20'));
		await written('supply_payment', noon('2026-11-20'));
	});
	afterAll(() => desk.database.close());

	/** Says when all rows of a table were written, which the database tells by its own clock. */
	const written = (table: 'supply' | 'supply_payment' | 'land_note', at: Date, from = 1) =>
		asOwner(desk.database, async (sql) => {
			const no = { supply: 'supply_no', supply_payment: 'payment_no', land_note: 'note_no' }[table];
			await sql`alter table ${sql(table)} disable trigger user`;
			await sql`update ${sql(table)} set recorded_at = ${at} where ${sql(no)} >= ${from}`;
			await sql`alter table ${sql(table)} enable trigger user`;
		});
	const read = async (month: string, now?: Date) =>
		valueOf(await readLedger(desk.as('guest', now), PANJIN_ID, month));
	const sheetsOf = async (month: string, locale: Locale, now?: Date) => {
		const ledger = ledgerSheets(await read(month, now), [], locale);
		const book = await writeLedger(ledger, {
			title: 'a title',
			note: 'a note',
			total: 'sum',
			unknown: String,
		});
		const sheets = await readWorkbook(book);
		return new Map(sheets.map(({ sheet, data }) => [sheet, data as Cells]));
	};
	const column = (sheet: Cells, head: string) => {
		const at = sheet[2].indexOf(head);
		expect(at, head).toBeGreaterThanOrEqual(0);
		return sheet.slice(3).map((row) => row[at]);
	};

	it('has six sheets with numbers as numbers, whose sums are what the API answers', async () => {
		const sheets = await sheetsOf('2026-11', 'zh');
		expect([...sheets.keys()]).toEqual(['本月供应', '宗地存量', '批次', '价款与欠缴', '到期与逾期', '监管']);
		const guest = desk.as('guest');
		const wish = { sort: 'plot', order: 'up', offset: 0, limit: 50 } as const;
		const register = valueOf(await readRegister(guest, PANJIN_ID, wish));
		const stock = column(sheets.get('宗地存量') ?? [], '面积（平方米）');
		expect(stock).toHaveLength(register.total + 1);
		expect(stock.at(-1)).toBe(register.totalAreaDm2 / 100);
		expect(stock.slice(0, -1).reduce<number>((sum, one) => sum + Number(one), 0)).toBeCloseTo(
			register.totalAreaDm2 / 100,
			6,
		);
		const mu = column(sheets.get('宗地存量') ?? [], '面积（亩）');
		expect(mu[0]).toBe(Math.round(Number(stock[0]) * 15) / 10_000);

		const [{ state }] = valueOf(await listBatches(guest, PANJIN_ID)).batches;
		const remaining = column(sheets.get('批次') ?? [], '剩余面积（平方米）');
		expect(remaining).toEqual([state.remainingDm2 / 100, state.remainingDm2 / 100]);
		expect(state.remainingDm2).toBe(30_000_00);

		const { accounts } = (await desk.supervision(sold)).supervision;
		const money = sheets.get('价款与欠缴') ?? [];
		expect(column(money, '约定（元）')).toEqual([100_000, 100_000]);
		expect(column(money, '累计已缴（元）').at(-1)).toBe((accounts[0].state?.paidFen ?? 0) / 100);
		expect(column(money, '本月缴纳（元）').at(-1)).toBe(40_000);

		const listed = valueOf(await listDue(guest, PANJIN_ID, { until: '2026-12-31', limit: 500 })).items;
		const due = sheets.get('到期与逾期') ?? [];
		expect(column(due, '未缴（元）').at(-1)).toBe(
			listed.reduce((sum, { openFen }) => sum + (openFen ?? 0), 0) / 100,
		);
		expect(due.slice(3, -1)).toHaveLength(listed.length);
		const works = sheets.get('监管') ?? [];
		expect(column(works, '约定动工')).toEqual([new Date('2026-11-10T00:00:00Z')]);
		const totals = valueOf(await readSupplyTotals(guest, PANJIN_ID));
		const states = column(sheets.get('宗地存量') ?? [], '状态').slice(0, -1);
		expect(states).toHaveLength(totals.counts.reduce((sum, { supplies }) => sum + supplies, 0));
	});

	it('tells what happened in its month, in the language of who asks', async () => {
		const events = (await sheetsOf('2026-11', 'en')).get('Supplies of the month') ?? [];
		expect(column(events, 'Event')).toEqual(['Offer', 'Award', 'Sign contract', 'Hand over', 'Offer']);
		expect(column(events, 'Price (yuan)')).toEqual([null, 100_000, 100_000, null, null]);
		expect(column(events, 'Holder').slice(-1)).toEqual([null]);
		expect(column(events, 'Day').every((day) => day instanceof Date)).toBe(true);
	});

	it('of a month that is over counts what was recorded by its last day', async () => {
		const later = noon('2027-01-15');
		const now = await read('2027-01', later);
		const then = await read('2026-11', later);
		expect([then.onDate, now.onDate, then.dueUntil]).toEqual(['2026-11-30', '2027-01-15', '2026-12-31']);
		expect(then.events).toHaveLength(5);
		expect(now.events).toEqual([]);
		const overdue = ({ accounts }: typeof now) => accounts.map(({ overdueFen }) => overdueFen);
		expect([overdue(then), overdue(now)]).toEqual([[0], [60_000_00]]);
		const before = await read('2026-10', later);
		expect(before.events).toEqual([]);
		expect(before.plots.map(({ standing, supplyNo }) => [standing, supplyNo])).toEqual([
			[null, null],
			[null, null],
		]);
		expect([before.works, before.accounts, before.due]).toEqual([[], [], []]);
	});

	it('leaves out of a month that is over payments, notes and supplies that were entered since', async () => {
		const later = noon('2027-01-15');
		const told = async () => {
			const { accounts, batches, plots } = await read('2026-11', later);
			return {
				paid: accounts.map(({ paidFen }) => paidFen),
				causes: batches.map(({ state }) => state.cause),
				supplies: plots.map(({ supplyNo }) => supplyNo),
			};
		};
		const before = await told();
		const paid = { kind: 'price', amountFen: 1_00, paidOn: '2026-11-10', reference: 'a late slip' } as const;
		const sue = desk.as('sue');
		const sent = { ...paid, correctsNo: null, clientId: clientId() };
		valueOf(await recordPayment(sue, PANJIN_ID, sold, sent));
		const noted = {
			list: 'approved_not_supplied',
			batchNo: 1,
			plotNo: null,
			statedOn: '2026-11-10',
		} as const;
		const note = { ...noted, cause: 'a late cause', proposal: null, clientId: clientId() };
		valueOf(await recordNote(sue, PANJIN_ID, note));
		const entered = await desk.enter('lease');
		await written('supply_payment', noon('2026-12-02'), 2);
		await written('land_note', noon('2026-12-02'));
		await written('supply', noon('2026-12-02'), entered);
		expect(await told()).toEqual({ ...before, supplies: [...before.supplies, null] });
		await written('supply_payment', noon('2026-11-30'), 2);
		await written('land_note', noon('2026-11-30'));
		await written('supply', noon('2026-11-30'), entered);
		expect(await told()).toEqual({
			paid: [40_001_00],
			causes: ['a late cause'],
			supplies: [...before.supplies, entered],
		});
	});

	it('tells the day of an act, and what was recorded late in the month of the record', async () => {
		const november = (await read('2026-11')).events.filter(({ supply }) => supply.supplyNo === sold);
		expect(november.map(({ event, onDay }) => `${event} ${onDay}`)).toEqual([
			'offer 2026-09-01',
			'award 2026-10-10',
			'sign 2026-10-20',
			'hand_over 2026-11-01',
		]);
	});

	it('refuses more plots than it is made for', async () => {
		expect(failureOf(await readLedger(desk.as('guest'), PANJIN_ID, '2026-11', 1))).toEqual([
			'refused',
			'ledger.too-large',
		]);
	});

	it('is made one at a time, and refused where too many wait', async () => {
		const inTurn = oneAtATime(2);
		const done: string[] = [];
		let open = () => {};
		const gate = new Promise<void>((resolve) => (open = resolve));
		const first = inTurn(async () => {
			await gate;
			done.push('first');
			throw new Error('a fault');
		});
		const second = inTurn(() => Promise.resolve(done.push('second')));
		expect(inTurn(() => Promise.resolve())).toBeNull();
		open();
		await expect(first).rejects.toThrow('a fault');
		await second;
		expect(done).toEqual(['first', 'second']);
		await expect(inTurn(() => Promise.resolve('third'))).resolves.toBe('third');
	});

	it('says in place of a sum how many of its amounts are not known', async () => {
		const ledger = await read('2026-11');
		const [account] = ledger.accounts;
		const unknown = { ...ledger, accounts: [account, { ...account, agreedFen: null, overdueFen: null }] };
		const book = await writeLedger(ledgerSheets(unknown, [], 'zh'), {
			title: '',
			note: '',
			total: '',
			unknown: (count) => `${count} unknown`,
		});
		const money = (await readWorkbook(book)).find(({ sheet }) => sheet === '价款与欠缴')?.data as Cells;
		const sumOf = (head: string) => column(money, head).at(-1) ?? null;
		expect([sumOf('约定（元）'), sumOf('逾期未缴（元）')]).toEqual(['1 unknown', '1 unknown']);
		expect(sumOf('累计已缴（元）')).toBe((2 * account.paidFen) / 100);
	});

	it('leaves the events of a month that is over as they were told then, whatever is corrected since', async () => {
		const later = noon('2027-01-15');
		const facts = { event: 'sign', field: 'number', value: 'no. 2', reason: 'mistyped' } as const;
		const correction = { ...facts, eventNo: 3, expectedEdit: 4 };
		const numbers = async (now?: Date) =>
			(await read('2026-11', now)).events.map(({ contractNumber }) => contractNumber);
		const before = await numbers(later);
		expect(before.filter((number) => number !== null)).toHaveLength(1);
		valueOf(await correctSupply(desk.as('sue', later), PANJIN_ID, sold, correctionOf(correction)));
		expect(await numbers(later)).toEqual(before);
		expect(await numbers(noon('2026-11-30'))).toContain('no. 2');
	});

	it('shows neither reserve price nor bidders, whoever asks', async () => {
		for (const who of ['guest', 'sue', 'paul'] as const) {
			const ledger = valueOf(await readLedger(desk.as(who), PANJIN_ID, '2026-11'));
			const book = await writeLedger(ledgerSheets(ledger, [], 'zh'), {
				title: '',
				note: '',
				total: '',
				unknown: (count) => `${count} unknown`,
			});
			const told = JSON.stringify(await readWorkbook(book));
			expect(told).toContain('a company');
			expect(told).not.toMatch(/不露名|987654321|98765432100/);
		}
	});

	it('is for who may read supplies, and of months that have come', async () => {
		const guest = desk.as('guest');
		const stranger = { ...guest, actor: { ...guest.actor, grants: [] } };
		expect(failureOf(await readLedger(stranger, PANJIN_ID, '2026-11'))[0]).toBe('forbidden');
		expect(failureOf(await readLedger(guest, PANJIN_ID, '2026-12'))).toEqual([
			'refused',
			'ledger.month-ahead',
		]);
	});
});
