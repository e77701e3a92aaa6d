import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inScope, type Database, type Sql } from '$lib/server/db/connect.ts';
import { openDatabase, untilSomeoneWaits } from '../support/database.ts';
import { publishEdits } from '../support/database-publish.ts';
import { databaseWithZone, PANJIN_ID, PUBLISHING } from '../support/database-rows.ts';

async function addParcel(sql: Sql, parcelNo: number, eastDeg: number): Promise<void> {
	await sql`insert into parcel_identity (zone_id, coverage_id, parcel_no) values (${PANJIN_ID}, 'plan', ${parcelNo})`;
	await sql`
		insert into parcel (zone_id, coverage_id, parcel_no, version, rev_from, code, code_status, geom, area_dm2, area_method,
			planar_area_dm2, park_relation)
		select zone_id, coverage_id, ${parcelNo}, 1, r.next, ${`N${parcelNo}`}, code_status,
			st_translate(geom, ${eastDeg}::double precision, 0), area_dm2, area_method, planar_area_dm2, 'outside'
		from parcel,
			(select max(revision) + 1 as next from revision where coverage_id = 'plan') r
		where coverage_id = 'plan' and code = 'PJ-00' and rev_to is null`;
}

describe('two writers on a real server', () => {
	let database: Database;
	let watcher: Database;
	beforeAll(async () => {
		database = await databaseWithZone('server');
		const [{ name }] = await database.sql<{ name: string }[]>`select current_database()::text as name`;
		watcher = openDatabase('server', name);
	});
	afterAll(async () => {
		await Promise.all([database.close(), watcher.close()]);
	});

	it('never leave parcels in a revision that another transaction sealed meanwhile', async () => {
		let release = () => {};
		let begin = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		const begun = new Promise<void>((resolve) => (begin = resolve));
		const first = inScope(database, PUBLISHING, async (sql) => {
			await publishEdits(sql, [{ code: 'PJ-00', classCode: '0802' }]);
			begin();
			await held;
		});
		await Promise.race([begun, first]);
		const second = inScope(database, PUBLISHING, async (sql) => {
			await sql`update parcel set rev_to = 2 where coverage_id = 'plan' and code = 'PJ-02'`;
		});
		const secondEnds = expect(second).rejects.toMatchObject({ constraint_name: 'parcel_in_next_revision' });
		await untilSomeoneWaits(watcher);
		release();
		await first;
		await secondEnds;
	});

	it('cannot both put a parcel on the same ground', async () => {
		let release = () => {};
		let begin = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		const begun = new Promise<void>((resolve) => (begin = resolve));
		const first = inScope(database, PUBLISHING, async (sql) => {
			await addParcel(sql, 9001, 1);
			begin();
			await held;
			throw new Error('the first gives up');
		});
		await Promise.race([begun, first]);
		const second = inScope(database, PUBLISHING, async (sql) => {
			await addParcel(sql, 9002, 1);
			await addParcel(sql, 9003, 1);
		});
		const firstEnds = expect(first).rejects.toThrow('the first gives up');
		const secondEnds = expect(second).rejects.toMatchObject({ constraint_name: 'parcel_no_overlap' });
		await untilSomeoneWaits(watcher);
		release();
		await firstEnds;
		await secondEnds;
	});

	it('publish one after another when both start at once', async () => {
		const [{ before }] = await database.sql<{ before: number }[]>`
			select max(revision) as before from yuantu.revision where coverage_id = 'plan'`;
		const numbers = await Promise.all(
			['PJ-01', 'PJ-05', 'PJ-06'].map((code) =>
				inScope(database, PUBLISHING, (sql) => publishEdits(sql, [{ code, classCode: '0802' }])),
			),
		);
		expect(numbers.sort()).toEqual([before + 1, before + 2, before + 3]);
	});
});
