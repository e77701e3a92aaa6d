import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '$lib/domain/access/permission.ts';
import { LIFE_CYCLE } from '$lib/domain/changeset/life-cycle.ts';
import { asOwner, inScope, type Database, type Scope, type Sql } from '$lib/server/db/connect.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import {
	brokenConstraint,
	databaseWithZone,
	PANJIN_APPROVER,
	PANJIN_ID,
	PANJIN_PLANNER,
} from '../support/database-rows.ts';
import { addPerson } from '../support/people.ts';

const as = (userId: string | null, role: Scope['role'] = 'app'): Scope => ({
	role,
	zoneId: PANJIN_ID,
	grade: 'office',
	userId,
});
const OWN_PARK = 'liaodongwan';
const DIFFERENCE = '{"shapes":[]}';

async function begin(sql: Sql, clientId: string): Promise<number> {
	const [{ no }] = await sql<{ no: number }[]>`
		insert into changeset (zone_id, client_id, coverage_id, base_revision, kind, title, reason, created_at)
		values (${PANJIN_ID}, ${clientId}, 'plan', 1, 'plan_amendment', 'a title', 'a reason', now())
		returning changeset_no as no`;
	return no;
}

async function addStep(sql: Sql, no: number, stepNo = 1): Promise<void> {
	await sql`
		insert into changeset_step (zone_id, changeset_no, step_no, client_id, verb, params, difference, digest)
		values (${PANJIN_ID}, ${no}, ${stepNo}, ${`client-of-${stepNo}`}, 'merge', '{}', ${DIFFERENCE}::text::json,
			encode(sha256(${DIFFERENCE}::text::bytea), 'hex'))`;
	await sql`update changeset set head = ${stepNo} where changeset_no = ${no}`;
}

async function add(sql: Sql, no: number, event: string, comment = 'why', revision: number | null = null) {
	await sql`
		insert into changeset_event (zone_id, changeset_no, event, comment, revision, occurred_at)
		values (${PANJIN_ID}, ${no}, ${event}, ${comment}, ${revision}, now())`;
}

async function stateOf(sql: Sql, no: number): Promise<string | undefined> {
	const [row] = await sql<{ state: string }[]>`select state from changeset where changeset_no = ${no}`;
	return row?.state;
}

