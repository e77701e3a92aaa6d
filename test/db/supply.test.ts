import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DECIDED_QUESTIONS } from '$lib/domain/supply/decided-question.ts';
import type { SupplyEvent } from '$lib/domain/supply/record.ts';
import { IDLE_PROCEEDINGS } from '$lib/domain/supply/idle-proceeding.ts';
import {
	lifeCycleOf,
	SUPPLY_LIFE_CYCLE,
	type SupplyState,
	type SupplyTransition,
} from '$lib/domain/supply/life-cycle.ts';
import { MODE_TRAITS, pathOf, SUPPLY_MODES, SUPPLY_PATHS } from '$lib/domain/supply/mode.ts';
import { inScope, type Database, type Sql } from '$lib/server/db/connect.ts';
import { insertSupplyEvent, listSupplyEvents } from '$lib/server/db/supply-event.ts';
import { insertPayment, listPayments, type PaymentRow } from '$lib/server/db/supply-payment.ts';
import { findSupply, updateDueDay } from '$lib/server/db/supply.ts';
import { clientId } from '../support/changeset-service.ts';
import { DATABASE_KINDS, untilSomeoneWaits } from '../support/database.ts';
import {
	brokenConstraint,
	PANJIN_ID,
	PANJIN_OFFICER,
	PANJIN_SECOND_OFFICER,
} from '../support/database-rows.ts';
import { act, actAs, actInTurn, as, enter, openSupplyTown } from '../support/supply-town.ts';

const PAYMENT = {
	kind: 'price',
	amountFen: 100,
	paidOn: '2026-01-01',
	reference: 'a receipt',
	correctsNo: null,
} as const satisfies Omit<PaymentRow, 'paymentNo'>;

/** Does something and takes it back. */
async function tried(sql: Sql, work: (inner: Sql) => Promise<void>): Promise<void> {
	const takeBack = new Error('taken back');
	await sql
		.savepoint(async (inner) => {
			await work(inner as Sql);
			throw takeBack;
		})
		.catch((error: unknown) => {
			if (error !== takeBack) throw error;
		});
}

