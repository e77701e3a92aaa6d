import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAuditEvents } from '$lib/server/db/audit-event.ts';
import { asOwner } from '$lib/server/db/connect.ts';
import type { ServiceContext } from '$lib/server/service/context.ts';
import { enterBatch, listBatches } from '$lib/server/service/supply/land-chain.ts';
import { readPlot } from '$lib/server/service/supply/list.ts';
import { readSupply } from '$lib/server/service/supply/read.ts';
import { giveBatch } from '$lib/server/service/supply/record-fact.ts';
import { scanLand } from '$lib/server/service/supply/scan.ts';
import { clientId, failureOf, valueOf } from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { insertVariant, PANJIN_ID } from '../support/database-rows.ts';
import { addPerson } from '../support/people.ts';
import { openSupplyDesk, type SupplyDesk } from '../support/supply-desk.ts';
import { PLOT_PARK } from '../support/supply-rows.ts';
import { ELSEWHERE, OTHER_PARK } from '../support/supply-town.ts';

const BATCH = {
	title: 'a batch',
	approvedOn: '2024-06-01',
	approvingOffice: 'an office',
	approvedAreaDm2: 50_000_00,
	source: 'a document',
};
const AREA_DM2 = 20_000_00;
const grantIn = (parkId: string) =>
	({ zoneId: PANJIN_ID, role: 'supply_officer', parkId, officeId: null }) as const;

describe.each(DATABASE_KINDS)('the batch of a plot on the %s database', (kind) => {
	let desk: SupplyDesk;
	let supplyNo: number;
	let plotNo: number;
	beforeAll(async () => {
		desk = await openSupplyDesk(kind);
		for (const number of ['one', 'two'])
			valueOf(await enterBatch(desk.as('sue'), PANJIN_ID, { clientId: clientId(), ...BATCH, number }));
		await asOwner(desk.database, async (sql) => {
			await insertVariant(sql, 'zone', { zone_id: `'${ELSEWHERE}'` });
			await sql`
				insert into conversion_batch (zone_id, batch_no, number, title, approved_on, approving_office, approved_area_dm2, source, is_synthetic)
				values (${ELSEWHERE}, 7, 'of another zone', 'a batch', '2024-06-01', 'an office', 100, 'a document', true)`;
			await addPerson(sql, PLOT_PARK, [grantIn(PLOT_PARK)]);
			await addPerson(sql, OTHER_PARK, [grantIn(OTHER_PARK)]);
		});
		// Handed over, and by its contract to be begun in a month that is past at the desk's day.
		supplyNo = await desk.grant({ startBy: '2026-11-02' }, { documentAreaDm2: AREA_DM2 });
		({ plotNo } = (await desk.supervision(supplyNo)).supply);
	});
	afterAll(() => desk.database.close());

	/** An officer of one park, named like it. */
	function ofPark(parkId: string): ServiceContext {
		const context = desk.as('sue');
		const officer = { userId: parkId, name: parkId, email: '', grants: [grantIn(parkId)] };
		return { ...context, actor: { kind: 'user', ...officer } };
	}
	const give = (context: ServiceContext, batchNo: number | null, expectedBatchNo: number | null) =>
		giveBatch(context, PANJIN_ID, plotNo, { batchNo, expectedBatchNo });
	const supplied = async () =>
		valueOf(await listBatches(desk.as('guest'), PANJIN_ID)).batches.map(({ batch, state }) => [
			batch.suppliedDm2,
			state.remainingDm2,
		]);
	const isFull = [AREA_DM2, BATCH.approvedAreaDm2 - AREA_DM2];
	const isBare = [0, BATCH.approvedAreaDm2];

	it('is given, changed and taken by an officer of its park; what is supplied and what remains follow, the audit keeps both', async () => {
		expect(await supplied()).toEqual([isBare, isBare]);
		const officer = ofPark(PLOT_PARK);
		expect(valueOf(await give(officer, 1, null))).toMatchObject({ plotNo, batchNo: 1 });
		expect(await supplied()).toEqual([isFull, isBare]);
		// Sent twice it is done once.
		expect(valueOf(await give(officer, 1, null)).batchNo).toBe(1);
		expect(valueOf(await give(officer, 2, 1)).batchNo).toBe(2);
		expect(await supplied()).toEqual([isBare, isFull]);
		expect(valueOf(await readPlot(desk.as('guest'), PANJIN_ID, plotNo)).plot.batchNo).toBe(2);
		expect(valueOf(await give(officer, null, 2)).batchNo).toBeNull();
		expect(await supplied()).toEqual([isBare, isBare]);
		const audit = await asOwner(desk.database, (sql) => listAuditEvents(sql, PANJIN_ID, { limit: 20 }));
		const given = audit.filter(({ action }) => action === 'plot.batch-given');
		expect(given.map(({ details }) => details).reverse()).toEqual([
			{ batchNo: 1, before: null },
			{ batchNo: 2, before: 1 },
			{ batchNo: null, before: 2 },
		]);
		expect(given[0]).toMatchObject({ actor: `user/${PLOT_PARK}`, entity: `plot/${plotNo}` });
	});

	it.each([
		['a batch that is not there', 987, null, 'refused', 'plot.batch-unknown'],
		['a batch of another zone', 7, null, 'refused', 'plot.batch-unknown'],
		['a choice made when the plot had another batch', 1, 2, 'conflict', 'plot.batch-moved'],
	] as const)('is not %s', async (_, batchNo, expected, ...refusal) => {
		expect(failureOf(await give(desk.as('sue'), batchNo, expected))).toEqual(refusal);
		expect(valueOf(await readPlot(desk.as('guest'), PANJIN_ID, plotNo)).plot.batchNo).toBeNull();
	});

	it('of two who give one at once, one is told that the other was first', async () => {
		const answers = await Promise.all([give(desk.as('sue'), 1, null), give(desk.as('sam'), 2, null)]);
		expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
		expect(answers.filter(({ ok }) => !ok).map(failureOf)).toEqual([['conflict', 'plot.batch-moved']]);
		const { batchNo } = valueOf(await readPlot(desk.as('guest'), PANJIN_ID, plotNo)).plot;
		valueOf(await give(desk.as('sue'), null, batchNo));
	});

	it('is for officers of its park, who are told that they may; so are notes of land that waits', async () => {
		const whoMay = [
			[desk.as('sue'), true, true],
			[ofPark(PLOT_PARK), true, false],
			[ofPark(OTHER_PARK), false, false],
			[desk.as('paul'), false, false],
			[desk.as('guest'), false, false],
		] as const;
		for (const [context, mayInPark, mayInZone] of whoMay) {
			const given = await give(context, null, null);
			expect(given.ok || failureOf(given)).toEqual(mayInPark || ['forbidden', 'supply.not-permitted']);
			expect(valueOf(await readPlot(context, PANJIN_ID, plotNo)).mayManage).toBe(mayInPark);
			expect(valueOf(await readSupply(context, PANJIN_ID, supplyNo)).mayManage).toBe(mayInPark);
			expect(valueOf(await listBatches(context, PANJIN_ID)).mayEnter).toBe(mayInZone);
			const scan = { list: 'supplied_not_used', offset: 0, limit: 10 } as const;
			const { supplies, mayNoteBatches } = valueOf(await scanLand(context, PANJIN_ID, scan));
			expect(supplies.map(({ supply, mayNote }) => [supply.supplyNo, mayNote])).toEqual([
				[supplyNo, mayInPark],
			]);
			expect(mayNoteBatches).toBe(mayInZone);
		}
	});
});
