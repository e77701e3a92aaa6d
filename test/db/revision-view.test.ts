import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '$lib/domain/access/permission.ts';
import { asOwner, inScope, type Database, type Scope } from '$lib/server/db/connect.ts';
import { insertRevisionViewEvent } from '$lib/server/db/revision-history.ts';
import { DATABASE_KINDS } from '../support/database.ts';
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

	const change = (userId: string | null, event: 'withdraw' | 'give_back') =>
		inScope(database, { role: 'app', zoneId: PANJIN_ID, grade: 'office', userId }, (sql) =>
			insertRevisionViewEvent(sql, PANJIN_ID, 'plan', 1, { event, reason: '涉密', occurredAt: new Date() }),
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
});
