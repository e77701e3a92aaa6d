import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '$lib/domain/access/permission.ts';
import { asOwner, inScope, type Database, type Scope } from '$lib/server/db/connect.ts';
import { insertRevisionViewEvent } from '$lib/server/db/revision-history.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { publishEdits } from '../support/database-publish.ts';
import { databaseWithZone, PANJIN_ID } from '../support/database-rows.ts';
import { addPerson } from '../support/people.ts';

const NO_OFFICE = { zoneId: PANJIN_ID, officeId: null } as const;
const TABLES = ['revision', 'revision_area', 'parcel', 'planning_condition'] as const;

describe.each(DATABASE_KINDS)('public view of revisions in the %s database', (kind) => {
	let database: Database;
	beforeAll(async () => {
		database = await databaseWithZone(kind);
		await asOwner(database, async (sql) => {
			for (const role of ROLES) await addPerson(sql, role, [{ ...NO_OFFICE, role, parkId: null }]);
			await addPerson(sql, 'of-one-park', [{ ...NO_OFFICE, role: 'approver', parkId: 'liaodongwan' }]);
		});
	});
	afterAll(() => database.close());

	const change = (userId: string | null, event: 'withdraw' | 'give_back', revision = 1) =>
		inScope(database, { role: 'app', zoneId: PANJIN_ID, grade: 'office', userId }, (sql) =>
			insertRevisionViewEvent(sql, PANJIN_ID, 'plan', revision, {
				event,
				reason: '涉密',
				occurredAt: new Date(),
			}),
		);
	/** Rows of the plan that somebody sees, by table. */
	const seenBy = (grade: Scope['grade']) =>
		inScope(database, { role: 'read', zoneId: PANJIN_ID, grade }, async (sql) => {
			const counts: number[] = [];
			for (const table of TABLES) {
				const [{ count }] = await sql<{ count: number }[]>`
					select count(*) as count from ${sql(table)} where coverage_id = 'plan'`;
				counts.push(count);
			}
			return counts;
		});

	it('is changed by those who publish in the whole zone, by their stored grants', async () => {
		for (const userId of [null, 'of-one-park', ...ROLES.filter((role) => role !== 'approver')])
			await expect(change(userId, 'withdraw'), userId ?? 'nobody').rejects.toMatchObject({ code: '42501' });
	});

	it('lacks what is withdrawn, with all that only it has; the office keeps it', async () => {
		const [open, registered, office] = [
			await seenBy('public'),
			await seenBy('registered'),
			await seenBy('office'),
		];
		expect(Math.min(...open)).toBeGreaterThan(0);
		await change('approver', 'withdraw');
		expect([await seenBy('public'), await seenBy('registered')]).toEqual([
			[0, 0, 0, 0],
			[0, 0, 0, 0],
		]);
		expect(await seenBy('office')).toEqual(office);
		await change('approver', 'give_back');
		expect([await seenBy('public'), await seenBy('registered')]).toEqual([open, registered]);
	});

	it('lacks a revision between others with what only it has, and keeps what they have', async () => {
		const [first, second] = await asOwner(database, async (sql) => {
			const rows = await sql<{ no: number; code: string }[]>`
				select parcel_no as no, code from parcel
				where zone_id = ${PANJIN_ID} and coverage_id = 'plan' and class_code = '100101' order by parcel_no limit 2`;
			// Only in the second revision: a version of the one parcel; from it on: the other's, and ground that went to it.
			await publishEdits(sql, [{ code: rows[0].code }, { code: rows[1].code }]);
			await publishEdits(sql, [{ code: rows[0].code, classCode: '0802' }]);
			await sql`alter table parcel_lineage disable trigger parcel_lineage_before_seal`;
			await sql`
				insert into parcel_lineage (zone_id, coverage_id, revision, from_no, to_no)
				values (${PANJIN_ID}, 'plan', 2, ${rows[0].no}, ${rows[1].no}), (${PANJIN_ID}, 'plan', 3, ${rows[1].no}, ${rows[0].no})`;
			await sql`set constraints all immediate`;
			await sql`alter table parcel_lineage enable trigger parcel_lineage_before_seal`;
			return rows;
		});
		const seen = (grade: Scope['grade']) =>
			inScope(database, { role: 'read', zoneId: PANJIN_ID, grade }, async (sql) => ({
				revisions: (
					await sql<{ revision: number }[]>`
						select revision from revision where coverage_id = 'plan' order by revision`
				).map(({ revision }) => revision),
				versions: (
					await sql<{ no: number; version: number }[]>`
						select parcel_no as no, version from parcel where parcel_no = any (${[first.no, second.no]}::integer[])
						order by parcel_no, version`
				).map(({ no, version }) => [no, version]),
				lineage: (
					await sql<{ revision: number }[]>`select revision from parcel_lineage order by revision`
				).map(({ revision }) => revision),
			}));
		const every = [1, 2, 3].map((version) => [first.no, version]);
		const other = [1, 2].map((version) => [second.no, version]);
		const whole = { revisions: [1, 2, 3], versions: [...every, ...other], lineage: [2, 3] };
		expect(await seen('public')).toEqual(whole);
		await change('approver', 'withdraw', 2);
		const without = { ...whole, revisions: [1, 3], versions: [every[0], every[2], ...other] };
		expect([await seen('public'), await seen('registered')]).toEqual([without, without]);
		expect(await seen('office')).toEqual(whole);
		// What went on in the last one is not told while it is not in view, what came of the one before neither.
		await change('approver', 'withdraw', 3);
		const before = { revisions: [1], versions: [every[0], other[0]], lineage: [] };
		expect(await seen('public')).toEqual(before);
		await change('approver', 'give_back', 2);
		expect(await seen('public')).toEqual({
			revisions: [1, 2],
			versions: [every[0], every[1], ...other],
			lineage: [2],
		});
	});
});
