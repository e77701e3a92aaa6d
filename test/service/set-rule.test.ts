import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SupplyFilter } from '$lib/server/db/supply.ts';
import { listAuditEvents } from '$lib/server/db/audit-event.ts';
import { asOwner } from '$lib/server/db/connect.ts';
import { listLawAndRules } from '$lib/server/db/rule-value.ts';
import { listSupplyPage } from '$lib/server/service/supply/list.ts';
import { readRules } from '$lib/server/service/supply/read-rules.ts';
import { refreshDueDays } from '$lib/server/service/supply/refresh-due-days.ts';
import { actOnRule, setRule, type RuleAct, type RuleOrder } from '$lib/server/service/supply/set-rule.ts';
import { clientId, failureOf, valueOf } from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { openSupplyDesk, type SupplyDesk } from '../support/supply-desk.ts';

const NOW = new Date('2026-11-20T04:00:00Z');
const TODAY = '2026-11-20';
const PARK = 'xinglongtai';
const order = (more: Partial<RuleOrder> = {}): RuleOrder => ({
	...{ clientId: clientId(), key: 'mx.far-max', parkId: null, value: '4', unit: null, source: 'a notice' },
	...{ status: 'verified', note: null, validFrom: TODAY, validTo: null, ...more },
});

describe.each(DATABASE_KINDS)('rules that a zone sets on the %s database', (kind) => {
	let desk: SupplyDesk;
	beforeAll(async () => {
		desk = await openSupplyDesk(kind);
	});
	afterAll(() => desk.database.close());

	const set = (more: Partial<RuleOrder>, who: 'paul' | 'sue' = 'paul') =>
		setRule(desk.as(who, NOW), PANJIN_ID, order(more));
	const read = async () => valueOf(await readRules(desk.as('guest', NOW), PANJIN_ID)).rules;
	const told = async (key: string) =>
		(await read())
			.filter((rule) => rule.key === key)
			.map(({ value, validFrom, validTo, isInForce, voidedAt }) =>
				[value, validFrom, validTo, isInForce ? 'in force' : '', voidedAt === null ? '' : 'void'].join(' '),
			);
	const numberOf = async (key: string, value: string) =>
		(await read()).find((rule) => rule.key === key && rule.value === value)?.ruleNo ??
		expect.fail(`no ${key} of ${value}`);
	const inForceOn = async (day: string) =>
		asOwner(desk.database, async (sql) => {
			const rules = await listLawAndRules(sql, PANJIN_ID, ['mx.far-max']);
			return rules
				.filter(({ validFrom, validTo }) => (validFrom ?? '') <= day && (validTo ?? '9') > day)
				.map(({ value }) => value);
		});

	it('hold from a day on: the value before ends on it, the history stays, and the audit has who and what', async () => {
		valueOf(await set({ value: '3.5', validFrom: '2026-01-01', note: 'the first' }));
		const second = order({ value: '4', validFrom: TODAY });
		valueOf(await setRule(desk.as('paul', NOW), PANJIN_ID, second));
		valueOf(await setRule(desk.as('paul', NOW), PANJIN_ID, second));
		expect(await told('mx.far-max')).toEqual([
			'   in force ',
			`3.5 2026-01-01 ${TODAY}  `,
			`4 ${TODAY}  in force `,
		]);
		const rule = (await read()).find(({ key, value }) => key === 'mx.far-max' && value === '4');
		expect(rule).toMatchObject({
			...{ scope: 'zone', comparison: '<=', areaKind: 'document', source: 'a notice', setBy: 'Person paul' },
		});
		expect(await inForceOn('2026-03-01')).toContain('3.5');
		expect(await inForceOn(TODAY)).toContain('4');
		const [event] = await asOwner(desk.database, (sql) => listAuditEvents(sql, PANJIN_ID, { limit: 1 }));
		expect(event).toMatchObject({
			...{ actor: 'user/paul', action: 'rule.set', entity: `rule/${rule?.ruleNo}` },
			details: { key: 'mx.far-max', value: '4', validFrom: TODAY, ends: { validTo: null } },
		});
	});

	it('are refused with what stands in their way, and nothing is written', async () => {
		const before = await read();
		const refusals: readonly (readonly [Partial<RuleOrder>, string])[] = [
			[{ key: 'mx.nothing' }, 'rule.key-unknown'],
			[{ parkId: 'nowhere' }, 'rule.park-unknown'],
			[{ key: 'batch.lapse', unit: 'year', value: '2', parkId: PARK }, 'rule.zone-only'],
			[{ unit: 'pct' }, 'rule.unit-differs'],
			[{ value: '-4' }, 'rule.value-form'],
			[{ key: 'mx.living-share-max', unit: 'pct', value: '101' }, 'rule.value-too-large'],
			[{ key: 'mx.split-allowed', value: '2' }, 'rule.value-switch'],
			[{ source: '  ' }, 'rule.source-blank'],
			[{ validTo: TODAY }, 'rule.days-order'],
			[{ value: '5' }, 'rule.begins-same-day'],
			[{ validFrom: '2025-01-01' }, 'rule.later-stands'],
			[{ validFrom: '2026-12-01', validTo: '2027-01-01' }, 'rule.leaves-gap'],
		];
		for (const [change, code] of refusals)
			expect(failureOf(await set(change)), code).toEqual(['refused', code]);
		expect(failureOf(await set({ value: '5' }, 'sue'))).toEqual(['forbidden', 'rule.not-permitted']);
		const sent = order({ key: 'mx.unit-min', unit: 'm2', value: '500' });
		valueOf(await setRule(desk.as('paul', NOW), PANJIN_ID, sent));
		const other = { ...sent, value: '300' };
		expect(failureOf(await setRule(desk.as('paul', NOW), PANJIN_ID, other))).toEqual([
			'conflict',
			'entry.sent-otherwise',
		]);
		for (const change of [{ value: '500.0000001' }, { validTo: '2027-01-01' }])
			expect(failureOf(await setRule(desk.as('paul', NOW), PANJIN_ID, { ...sent, ...change }))[1]).toBe(
				'entry.sent-otherwise',
			);
		valueOf(await setRule(desk.as('paul', NOW), PANJIN_ID, { ...sent, value: '500.00' }));
		expect(await read()).toHaveLength(before.length + 1);
	});

	it("are a park's own, and national law holds elsewhere and after they end", async () => {
		const key = 'supply.notice-days';
		valueOf(await set({ key, value: '30', unit: 'working-day', parkId: PARK, validTo: '2027-01-01' }));
		expect(await told(key)).toEqual(['20   in force ', `30 ${TODAY} 2027-01-01 in force `]);
		const number = await numberOf(key, '30');
		const end = (validTo: string) =>
			actOnRule(desk.as('paul', NOW), PANJIN_ID, number, { act: 'end', validTo, reason: 'repealed' });
		expect(failureOf(await end('2027-01-02'))).toEqual(['refused', 'rule.end-outside']);
		expect(failureOf(await end(TODAY))).toEqual(['refused', 'rule.end-outside']);
		valueOf(await end('2026-12-01'));
		valueOf(await end('2026-12-01'));
		expect(await told(key)).toEqual(['20   in force ', `30 ${TODAY} 2026-12-01 in force `]);
	});

	it('are voided as mistakes, with a reason: the value before holds again, what was wrong stays to be read', async () => {
		const key = 'mx.support-share-max';
		valueOf(await set({ key, unit: 'pct', value: '30', validFrom: '2026-02-01' }));
		valueOf(await set({ key, unit: 'pct', value: '15', validFrom: '2026-06-01' }));
		const wrong = await numberOf(key, '15');
		const act = { act: 'void', reason: 'of another city' } as const;
		expect(failureOf(await actOnRule(desk.as('sue', NOW), PANJIN_ID, wrong, act))[0]).toBe('forbidden');
		expect(failureOf(await actOnRule(desk.as('paul', NOW), PANJIN_ID, 999, act))).toEqual([
			'not-found',
			'rule.not-found',
		]);
		valueOf(await actOnRule(desk.as('paul', NOW), PANJIN_ID, wrong, act));
		expect((await told(key)).slice(-2)).toEqual(['30 2026-02-01  in force ', '15 2026-06-01   void']);
		expect((await read()).find(({ ruleNo }) => ruleNo === wrong)).toMatchObject({
			...{ voidedBy: 'Person paul', voidReason: 'of another city' },
		});
		valueOf(await actOnRule(desk.as('paul', NOW), PANJIN_ID, wrong, act));
		const otherwise = { ...act, reason: 'another reason' };
		expect(failureOf(await actOnRule(desk.as('paul', NOW), PANJIN_ID, wrong, otherwise))).toEqual([
			'refused',
			'rule.voided-before',
		]);
		valueOf(await set({ key, unit: 'pct', value: '20', validFrom: '2026-06-01' }));
		expect((await told(key)).slice(1)).toEqual([
			'30 2026-02-01 2026-06-01  ',
			'15 2026-06-01   void',
			'20 2026-06-01  in force ',
		]);
	});

	it('hold again in whatever order those after them are voided, though one was ended before the next began', async () => {
		const key = 'mx.living-share-max';
		const own = { key, unit: 'pct' };
		const act = async (value: string, order: RuleAct) =>
			valueOf(await actOnRule(desk.as('paul', NOW), PANJIN_ID, await numberOf(key, value), order));
		const standing = async () => (await told(key)).filter((line) => !line.endsWith('void')).slice(1);
		valueOf(await set({ ...own, value: '7', validFrom: '2024-01-01' }));
		const first = await standing();
		valueOf(await set({ ...own, value: '8', validFrom: '2025-01-01' }));
		await act('8', { act: 'end', validTo: '2026-01-01', reason: 'repealed' });
		valueOf(await set({ ...own, value: '9', validFrom: '2026-01-01' }));
		await act('8', { act: 'void', reason: 'of another city' });
		expect(await standing()).toEqual(['7 2024-01-01 2026-01-01  ', '9 2026-01-01  in force ']);
		await act('9', { act: 'void', reason: 'of another city' });
		expect(await standing()).toEqual(first);
	});

	it('have what is due reckoned anew beside the answer, by the rule of the day on which something was signed', async () => {
		const granted = await desk.grant();
		await refreshDueDays(desk.database, NOW);
		const { dueDays } = desk.as('paul', NOW);
		const dueOn = async () => {
			await dueDays.ended();
			const wish: SupplyFilter = { limit: 100 };
			const { rows } = valueOf(await listSupplyPage(desk.as('guest', NOW), PANJIN_ID, wish));
			return rows.find(({ supplyNo }) => supplyNo === granted)?.dueOn;
		};
		expect(await dueOn()).toBe('2026-12-19');
		const rule = { key: 'price.pay-days.grant', unit: 'day', value: '30' };
		valueOf(await set({ ...rule, validFrom: '2026-11-01' }));
		expect(dueDays.isRunning(PANJIN_ID)).toBe(true);
		expect(valueOf(await readRules(desk.as('guest', NOW), PANJIN_ID)).isReckoning).toBe(true);
		expect(await dueOn()).toBe('2026-12-19');
		valueOf(await set({ ...rule, value: '45', validFrom: '2026-10-01', validTo: '2026-11-01' }));
		expect(await dueOn()).toBe('2026-12-04');
		expect(await refreshDueDays(desk.database, NOW)).toBeNull();
	});

	it('may be set where somebody holds the role: everywhere, nowhere, or in a park', async () => {
		const places = async (who: 'paul' | 'sue') =>
			valueOf(await readRules(desk.as(who, NOW), PANJIN_ID)).maySetIn;
		expect(await places('paul')).toContain(null);
		expect(await places('paul')).toContain(PARK);
		expect(await places('sue')).toEqual([]);
		const guest = desk.as('guest', NOW);
		const stranger = { ...guest, actor: { ...guest.actor, grants: [] } };
		expect(failureOf(await readRules(stranger, PANJIN_ID))[0]).toBe('forbidden');
	});
});
