import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner } from '$lib/server/db/connect.ts';
import { listBuildings } from '$lib/server/db/building.ts';
import { findPlot } from '$lib/server/db/plot.ts';
import { sumSuppliedInYear } from '$lib/server/db/supplied-land.ts';
import { insertCorrection } from '$lib/server/db/supply-event.ts';
import { listAuditEvents } from '$lib/server/db/audit-event.ts';
import { actOnSupply } from '$lib/server/service/supply/act.ts';
import { correctSupply } from '$lib/server/service/supply/correct.ts';
import { writeBuilding } from '$lib/server/service/supply/land-chain.ts';
import { insertSupplyFact } from '$lib/server/db/supply-fact.ts';
import { asWriter } from '$lib/server/service/scope.ts';
import { recordPayment } from '$lib/server/service/supply/record-fact.ts';
import { recordSupplyFact, type NewFact } from '$lib/server/service/supply/supervise-act.ts';
import { readSupply } from '$lib/server/service/supply/read.ts';
import type { Outcome } from '$lib/server/service/supply/outcome.ts';
import { clientId, valueOf, type Colleague } from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { openSupplyDesk, type SupplyDesk } from '../support/supply-desk.ts';
import { SOUND_LEASE, SOUND_OFFER } from '../support/supply-guard.ts';

const failureOf = (outcome: Outcome<unknown>): string[] =>
	outcome.ok ? ['done'] : [outcome.why, ...outcome.issues.map(({ code }) => code)];
const noon = (day: string) => new Date(`${day}T04:00:00Z`);

