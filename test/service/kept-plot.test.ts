import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAuditEvents } from '$lib/server/db/audit-event.ts';
import { asOwner } from '$lib/server/db/connect.ts';
import { sumSuppliedInYear } from '$lib/server/db/supplied-land.ts';
import { countSupplies } from '$lib/server/db/supply.ts';
import { recordPaper } from '$lib/server/service/changeset/record.ts';
import { publishChangeset } from '$lib/server/service/changeset/publish.ts';
import { correctLand, type LandCorrection } from '$lib/server/service/supply/correct-land.ts';
import { enterSupply } from '$lib/server/service/supply/enter.ts';
import { readPlot } from '$lib/server/service/supply/list.ts';
import {
	enterBatch,
	listBatches,
	readProgrammes,
	writeBuilding,
} from '$lib/server/service/supply/land-chain.ts';
import { makePlot, type PlotOrder } from '$lib/server/service/supply/make-plot.ts';
import { recordPermit, recordStatement } from '$lib/server/service/supply/record-fact.ts';
import { redrawPlot, statePlotArea, type AreaOrder } from '$lib/server/service/supply/redraw-plot.ts';
import { readRegister } from '$lib/server/service/supply/register.ts';
import {
	act,
	added,
	begun,
	clientId,
	corner,
	failureOf,
	numberOf,
	valueOf,
	type Colleague,
} from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { SOUND_OFFER } from '../support/supply-guard.ts';
import { openSupplyDesk, type SupplyDesk } from '../support/supply-desk.ts';

const REASON = { reason: 'a reason', document: null };
const BLANK = { startsOn: null, endsOn: null, office: null, issuedOn: null, documentNo: null };

