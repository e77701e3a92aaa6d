import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { flattenMultiPolygons } from '$geo/flat-polygons.ts';
import { questionOf } from '$lib/domain/supply/finding.ts';
import { foldRecord } from '$lib/domain/supply/fold-record.ts';
import type { EventFacts } from '$lib/domain/supply/record.ts';
import { listAuditEvents, listAuditFaults } from '$lib/server/db/audit-event.ts';
import { asOwner } from '$lib/server/db/connect.ts';
import { insertOffice } from '$lib/server/db/person.ts';
import type { SupplyRow } from '$lib/server/db/supply.ts';
import { insertProgramme } from '$lib/server/db/supply-programme.ts';
import { publishChangeset } from '$lib/server/service/changeset/publish.ts';
import { recordPaper } from '$lib/server/service/changeset/record.ts';
import { actOnSupply, askSupplyEvent } from '$lib/server/service/supply/act.ts';
import { correctSupply } from '$lib/server/service/supply/correct.ts';
import { enterSupply } from '$lib/server/service/supply/enter.ts';
import { readPlot, readSupplyTotals } from '$lib/server/service/supply/list.ts';
import { makePlot, type PlotOrder } from '$lib/server/service/supply/make-plot.ts';
import { readSupply } from '$lib/server/service/supply/read.ts';
import { recordPayment, recordStatement } from '$lib/server/service/supply/record-fact.ts';
import { loadLaw } from '../../seeds/load/load-law.ts';
import {
	act,
	added,
	begun,
	clientId,
	correctionOf,
	corner,
	failureOf,
	numberOf,
	openWorkshop,
	ownStrip,
	valueOf,
	type Colleague,
	type Workshop,
} from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import {
	NO_RESERVE_RULE,
	SOUND_CONTRACT,
	SOUND_LEASE,
	SOUND_OFFER,
	SOUND_PLOT,
} from '../support/supply-guard.ts';
import { CADASTRAL_CODE, UNIT_CODE } from '../support/supply-rows.ts';
import { SEEDS_FOLDER } from '../support/zone-service.ts';

const OFFER = { ...SOUND_OFFER, noticeOn: '2026-09-01', startsOn: '2026-09-22', endsOn: '2026-10-09' };
const LEASE_OFFER = { ...OFFER, leaseMonths: 36, grantYears: 40 };
const AWARD = {
	awardedOn: '2026-10-10',
	holder: 'a company',
	priceFen: null,
	yearlyRentFen: 100_000_00,
	bidders: 2,
};
const LEASE = {
	...SOUND_LEASE,
	...{ signedOn: '2026-10-20', handOverBy: '2026-11-15', startBy: null, completeBy: null },
};
const RESULTS = [{ key: 'tax', isMet: true, evidence: 'a certificate' }];

