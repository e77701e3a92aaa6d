import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner } from '$lib/server/db/connect.ts';
import { insertRuleValues, putNationalRules, type NationalRuleRow } from '$lib/server/db/rule-value.ts';
import { putSeedChecksum } from '$lib/server/db/seed-log.ts';
import { findSupply } from '$lib/server/db/supply.ts';
import { listDue } from '$lib/server/service/supply/supervise.ts';
import { refreshDueDays } from '$lib/server/service/supply/refresh-due-days.ts';
import { reckonDueDays } from '../../src/start/prepare-database.ts';
import { valueOf } from '../support/changeset-service.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID } from '../support/database-rows.ts';
import { openSupplyDesk, type SupplyDesk } from '../support/supply-desk.ts';
import { rulesWith } from '../support/supply-rules.ts';

const NOW = new Date('2026-11-20T04:00:00Z');

describe.each(DATABASE_KINDS)('first due days on the %s database', (kind) => {
	let desk: SupplyDesk;
	beforeAll(async () => {
		desk = await openSupplyDesk(kind);
	});
	afterAll(() => desk.database.close());
	const refresh = () => refreshDueDays(desk.database, NOW);

	it('are reckoned anew once after the schema, the law or a rule of the zone has changed, of supplies on which nobody acts', async () => {
		const granted = await desk.grant();
		const programmed = await desk.enter('lease');
		const dueOf = async (no: number) =>
			asOwner(desk.database, async (sql) => (await findSupply(sql, PANJIN_ID, no))?.dueOn);
		// As a supply stands that was entered before due days were kept.
		await desk.database.sql`update yuantu.supply set due_on = null`;
		expect(await refresh()).toBe(2);
		expect([await dueOf(granted), await dueOf(programmed)]).toEqual(['2026-12-19', '2026-12-31']);

		await desk.database.sql`update yuantu.supply set due_on = null`;
		expect(await refresh()).toBeNull();
		expect(await dueOf(granted)).toBeNull();

		const rules = rulesWith('price.pay-days.grant', { value: '30' });
		await asOwner(desk.database, async (sql) => {
			const rows = rules.map(({ parkId: _, ...rule }) => ({ ...rule, note: null }) as NationalRuleRow);
			await putNationalRules(sql, rows);
			await putSeedChecksum(sql, 'law', 'f'.repeat(64));
		});
		expect(await refresh()).toBe(2);
		expect([await dueOf(granted), await dueOf(programmed)]).toEqual(['2026-11-19', '2026-12-31']);

		expect(await refresh()).toBeNull();
		const rule = rules.find(({ key }) => key === 'price.pay-days.grant') ?? expect.fail('no rule');
		await asOwner(desk.database, async (sql) => {
			const own = {
				...{ ...rule, value: '20', note: null, areaKind: null },
				...{ comparison: '<=' as const, publicationGrade: 'office' as const },
			};
			await sql`delete from rule_value where zone_id = ${PANJIN_ID}`;
			await insertRuleValues(sql, PANJIN_ID, [own]);
		});
		expect(await refresh()).toBe(1);
		expect(await dueOf(granted)).toBe('2026-11-09');
	});

	it('are reckoned on the first read of the day on which a rule begins, by the clock of the zone, and the list says so meanwhile', async () => {
		await asOwner(desk.database, async (sql) => {
			const [rule] = rulesWith('price.pay-days.grant', { value: '25' }).filter(
				({ key }) => key === 'price.pay-days.grant',
			);
			const own = {
				...{
					...rule,
					note: null,
					areaKind: null,
					comparison: '<=' as const,
					publicationGrade: 'office' as const,
				},
				...{ validFrom: '2026-12-01', validTo: null },
			};
			await sql`delete from rule_value where zone_id = ${PANJIN_ID}`;
			await insertRuleValues(sql, PANJIN_ID, [own]);
		});
		const lastEvening = new Date('2026-11-30T15:59:00Z');
		await refreshDueDays(desk.database, lastEvening);
		await desk.database.sql`update yuantu.supply set due_on = null`;
		const { dueDays } = desk.as('guest');
		const read = async (now: Date) =>
			valueOf(await listDue(desk.as('guest', now), PANJIN_ID, { until: '2031-01-01', limit: 100 }));
		expect(await read(lastEvening)).toMatchObject({ isReckoning: false, items: [] });
		const first = await read(new Date('2026-11-30T16:00:00Z'));
		expect(first.isReckoning).toBe(true);
		await dueDays.ended();
		const after = await read(new Date('2026-11-30T16:01:00Z'));
		expect(after.isReckoning).toBe(false);
		expect(after.items.length).toBeGreaterThan(0);
	});

	it('stay where they cannot be reckoned, which is said and stops no start, and are reckoned at the next', async () => {
		const supplyNo = await desk.grant();
		const dueOn = async () =>
			asOwner(desk.database, async (sql) => (await findSupply(sql, PANJIN_ID, supplyNo))?.dueOn ?? null);
		await desk.database.sql`update yuantu.supply set due_on = null where supply_no = ${supplyNo}`;
		await asOwner(desk.database, (sql) => putSeedChecksum(sql, 'law', 'e'.repeat(64)));
		await desk.database.sql`alter table yuantu.supply_fact rename to supply_fact_away`;
		expect(await reckonDueDays(desk.database)).toMatch(/^first due days of supplies stay .*supply_fact/);
		expect(await dueOn()).toBeNull();
		await desk.database.sql`alter table yuantu.supply_fact_away rename to supply_fact`;
		expect(await reckonDueDays(desk.database)).toMatch(/^first due days of \d+ supplies reckoned anew$/);
		expect(await dueOn()).not.toBeNull();
	});
});
