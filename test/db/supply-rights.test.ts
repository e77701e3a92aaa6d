import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IdleStep } from '$lib/domain/supply/idle-proceeding.ts';
import type { SupplyEventKind } from '$lib/domain/supply/life-cycle.ts';
import { asOwner, inScope, type Database, type Scope, type Sql } from '$lib/server/db/connect.ts';
import { findPlotShape, insertPlot, insertPlotVersion } from '$lib/server/db/plot.ts';
import { insertPermit, insertStatement } from '$lib/server/db/plot-record.ts';
import { insertRule, voidRule } from '$lib/server/db/rule-history.ts';
import { insertRuleValues } from '$lib/server/db/rule-value.ts';
import { insertCorrection } from '$lib/server/db/supply-event.ts';
import { insertPayment } from '$lib/server/db/supply-payment.ts';
import { insertProgramme } from '$lib/server/db/supply-programme.ts';
import { insertNote } from '$lib/server/db/land-scan.ts';
import { insertIdleStep, insertSupplyFact } from '$lib/server/db/supply-fact.ts';
import { insertSecret } from '$lib/server/db/supply-secret.ts';
import { clientId } from '../support/changeset-service.ts';
import { DECIDERS, LAND_WRITES, OFFICERS, ZONE_OFFICERS, type Writes } from '../support/land-writes.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { PANJIN_ID, PANJIN_OFFICER } from '../support/database-rows.ts';
import { NATIONAL_ROWS, PLOT_PARK, plotRows, supplyRows } from '../support/supply-rows.ts';
import { act, actInTurn, as, ELSEWHERE, enter, HOLDERS, openSupplyTown } from '../support/supply-town.ts';

const DAY = '2026-01-01';
const READERS = [
	...['viewer', 'planner', 'reviewer', 'approver', 'supply_officer', 'case_handler', 'auditor'],
	...['second-approver', 'own-park-officer', 'other-park-officer'],
	...['own-park-approver', 'other-park-approver', 'both'],
];

/** Who reads which table, while the supply is offered. */
const READ_BY: Readonly<Record<string, readonly (string | null)[]>> = {
	...Object.fromEntries(Object.keys(NATIONAL_ROWS).map((table) => [table, HOLDERS])),
	supply_mode: HOLDERS,
	supply_transition: HOLDERS,
	idle_transition: HOLDERS,
	...Object.fromEntries(
		[...Object.keys(plotRows(PANJIN_ID)), ...Object.keys(supplyRows(PANJIN_ID))].map((table) => [
			table,
			READERS,
		]),
	),
	supply_secret: OFFICERS,
};

/** A value of the rule that `NATIONAL_ROWS` has. */
const RULE = {
	...({
		key: 'test.term',
		parkId: null,
		value: '40',
		unit: 'year',
		areaKind: null,
		comparison: '<=',
	} as const),
	...({ publicationGrade: 'office', note: null, source: 'a source', status: 'example' } as const),
	...{ validFrom: DAY, validTo: null, endsRuleNo: null, endsValidTo: null },
};