describe.each(DATABASE_KINDS)('plots and supplies on the %s database', (kind) => {
	let shop: Workshop;
	beforeAll(async () => {
		shop = await openWorkshop(kind);
		expect(await loadLaw(shop.database, SEEDS_FOLDER)).toBe(true);
		expect(await loadLaw(shop.database, SEEDS_FOLDER)).toBe(false);
		const names = { nameZh: '市局(示例)', nameEn: 'Sample bureau', isSample: true };
		const office = { officeId: 'bureau', ...names };
		await asOwner(shop.database, async (sql) => {
			await insertOffice(sql, PANJIN_ID, { ...office, kind: 'municipal_bureau' });
			const made = { approvedOn: null, source: 'a source', isSynthetic: true };
			await insertProgramme(sql, PANJIN_ID, { year: 2026, number: 'a number', ...made });
		});
	});
	afterAll(() => shop.database.close());

	async function ordered(codes: readonly string[], changes: Partial<PlotOrder> = {}): Promise<PlotOrder> {
		return {
			clientId: clientId(),
			parcelNos: await Promise.all(codes.map((code) => numberOf(shop.database, code))),
			...{ name: '示例宗地', within: null, batchNo: null, cadastralCode: null, unitCode: null },
			...{ codeStatus: 'none', documentAreaDm2: null, reason: 'a reason', ...changes },
		};
	}
	const correct = (who: Colleague, supplyNo: number, said: Parameters<typeof correctionOf>[0]) =>
		correctSupply(shop.as(who), PANJIN_ID, supplyNo, correctionOf(said));
	const made = async (codes: readonly string[], changes: Partial<PlotOrder> = {}) =>
		valueOf(await makePlot(shop.as('sue'), PANJIN_ID, await ordered(codes, changes)));

	/** A plot of parcels with its whole checklist stated, in a supply. */
	async function entered(
		mode: SupplyRow['mode'],
		code = 'PJ-00',
		without: readonly string[] = [],
	): Promise<number> {
		const { plotNo } = await made([code], { within: code === 'PJ-00' ? ownStrip() : null });
		for (const item of SOUND_PLOT.statements.keys()) {
			if (without.includes(item)) continue;
			const stated = { item, outcome: 'pass', statedOn: '2026-08-01', document: 'a document' } as const;
			valueOf(await recordStatement(shop.as('sue'), PANJIN_ID, plotNo, { clientId: clientId(), ...stated }));
		}
		const supply = { clientId: clientId(), plotNo, mode, year: 2026, quarter: 4 };
		return valueOf(await enterSupply(shop.as('sue'), PANJIN_ID, supply)).supplyNo;
	}
	const read = async (supplyNo: number) => valueOf(await readSupply(shop.as('guest'), PANJIN_ID, supplyNo));
	async function tried<Kind extends keyof EventFacts>(
		supplyNo: number,
		who: Colleague,
		event: Kind,
		facts: EventFacts[Kind],
		acknowledged: readonly string[] = [],
	) {
		const { supply } = await read(supplyNo);
		const known = [...NO_RESERVE_RULE, ...acknowledged];
		const sent = { event, facts, acknowledged: known, expectedEdit: supply.editNo };
		return actOnSupply(shop.as(who), PANJIN_ID, supplyNo, sent);
	}
	const acted = async (...sent: Parameters<typeof tried>) => valueOf(await tried(...sent));
	async function leased(): Promise<number> {
		const supplyNo = await entered('lease_then_grant');
		await acted(supplyNo, 'paul', 'offer', LEASE_OFFER);
		await acted(supplyNo, 'sue', 'award', AWARD);
		await acted(supplyNo, 'sue', 'sign_lease', LEASE);
		await acted(supplyNo, 'sue', 'hand_over', { handedOverOn: '2026-11-01' });
		return supplyNo;
	}

	it('make a plot of two parcels whose areas are the sum of theirs, once for one order', async () => {
		const order = await ordered(['PJ-02', 'PJ-10'], {
			cadastralCode: CADASTRAL_CODE,
			unitCode: UNIT_CODE,
			codeStatus: 'registered',
		});
		const plot = valueOf(await makePlot(shop.as('sue'), PANJIN_ID, order));
		expect(valueOf(await makePlot(shop.as('sue'), PANJIN_ID, order)).plotNo).toBe(plot.plotNo);
		const [sum] = await shop.database.sql<{ ellipsoidal: number; planar: number }[]>`
			select sum(area_dm2)::bigint as ellipsoidal, sum(planar_area_dm2)::bigint as planar from yuantu.parcel
			where zone_id = ${PANJIN_ID} and coverage_id = 'plan' and rev_to is null and code in ('PJ-02', 'PJ-10')`;
		expect(Math.abs(plot.areaDm2 - Number(sum.ellipsoidal))).toBeLessThanOrEqual(1);
		expect(Math.abs(plot.planarAreaDm2 - Number(sum.planar))).toBeLessThanOrEqual(1);
		expect(plot).toMatchObject({ parkId: 'liaodongwan', classCode: '070102', planarSrid: 4550 });
		const { parcels, isAstray } = valueOf(await readPlot(shop.as('guest'), PANJIN_ID, plot.plotNo));
		expect(parcels.map(({ isWhole }) => isWhole)).toEqual([true, true]);
		expect(parcels.every(({ code }) => /^PJ-/.test(code))).toBe(true);
		expect(isAstray).toBe(false);
	});

	it('make a plot of what of a parcel lies within an outline', async () => {
		const ring = [
			corner(-0.5, -0.5),
			corner(0.5, -0.5),
			corner(0.5, 1.5),
			corner(-0.5, 1.5),
			corner(-0.5, -0.5),
		];
		const half = await made(['PJ-00'], { within: flattenMultiPolygons([[[ring]]]) });
		const west = [corner(0, 0), corner(0.5, 0), corner(0.5, 1), corner(0, 1), corner(0, 0)];
		const [areaM2] = ellipsoidalAreasM2(flattenMultiPolygons([[[west]]]));
		expect(Math.abs(half.areaDm2 - areaM2 * 100)).toBeLessThanOrEqual(1);
		const { parcels } = valueOf(await readPlot(shop.as('guest'), PANJIN_ID, half.plotNo));
		expect(parcels).toMatchObject([{ isWhole: false, sharedAreaDm2: half.areaDm2 }]);
	});

	it.each([
		['plot.code-form', ['PJ-00'], { cadastralCode: '2111', codeStatus: 'provisional' }],
		['plot.code-status', ['PJ-00'], { cadastralCode: CADASTRAL_CODE }],
		['plot.several-classes', ['PJ-00', 'PJ-02'], {}],
		['plot.document-area-far', ['PJ-00'], { documentAreaDm2: 100, within: ownStrip() }],
		['plot.parcel-unknown', [], { parcelNos: [987_654] }],
		['plot.batch-unknown', ['PJ-00'], { batchNo: 987 }],
		[
			'plot.empty',
			['PJ-00'],
			{ within: flattenMultiPolygons([[[[corner(9, 9), corner(10, 9), corner(10, 10), corner(9, 9)]]]]) },
		],
	] as const)('refuse a plot: %s', async (code, parcels, changes) => {
		const order = await ordered(parcels, changes);
		expect(failureOf(await makePlot(shop.as('sue'), PANJIN_ID, order))).toEqual(['refused', code]);
		const forbidden = ['forbidden', 'supply.not-permitted'];
		expect(failureOf(await makePlot(shop.as('ann'), PANJIN_ID, await ordered(['PJ-00'])))).toEqual(forbidden);
	});

	it('refuse a code that another plot has, and a payment of nothing', async () => {
		const cadastralCode = '211103001001GB00777';
		const changes = { cadastralCode, codeStatus: 'provisional' } as const;
		await made(['PJ-00'], { ...changes, within: ownStrip() });
		const again = await ordered(['PJ-00'], changes);
		expect(failureOf(await makePlot(shop.as('sue'), PANJIN_ID, again))).toEqual([
			'refused',
			'plot.code-taken',
		]);
		const paid = { kind: 'rent', paidOn: '2026-11-20', reference: 'a slip', correctsNo: null } as const;
		for (const amountFen of [0, -100])
			expect(
				failureOf(
					await recordPayment(shop.as('sue'), PANJIN_ID, await leased(), {
						...{ clientId: clientId(), ...paid, amountFen },
					}),
				),
			).toEqual(['refused', 'payment.not-positive']);
	});

	it('carry a supply from the programme over a lease to a grant', async () => {
		const supplyNo = await leased();
		expect((await read(supplyNo)).supply).toMatchObject({
			state: 'in_lease',
			dueOn: '2029-10-31',
			editNo: 4,
		});
		await acted(supplyNo, 'sue', 'open_review', { openedOn: '2026-11-20' });
		const own = await tried(supplyNo, 'sue', 'pass_review', { passedOn: '2026-11-21', results: RESULTS });
		expect(failureOf(own)).toEqual(['forbidden', 'supply.not-permitted']);
		const unmet = [{ ...RESULTS[0], isMet: false }];
		expect(
			failureOf(await tried(supplyNo, 'paul', 'pass_review', { passedOn: '2026-11-21', results: unmet })),
		).toEqual(['refused', 'supply.condition-not-met']);
		await acted(supplyNo, 'paul', 'pass_review', { passedOn: '2026-11-21', results: RESULTS });
		const contract = { ...SOUND_CONTRACT, signedOn: '2026-11-21', handOverBy: null, grantYears: 48 };
		const open = ['supply.price-not-tendered priceFen 10000000', 'rule.none price.floor.industrial'];
		expect(failureOf(await tried(supplyNo, 'sue', 'sign_grant', contract, open))).toEqual([
			'refused',
			'supply.term-differs',
			'term.sum-over-maximum',
			'supply.decision-needed',
		]);
		const early = { ...contract, grantYears: 40, signedOn: '2026-11-20' };
		expect(failureOf(await tried(supplyNo, 'sue', 'sign_grant', early, open))).toEqual([
			'refused',
			'supply.day-early',
			'supply.decision-needed',
		]);
		// Who passed the review does not set a price that nobody tendered; another who decides may.
		const agreed = { ...contract, grantYears: 40 };
		const same = failureOf(await tried(supplyNo, 'paul', 'sign_grant', agreed, open));
		expect(same).toEqual(['refused', 'supply.decision-needed']);
		await acted(supplyNo, 'both', 'sign_grant', agreed, open);
		const { supply, record, timeline } = await read(supplyNo);
		expect(supply.state).toBe('granted');
		expect(record).toMatchObject({ leaseMonths: 36, grantYears: 40, offers: 1 });
		expect(timeline.find(({ kind: what }) => what === 'right-ends')?.on).toBe('2066-11-20');
	});

	it('end a supply whose review failed, as its contract says', async () => {
		const supplyNo = await leased();
		await acted(supplyNo, 'sue', 'open_review', { openedOn: '2026-11-20' });
		await acted(supplyNo, 'paul', 'fail_review', { failedOn: '2026-11-21', results: [], reason: 'no tax' });
		const lease = { eventNo: 3, event: 'sign_lease', field: 'onFailure', value: 'less' } as const;
		const said = { ...lease, reason: 'a slip', expectedEdit: (await read(supplyNo)).supply.editNo };
		const softened = failureOf(await correct('sue', supplyNo, said));
		expect(softened).toEqual(['refused', 'correction.decided-on']);
		const end = { endedOn: '2026-11-21', cause: 'conversion_failed', reason: '' } as const;
		const refused = failureOf(await tried(supplyNo, 'paul', 'end', end));
		expect(refused).toEqual(['forbidden', 'supply.another-needed']);
		await acted(supplyNo, 'both', 'end', end);
		expect((await read(supplyNo)).supply).toMatchObject({ state: 'ended', dueOn: null });
		const again = failureOf(await tried(supplyNo, 'sue', 'offer', LEASE_OFFER));
		expect(again).toEqual(['refused', 'supply.event-impossible']);
	});

	it('refuse an offer without planning conditions, whatever is acknowledged', async () => {
		const supplyNo = await entered('grant', 'PJ-12');
		const codes = ['supply.conditions-missing', 'supply.unacknowledged', 'rule.none'];
		const failure = failureOf(await tried(supplyNo, 'paul', 'offer', OFFER, codes));
		expect(failure[0]).toBe('refused');
		expect(failure).toContain('supply.conditions-missing');
		expect((await read(supplyNo)).supply.state).toBe('programmed');
	});

	it('want questions without an answer to be acknowledged, and keep that with the event', async () => {
		const supplyNo = await entered('lease_then_grant', 'PJ-00', ['industry_plan']);
		const event = { event: 'offer', facts: LEASE_OFFER } as const;
		const asked = valueOf(await askSupplyEvent(shop.as('paul'), PANJIN_ID, supplyNo, event));
		const open = asked.filter(({ outcome }) => outcome !== 'pass');
		const questions = ['supply.industry-plan-unstated', ...NO_RESERVE_RULE];
		expect(open.map((one) => [one.outcome, questionOf(one)])).toEqual(
			questions.map((question) => ['unknown', question]),
		);
		expect(failureOf(await tried(supplyNo, 'paul', 'offer', LEASE_OFFER))).toEqual([
			'refused',
			'supply.unacknowledged',
		]);
		await acted(supplyNo, 'paul', 'offer', LEASE_OFFER, ['supply.industry-plan-unstated']);
		expect((await read(supplyNo)).events.at(-1)?.unknowns).toEqual(questions);
	});

	it('move what is reckoned with a corrected date, and keep the old value in the audit', async () => {
		const supplyNo = await leased();
		const correction = {
			eventNo: 4,
			event: 'hand_over',
			field: 'handedOverOn',
			value: '2026-11-10',
			reason: 'mistyped',
			expectedEdit: 4,
		} as const;
		const corrected = valueOf(await correct('sam', supplyNo, correction));
		expect(corrected).toMatchObject({ state: 'in_lease', dueOn: '2029-11-09', editNo: 5 });
		const { timeline, events, corrections } = await read(supplyNo);
		expect(timeline.find(({ kind: what }) => what === 'lease-ends')?.on).toBe('2029-11-09');
		expect(events[3].facts).toEqual({ handedOverOn: '2026-11-01' });
		expect(foldRecord('lease_then_grant', 'sue', events, corrections).handedOverOn).toBe('2026-11-10');
		const audit = await asOwner(shop.database, (sql) => listAuditEvents(sql, PANJIN_ID, { limit: 200 }));
		expect(
			audit.find(({ action, entity }) => action === 'supply.corrected' && entity === `supply/${supplyNo}`)
				?.details,
		).toMatchObject({
			reason: 'mistyped',
			changes: [{ eventNo: 4, field: 'handedOverOn', from: '2026-11-01', to: '2026-11-10' }],
		});
		const again = { ...correction, value: '2026-11-11' };
		expect(failureOf(await correct('sue', supplyNo, again))).toEqual(['stale', 'supply.moved']);
		const same = { ...correction, expectedEdit: 5 };
		expect(failureOf(await correct('sue', supplyNo, same))).toEqual(['refused', 'correction.same']);
	});

	it('hold a corrected day to those before and after it, and name the one that it passes', async () => {
		const supplyNo = await leased();
		await acted(supplyNo, 'sue', 'open_review', { openedOn: '2026-11-20' });
		const corrected = (eventNo: number, event: 'sign_lease' | 'hand_over', field: string, value: string) =>
			correct('sam', supplyNo, { eventNo, event, field, value, reason: 'mistyped', expectedEdit: 5 });
		const early = { code: 'supply.day-early' };
		expect(await corrected(4, 'hand_over', 'handedOverOn', '2026-10-19')).toMatchObject({
			issues: [{ ...early, params: { beforeName: 'signedOn', beforeOn: '2026-10-20' } }],
		});
		expect(await corrected(4, 'hand_over', 'handedOverOn', '2026-11-21')).toMatchObject({
			issues: [
				{
					...early,
					params: {
						dayName: 'openedOn',
						on: '2026-11-20',
						beforeName: 'handedOverOn',
						beforeOn: '2026-11-21',
					},
				},
			],
		});
		expect(failureOf(await corrected(3, 'sign_lease', 'handOverBy', '2026-10-19'))).toEqual([
			'refused',
			'supply.day-early',
		]);
		expect(failureOf(await corrected(4, 'hand_over', 'handedOverOn', '2099-01-01'))).toContain(
			'supply.day-ahead',
		);
		expect(valueOf(await corrected(4, 'hand_over', 'handedOverOn', '2026-11-20')).editNo).toBe(6);
	});

	it('refuse who acts on what he no longer sees, and a second supply of a plot', async () => {
		const supplyNo = await leased();
		const late = {
			event: 'open_review',
			facts: { openedOn: '2026-11-20' },
			acknowledged: [],
			expectedEdit: 3,
		} as const;
		expect(failureOf(await actOnSupply(shop.as('sue'), PANJIN_ID, supplyNo, late))).toEqual([
			'stale',
			'supply.moved',
		]);
		const { supply } = await read(supplyNo);
		const second = {
			clientId: clientId(),
			plotNo: supply.plotNo,
			mode: 'grant',
			year: 2026,
			quarter: 1,
		} as const;
		const refused = await enterSupply(shop.as('sam'), PANJIN_ID, second);
		expect(failureOf(refused)).toEqual(['conflict', 'supply.plot-taken']);
		expect(refused).toMatchObject({ issues: [{ params: { supplyNo, state: 'in_lease' } }] });
	});

	it('list a plot as astray once the plan has reshaped its parcel, and do not offer it', async () => {
		const supplyNo = await entered('grant', 'PJ-20');
		const { plotNo } = (await read(supplyNo)).supply;
		expect(valueOf(await readSupplyTotals(shop.as('guest'), PANJIN_ID)).plotsAstray).not.toContain(plotNo);
		const parcelNos = [await numberOf(shop.database, 'PJ-20')];
		const no = await begun(shop.as('ann'));
		const line = [corner(0.5, 1.9), corner(0.5, 3.1)];
		await added(shop.as('ann'), no, 0, { verb: 'split_by_line', params: { line, parcelNos } });
		const blank = { startsOn: null, endsOn: null, office: null, issuedOn: null, documentNo: null };
		const report = { ...blank, kind: 'error_report', number: '更正1号', summary: '界线写错' } as const;
		valueOf(await recordPaper(shop.as('ann'), PANJIN_ID, no, report));
		valueOf(await act(shop.as('ann'), no, 'submit'));
		valueOf(await act(shop.as('paul'), no, 'approve'));
		valueOf(await publishChangeset(shop.as('paul'), PANJIN_ID, no, { comment: '', effectiveOn: null }));
		expect(valueOf(await readSupplyTotals(shop.as('guest'), PANJIN_ID)).plotsAstray).toContain(plotNo);
		expect(valueOf(await readPlot(shop.as('guest'), PANJIN_ID, plotNo)).isAstray).toBe(true);
		expect(failureOf(await tried(supplyNo, 'paul', 'offer', OFFER, ['rule.none']))).toContain(
			'supply.plan-differs',
		);
	});

	it('leave an audit without a gap', async () => {
		expect(await asOwner(shop.database, (sql) => listAuditFaults(sql, PANJIN_ID))).toEqual([]);
	});
});
