import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner, inScope, type Database, type Sql } from '$lib/server/db/connect.ts';
import { findRevisionAsOf, listRevisionAreas, listRevisions } from '$lib/server/db/coverage.ts';
import { findParcel, findParcelByCode } from '$lib/server/db/parcel.ts';
import { deferOverlapCheck } from '$lib/server/db/parcel-write.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { publishEdits } from '../support/database-publish.ts';
import {
	asOwnerRolledBack,
	brokenConstraint,
	databaseWithZone,
	PANJIN_ID,
	PUBLISHING,
} from '../support/database-rows.ts';

describe.each(DATABASE_KINDS)('publishing on the %s database', (kind) => {
	let database: Database;
	beforeAll(async () => {
		database = await databaseWithZone(kind);
	});
	afterAll(() => database.close());

	const publish = (edits: Parameters<typeof publishEdits>[1]) =>
		inScope(database, PUBLISHING, (sql) => publishEdits(sql, edits));

	it('opens the next revision as the application, and keeps the one before as it was', async () => {
		expect(await publish([{ code: 'PJ-00', classCode: '0802' }])).toBe(2);
		await inScope(database, PUBLISHING, async (sql) => {
			const now = await findParcelByCode(sql, PANJIN_ID, 'plan', 'PJ-00');
			expect([now?.classCode, now?.version, now?.revFrom]).toEqual(['0802', 2, 2]);
			const before = await findParcel(sql, PANJIN_ID, now?.parcelNo ?? 0, 1);
			expect([before?.classCode, before?.revTo]).toEqual(['100101', 2]);
			const [one, two] = await Promise.all([1, 2].map((no) => listRevisionAreas(sql, PANJIN_ID, 'plan', no)));
			expect(two).toEqual(one);
		});
	});

	it('refuses a park that grows, and one that grows at its neighbour’s cost', async () => {
		expect(await brokenConstraint(() => publish([{ code: 'PJ-00', growDm2: 1 }]))).toBe(
			'revision_park_area_kept',
		);
		expect(
			await brokenConstraint(() =>
				publish([
					{ code: 'PJ-00', growDm2: 1 },
					{ code: 'PJ-06', growDm2: -1 },
				]),
			),
		).toBe('revision_park_area_kept');
	});

	it('lets parcels of one park trade ground', async () => {
		expect(
			await publish([
				{ code: 'PJ-00', growDm2: 5 },
				{ code: 'PJ-01', growDm2: -5 },
			]),
		).toBe(3);
	});

	/** Closes the outline of a park on a day and opens the next one, of the same shape, there. */
	async function replaceOutline(sql: Sql, day: string): Promise<void> {
		await sql`update park_outline set valid_to = ${day} where park_id = 'liaodongwan'`;
		await sql`
			insert into park_outline (zone_id, park_id, outline_no, geom, area_dm2, area_method, planar_area_dm2, valid_from,
				is_synthetic, source)
			select zone_id, park_id, 2, geom, area_dm2, area_method, planar_area_dm2, ${day}, true, 'test'
			from park_outline where park_id = 'liaodongwan'`;
	}

	// Revision 4 is published on 2026-01-04 at 08:00 in Shanghai.
	it('lets a park’s parcels change with its outline, once that is in force', async () => {
		await asOwnerRolledBack(database, async (sql) => {
			await replaceOutline(sql, '2026-01-04');
			expect(await publishEdits(sql, [{ code: 'PJ-00', growDm2: 7 }])).toBe(4);
		});
		const early = asOwnerRolledBack(database, async (sql) => {
			await replaceOutline(sql, '2026-01-05');
			await publishEdits(sql, [{ code: 'PJ-00', growDm2: 7 }]);
		});
		expect(await brokenConstraint(() => early)).toBe('revision_park_area_kept');
	});

	it('measures a revision by the outline of its day, not by the newest', async () => {
		const outlineAt = async (day: string) => {
			let number: number | null = null;
			await asOwnerRolledBack(database, async (sql) => {
				await replaceOutline(sql, day);
				const revision = await publishEdits(sql, [{ code: 'PJ-00', classCode: '0802' }]);
				[{ number }] = await sql<{ number: number }[]>`
					select outline_no as number from revision_area
					where coverage_id = 'plan' and revision = ${revision} and park_id = 'liaodongwan'`;
			});
			return number;
		};
		expect(await Promise.all([outlineAt('2026-01-04'), outlineAt('2026-01-05')])).toEqual([2, 1]);
	});

	it('refuses an overlap, and names the pair', async () => {
		const overlap = publish([{ code: 'PJ-00', shiftSteps: 1 }]);
		await expect(overlap).rejects.toMatchObject({ constraint_name: 'parcel_no_overlap' });
		const detail: unknown = await overlap.catch((error: { detail: string }) => JSON.parse(error.detail));
		expect(detail).toEqual([[1, 2]]);
	});

	it('hears the bulk setting from the owner only, and checks at the seal all the same', async () => {
		const bulk = async (sql: Sql) => {
			await deferOverlapCheck(sql);
			await publishEdits(sql, [{ code: 'PJ-00', shiftSteps: 1 }]);
		};
		await expect(asOwner(database, bulk)).rejects.toMatchObject({
			constraint_name: 'parcel_no_overlap',
			where: expect.stringContaining('seal_revision'),
		});
		await expect(inScope(database, PUBLISHING, bulk)).rejects.toMatchObject({
			constraint_name: 'parcel_no_overlap',
			where: expect.stringContaining('check_opened_parcels'),
		});
	});

	it('takes no parcel into a sealed revision, and leaves none without one', async () => {
		const late = inScope(
			database,
			PUBLISHING,
			(sql) => sql`update parcel set rev_to = 3 where coverage_id = 'plan' and code = 'PJ-02'`,
		);
		await expect(late).rejects.toMatchObject({ constraint_name: 'parcel_in_next_revision' });
		const unsealed = inScope(
			database,
			PUBLISHING,
			(sql) => sql`update parcel set rev_to = 4 where coverage_id = 'plan' and code = 'PJ-02'`,
		);
		await expect(unsealed).rejects.toMatchObject({ constraint_name: 'parcel_rev_to_fk' });
	});

	it('answers as of a day, by the zone’s clock', async () => {
		await inScope(database, PUBLISHING, async (sql) => {
			// Revision 2 was published on 2026-01-02 at 08:00 in Shanghai, revision 3 a day later; revision 1 at seeding.
			expect((await findRevisionAsOf(sql, PANJIN_ID, 'plan', '2026-01-01'))?.revision).toBeUndefined();
			expect((await findRevisionAsOf(sql, PANJIN_ID, 'plan', '2026-01-02'))?.revision).toBe(2);
			expect((await findRevisionAsOf(sql, PANJIN_ID, 'plan', '2026-01-03'))?.revision).toBe(3);
			const revisions = await listRevisions(sql, PANJIN_ID, 'plan', { limit: 2 });
			expect(revisions.map(({ revision }) => revision)).toEqual([3, 2]);
			const older = await listRevisions(sql, PANJIN_ID, 'plan', { before: 2, limit: 2 });
			expect(older.map(({ revision }) => revision)).toEqual([1]);
		});
	});
});