/** What is written of plot 1 and its supply, or of the zone, and who may: each is told how many rows it changed, or that it did not fail. */
const WRITES: Writes = {
	'enter a batch': {
		by: ZONE_OFFICERS,
		write: (sql) => sql`
			insert into conversion_batch (zone_id, number, title, approved_on, approving_office, approved_area_dm2, source, is_synthetic)
			values (${PANJIN_ID}, 'another', 'a title', ${DAY}, 'an office', 100, 'a source', true)`,
	},
	'set a rule of the zone': {
		by: ['approver', 'second-approver', 'both'],
		write: (sql) => insertRule(sql, PANJIN_ID, { ...RULE, clientId: clientId() }),
	},
	'set a rule of a park': {
		by: DECIDERS,
		write: (sql) => insertRule(sql, PANJIN_ID, { ...RULE, parkId: PLOT_PARK, clientId: clientId() }),
	},
	'end a rule': {
		by: ['approver', 'second-approver', 'both'],
		write: (sql) => sql`update rule_value set valid_to = '2030-01-01' where rule_key = 'test.loaded'`,
	},
	'enter a plot': {
		by: OFFICERS,
		write: (sql) =>
			insertPlot(sql, PANJIN_ID, {
				...{ clientId: 'another-plot', name: 'a plot', parkId: PLOT_PARK, batchNo: null },
				...{ classSystem: 'cn-land-use', classVersion: '2023', classCode: '100101' },
				...{ cadastralCode: null, unitCode: null, codeStatus: 'none' },
			}),
	},
	'rename a plot': { by: OFFICERS, write: (sql) => sql`update plot set name = 'another' where plot_no = 1` },
	'reshape a plot': {
		by: OFFICERS,
		write: (sql, shape) =>
			insertPlotVersion(
				sql,
				PANJIN_ID,
				2,
				{
					...{ shape, areaDm2: 100, planarAreaDm2: 100, planarSrid: 4550, documentAreaDm2: null },
					...{ coverageId: 'plan', revision: 1, reason: 'a reason' },
				},
				[],
			),
	},
	'lay a plot on a parcel': {
		by: OFFICERS,
		write: (sql) => sql`
			insert into plot_parcel (zone_id, plot_no, version, coverage_id, parcel_no, parcel_version, shared_area_dm2, is_whole)
			select zone_id, 1, 1, coverage_id, parcel_no, version, 1, false from parcel where code = 'PJ-01' and coverage_id = 'plan'`,
	},
	...LAND_WRITES,
	'record a permit': {
		by: OFFICERS,
		write: (sql) =>
			insertPermit(sql, PANJIN_ID, 1, {
				...{ clientId: clientId(), kind: 'works_permit' as const, number: '1', office: 'x', issuedOn: DAY },
			}),
	},
	'state something': {
		by: OFFICERS,
		write: (sql) =>
			insertStatement(sql, PANJIN_ID, 1, {
				...{ clientId: clientId(), item: 'soil' as const, outcome: 'fail' as const },
				...{ statedOn: DAY, document: null },
			}),
	},
	'enter a building': {
		by: OFFICERS,
		write: (sql) => sql`
			insert into building (zone_id, plot_no, building_no, name, industry_floor_dm2, support_floor_dm2, living_floor_dm2,
				stated_on, source, is_synthetic)
			values (${PANJIN_ID}, 1, 2, 'another', 0, 0, 0, ${DAY}, 'a source', true)`,
	},
	'measure a building': { by: OFFICERS, write: (sql) => sql`update building set industry_floor_dm2 = 1` },
	'enter a programme': {
		by: ZONE_OFFICERS,
		write: (sql) =>
			insertProgramme(sql, PANJIN_ID, {
				...{ year: 2030, number: '1', approvedOn: null, source: 'a source', isSynthetic: true },
			}),
	},
	'enter a supply': { by: OFFICERS, write: (sql) => enter(sql, 3) },
	'put a supply off': {
		by: [...OFFICERS, ...DECIDERS],
		write: (sql) => sql`update supply set quarter = 2 where supply_no = 2`,
	},
	'record an award': { by: OFFICERS, write: (sql) => act(sql, 1, 'award') },
	'decide an offer': { by: DECIDERS, write: (sql) => act(sql, 2, 'offer') },
	'correct what was recorded': {
		by: OFFICERS,
		write: async (sql) => {
			await act(sql, 1, 'award');
			return insertCorrection(sql, PANJIN_ID, 1, {
				...{
					clientId: clientId(),
					eventNo: 2,
					field: 'awardedOn',
					value: DAY,
					reason: 'a reason',
					occurredAt: new Date(0),
				},
			});
		},
	},
	'correct what was decided': {
		by: DECIDERS,
		write: (sql) =>
			insertCorrection(sql, PANJIN_ID, 1, {
				...{
					clientId: clientId(),
					eventNo: 1,
					field: 'endsOn',
					value: DAY,
					reason: 'a reason',
					occurredAt: new Date(0),
				},
			}),
	},
	'record a bid': {
		by: OFFICERS,
		write: (sql) =>
			insertSecret(sql, PANJIN_ID, 1, {
				...{ clientId: clientId(), kind: 'bid' as const, amountFen: null, bidder: 'a bidder', statedOn: DAY },
			}),
	},
	'record a fact': {
		by: OFFICERS,
		write: (sql) =>
			insertSupplyFact(sql, PANJIN_ID, 1, {
				...{ clientId: clientId(), kind: 'pause' as const },
				...{ facts: { cause: 'government', fromOn: DAY, toOn: null }, document: 'a document' },
				...{ replacesNo: null, isVoid: false, occurredAt: new Date(0) },
			}),
	},
	'hear about idle land': { by: OFFICERS, write: (sql) => idleStepped(sql, 'hear') },
	'withdraw proceedings': { by: DECIDERS, write: (sql) => idleStepped(sql, 'withdraw') },
	'note why land waits': {
		by: OFFICERS,
		write: (sql) =>
			insertNote(sql, PANJIN_ID, {
				...{ clientId: clientId(), list: 'supplied_not_used', batchNo: null, plotNo: 1, cause: 'x' },
				...{ proposal: null, statedOn: DAY },
			}),
	},
	'note why a batch waits': {
		by: ZONE_OFFICERS,
		write: (sql) =>
			insertNote(sql, PANJIN_ID, {
				...{ clientId: clientId(), list: 'approved_not_supplied', batchNo: 1, plotNo: null },
				...{ cause: 'x', proposal: null, statedOn: DAY },
			}),
	},
	'record a payment': {
		by: OFFICERS,
		write: (sql) =>
			insertPayment(sql, PANJIN_ID, 1, {
				...{
					clientId: clientId(),
					kind: 'fee',
					amountFen: 1,
					paidOn: DAY,
					reference: 'a receipt',
					correctsNo: null,
				},
			}),
	},
};

