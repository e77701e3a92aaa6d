import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WireBalance } from '$lib/api/balance.ts';
import { OFFICE_ON_LOCALHOST, PUBLIC_ACTOR } from '$lib/server/access/actor.ts';
import type { Database } from '$lib/server/db/connect.ts';
import { balanceAnswer } from '$lib/server/http/balance-answer.ts';
import { findBalance, type Balance } from '$lib/server/service/balance.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { databaseWithZones, PANJIN_FOLDER, serviceContexts } from '../support/zone-service.ts';

const ZONE = 'panjin-like';
const UNITS = ['m2', 'ha', 'mu', 'km2'] as const;
const LEVELS = [1, 2, 3] as const;

/** A decimal text in whole last digits, exact. */
const digits = (text: string) => BigInt(text.replace('.', ''));
const sum = (texts: readonly string[]) => texts.reduce((total, text) => total + digits(text), 0n);

function answered(balance: Balance | null): WireBalance {
	if (balance === null) throw new Error('no such zone');
	return balanceAnswer(balance);
}

describe.each(DATABASE_KINDS)('the area balance of a zone (%s)', (kind) => {
	let database: Database;
	let contextFor: ReturnType<typeof serviceContexts>;

	beforeAll(async () => {
		database = await databaseWithZones(kind, [PANJIN_FOLDER]);
		contextFor = serviceContexts(database);
	});
	afterAll(() => database.close());

	const balance = async (
		actor = OFFICE_ON_LOCALHOST,
		choice: Parameters<typeof findBalance>[2] = { level: 1, unit: 'm2' },
	): Promise<WireBalance> => answered(await findBalance(contextFor(actor), ZONE, choice));

	it('adds up in rows, columns and total, at every level and in every unit', async () => {
		for (const level of LEVELS)
			for (const unit of UNITS) {
				const { tables, change } = await balance(OFFICE_ON_LOCALHOST, { level, unit });
				expect(tables.map((table) => table.coverageId)).toEqual(['plan', 'current']);
				for (const table of tables) {
					for (const line of table.lines) expect(sum(line.cells)).toBe(digits(line.total));
					table.columns.forEach((_, column) =>
						expect(sum(table.lines.map((line) => line.cells[column]))).toBe(
							digits(table.columnTotals[column]),
						),
					);
					expect(sum(table.columnTotals)).toBe(digits(table.total));
				}
				expect(change).not.toBeNull();
				expect(change?.cells.length).toBeGreaterThan(1);
				change?.cells.forEach((row, i) => expect(sum(row)).toBe(digits(change.rowTotals[i])));
				expect(sum(change?.columnTotals ?? [])).toBe(digits(change?.total ?? '0'));
			}
	});

	it('keeps the same square metres at every level, and as the sum of the parcels', async () => {
		const [first, second, third] = await Promise.all(
			LEVELS.map((level) => balance(OFFICE_ON_LOCALHOST, { level, unit: 'm2' })),
		);
		const zone = first.totals.find((total) => total.parkId === null);
		for (const one of [first, second, third]) {
			expect(one.tables[0].total).toBe(zone?.planM2);
			expect(one.tables[1].total).toBe(zone?.currentM2);
		}
	});

	it('names every parcel that has no class, lies outside the parks or across two: nothing is dropped', async () => {
		const { exceptions, tables } = await balance();
		const of = (kindOf: string) => exceptions.find((one) => one.coverageId === 'plan' && one.kind === kindOf);
		expect(of('unclassified')?.parcels).toBe(1);
		expect(of('outside')?.parcels).toBe(1);
		expect(of('several')?.parcels).toBe(1);
		expect(of('outside')?.parcelNos).toHaveLength(1);
		const [plan] = tables;
		const unclassified = plan.lines.find((line) => line.line === 'unclassified');
		expect(unclassified?.total).toBe(of('unclassified')?.areaM2);
		expect(plan.columnTotals.slice(-2)).toEqual([of('outside')?.areaM2, of('several')?.areaM2]);
	});

	it('takes its change margins from the stored sums of both coverages', async () => {
		const { change, tables } = await balance();
		expect(change?.rows.some((row) => row.line === 'class')).toBe(true);
		const stored = (table: (typeof tables)[number], code: string | null) =>
			table.lines.find((line) => line.code === code && line.line === 'class')?.total;
		change?.rows.forEach((row, i) => {
			if (row.line === 'class') expect(change.rowTotals[i]).toBe(stored(tables[0], row.code));
		});
		change?.columns.forEach((column, j) => {
			if (column.line === 'class') expect(change.columnTotals[j]).toBe(stored(tables[1], column.code));
		});
	});

	it('judges by the rule in force, with its tolerance and source', async () => {
		const { totals } = await balance();
		for (const { verdict } of totals) {
			expect(verdict.ruleKey).toMatch(/^balance\.(park|zone)\.tolerance$/);
			expect(verdict.source).toMatch(/fixture/);
		}
		expect(totals.map((total) => [total.parkId, total.verdict.verdict, total.verdict.toleranceKm2])).toEqual([
			['liaodongwan', 'outside', '0.005'],
			['xinglongtai', 'within', '0.02'],
			[null, 'within', '0.01'],
		]);
	});

	it('answers "no nominal" before the official figures begin, never a pass', async () => {
		const early = contextFor(OFFICE_ON_LOCALHOST, new Date('2019-06-01T00:00:00Z'));
		const then = answered(await findBalance(early, ZONE, { level: 1, unit: 'm2' }));
		expect(then.totals.map((total) => total.verdict.verdict)).toEqual([
			'no_nominal',
			'no_nominal',
			'no_nominal',
		]);
	});

	it('shows the public the same whole without what is not published', async () => {
		const open = await balance(PUBLIC_ACTOR);
		const office = await balance();
		expect(open.tables.map((table) => table.coverageId)).toEqual(['plan']);
		expect(open.change).toBeNull();
		expect(open.totals.every((total) => total.currentM2 === null)).toBe(true);
		expect(open.tables[0].total).toBe(office.tables[0].total);
		expect(open.tables[0].lines.some((line) => line.code?.startsWith('15'))).toBe(false);
	});

	it('has nothing to say of a zone or a park that is not there', async () => {
		expect(await findBalance(contextFor(PUBLIC_ACTOR), 'nowhere', { level: 1, unit: 'ha' })).toBeNull();
		const other = await findBalance(contextFor(OFFICE_ON_LOCALHOST), ZONE, {
			level: 1,
			unit: 'ha',
			park: 'nowhere',
		});
		expect([other?.isParkKnown, other?.change]).toEqual([false, null]);
	});
});