describe.each(DATABASE_KINDS)('what one officer does not decide alone on the %s database', (kind) => {
	let desk: SupplyDesk;
	beforeAll(async () => {
		desk = await openSupplyDesk(kind);
	});
	afterAll(() => desk.database.close());

	const editOf = async (no: number) =>
		valueOf(await readSupply(desk.as('guest'), PANJIN_ID, no)).supply.editNo;
	const corrected = async (
		who: Colleague,
		no: number,
		field: 'holder' | 'priceFen' | 'awardedOn',
		value: unknown,
	) =>
		failureOf(
			await correctSupply(desk.as(who), PANJIN_ID, no, {
				clientId: clientId(),
				reason: 'a slip',
				expectedEdit: await editOf(no),
				changes: [{ eventNo: 2, event: 'award', field, value }],
			}),
		);

	it('who holds the land and at what price is corrected by who decides, once a contract stands on it', async () => {
		const no = await desk.grant();
		for (const [field, value] of [
			['holder', 'another company'],
			['priceFen', 1],
		] as const)
			expect(await corrected('sue', no, field, value)).toEqual(['forbidden', 'supply.decision-needed']);
		expect(await corrected('paul', no, 'holder', 'another company')).toEqual(['done']);
		const price = { eventNo: 3, event: 'sign', field: 'priceFen', value: 1 } as const;
		const signed = await correctSupply(desk.as('sue'), PANJIN_ID, no, {
			...{ clientId: clientId(), reason: 'a slip', expectedEdit: await editOf(no), changes: [price] },
		});
		expect(failureOf(signed)).toEqual(['forbidden', 'supply.decision-needed']);
		expect(await corrected('sue', no, 'awardedOn', '2026-10-11')).toEqual(['done']);
	});

	it('a price that nobody tendered, in the lease contract as in the grant, is for another who decides', async () => {
		const no = await desk.enter('lease_then_grant');
		const days = { noticeOn: '2026-09-01', startsOn: '2026-09-22', endsOn: '2026-10-09' };
		await desk.act(no, 'paul', 'offer', { ...SOUND_OFFER, ...days, leaseMonths: 36, grantYears: 40 });
		const won = { holder: 'a company', priceFen: null, yearlyRentFen: 100_000_00, bidders: 2 };
		await desk.act(no, 'sue', 'award', { awardedOn: '2026-10-10', ...won });
		const facts = { ...SOUND_LEASE, signedOn: '2026-10-20', handOverBy: '2026-11-01', priceFen: 1 };
		const sent = {
			event: 'sign_lease',
			facts,
			acknowledged: ['supply.price-not-tendered priceFen 1'],
			expectedEdit: await editOf(no),
		} as const;
		const tried = async (who: Colleague, changes: object = {}) =>
			failureOf(await actOnSupply(desk.as(who), PANJIN_ID, no, { ...sent, ...changes }));
		expect(await tried('sue')).toEqual(['refused', 'supply.decision-needed']);
		const possible = async (who: Colleague) =>
			valueOf(await readSupply(desk.as(who), PANJIN_ID, no)).possible;
		expect(await possible('paul')).toContain('sign_lease');
		// Where nothing is to be decided the act stays the officer's.
		expect(await tried('paul', { facts: { ...facts, priceFen: null } })).toEqual([
			'refused',
			'supply.officer-needed',
		]);
		expect(await tried('paul')).toEqual(['done']);
		// What was recorded with such a question is corrected by who decides and did not record it, whatever the field.
		const righted = async (who: Colleague, field: string, value: unknown) =>
			failureOf(
				await correctSupply(desk.as(who), PANJIN_ID, no, {
					...{ clientId: clientId(), reason: 'a slip', expectedEdit: await editOf(no) },
					changes: [{ eventNo: 3, event: 'sign_lease', field, value }],
				}),
			);
		for (const [field, value] of [
			['priceFen', 2],
			['number', 'lease 2'],
		] as const) {
			expect(await righted('sue', field, value)).toEqual(['forbidden', 'supply.decision-needed']);
			expect(await righted('paul', field, value)).toEqual(['forbidden', 'supply.another-needed']);
		}
		expect(await righted('both', 'number', 'lease 2')).toEqual(['done']);
		await desk.act(no, 'sue', 'hand_over', { handedOverOn: '2026-11-01' });
	});

	it('a rent that nobody tendered may be signed by who decides', async () => {
		const no = await desk.enter('lease_then_grant');
		const days = { noticeOn: '2026-09-01', startsOn: '2026-09-22', endsOn: '2026-10-09' };
		await desk.act(no, 'paul', 'offer', { ...SOUND_OFFER, ...days, leaseMonths: 36, grantYears: 40 });
		const won = { holder: 'a company', priceFen: 100_000_00, yearlyRentFen: null, bidders: 2 };
		await desk.act(no, 'sue', 'award', { awardedOn: '2026-10-10', ...won });
		const lease = { ...SOUND_LEASE, signedOn: '2026-10-20', handOverBy: '2026-11-01', priceFen: 100_000_00 };
		await desk.act(no, 'paul', 'sign_lease', lease);
	});

	it('a change of use is recorded by who decides, with what the rule leaves open acknowledged', async () => {
		const no = await desk.grant();
		const facts = {
			agreedOn: '2026-11-02',
			useBefore: 'industrial',
			useAfter: 'commercial',
			floorBeforeDm2: 0,
			floorAfterDm2: 0,
			topUpFen: 5_00,
			payBy: '2026-12-01',
		} as const;
		const now = noon('2026-11-20');
		const said = { now, acknowledged: ['supplement.use-changes commercial'] };
		const asked = await desk.record(no, 'supplement', facts, { ...said, acknowledged: [], who: 'paul' });
		expect(failureOf(asked)).toEqual(['refused', 'supplement.use-changes', 'rule.none']);
		const open = asked.ok ? [] : asked.issues.map(({ params }) => String(params?.acknowledge));
		expect(failureOf(await desk.record(no, 'supplement', facts, { now, acknowledged: open }))).toEqual([
			'refused',
			'supply.decision-needed',
		]);
		expect(
			failureOf(await desk.record(no, 'supplement', facts, { now, acknowledged: open, who: 'paul' })),
		).toEqual(['done']);
		const [{ factNo }] = (await desk.supervision(no, now)).facts;
		const plain = { ...facts, useAfter: 'industrial', floorAfterDm2: 5 } as const;
		expect(failureOf(await desk.record(no, 'supplement', plain, { now, replacesNo: factNo }))).toEqual([
			'forbidden',
			'supply.decision-needed',
		]);
		const back = {
			clientId: clientId(),
			kind: 'supplement',
			facts: {},
			document: 'a',
			isVoid: true,
		} as const;
		const voided = { ...back, replacesNo: factNo, acknowledged: [] } as unknown as NewFact;
		expect(failureOf(await recordSupplyFact(desk.as('sue', now), PANJIN_ID, no, voided))).toEqual([
			'forbidden',
			'supply.decision-needed',
		]);
		await expect(
			asWriter(desk.as('sue', now), PANJIN_ID, (sql) =>
				insertSupplyFact(sql, PANJIN_ID, no, { ...voided, occurredAt: now }),
			),
		).rejects.toThrow(/row-level security/);
		const [told] = await asOwner(desk.database, (sql) => listAuditEvents(sql, PANJIN_ID, { limit: 1 }));
		expect(told.details).toMatchObject({ unknowns: open });
		const other = { kind: 'progress', facts: { step: 'started', seenOn: '2026-11-05' } } as const;
		expect(failureOf(await desk.record(no, other.kind, other.facts, { now, who: 'paul' }))).toEqual([
			'forbidden',
			'supply.not-permitted',
		]);
	});

	it('a missed indicator is followed by what who decides says, and stays due until it is put right', async () => {
		const no = await desk.grant();
		const now = noon('2026-12-01');
		const indicator = {
			name: 'tax',
			unit: 'yuan',
			comparison: '>=',
			target: '100',
			tolerance: null,
			checkPoint: 'date',
			checkOn: '2026-11-10',
			monthsAfter: null,
			owner: 'the committee',
		} as const;
		valueOf(await desk.record(no, 'indicator', indicator, { now }));
		const [{ factNo }] = (await desk.supervision(no, now)).facts;
		const disposal = {
			indicatorNo: factNo,
			measure: 'rectify',
			decidedOn: '2026-11-20',
			rectifyBy: '2027-02-01',
			amountFen: null,
			payBy: null,
			note: '',
		} as const;
		const decide = async (who: Colleague, changes: object = {}) =>
			failureOf(await desk.record(no, 'disposal', { ...disposal, ...changes }, { now, who }));
		expect(await decide('paul')).toEqual(['refused', 'fact.indicator-not-missed']);
		const missed = { indicatorNo: factNo, assessedOn: '2026-11-12', value: '90' };
		valueOf(await desk.record(no, 'assessment', missed, { now }));
		const due = async () => (await desk.supervision(no, now)).due.map(({ kind: what, on }) => [what, on]);
		expect(await due()).toContainEqual(['disposal', '2026-11-12']);
		expect(await decide('sue')).toEqual(['forbidden', 'supply.decision-needed']);
		expect(await decide('paul', { rectifyBy: null })).toEqual(['refused', 'fact.disposal-open']);
		expect(await decide('paul', { decidedOn: '2026-11-11' })).toEqual(['refused', 'fact.days-reversed']);
		expect(await decide('paul')).toEqual(['done']);
		expect(await due()).toContainEqual(['rectify-by', '2027-02-01']);
		const penalty = { measure: 'penalty', rectifyBy: null, amountFen: 7_00, payBy: '2026-12-31' };
		expect(await decide('paul', penalty)).toEqual(['done']);
		expect(await due()).toContainEqual(['penalty', '2026-12-31']);
		// An account of its own: a fee that is paid is no penalty.
		const pay = async (what: 'fee' | 'penalty', amountFen: number) =>
			valueOf(
				await recordPayment(desk.as('sue', now), PANJIN_ID, no, {
					...{ clientId: clientId(), kind: what, amountFen, paidOn: '2026-12-01', reference: '1号' },
					correctsNo: null,
				}),
			);
		const accounts = async () =>
			(await desk.supervision(no, now)).supervision.accounts.flatMap(({ kind: of, plan, state }) =>
				of === 'price' ? [] : [[of, plan?.reason ?? null, state?.paidFen, state?.charges[0]?.openFen]],
			);
		await pay('fee', 7_00);
		await pay('penalty', 3_00);
		expect(await accounts()).toEqual([
			['fee', null, 7_00, undefined],
			['penalty', 'agreement.penalty-agreed', 3_00, 4_00],
		]);
		await pay('penalty', 4_00);
		expect((await due()).map(([what]) => what)).not.toContain('penalty');
		const again = { indicatorNo: factNo, assessedOn: '2026-11-30', value: '100' };
		valueOf(await desk.record(no, 'assessment', again, { now }));
		const kinds = (await due()).map(([what]) => what);
		expect(kinds).not.toContain('rectify-by');
		expect(kinds).not.toContain('disposal');
	});

	it('a fee for idle land follows the finding and the rule, whoever decides', async () => {
		const no = await desk.grant({ startBy: '2026-11-02', completeBy: null });
		const now = noon('2028-01-10');
		valueOf(await desk.step(no, 'sue', 'investigate', { ground: 'x' }, '2028-01-02', now));
		valueOf(await desk.step(no, 'sue', 'hear', { hearing: 'waived', statement: '' }, '2028-01-03', now));
		const found = { cause: 'holder', reason: 'x' } as const;
		valueOf(await desk.step(no, 'paul', 'find_idle', found, '2028-01-04', now));
		const fee = { measure: 'fee', amountFen: 20_000_01, payBy: '2028-03-01', note: '' } as const;
		const decided = async (changes: object = {}) =>
			failureOf(await desk.step(no, 'both', 'decide', { ...fee, ...changes }, '2028-01-05', now));
		expect(await decided()).toEqual(['refused', 'idle.fee-beyond-rule']);
		expect(await decided({ amountFen: 20_000_00, payBy: '2001-12-31' })).toEqual([
			'refused',
			'idle.fee-due-before',
		]);
		expect(await decided({ measure: 'take_back', amountFen: null, payBy: null })).toEqual([
			'refused',
			'idle.take-back-early',
		]);
		expect(await decided({ amountFen: 20_000_00 })).toEqual(['done']);
	});

	it('figures that cannot be are refused, and nothing of them is kept', async () => {
		const no = await desk.grant();
		const now = noon('2026-12-01');
		const figures = {
			statedOn: '2026-11-30',
			developedDm2: 2,
			toDevelopDm2: 1,
			investedFen: null,
			totalInvestmentFen: null,
		};
		expect(failureOf(await desk.record(no, 'figures', figures, { now }))).toEqual([
			'refused',
			'figures.developed-over',
		]);
		const certificate = { number: '1', registeredOn: '1999-01-01' };
		expect(failureOf(await desk.record(no, 'certificate', certificate, { now }))).toEqual([
			'refused',
			'fact.before-contract',
		]);
		expect((await desk.supervision(no, now)).facts).toEqual([]);
		const { plotNo } = valueOf(await readSupply(desk.as('guest'), PANJIN_ID, no)).supply;
		const building = {
			name: 'a',
			industryFloorDm2: 100,
			supportFloorDm2: 10,
			livingFloorDm2: 0,
			leastUnitDm2: 5,
			splitFloorDm2: 60,
			selfHeldFloorDm2: 50,
			statedOn: '2026-11-01',
			source: 'a survey',
		};
		valueOf(await writeBuilding(desk.as('sue'), PANJIN_ID, plotNo, null, building));
		const [written] = await asOwner(desk.database, (sql) => listBuildings(sql, PANJIN_ID, plotNo));
		expect(written).toMatchObject({ splitFloorDm2: 60, selfHeldFloorDm2: 50 });
	});

	it('land of a class counts in the year of its first contract as corrected, once, and the plot that is asked with it', async () => {
		const [signed, open] = [await desk.grant(), await desk.enter('grant')];
		const plotOf = async (no: number) => {
			const { plotNo } = valueOf(await readSupply(desk.as('guest'), PANJIN_ID, no)).supply;
			const plot = await asOwner(desk.database, (sql) => findPlot(sql, PANJIN_ID, plotNo));
			if (plot === null) throw new Error('no plot');
			return plot;
		};
		const [held, asked] = [await plotOf(signed), await plotOf(open)];
		const sumIn = (year: number) =>
			asOwner(desk.database, (sql) => sumSuppliedInYear(sql, PANJIN_ID, asked, 'ellipsoidal', year));
		expect(await sumIn(2031)).toBe(asked.areaDm2);
		const before = (await sumIn(2026)) ?? 0;
		expect(before).toBeGreaterThanOrEqual(held.areaDm2 + asked.areaDm2);
		await asOwner(desk.database, (sql) =>
			insertCorrection(sql, PANJIN_ID, signed, {
				clientId: clientId(),
				eventNo: 3,
				field: 'signedOn',
				value: '2031-10-20',
				reason: 'a slip',
				occurredAt: new Date(),
			}),
		);
		expect(await sumIn(2026)).toBe(before - held.areaDm2);
		expect(await sumIn(2031)).toBe(held.areaDm2 + asked.areaDm2);
		// One plot has no area of a document.
		const byDocument = await asOwner(desk.database, (sql) =>
			sumSuppliedInYear(sql, PANJIN_ID, asked, 'document', 2026),
		);
		expect(byDocument).toBeNull();
	});

	it('ends by a failed conversion only where one failed', async () => {
		const no = await desk.grant();
		const sent = {
			event: 'end',
			acknowledged: [],
			expectedEdit: await editOf(no),
			facts: { endedOn: '2026-11-02', cause: 'conversion_failed', reason: '' },
		} as const;
		expect(failureOf(await actOnSupply(desk.as('paul'), PANJIN_ID, no, sent))).toEqual([
			'refused',
			'supply.conversion-not-failed',
		]);
	});
});
