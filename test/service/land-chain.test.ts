import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner } from '$lib/server/db/connect.ts';
import { listAuditEvents } from '$lib/server/db/audit-event.ts';
import {
	enterBatch,
	enterProgramme,
	listBatches,
	readBuildings,
	readProgrammes,
	writeBuilding,
} from '$lib/server/service/supply/land-chain.ts';
import { actOnSupply } from '$lib/server/service/supply/act.ts';
import { recordNote, scanLand } from '$lib/server/service/supply/scan.ts';
import { recordPayment, recordPermit, recordSecret } from '$lib/server/service/supply/record-fact.ts';
import { clientId, failureOf, valueOf } from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { openSupplyDesk, type SupplyDesk } from '../support/supply-desk.ts';
import { SOUND_OFFER } from '../support/supply-guard.ts';

const BATCH = {
	number: '批次1',
	title: 'a batch',
	approvedOn: '2024-06-01',
	approvingOffice: 'an office',
	approvedAreaDm2: 50_000_00,
	source: 'a document',
};
/** The batch as an entry of its own. */
const batch = () => ({ clientId: clientId(), ...BATCH });
const FLOORS = {
	name: '1号楼',
	industryFloorDm2: 10_000_00,
	supportFloorDm2: 1_000_00,
	livingFloorDm2: 500_00,
	leastUnitDm2: null,
	splitFloorDm2: null,
	selfHeldFloorDm2: null,
	statedOn: '2026-11-01',
	source: 'a survey',
};
const noon = (day: string) => new Date(`${day}T04:00:00Z`);