describe.each(DATABASE_KINDS)('changesets of the %s database', (kind) => {
	let database: Database;
	beforeAll(async () => {
		database = await databaseWithZone(kind);
		await asOwner(database, async (sql) => {
			for (const role of ROLES)
				await addPerson(sql, role, [{ zoneId: PANJIN_ID, role, parkId: null, officeId: null }]);
			await addPerson(sql, 'park-planner', [
				{ zoneId: PANJIN_ID, role: 'planner', parkId: OWN_PARK, officeId: null },
			]);
			await addPerson(sql, 'both', [
				{ zoneId: PANJIN_ID, role: 'planner', parkId: null, officeId: null },
				{ zoneId: PANJIN_ID, role: 'approver', parkId: null, officeId: null },
			]);
		});
	});
	afterAll(() => database.close());

	it('live as the program says', async () => {
		const lines = await inScope(
			database,
			as(null),
			(sql) => sql<{ from: string; event: string; to: string; by: string; permissions: string[] }[]>`
				select from_state as from, event, to_state as to, acted_by as by, permissions from changeset_transition`,
		);
		const order = (line: { from: string; event: string }) => `${line.from} ${line.event}`;
		const sorted = <L extends { from: string; event: string }>(list: readonly L[]) =>
			[...list].sort((a, b) => order(a).localeCompare(order(b), 'en'));
		expect(sorted(lines)).toEqual(sorted(LIFE_CYCLE.map(({ needs: _, ...line }) => line)));
	});

	it('are numbered, belong to who began them, and go their way by events', async () => {
		const no = await inScope(database, as(PANJIN_PLANNER), async (sql) => {
			const begun = await begin(sql, 'first-changeset');
			await addStep(sql, begun);
			await add(sql, begun, 'submit');
			return begun;
		});
		await inScope(database, as('reviewer'), async (sql) => {
			await add(sql, no, 'return', 'look again');
			expect(await stateOf(sql, no)).toBe('draft');
		});
		await inScope(database, as(PANJIN_PLANNER), async (sql) => {
			await addStep(sql, no, 2);
			await add(sql, no, 'submit');
		});
		await inScope(database, as(PANJIN_APPROVER), async (sql) => {
			await add(sql, no, 'approve');
			expect(await stateOf(sql, no)).toBe('approved');
			const events = await sql<{ event: string; by: string }[]>`
				select event, user_id as by from changeset_event where changeset_no = ${no} order by event_no`;
			expect(events.map(({ event, by }) => `${event} ${by}`)).toEqual([
				`submit ${PANJIN_PLANNER}`,
				'return reviewer',
				`submit ${PANJIN_PLANNER}`,
				`approve ${PANJIN_APPROVER}`,
			]);
			await add(sql, no, 'publish', '', 1);
			const [{ revision }] = await sql<{ revision: number }[]>`
				select published_revision as revision from changeset where changeset_no = ${no}`;
			expect(revision).toBe(1);
		});
	});

	it('are never approved by their author, whatever roles he holds', async () => {
		const no = await inScope(database, as('both'), async (sql) => {
			const begun = await begin(sql, 'of-both-roles');
			await addStep(sql, begun);
			await add(sql, begun, 'submit');
			return begun;
		});
		for (const event of ['endorse', 'approve', 'return'])
			expect(await brokenConstraint(() => inScope(database, as('both'), (sql) => add(sql, no, event)))).toBe(
				'changeset_event_by_another',
			);
	});

	it.each(ROLES)('%s may do what the role may, and sees what it may read', async (role) => {
		const may = (...roles: string[]) => roles.includes(role);
		const drafted = await inScope(database, as(PANJIN_PLANNER), async (sql) => {
			const begun = await begin(sql, `seen-by-${role}`);
			await addStep(sql, begun);
			await add(sql, begun, 'submit');
			return begun;
		});
		const isVisible = may('planner', 'reviewer', 'approver', 'supply_officer', 'auditor');
		for (const reading of ['app', 'read'] as const)
			await inScope(database, as(role, reading), async (sql) => {
				expect((await stateOf(sql, drafted)) !== undefined).toBe(isVisible);
				for (const table of ['changeset_step', 'changeset_event'])
					expect((await sql`select 1 from ${sql(table)} where changeset_no = ${drafted}`).length > 0).toBe(
						isVisible,
					);
			});
		const attempt = async (work: (sql: Sql) => Promise<unknown>) => {
			try {
				await inScope(database, as(role), async (sql) => {
					await work(sql);
					throw new Error('done');
				});
			} catch (error) {
				if (error instanceof Error) return error.message === 'done';
			}
			return false;
		};
		expect(await attempt((sql) => begin(sql, `begun-by-${role}`))).toBe(may('planner'));
		expect(await attempt((sql) => add(sql, drafted, 'return'))).toBe(may('reviewer', 'approver'));
		expect(await attempt((sql) => add(sql, drafted, 'endorse'))).toBe(may('reviewer'));
		expect(await attempt((sql) => add(sql, drafted, 'approve'))).toBe(may('approver'));
		expect(await attempt((sql) => addStep(sql, drafted, 2))).toBe(false);
		const comment = (sql: Sql) =>
			sql`insert into changeset_comment (zone_id, changeset_no, comment_no, body) values (${PANJIN_ID}, ${drafted}, 1, 'x')`;
		expect(await attempt(comment)).toBe(may('planner', 'reviewer', 'approver'));
	});

	it('are shown to nobody who is not signed in, whatever grade he says to have', async () => {
		await inScope(database, as(null), async (sql) => {
			expect(await sql`select 1 from changeset`).toHaveLength(0);
			expect(await sql`select 1 from changeset_step`).toHaveLength(0);
		});
		await expect(inScope(database, as(null), (sql) => begin(sql, 'by-nobody-at-all'))).rejects.toThrow();
	});

	it('touch no park in which their author drafts nothing', async () => {
		await inScope(database, as('park-planner'), async (sql) => {
			const no = await begin(sql, 'of-one-park-only');
			await sql`update changeset set park_ids = ${[OWN_PARK]}::text[] where changeset_no = ${no}`;
		});
		for (const parks of [[OWN_PARK, 'xinglongtai'], [null]])
			await expect(
				inScope(
					database,
					as('park-planner'),
					(sql) => sql`update changeset set park_ids = ${parks}::text[] where client_id = 'of-one-park-only'`,
				),
			).rejects.toMatchObject({ code: '42501' });
	});

	it('are published by those who may, by their stored grants and not by what is said of them', async () => {
		for (const userId of [null, PANJIN_PLANNER, 'reviewer', 'administrator'])
			await expect(
				inScope(
					database,
					as(userId),
					(sql) =>
						sql`insert into parcel_identity (zone_id, coverage_id, parcel_no) values (${PANJIN_ID}, 'plan', 9999)`,
				),
			).rejects.toMatchObject({ code: '42501' });
	});
});