describe.each(DATABASE_KINDS)('supplies of the %s database', (kind) => {
	let database: Database;
	beforeAll(async () => {
		database = await openSupplyTown(kind);
	});
	afterAll(() => database.close());

	const entered = (userId: string, plotNo: number, mode: (typeof SUPPLY_MODES)[number] = 'grant') =>
		inScope(database, as(userId), (sql) => enter(sql, plotNo, mode));
	const refusal = (userId: string, work: (sql: Sql) => Promise<unknown>) =>
		brokenConstraint(() => inScope(database, as(userId), work));
	const found = (supplyNo: number) =>
		inScope(database, as('viewer', 'read'), (sql) => findSupply(sql, PANJIN_ID, supplyNo));

	it('live as the program says', async () => {
		const lines = await inScope(
			database,
			as(null),
			(sql) => sql<{ line: string }[]>`
				select concat_ws(' ', path, from_state, event, to_state, permission, acted_by) as line from supply_transition`,
		);
		const ofProgram = SUPPLY_LIFE_CYCLE.flatMap(({ paths, from, event, to, permission, by }) =>
			paths.map((path) => [path, from, event, to, permission, by].join(' ')),
		);
		expect(lines.map(({ line }) => line).sort()).toEqual(ofProgram.sort());
		const modes = await inScope(
			database,
			as(null),
			(sql) => sql<{ mode: string; path: string }[]>`select mode, path from supply_mode`,
		);
		expect(Object.fromEntries(modes.map(({ mode, path }) => [mode, path]))).toEqual(
			Object.fromEntries(SUPPLY_MODES.map((mode) => [mode, MODE_TRAITS[mode].path])),
		);
	});

	it('have proceedings about idle land as the program says', async () => {
		const lines = await inScope(
			database,
			as(null),
			(sql) => sql<{ line: string }[]>`
				select concat_ws(' ', from_state, step, to_state, permission, acted_by) as line from idle_transition`,
		);
		expect(lines.map(({ line }) => line).sort()).toEqual(
			IDLE_PROCEEDINGS.map(({ from, step, to, permission, by }) =>
				[from, step, to, permission, by].join(' '),
			).sort(),
		);
	});

	it.each(SUPPLY_PATHS)('go every line of the path %s, by whom it is for', async (path) => {
		const lines = lifeCycleOf(path);
		const gone = new Set<SupplyTransition>();
		const visit = async (sql: Sql, supplyNo: number, from: SupplyState, last: string): Promise<void> => {
			const onwards = lines.filter((line) => line.from === from && !gone.has(line));
			for (const line of onwards)
				await tried(sql, async (inner) => {
					gone.add(line);
					const decider = last === 'approver' ? 'second-approver' : 'approver';
					const who = line.permission === 'supply.decide' ? decider : PANJIN_OFFICER;
					await actAs(inner, who);
					await act(inner, supplyNo, line.event);
					expect((await findSupply(inner, PANJIN_ID, supplyNo))?.state).toBe(line.to);
					await visit(inner, supplyNo, line.to, who);
				});
		};
		const [mode] = SUPPLY_MODES.filter((one) => pathOf(one) === path);
		await inScope(database, as(PANJIN_OFFICER), (sql) =>
			tried(sql, async (inner) => visit(inner, await enter(inner, 3, mode), 'programmed', PANJIN_OFFICER)),
		);
		expect(gone).toEqual(new Set(lines));
	});

	it('are numbered, remember who did what, and free their plot when they are over', async () => {
		const no = await entered(PANJIN_OFFICER, 3, 'lease_then_grant');
		expect(await found(no)).toMatchObject({ state: 'programmed', editNo: 0, userId: PANJIN_OFFICER });
		expect(await refusal(PANJIN_SECOND_OFFICER, (sql) => enter(sql, 3))).toBe('supply_plot_once');
		const life = [
			['offer', 'approver'],
			['award', PANJIN_OFFICER],
			['sign_lease', PANJIN_SECOND_OFFICER],
			['hand_over', PANJIN_OFFICER],
			['open_review', PANJIN_OFFICER],
			['extend_lease', 'approver'],
			['open_review', PANJIN_OFFICER],
			['pass_review', 'second-approver'],
			['sign_grant', PANJIN_OFFICER],
			['renew', 'approver'],
			['end', 'second-approver'],
		] as const;
		await actInTurn(database, no, life);
		const events = await inScope(database, as('auditor', 'read'), (sql) =>
			listSupplyEvents(sql, PANJIN_ID, no),
		);
		expect(events.map(({ eventNo, event, userId }) => [eventNo, event, userId])).toEqual(
			life.map(([event, userId], index) => [index + 1, event, userId]),
		);
		expect(events.map(({ fromState }) => fromState).slice(1)).toEqual(
			events.map(({ toState }) => toState).slice(0, -1),
		);
		expect(await found(no)).toMatchObject({ state: 'ended', editNo: life.length });
		expect(await entered(PANJIN_SECOND_OFFICER, 3)).toBeGreaterThan(no);
	});

	it('that are over may still be told that nothing is due, and nothing else', async () => {
		const no = await entered(PANJIN_OFFICER, 4);
		await inScope(database, as(PANJIN_OFFICER), async (sql) => {
			await updateDueDay(sql, PANJIN_ID, no, '2026-05-01');
			await act(sql, no, 'cancel');
			await updateDueDay(sql, PANJIN_ID, no, null);
		});
		expect(await found(no)).toMatchObject({ state: 'cancelled', dueOn: null });
		const change = (sql: Sql) => sql`update supply set quarter = 2 where supply_no = ${no}`;
		expect(await refusal(PANJIN_OFFICER, change)).toBe('supply_sealed');
	});

	it('are decided by another than who acted before, whatever roles he holds', async () => {
		const no = await entered('both', 5);
		expect(await refusal('both', (sql) => act(sql, no, 'offer'))).toBe('supply_event_by_another');
		await actInTurn(database, no, [
			['offer', 'approver'],
			['award', 'both'],
		]);
		expect(await refusal('both', (sql) => act(sql, no, 'void_award'))).toBe('supply_event_by_another');
		await actInTurn(database, no, [['void_award', 'approver']]);
		expect(await refusal('approver', (sql) => act(sql, no, 'offer'))).toBe('supply_event_by_another');
		await actInTurn(database, no, [['offer', 'second-approver']]);
	});

	it('are moved by who decides and did not act before where a question is open that is his', async () => {
		const no = await entered(PANJIN_OFFICER, 4, 'lease_then_grant');
		await actInTurn(database, no, [
			['offer', 'approver'],
			['award', 'both'],
		]);
		const signed = (sql: Sql, unknowns: string[]) =>
			insertSupplyEvent(sql, PANJIN_ID, no, {
				...{ event: 'sign_lease', facts: {} as SupplyEvent['facts'], unknowns, occurredAt: new Date(0) },
			});
		const ofEvents = DECIDED_QUESTIONS.filter((question) => question.startsWith('supply.'));
		const open = ofEvents.map((question) => `${question} 1`);
		for (const question of open) {
			expect(await refusal(PANJIN_OFFICER, (sql) => signed(sql, [question]))).toBe('supply_event_permitted');
			expect(await refusal('both', (sql) => signed(sql, [question]))).toBe('supply_event_by_another');
		}
		// Without one it is an officer's.
		expect(await refusal('approver', (sql) => signed(sql, ['rule.none a']))).toBe('supply_event_permitted');
		await inScope(database, as('approver'), (sql) => signed(sql, open));
		expect(await found(no)).toMatchObject({ state: 'lease_signed' });
	});

	it('take a payment back by an entry of its kind and amount, once', async () => {
		const no = await entered(PANJIN_OFFICER, 6);
		const pay = (sql: Sql, change: Partial<typeof PAYMENT | PaymentRow>, supplyNo = no) =>
			insertPayment(sql, PANJIN_ID, supplyNo, { clientId: clientId(), ...PAYMENT, ...change });
		await inScope(database, as(PANJIN_OFFICER), (sql) => pay(sql, {}));
		const back = { amountFen: -100, correctsNo: 1 };
		for (const change of [{ amountFen: -99 }, { kind: 'rent' as const }, { correctsNo: 2 }])
			expect(await refusal(PANJIN_OFFICER, (sql) => pay(sql, { ...back, ...change }))).toBe(
				'supply_payment_counter',
			);
		expect(await refusal(PANJIN_OFFICER, (sql) => pay(sql, back, 2))).toBe('supply_payment_counter');
		await inScope(database, as(PANJIN_SECOND_OFFICER), (sql) => pay(sql, back));
		expect(await refusal(PANJIN_OFFICER, (sql) => pay(sql, back))).toBe('supply_payment_corrects_once');
		expect(await refusal(PANJIN_OFFICER, (sql) => pay(sql, { ...back, correctsNo: 2 }))).toBe(
			'supply_payment_counter',
		);
		const payments = await inScope(database, as('viewer'), (sql) => listPayments(sql, PANJIN_ID, no));
		expect(payments.map(({ paymentNo, amountFen }) => [paymentNo, amountFen])).toEqual([
			[1, 100],
			[2, -100],
		]);
	});

	if (kind === 'server')
		describe('by two officers at once', () => {
			/** What is broken by the second, who acts while the first has not yet ended. */
			async function secondBreaks(
				first: (sql: Sql) => Promise<unknown>,
				second: (sql: Sql) => Promise<unknown>,
			): Promise<string | null> {
				let acted = () => {};
				const hasActed = new Promise<void>((resolve) => (acted = resolve));
				const winner = inScope(database, as(PANJIN_OFFICER), async (sql) => {
					await first(sql);
					acted();
					await untilSomeoneWaits(database);
				});
				await Promise.race([hasActed, winner]);
				const [name] = await Promise.all([
					brokenConstraint(() => inScope(database, as(PANJIN_SECOND_OFFICER), second)),
					winner,
				]);
				return name;
			}

			it('are entered once of one plot', async () => {
				const name = await secondBreaks(
					(sql) => enter(sql, 7),
					(sql) => enter(sql, 7),
				);
				expect(name).toBe('supply_plot_once');
			});

			it('are entered one after the other of two plots, with a number each', async () => {
				const numbers: number[] = [];
				const enterOf = (plotNo: number) => async (sql: Sql) => numbers.push(await enter(sql, plotNo));
				expect(await secondBreaks(enterOf(8), enterOf(9))).toBeNull();
				expect(numbers[1]).toBe(numbers[0] + 1);
			});

			it('have a payment taken back once', async () => {
				const back = (sql: Sql) =>
					insertPayment(sql, PANJIN_ID, 1, {
						...{ clientId: clientId(), ...PAYMENT, amountFen: -100, correctsNo: 1 },
					});
				expect(await secondBreaks(back, back)).toBe('supply_payment_corrects_once');
			});

			it('are moved by one of them', async () => {
				const name = await secondBreaks(
					(sql) => act(sql, 1, 'award'),
					(sql) => act(sql, 1, 'close_unsold'),
				);
				expect(name).toBe('supply_event_possible');
				const supply = await inScope(database, as('viewer'), (sql) => findSupply(sql, PANJIN_ID, 1));
				expect(supply?.state).toBe('awarded');
			});
		});
});
