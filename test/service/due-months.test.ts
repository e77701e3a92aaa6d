import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listWholeDue, sumByMonth } from '$lib/server/service/supply/due-months.ts';
import { readScanTotals, scanLand } from '$lib/server/service/supply/scan.ts';
import { listDue } from '$lib/server/service/supply/supervise.ts';
import { valueOf } from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { openSupplyDesk, type SupplyDesk } from '../support/supply-desk.ts';

const until = '2031-12-31';

describe.each(DATABASE_KINDS)('what is due in a whole zone on the %s database', (kind) => {
	let desk: SupplyDesk;
	let supplies: number[];
	beforeAll(async () => {
		desk = await openSupplyDesk(kind);
		supplies = [await desk.grant(), await desk.grant(), await desk.grant()];
	});
	afterAll(() => desk.database.close());

	const whole = async (bounds = {}, filter = {}) =>
		valueOf(await listWholeDue(desk.as('guest'), PANJIN_ID, { until, ...filter }, bounds));

	it('is in order of days and the same whatever is read in one go', async () => {
		await whole();
		await desk.as('guest').dueDays.ended();
		const { items, isCut } = await whole();
		expect(new Set(items.map(({ supply }) => supply.supplyNo))).toEqual(new Set(supplies));
		const order = items.map(({ on, supply }) => `${on} ${supply.supplyNo}`);
		expect(order).toEqual([...order].sort());
		expect(isCut).toBe(false);
		for (const chunk of [1, 2, 3]) expect(await whole({ chunk })).toEqual(await whole());
	});

	it('is summed by whole months, where pages of supplies would each hold a part of them', async () => {
		const { items } = await whole({ chunk: 1 });
		const months = sumByMonth(items);
		expect(months.reduce((all, { count }) => all + count, 0)).toBe(items.length);
		const ofPrice = months.find(({ month }) => month === '2026-12');
		expect(ofPrice).toMatchObject({ openFen: 300_000_00 });
		const first = valueOf(await listDue(desk.as('guest'), PANJIN_ID, { until, limit: 1 }));
		expect(first.next).not.toBeNull();
		expect(first.items.length).toBeLessThan(items.length);
	});

	it('is found by its kind, wherever its supply stands', async () => {
		const { items } = await whole({ chunk: 1 }, { kinds: ['start-by'] });
		expect(items.map(({ kind: what }) => what)).toEqual(supplies.map(() => 'start-by'));
	});

	it('says where more supplies are due than were reckoned', async () => {
		const cut = await whole({ most: 2, chunk: 1 });
		expect(cut.isCut).toBe(true);
		expect(new Set(cut.items.map(({ supply }) => supply.supplyNo)).size).toBe(2);
		expect((await whole({ most: 3, chunk: 2 })).isCut).toBe(false);
	});

	it('counts each list of land that waits as the list does, of a park or of all', async () => {
		const now = new Date('2030-01-01T04:00:00Z');
		const totalsOf = async (parkId?: string) =>
			valueOf(await readScanTotals(desk.as('guest', now), PANJIN_ID, parkId));
		for (const totals of await totalsOf()) {
			const asked = { list: totals.list, offset: 0, limit: 200 };
			const { list, count, areaDm2 } = valueOf(await scanLand(desk.as('guest', now), PANJIN_ID, asked));
			expect(totals).toEqual({ list, count, areaDm2 });
		}
		const unused = (lists: Awaited<ReturnType<typeof totalsOf>>) =>
			lists.find(({ list }) => list === 'supplied_not_used')?.count;
		expect(unused(await totalsOf())).toBe(3);
		expect(unused(await totalsOf('no-such-park'))).toBe(0);
	});
});