describe.each(DATABASE_KINDS)('a plot kept right on the %s database', (kind) => {
	let desk: SupplyDesk;
	beforeAll(async () => {
		desk = await openSupplyDesk(kind);
	});
	afterAll(() => desk.database.close());

	const make = async (code: string, order: Partial<PlotOrder> = {}) =>
		makePlot(desk.as('sue'), PANJIN_ID, {
			...{ clientId: clientId(), name: '示例宗地', within: null, batchNo: null, cadastralCode: null },
			...{ parcelNos: [await numberOf(desk.database, code)], unitCode: null, codeStatus: 'none' },
			...{ documentAreaDm2: null, reason: 'a reason', ...order },
		});
	const read = async (plotNo: number) => valueOf(await readPlot(desk.as('guest'), PANJIN_ID, plotNo));
	const enter = (plotNo: number) =>
		enterSupply(desk.as('sue'), PANJIN_ID, {
			...{ clientId: clientId(), plotNo, mode: 'grant', year: 2026, quarter: 4 },
		});
	const redraw = (plotNo: number, parcelNos: readonly number[], more: object = {}, who: Colleague = 'sue') =>
		redrawPlot(desk.as(who), PANJIN_ID, plotNo, {
			...{ clientId: clientId(), expectedVersion: 1, parcelNos, within: null, documentAreaDm2: null },
			...{ reason: 'the plan was amended', ...more },
		});
	const correct = (correction: object, who: Colleague = 'sue') =>
		correctLand(desk.as(who), PANJIN_ID, {
			clientId: clientId(),
			...REASON,
			...correction,
		} as LandCorrection);

	/** Publishes a plan in which a parcel is cut by a line. */
	async function cut(code: string, line: [[number, number], [number, number]]): Promise<void> {
		const no = await begun(desk.as('ann'));
		const params = {
			line: line.map(([x, y]) => corner(x, y)),
			parcelNos: [await numberOf(desk.database, code)],
		};
		await added(desk.as('ann'), no, 0, { verb: 'split_by_line', params });
		const report = { ...BLANK, kind: 'error_report', number: '更正1号', summary: '界线写错' } as const;
		valueOf(await recordPaper(desk.as('ann'), PANJIN_ID, no, report));
		valueOf(await act(desk.as('ann'), no, 'submit'));
		valueOf(await act(desk.as('paul'), no, 'approve'));
		valueOf(await publishChangeset(desk.as('paul'), PANJIN_ID, no, { comment: '', effectiveOn: null }));
	}

	it('comes from an older plan to that of today by a version of its own, while its ground is promised to nobody', async () => {
		const made = valueOf(await make('PJ-20'));
		const { plotNo } = made;
		const { supplyNo } = valueOf(await enter(plotNo));
		expect(await read(plotNo)).toMatchObject({
			isAstray: false,
			parcelsToday: null,
			versions: [{ version: 1 }],
		});
		await cut('PJ-20', [
			[0.5, 1.9],
			[0.5, 3.1],
		]);
		const astray = await read(plotNo);
		expect(astray.isAstray).toBe(true);
		const today = astray.parcelsToday ?? [];
		expect(today).toHaveLength(2);
		expect(failureOf(await redraw(plotNo, today, { expectedVersion: 2 }))).toEqual([
			'conflict',
			'plot.version-moved',
		]);
		expect(failureOf(await redraw(plotNo, today, {}, 'paul'))[0]).toBe('forbidden');
		expect(failureOf(await redraw(plotNo, today, { documentAreaDm2: 1 }))).toEqual([
			...['refused', 'plot.document-area-far'],
		]);
		const id = clientId();
		const order = { clientId: id };
		expect(valueOf(await redraw(plotNo, today, order))).toMatchObject({ version: 2, areaDm2: made.areaDm2 });
		// Sent twice it is made once; another thing under the same id is refused.
		expect(valueOf(await redraw(plotNo, today, order)).version).toBe(2);
		expect(failureOf(await redraw(plotNo, today, { ...order, reason: 'another' }))).toEqual([
			...['conflict', 'entry.sent-otherwise'],
		]);
		const after = await read(plotNo);
		expect(after).toMatchObject({ isAstray: false, parcelsToday: null, plot: { version: 2 } });
		expect(after.versions).toMatchObject([
			{ version: 1, kind: 'made', areaDm2: made.areaDm2, revision: made.revision },
			{
				version: 2,
				kind: 'redrawn',
				reason: 'the plan was amended',
				revision: made.revision + 1,
				userName: 'Person sue',
			},
		]);
		expect(failureOf(await redraw(plotNo, today, { expectedVersion: 2 }))).toEqual([
			'refused',
			'plot.version-same',
		]);
		const half = valueOf(await redraw(plotNo, [today[0]], { expectedVersion: 2 }));
		expect(half.areaDm2).toBeLessThan(made.areaDm2);
		const audit = await asOwner(desk.database, (sql) => listAuditEvents(sql, PANJIN_ID, { limit: 30 }));
		expect(audit.find(({ action }) => action === 'plot.redrawn')?.details).toMatchObject({
			before: { version: 2, areaDm2: made.areaDm2 },
		});
		// The rest is free for another plot, and taken from then on.
		const parcelNos = [today[1]];
		valueOf(await make('PJ-22', { parcelNos }));
		expect(failureOf(await redraw(plotNo, today, { expectedVersion: 3 }))).toEqual([
			'refused',
			'plot.ground-taken',
		]);
		expect((await read(plotNo)).supplies.map((one) => one.supplyNo)).toEqual([supplyNo]);
	});

	it('keeps its ground while it is on offer and once it is agreed', async () => {
		const no = await desk.enter('grant');
		const { plotNo } = (await desk.supervision(no)).supply;
		const nos = [await numberOf(desk.database, 'PJ-00')];
		const offer = { ...SOUND_OFFER, noticeOn: '2026-09-01', startsOn: '2026-09-22', endsOn: '2026-10-09' };
		await desk.act(no, 'paul', 'offer', offer);
		expect(failureOf(await redraw(plotNo, nos))).toEqual(['refused', 'plot.on-offer']);
		const granted = await desk.grant();
		const of = (await desk.supervision(granted)).supply.plotNo;
		expect(failureOf(await redraw(of, nos))).toEqual(['refused', 'plot.ground-agreed']);
		const free = valueOf(await make('PJ-06'));
		const [other] = await desk.database.sql<{ no: number }[]>`
			select parcel_no as no from yuantu.parcel
			where zone_id = ${PANJIN_ID} and coverage_id = 'plan' and rev_to is null and class_code is not null
				and park_id <> ${free.parkId}
			order by parcel_no limit 1`;
		expect(failureOf(await redraw(free.plotNo, [other.no]))).toEqual(['refused', 'plot.park-moved']);
	});

	it('has the area of a document typed later, and corrected by a second person once its ground is agreed', async () => {
		const no = await desk.grant();
		const { plotNo } = (await desk.supervision(no)).supply;
		const { areaDm2 } = (await read(plotNo)).plot;
		const state = (documentAreaDm2: number, who: Colleague, more: Partial<AreaOrder> = {}) =>
			statePlotArea(desk.as(who), PANJIN_ID, plotNo, {
				...{ clientId: clientId(), expectedVersion: 1, documentAreaDm2, document: '测绘1号' },
				...{ reason: 'surveyed', ...more },
			});
		expect(failureOf(await state(areaDm2 * 3, 'sue'))).toEqual(['refused', 'plot.document-area-far']);
		const first = valueOf(await state(areaDm2 - 1, 'sue'));
		expect(first).toMatchObject({ version: 2, areaDm2, documentAreaDm2: areaDm2 - 1 });
		const again = { expectedVersion: 2 };
		expect(failureOf(await state(areaDm2 - 1, 'head', again))).toEqual(['refused', 'plot.area-same']);
		expect(failureOf(await state(areaDm2, 'sam', again))).toEqual(['forbidden', 'plot.area-decided']);
		expect(failureOf(await state(areaDm2, 'guest', again))).toEqual(['forbidden', 'supply.not-permitted']);
		expect(valueOf(await state(areaDm2, 'head', again)).documentAreaDm2).toBe(areaDm2);
		const third = { expectedVersion: 3 };
		expect(failureOf(await state(areaDm2 - 2, 'head', third))).toEqual(['forbidden', 'plot.area-another']);
		expect(valueOf(await state(areaDm2 - 2, 'paul', third)).version).toBe(4);
		expect((await read(plotNo)).versions.map((one) => [one.kind, one.documentAreaDm2])).toEqual([
			['made', null],
			['document', areaDm2 - 1],
			['document', areaDm2],
			['document', areaDm2 - 2],
		]);
	});

	it('moves no sum of the past as it is drawn anew after its supply was over', async () => {
		const batch = {
			title: 'a batch',
			approvedOn: '2026-06-01',
			approvingOffice: 'an office',
			source: 'a document',
		};
		const entered = { clientId: clientId(), number: '批次9', approvedAreaDm2: 90_000_00, ...batch };
		valueOf(await enterBatch(desk.as('sue'), PANJIN_ID, entered));
		const batches = async () => valueOf(await listBatches(desk.as('guest'), PANJIN_ID)).batches;
		const batchNo = (await batches())[0].batch.batchNo;
		const no = await desk.grant({}, { batchNo, documentAreaDm2: 10_000_00 });
		const ended = { endedOn: '2026-11-02', cause: 'surrendered', reason: 'a reason' } as const;
		await desk.act(no, 'paul', 'end', ended);
		const { plotNo } = (await desk.supervision(no)).supply;
		const { plot } = await read(plotNo);
		const asked = await desk.enter('grant', { documentAreaDm2: 1_000_00 });
		const beside = (await read((await desk.supervision(asked)).supply.plotNo)).plot;
		const sums = async () => ({
			batch: (await batches())[0].batch,
			programmes: valueOf(await readProgrammes(desk.as('guest'), PANJIN_ID)),
			...(await asOwner(desk.database, async (sql) => ({
				ended: (await countSupplies(sql, PANJIN_ID)).find(({ state }) => state === 'ended'),
				ofClass: await sumSuppliedInYear(sql, PANJIN_ID, beside, 'ellipsoidal', 2026),
			}))),
		});
		const before = await sums();
		expect(before.batch).toMatchObject({ suppliedPlots: 1, suppliedDm2: 10_000_00 });
		expect(before.ended).toMatchObject({ supplies: 1, areaDm2: 10_000_00 });
		const [other] = await desk.database.sql<{ no: number }[]>`
			select parcel_no as no from yuantu.parcel p
			where zone_id = ${PANJIN_ID} and coverage_id = 'plan' and rev_to is null and park_id = ${plot.parkId}
				and class_code <> ${plot.classCode} and not exists (
					select from yuantu.plot_parcel l where l.zone_id = p.zone_id and l.parcel_no = p.parcel_no)
			order by parcel_no limit 1`;
		const drawn = valueOf(await redraw(plotNo, [other.no]));
		expect(drawn).toMatchObject({ version: 2, documentAreaDm2: null });
		expect(drawn.classCode).not.toBe(plot.classCode);
		expect(await sums()).toEqual(before);
	});

	it('made by mistake is withdrawn while it has no supply: its ground and code are free, it is seen and changed no more', async () => {
		const codes = { cadastralCode: '211103001001GB00077', codeStatus: 'provisional' } as const;
		const { plotNo } = valueOf(await make('PJ-01', codes));
		const { supplyNo } = valueOf(await enter(plotNo));
		const withdrawal = { kind: 'plot_withdrawn', plotNo };
		expect(failureOf(await correct(withdrawal))).toEqual(['refused', 'plot.supplied']);
		await desk.act(supplyNo, 'sue', 'cancel', { reason: 'a reason' });
		expect(failureOf(await correct(withdrawal, 'paul'))).toEqual(['forbidden', 'supply.not-permitted']);
		const sent = { ...withdrawal, clientId: clientId() };
		valueOf(await correct(sent));
		valueOf(await correct(sent));
		expect(failureOf(await correct(withdrawal))).toEqual(['refused', 'plot.withdrawn']);
		expect(await read(plotNo)).toMatchObject({
			plot: { isWithdrawn: true },
			corrections: [{ kind: 'plot_withdrawn', reason: 'a reason', userName: 'Person sue' }],
		});
		expect(failureOf(await enter(plotNo))).toEqual(['refused', 'plot.withdrawn']);
		const floors = { industryFloorDm2: 1, supportFloorDm2: 0, livingFloorDm2: 0, leastUnitDm2: null };
		const building = {
			...{ ...floors, name: '1号楼', splitFloorDm2: null, selfHeldFloorDm2: null },
			...{ statedOn: '2026-11-01', source: 'a document' },
		};
		expect(failureOf(await writeBuilding(desk.as('sue'), PANJIN_ID, plotNo, null, building))).toEqual([
			...['refused', 'plot.withdrawn'],
		]);
		expect(failureOf(await redraw(plotNo, [await numberOf(desk.database, 'PJ-01')]))).toEqual([
			...['refused', 'plot.withdrawn'],
		]);
		const listed = async (flag?: 'withdrawn') => {
			const wish = { flag, sort: 'plot', order: 'up', offset: 0, limit: 200 } as const;
			return valueOf(await readRegister(desk.as('guest'), PANJIN_ID, wish)).rows.map((row) => row.plotNo);
		};
		expect(await listed()).not.toContain(plotNo);
		expect(await listed('withdrawn')).toEqual([plotNo]);
		expect(valueOf(await make('PJ-01', codes)).plotNo).toBeGreaterThan(plotNo);
	});

	it('has permits that follow their chain, are recorded once and are voided, and statements recorded once', async () => {
		const { plotNo } = valueOf(await make('PJ-22'));
		const permit = (
			kind: 'land_use_permit' | 'works_permit' | 'verification',
			issuedOn: string,
			id = clientId(),
		) =>
			recordPermit(desk.as('sue'), PANJIN_ID, plotNo, {
				...{ clientId: id, kind, number: `${kind} 1`, office: 'an office', issuedOn },
			});
		expect(failureOf(await permit('verification', '2026-08-01'))).toEqual([
			'refused',
			'permit.works-missing',
		]);
		valueOf(await permit('land_use_permit', '2026-06-01'));
		expect(failureOf(await permit('works_permit', '2026-05-01'))).toEqual(['refused', 'permit.too-early']);
		const id = clientId();
		valueOf(await permit('works_permit', '2026-07-01', id));
		valueOf(await permit('works_permit', '2026-07-01', id));
		expect(failureOf(await permit('works_permit', '2026-07-01'))).toEqual(['refused', 'permit.recorded']);
		valueOf(await permit('verification', '2026-08-01'));
		const voided = (permitNo: number) => correct({ kind: 'permit_voided', plotNo, permitNo });
		expect(failureOf(await voided(2))).toEqual(['refused', 'permit.later-stands']);
		valueOf(await voided(3));
		expect(failureOf(await voided(3))).toEqual(['not-found', 'permit.not-found']);
		valueOf(await voided(2));
		expect((await read(plotNo)).permits.map((one) => [one.kind, one.isVoid])).toEqual([
			['land_use_permit', false],
			['works_permit', true],
			['verification', true],
		]);
		valueOf(await permit('works_permit', '2026-07-02'));
		const said = {
			clientId: clientId(),
			item: 'soil',
			outcome: 'fail',
			statedOn: '2026-08-01',
			document: null,
		} as const;
		const state = (more: object = {}) =>
			recordStatement(desk.as('sue'), PANJIN_ID, plotNo, { ...said, ...more });
		valueOf(await state());
		valueOf(await state());
		expect(failureOf(await state({ outcome: 'unknown' }))).toEqual(['conflict', 'entry.sent-otherwise']);
	});
});
