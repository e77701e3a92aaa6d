import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner } from '$lib/server/db/connect.ts';
import { listAuditEvents } from '$lib/server/db/audit-event.ts';
import type { Outcome } from '$lib/server/service/changeset/outcome.ts';
import { correctSupply } from '$lib/server/service/supply/correct.ts';
import { recordPayment } from '$lib/server/service/supply/record-fact.ts';
import { enterBatch, enterProgramme } from '$lib/server/service/supply/land-chain.ts';
import { recordNote, scanLand } from '$lib/server/service/supply/scan.ts';
import { recordIdleStep, recordSupplyFact } from '$lib/server/service/supply/supervise-act.ts';
import { readPlotMap } from '$lib/server/service/supply/plot-map.ts';
import { listDue, readSupervision } from '$lib/server/service/supply/supervise.ts';
import { clientId, correctionOf, failureOf, valueOf } from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { openSupplyDesk, type SupplyDesk } from '../support/supply-desk.ts';

const noon = (day: string) => new Date(`${day}T04:00:00Z`);
const PAID = { kind: 'price', reference: 'a slip', correctsNo: null } as const;
const paid = (payment: { amountFen: number; paidOn: string; correctsNo?: number }) => ({
	...{ clientId: clientId(), ...PAID, ...payment },
});
const TAX = {
	name: 'tax',
	unit: '万元',
	comparison: '>=',
	target: '20',
	tolerance: '2',
	checkPoint: 'completed',
	checkOn: null,
	monthsAfter: 12,
	owner: 'the tax office',
} as const;