function idleStepped(sql: Sql, step: 'hear' | 'withdraw'): Promise<void> {
	const facts = { reason: 'a reason' } as IdleStep['facts'];
	const written = { clientId: clientId(), step, onDay: DAY, facts, document: 'a document' };
	return insertIdleStep(sql, PANJIN_ID, 1, { ...written, occurredAt: new Date(0) });
}

/** How a refusal for want of a right is told; any other is a fault of the test. */
function isForbidden(error: unknown): boolean {
	const { code, constraint_name: name } = error as { code?: string; constraint_name?: string };
	return code === '42501' || name === 'supply_event_permitted' || name === 'idle_step_permitted';
}

describe.each(DATABASE_KINDS)('rights on supplies of the %s database', (kind) => {
	let database: Database;
	let shape: string;
	beforeAll(async () => {
		database = await openSupplyTown(kind);
		await asOwner(database, async (sql) => {
			await sql`delete from rule_value where zone_id = ${PANJIN_ID}`;
			await insertRuleValues(sql, PANJIN_ID, [{ ...RULE, key: 'test.loaded' }]);
		});
		shape = (await asOwner(database, (sql) => findPlotShape(sql, PANJIN_ID, 1))) ?? '';
	});
	afterAll(() => database.close());

	/** Names of what a scope may write, each tried and taken back. */
	async function writable(scope: Scope): Promise<string[]> {
		const done: string[] = [];
		for (const [name, { write }] of Object.entries(WRITES)) {
			const takeBack = new Error('taken back');
			await inScope(database, scope, async (sql) => {
				const written = await write(sql, shape);
				const changed = Array.isArray(written) && 'count' in written ? written.count : 1;
				if (changed === 1) done.push(name);
				throw takeBack;
			}).catch((error: unknown) => {
				if (error !== takeBack && !isForbidden(error)) throw error;
			});
		}
		return done;
	}

	async function readable(scope: Scope): Promise<string[]> {
		return inScope(database, scope, async (sql) => {
			const seen: string[] = [];
			for (const table of Object.keys(READ_BY))
				if ((await sql`select from ${sql(table)} limit 1`).length > 0) seen.push(table);
			return seen;
		});
	}
	const readableBy = (holder: string | null) =>
		Object.keys(READ_BY).filter((table) => READ_BY[table].includes(holder));

	it.each(HOLDERS)('%s writes and reads what the table says', async (holder) => {
		expect(await writable(as(holder))).toEqual(
			Object.keys(WRITES).filter((name) => holder !== null && WRITES[name].by.includes(holder)),
		);
		for (const role of ['app', 'read'] as const)
			expect(await readable(as(holder, role)), role).toEqual(readableBy(holder));
	});

	it('are of one zone: from another nothing is read or written, and readers write nothing', async () => {
		for (const holder of ['stranger', 'both', null]) {
			expect(await readable(as(holder, 'app', ELSEWHERE))).toEqual(readableBy(null));
			expect(await writable(as(holder, 'app', ELSEWHERE))).toEqual([]);
		}
		expect(await writable(as('both', 'read'))).toEqual([]);
	});

	it('keep a rule from being set under an unknown key or in another unit, in the name of somebody else, or anew once void', async () => {
		const set = (more: object, who = 'approver') =>
			inScope(database, as(who), (sql) =>
				insertRule(sql, PANJIN_ID, { ...RULE, clientId: clientId(), ...more }),
			);
		for (const more of [{ key: 'test.unknown' }, { unit: 'month' }, { unit: null }])
			await expect(set(more)).rejects.toMatchObject({ code: '42501' });
		const no = await set({});
		await expect(set({})).rejects.toMatchObject({ constraint_name: 'rule_value_dates_apart' });
		const act = { userId: 'second-approver', reason: 'a mistake', at: new Date(0) };
		await expect(
			inScope(database, as('approver'), (sql) => voidRule(sql, PANJIN_ID, no, act)),
		).rejects.toMatchObject({ code: '42501' });
		await inScope(database, as('second-approver'), (sql) => voidRule(sql, PANJIN_ID, no, act));
		await expect(
			inScope(
				database,
				as('approver'),
				(sql) => sql`update rule_value set valid_to = null where rule_value_no = ${no}`,
			),
		).rejects.toMatchObject({ constraint_name: 'rule_value_voided_stays' });
		expect(await set({})).toBe(no + 1);
		const change = (statement: string) => inScope(database, as('approver'), (sql) => sql.unsafe(statement));
		for (const statement of ['update rule_value set value = 1', 'delete from rule_value'])
			await expect(change(statement)).rejects.toMatchObject({ code: '42501' });
	});

	it('keep what was bid and the reserve price from all but officers until an award, and again after it is void', async () => {
		const no = await inScope(database, as(PANJIN_OFFICER), async (sql) => {
			const entered = await enter(sql, 8);
			const stated = { amountFen: 100, statedOn: DAY };
			const price = { clientId: clientId(), kind: 'reserve_price' as const, bidder: null };
			await insertSecret(sql, PANJIN_ID, entered, { ...stated, ...price });
			const bid = { clientId: clientId(), kind: 'bid' as const, bidder: 'a bidder' };
			await insertSecret(sql, PANJIN_ID, entered, { ...stated, ...bid });
			return entered;
		});
		const look = (holder: string | null, role: Scope['role']) =>
			inScope(database, as(holder, role), async (sql) => {
				const [seen] = await sql<Record<'counted' | 'joined' | 'existing' | 'summed', number>[]>`
					select (select count(*) from supply_secret x where x.supply_no = ${no})::integer as counted,
						(select count(x.secret_no) from supply s left join supply_secret x using (zone_id, supply_no)
							where s.supply_no = ${no})::integer as joined,
						(select count(*) from supply s where s.supply_no = ${no} and exists (
							select from supply_secret x where x.supply_no = s.supply_no and x.amount_fen > 99))::integer as existing,
						(select coalesce(sum(x.amount_fen), 0) from supply_secret x where x.supply_no = ${no})::integer as summed`;
				return seen;
			});
		const expectSeenBy = async (when: string, readers: readonly string[]) => {
			const hidden = { counted: 0, joined: 0, existing: 0, summed: 0 };
			const shown = { counted: 2, joined: 2, existing: 1, summed: 200 };
			for (const holder of HOLDERS)
				for (const role of ['app', 'read'] as const)
					expect(await look(holder, role), `${when}: ${holder}, ${role}`).toEqual(
						holder !== null && readers.includes(holder) ? shown : hidden,
					);
		};
		const steps: readonly (readonly [SupplyEventKind, string, readonly string[]])[] = [
			['offer', 'approver', OFFICERS],
			['award', PANJIN_OFFICER, READERS],
			['void_award', 'approver', OFFICERS],
			['offer', 'second-approver', OFFICERS],
			['award', PANJIN_OFFICER, READERS],
			['sign', PANJIN_OFFICER, READERS],
			['hand_over', PANJIN_OFFICER, READERS],
			['end', 'approver', READERS],
		];
		await expectSeenBy('programmed', OFFICERS);
		for (const [event, who, readers] of steps) {
			await actInTurn(database, no, [[event, who]]);
			await expectSeenBy(event, readers);
		}
	});

	it('keep them also when it is cancelled', async () => {
		const no = await inScope(database, as(PANJIN_OFFICER), async (sql) => {
			const entered = await enter(sql, 7);
			await insertSecret(sql, PANJIN_ID, entered, {
				...{ clientId: clientId(), kind: 'reserve_price' as const },
				...{ amountFen: 100, bidder: null, statedOn: DAY },
			});
			return entered;
		});
		await actInTurn(database, no, [['cancel', PANJIN_OFFICER]]);
		const seen = (holder: string) =>
			inScope(database, as(holder), (sql) => sql`select from supply_secret where supply_no = ${no}`);
		expect(await seen('viewer')).toHaveLength(0);
		expect(await seen('supply_officer')).toHaveLength(1);
	});

	it('tell nobody of another zone, by no refusal, where a supply stands', async () => {
		for (const event of ['offer', 'award', 'end', 'cancel'] as const)
			for (const holder of ['stranger', 'administrator'])
				await expect(
					inScope(database, as(holder), (sql) => act(sql, 1, event)),
					`${event} ${holder}`,
				).rejects.toMatchObject({ constraint_name: 'supply_event_permitted' });
	});
});