describe.each(DATABASE_KINDS)('the land chain on the %s database', (kind) => {
	let desk: SupplyDesk;
	beforeAll(async () => {
		desk = await openSupplyDesk(kind);
	});
	afterAll(() => desk.database.close());

	it('enters batches, says what of them is supplied and what remains, and lists that as 批而未供', async () => {
		valueOf(await enterBatch(desk.as('sue'), PANJIN_ID, batch()));
		expect(failureOf(await enterBatch(desk.as('sue'), PANJIN_ID, batch()))).toEqual([
			'conflict',
			'batch.number-taken',
		]);
		expect(failureOf(await enterBatch(desk.as('ann'), PANJIN_ID, batch()))[0]).toBe('forbidden');
		const only = async (now?: Date) =>
			valueOf(await listBatches(desk.as('guest', now), PANJIN_ID)).batches[0];
		expect(await only(noon('2026-06-02'))).toMatchObject({
			batch: { plots: 0, suppliedDm2: 0 },
			state: {
				state: 'remaining',
				remainingDm2: 50_000_00,
				isPastLapse: true,
				lapse: { value: '2026-06-01' },
			},
		});
		const { batchNo } = (await only()).batch;
		await desk.enter('grant', { batchNo, documentAreaDm2: 10_000_00 });
		await desk.grant({}, { batchNo, documentAreaDm2: 20_000_00 });
		expect(await only()).toMatchObject({
			batch: { plots: 2, suppliedPlots: 1, suppliedDm2: 20_000_00, withoutDocument: 0 },
			state: { state: 'remaining', remainingDm2: 30_000_00, isPastLapse: false },
		});
		const note = { list: 'approved_not_supplied', batchNo, plotNo: null, statedOn: '2026-11-01' } as const;
		valueOf(
			await recordNote(desk.as('sue'), PANJIN_ID, {
				...{ clientId: clientId(), ...note, cause: 'no demand', proposal: null },
			}),
		);
		const scan = { list: 'approved_not_supplied', offset: 0, limit: 10 } as const;
		expect(valueOf(await scanLand(desk.as('guest'), PANJIN_ID, scan))).toMatchObject({
			count: 1,
			areaDm2: 30_000_00,
			batches: [{ proposal: 'scan.supply-rest', note: { cause: 'no demand' } }],
		});
	});

	it('enters programmes once, and sums what is in them', async () => {
		const said = { year: 2027, number: 'a number', approvedOn: '2026-11-05', source: 'a decision' };
		const programme = () => ({ clientId: clientId(), ...said });
		valueOf(await enterProgramme(desk.as('sue'), PANJIN_ID, programme()));
		expect(failureOf(await enterProgramme(desk.as('sue'), PANJIN_ID, programme()))).toEqual([
			'conflict',
			'programme.year-taken',
		]);
		expect(failureOf(await enterProgramme(desk.as('paul'), PANJIN_ID, programme()))[0]).toBe('forbidden');
		await desk.enter('lease', { documentAreaDm2: 7_000_00 });
		const [next, now] = valueOf(await readProgrammes(desk.as('guest'), PANJIN_ID));
		expect(next).toMatchObject({ year: 2027, isSynthetic: false, totals: [] });
		expect(now.totals.find(({ mode }) => mode === 'lease')).toMatchObject({
			quarter: 4,
			classCode: '100101',
			supplies: 1,
			areaDm2: 7_000_00,
		});
	});

	it('enters buildings with their floors and brings them to others, which the audit keeps', async () => {
		const supplyNo = await desk.grant();
		const { plotNo } = (await desk.supervision(supplyNo)).supply;
		const write = (who: 'sue' | 'guest', no: number | null, changes = {}) =>
			writeBuilding(desk.as(who), PANJIN_ID, plotNo, no, { ...FLOORS, ...changes });
		valueOf(await write('sue', null));
		// Sent again after a lost answer.
		expect(valueOf(await write('sue', null))).toHaveLength(1);
		valueOf(await write('sue', null, { name: '2号楼' }));
		expect(failureOf(await write('guest', null))[0]).toBe('forbidden');
		expect(failureOf(await write('sue', 3))).toEqual(['not-found', 'building.not-found']);
		valueOf(await write('sue', 1, { industryFloorDm2: 12_000_00 }));
		const read = valueOf(await readBuildings(desk.as('guest'), PANJIN_ID, plotNo));
		expect(read).toMatchObject([
			{ buildingNo: 1, industryFloorDm2: 12_000_00 },
			{ buildingNo: 2, name: '2号楼' },
		]);
		const audit = await asOwner(desk.database, (sql) => listAuditEvents(sql, PANJIN_ID, { limit: 10 }));
		expect(audit.find(({ action }) => action === 'building.measured')?.details).toMatchObject({
			before: { industryFloorDm2: 10_000_00 },
		});
	});

	it('takes no day that is to come for something that was done', async () => {
		const no = await desk.enter('grant');
		const { plotNo } = (await desk.supervision(no)).supply;
		const [sue, day] = [desk.as('sue'), '2099-01-01'];
		const of = { kind: 'reserve_price', amountFen: 1, bidder: null, statedOn: day } as const;
		const paid = { kind: 'rent', amountFen: 1, paidOn: day, reference: 'a slip', correctsNo: null } as const;
		const permit = { kind: 'works_permit', number: 'a number', office: 'an office', issuedOn: day } as const;
		const programme = { year: 2099, number: 'a number', approvedOn: day, source: 'a decision' };
		const refused = [
			await enterBatch(sue, PANJIN_ID, { ...batch(), number: 'ahead', approvedOn: day }),
			await enterProgramme(sue, PANJIN_ID, { ...programme, clientId: clientId() }),
			await writeBuilding(sue, PANJIN_ID, plotNo, null, { ...FLOORS, statedOn: day }),
			await recordSecret(sue, PANJIN_ID, no, { clientId: clientId(), ...of }),
			await recordPayment(sue, PANJIN_ID, no, { ...paid, clientId: clientId() }),
			await recordPermit(sue, PANJIN_ID, plotNo, { clientId: clientId(), ...permit }),
		];
		expect(refused.map(failureOf)).toEqual(refused.map(() => ['refused', 'fact.ahead']));
	});

	it('holds an award to the reserve price of its own offer, not to one before it', async () => {
		const no = await desk.enter('grant');
		const reserve = (amountFen: number) =>
			recordSecret(desk.as('sue'), PANJIN_ID, no, {
				clientId: clientId(),
				kind: 'reserve_price',
				amountFen,
				bidder: null,
				statedOn: '2026-08-20',
			});
		const offer = { ...SOUND_OFFER, noticeOn: '2026-09-01', startsOn: '2026-09-22', endsOn: '2026-10-09' };
		const award = {
			awardedOn: '2026-11-19',
			holder: 'a company',
			priceFen: 100_000_00,
			yearlyRentFen: null,
			bidders: 2,
		};
		const tryAward = async (expectedEdit: number) =>
			actOnSupply(desk.as('sue'), PANJIN_ID, no, {
				event: 'award',
				facts: award,
				acknowledged: [],
				expectedEdit,
			});
		valueOf(await reserve(200_000_00));
		await desk.act(no, 'paul', 'offer', offer);
		expect(failureOf(await tryAward(1))).toEqual(['refused', 'supply.below-reserve-price']);
		await desk.act(no, 'sue', 'close_unsold', { closedOn: '2026-10-10' });
		const again = { noticeOn: '2026-10-11', startsOn: '2026-11-01', endsOn: '2026-11-18' };
		await desk.act(no, 'both', 'offer', { ...offer, ...again });
		valueOf(await reserve(90_000_00));
		expect(valueOf(await tryAward(3)).state).toBe('awarded');
	});
});