describe.each(DATABASE_KINDS)('the supervision of supplies on the %s database', (kind) => {
	let desk: SupplyDesk;
	beforeAll(async () => {
		desk = await openSupplyDesk(kind);
	});
	afterAll(() => desk.database.close());

	const dueOf = async (until: string, supplyNo: number, now?: Date) =>
		valueOf(await listDue(desk.as('guest', now), PANJIN_ID, { until, limit: 500 })).items.filter(
			({ supply }) => supply.supplyNo === supplyNo,
		);
	const scanned = async (list: 'supplied_not_used' | 'used_insufficiently' | 'low_efficiency', now: Date) =>
		valueOf(await scanLand(desk.as('guest', now), PANJIN_ID, { list, offset: 0, limit: 200 }));

	it('lists what a contract makes due: the whole price within sixty days, instalments where they are agreed', async () => {
		const whole = await desk.grant();
		const [price] = (await desk.supervision(whole)).supervision.accounts;
		expect(price).toMatchObject({
			kind: 'price',
			plan: { reason: 'price.due-after', rule: { key: 'price.pay-days.grant', value: '60' } },
			state: { charges: [{ dueOn: '2026-12-19', amountFen: 100_000_00, openFen: 100_000_00 }] },
		});
		expect((await dueOf('2026-12-31', whole)).map(({ kind: what, on }) => [what, on])).toEqual([
			['price', '2026-12-19'],
		]);
		const part = paid({ amountFen: 40_000_00, paidOn: '2026-11-05' });
		valueOf(await recordPayment(desk.as('sue'), PANJIN_ID, whole, part));
		const [late] = await dueOf('2026-12-31', whole, noon('2026-12-29'));
		expect(late).toMatchObject({ kind: 'price', openFen: 60_000_00, lateDays: 10 });

		const instalments = [
			{ dueOn: '2026-11-10', amountFen: 50_000_00 },
			{ dueOn: '2027-05-10', amountFen: 50_000_00 },
		];
		const parts = await desk.grant({ instalments });
		const { accounts } = (await desk.supervision(parts)).supervision;
		expect(accounts[0].state?.charges.map(({ dueOn }) => dueOn)).toEqual(['2026-11-10', '2027-05-10']);
		expect((await dueOf('2026-12-31', parts)).map(({ on }) => on)).toEqual(['2026-11-10']);
	});

	it('refuses a counter-entry that is earlier than its payment', async () => {
		const no = await desk.grant();
		const entry = paid({ amountFen: 100, paidOn: '2026-11-05' });
		valueOf(await recordPayment(desk.as('sue'), PANJIN_ID, no, entry));
		const back = paid({ amountFen: -100, paidOn: '2026-11-04', correctsNo: 1 });
		expect(failureOf(await recordPayment(desk.as('sue'), PANJIN_ID, no, back))).toEqual([
			'refused',
			'payment.earlier',
		]);
	});

	it('books once what is sent again after a lost answer, and refuses another thing under the same id', async () => {
		const no = await desk.grant({ startBy: '2026-11-10' });
		const now = noon('2027-12-01');
		const { plotNo } = (await desk.supervision(no)).supply;
		const pause = { cause: 'government', fromOn: '2026-11-03', toOn: null } as const;
		const acknowledged: readonly string[] = [];
		const fact = { kind: 'pause', facts: pause, replacesNo: null, isVoid: false, acknowledged } as const;
		const step = { step: 'investigate', facts: { ground: 'x' }, onDay: '2027-11-30', acknowledged } as const;
		const note = { list: 'supplied_not_used', batchNo: null, plotNo, statedOn: '2027-12-01' } as const;
		const payment = { amountFen: 7_00, paidOn: '2026-11-05' };
		const [first, second] = [{ clientId: clientId() }, { clientId: clientId() }];
		const sue = desk.as('sue', now);
		const guest = desk.as('guest', now);
		// As another officer would write; the database knows the account as one that reads.
		const another = { ...sue, actor: { ...sue.actor, userId: 'guest' } };
		const batch = {
			number: '批次9',
			approvedOn: '2024-06-01',
			approvingOffice: 'an office',
			source: 'a document',
		};
		const programme = { year: 2029, number: 'a number', approvedOn: null };
		type Send = (of: { clientId: string }, word?: string, as?: typeof sue) => Promise<Outcome<unknown>>;
		const sends: readonly Send[] = [
			(of, reference = 'a', as = sue) =>
				recordPayment(as, PANJIN_ID, no, { ...paid(payment), reference, ...of }),
			(of, document = 'a', as = sue) => recordSupplyFact(as, PANJIN_ID, no, { ...fact, document, ...of }),
			(of, document = 'a', as = sue) => recordIdleStep(as, PANJIN_ID, no, { ...step, document, ...of }),
			(of, cause = 'a', as = sue) => recordNote(as, PANJIN_ID, { ...note, cause, proposal: null, ...of }),
			(of, title = 'a', as = sue) =>
				enterBatch(as, PANJIN_ID, { ...batch, title, approvedAreaDm2: 1, ...of }),
			(of, source = 'a', as = sue) => enterProgramme(as, PANJIN_ID, { ...programme, source, ...of }),
		];
		const audited = async () =>
			(await asOwner(desk.database, (sql) => listAuditEvents(sql, PANJIN_ID, { limit: 500 }))).length;
		const before = await audited();
		for (const send of sends) {
			valueOf(await send(first));
			valueOf(await send(first));
			expect(failureOf(await send(first, 'b'))).toEqual(['conflict', 'entry.sent-otherwise']);
			expect(failureOf(await send(first, 'a', another))).toEqual(['conflict', 'entry.sent-otherwise']);
			for (const word of ['a', 'b']) expect(failureOf(await send(first, word, guest))[0]).toBe('forbidden');
		}
		expect((await audited()) - before).toBe(sends.length);
		const { facts, idleSteps, supervision } = await desk.supervision(no, now);
		expect([facts.length, idleSteps.length, supervision.accounts[0].state?.paidFen]).toEqual([1, 1, 7_00]);
		// Another intent of the same words is another payment.
		valueOf(await sends[0](second));
		expect((await desk.supervision(no, now)).supervision.accounts[0].state?.paidFen).toBe(14_00);
	});

	it('suspects land on which no start is recorded a year after the agreed one, and never finds it idle', async () => {
		const no = await desk.grant({ startBy: '2026-11-10' });
		const day = noon('2027-11-10');
		const idleOn = async (now: Date) => (await desk.supervision(no, now)).supervision.idle;
		expect(await idleOn(noon('2027-11-09'))).toMatchObject({ status: 'not_idle' });
		expect(await idleOn(day)).toMatchObject({
			status: 'suspected',
			proceedings: 'none',
			answer: { sinceOn: '2027-11-10', reason: 'idle.not-started-long' },
			fee: { value: 20_000_00, reason: 'idle.fee-at-most' },
			takeBackFrom: { value: '2028-11-10' },
		});
		const world = [-180, -90, 180, 90] as const;
		const mapped = async (theme: 'term' | 'idle' | null) =>
			valueOf(await readPlotMap(desk.as('guest', day), PANJIN_ID, {}, world, theme)).plots.find(
				({ supplyNo }) => supplyNo === no,
			);
		expect(await mapped(null)).toMatchObject({ endsOn: null, idle: null });
		expect(await mapped('term')).toMatchObject({ endsOn: '2056-10-31', idle: null });
		expect(await mapped('idle')).toMatchObject({ endsOn: null, idle: 'suspected' });
		const reader = desk.as('guest', day);
		const stranger = { ...reader, actor: { ...reader.actor, grants: [] } };
		expect(failureOf(await readPlotMap(stranger, PANJIN_ID, {}, world, 'idle'))[0]).toBe('forbidden');
		expect((await dueOf('2027-12-31', no)).map(({ kind: what, on }) => `${what} ${on}`)).toContain(
			'idle-suspected 2027-11-10',
		);
		const [found] = (await scanned('supplied_not_used', day)).supplies.filter(
			({ supply }) => supply.supplyNo === no,
		);
		expect(found).toMatchObject({ sinceOn: '2026-11-10', ageDays: 365, proposal: 'scan.investigate' });

		// The government's time is not the holder's.
		const pause = { cause: 'government', fromOn: '2027-01-01', toOn: '2027-03-31' } as const;
		valueOf(await desk.record(no, 'pause', pause, { now: noon('2027-04-01') }));
		expect(await idleOn(day)).toMatchObject({ status: 'not_idle', answer: { time: { countedDays: 275 } } });
		const paused = (await scanned('supplied_not_used', noon('2027-02-01'))).supplies;
		expect(paused.find(({ supply }) => supply.supplyNo === no)).toMatchObject({
			pauseCause: 'government',
			proposal: 'scan.remove-cause',
		});
		expect(await idleOn(noon('2028-02-08'))).toMatchObject({ status: 'suspected' });
		valueOf(
			await desk.record(
				no,
				'progress',
				{ step: 'started', seenOn: '2028-01-02' },
				{ now: noon('2028-02-09') },
			),
		);
		expect(await idleOn(noon('2028-02-09'))).toMatchObject({
			status: 'not_idle',
			answer: { reason: 'idle.working' },
		});
		expect(
			(await scanned('supplied_not_used', noon('2028-02-09'))).supplies.map(({ supply }) => supply.supplyNo),
		).not.toContain(no);
	});

	it('says 闲置 of land after investigation, hearing and finding alone, each by whom it is for', async () => {
		const no = await desk.grant({ startBy: '2026-11-10' });
		const now = noon('2028-06-01');
		const status = async () => (await desk.supervision(no, now)).supervision.idle?.status;
		const find = { cause: 'holder', reason: 'no works' } as const;
		const possible = async (supplyNo: number) =>
			valueOf(await readSupervision(desk.as('sue', now), PANJIN_ID, supplyNo)).possibleSteps;
		expect(await possible(no)).toEqual(['investigate']);
		expect(await possible(await desk.enter('grant'))).toEqual([]);
		expect(failureOf(await desk.step(no, 'paul', 'find_idle', find, '2028-05-01', now))).toEqual([
			'refused',
			'idle.step-impossible',
		]);
		valueOf(await desk.step(no, 'sue', 'investigate', { ground: 'no start' }, '2028-03-01', now));
		expect(await status()).toBe('in_proceedings');
		const hear = { hearing: 'held', statement: 'a statement' } as const;
		expect(failureOf(await desk.step(no, 'sue', 'hear', hear, '2028-02-01', now))).toEqual([
			'refused',
			'idle.step-before-last',
		]);
		valueOf(await desk.step(no, 'sue', 'hear', hear, '2028-04-01', now));
		expect(failureOf(await desk.step(no, 'sue', 'find_idle', find, '2028-05-01', now))).toEqual([
			'forbidden',
			'supply.not-permitted',
		]);
		valueOf(await desk.step(no, 'paul', 'find_idle', find, '2028-05-01', now));
		expect(await status()).toBe('idle');
		const fee = { measure: 'fee', amountFen: 20_000_00, payBy: '2028-07-01', note: '' } as const;
		expect(failureOf(await desk.step(no, 'paul', 'decide', fee, '2028-05-20', now))).toEqual([
			'forbidden',
			'supply.another-needed',
		]);
		expect(
			failureOf(await desk.step(no, 'both', 'decide', { ...fee, payBy: null }, '2028-05-20', now)),
		).toEqual(['refused', 'idle.fee-open']);
		valueOf(await desk.step(no, 'both', 'decide', fee, '2028-05-20', now));
		const { supervision, idleSteps } = await desk.supervision(no, now);
		expect(supervision.accounts.find(({ kind: what }) => what === 'fee')?.state?.charges).toMatchObject([
			{ dueOn: '2028-07-01', openFen: 20_000_00 },
		]);
		expect(idleSteps.map(({ toState }) => toState)).toEqual([
			'investigating',
			'heard',
			'found_idle',
			'decided',
		]);
		valueOf(await desk.step(no, 'sue', 'close', { outcome: 'works begun' }, '2028-06-01', now));
		expect(await status()).toBe('suspected');
		const audit = await asOwner(desk.database, (sql) => listAuditEvents(sql, PANJIN_ID, { limit: 20 }));
		expect(audit.find(({ action }) => action === 'idle.find-idle')?.details).toMatchObject({ facts: find });
	});

	it('assesses what was agreed of performance: met, within tolerance, missed, not assessed', async () => {
		const no = await desk.grant();
		valueOf(await desk.record(no, 'indicator', TAX));
		const at = noon('2028-01-10');
		const stateOf = async () => (await desk.supervision(no, at)).supervision.indicators[0];
		expect(await stateOf()).toMatchObject({
			verdict: 'not_assessed',
			checkOn: { value: null, reason: 'agreement.point-not-reached' },
		});
		valueOf(await desk.record(no, 'progress', { step: 'completed', seenOn: '2026-11-20' }));
		expect((await stateOf()).checkOn.value).toBe('2027-11-20');
		expect((await dueOf('2028-01-01', no)).find(({ kind: what }) => what === 'assessment')).toMatchObject({
			on: '2027-11-20',
			indicator: 'tax',
		});
		for (const [value, verdict] of [
			['17.99', 'missed'],
			['18', 'within_tolerance'],
			['20.0', 'met'],
		] as const) {
			valueOf(
				await desk.record(no, 'assessment', { indicatorNo: 1, assessedOn: '2027-12-01', value }, { now: at }),
			);
			expect((await stateOf()).verdict).toBe(verdict);
		}
		expect((await dueOf('2028-01-01', no)).map(({ kind: what }) => what)).not.toContain('assessment');
		valueOf(await desk.record(no, 'indicator', { ...TAX, target: '30' }, { replacesNo: 1, now: at }));
		expect(await stateOf()).toMatchObject({ verdict: 'missed', assessments: { length: 3 } });
		const low = (await scanned('low_efficiency', at)).supplies.find(({ supply }) => supply.supplyNo === no);
		expect(low).toMatchObject({
			missed: ['tax'],
			proposal: 'scan.rectify',
			lowEfficiency: { value: null, reason: 'rule.none' },
			// Missed at every assessment since, by the target that stands now.
			sinceOn: '2027-12-01',
			ageDays: 40,
		});
	});

	it('refuses an exit of a right that has not ended', async () => {
		const exit = {
			handedBackOn: '2026-11-19',
			buildings: 'none',
			paidFen: null,
			toReserve: true,
			note: '',
		} as const;
		expect(failureOf(await desk.record(await desk.grant(), 'exit', exit))).toEqual([
			'refused',
			'fact.not-over',
		]);
	});

	it('takes the place of what was recorded once, by an entry of its kind', async () => {
		const no = await desk.grant();
		const started = { step: 'started', seenOn: '2026-11-10' } as const;
		valueOf(await desk.record(no, 'progress', started));
		expect(failureOf(await desk.record(no, 'progress', started))).toEqual([
			'refused',
			'fact.already-recorded',
		]);
		const right = { ...started, seenOn: '2026-11-12' };
		valueOf(await desk.record(no, 'progress', right, { replacesNo: 1 }));
		expect((await desk.supervision(no)).supervision.works.startedOn).toBe('2026-11-12');
		expect(failureOf(await desk.record(no, 'progress', right, { replacesNo: 1 }))).toEqual([
			'refused',
			'fact.replaced',
		]);
		const pause = { cause: 'holder', fromOn: '2026-11-12', toOn: null } as const;
		expect(failureOf(await desk.record(no, 'pause', pause, { replacesNo: 2 }))).toEqual([
			'refused',
			'fact.not-found',
		]);
		expect(failureOf(await desk.record(no, 'pause', pause, { who: 'guest' }))).toEqual([
			'forbidden',
			'supply.not-permitted',
		]);
	});

	it('counts land that was begun and stands still, or is late, as not used enough, with what an official notes', async () => {
		const no = await desk.grant({ startBy: '2026-11-05', completeBy: '2027-06-01' });
		const now = noon('2027-07-01');
		valueOf(await desk.record(no, 'progress', { step: 'started', seenOn: '2026-11-10' }));
		const row = async () =>
			(await scanned('used_insufficiently', now)).supplies.find(({ supply }) => supply.supplyNo === no);
		expect(await row()).toMatchObject({
			sinceOn: '2027-06-01',
			ageDays: 30,
			proposal: 'scan.urge-completion',
			note: null,
		});
		valueOf(await desk.record(no, 'progress', { step: 'stopped', seenOn: '2026-12-24' }, { now }));
		const { plotNo } = (await desk.supervision(no)).supply;
		const note = { list: 'used_insufficiently', batchNo: null, plotNo, statedOn: '2027-07-01' } as const;
		const why = { clientId: clientId(), cause: 'no money', proposal: 'a partner is sought' };
		expect(failureOf(await recordNote(desk.as('ann'), PANJIN_ID, { ...note, ...why }))[0]).toBe('forbidden');
		valueOf(await recordNote(desk.as('sue'), PANJIN_ID, { ...note, ...why }));
		expect(await row()).toMatchObject({
			sinceOn: '2026-12-24',
			proposal: 'scan.urge-works',
			note: { cause: 'no money' },
		});
	});

	it('moves what is due with a correction', async () => {
		const no = await desk.grant({ startBy: '2026-11-10' });
		const correction = {
			eventNo: 3,
			event: 'sign',
			field: 'startBy',
			value: '2027-03-01',
			reason: 'mistyped',
		} as const;
		valueOf(
			await correctSupply(desk.as('sue'), PANJIN_ID, no, correctionOf({ ...correction, expectedEdit: 4 })),
		);
		const { dates } = await desk.supervision(no, noon('2027-03-11'));
		expect(dates.find(({ kind: what }) => what === 'start-by')).toMatchObject({
			value: '2027-03-01',
			lateDays: 10,
			isDue: true,
			reason: 'due.agreed',
		});
		const unused = (await scanned('supplied_not_used', noon('2027-03-11'))).supplies;
		expect(unused.find(({ supply }) => supply.supplyNo === no)).toMatchObject({
			sinceOn: '2027-03-01',
			ageDays: 10,
		});
	});
});
