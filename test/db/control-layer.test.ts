import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner, type Database, type Sql } from '$lib/server/db/connect.ts';
import { openDatabase, untilSomeoneWaits } from '../support/database.ts';
import { databaseWithZone, PANJIN_ID } from '../support/database-rows.ts';

async function addLayer(sql: Sql, id: string): Promise<void> {
	await sql`
		insert into control_layer (zone_id, control_layer_id, kind, name_zh, name_en, publication_grade, is_synthetic, source, status)
		select zone_id, ${id}, kind, name_zh, name_en, publication_grade, is_synthetic, source, status
		from control_layer where control_layer_id = 'growth-boundary'`;
}

async function addArea(sql: Sql, id: string, no: number): Promise<void> {
	await sql`
		insert into control_area (zone_id, control_layer_id, control_area_no, name_zh, name_en, geom)
		select zone_id, ${id}, ${no}, name_zh, name_en, geom
		from control_area where control_layer_id = 'growth-boundary'`;
}

async function checksumOf(sql: Sql, id: string): Promise<string | null> {
	const [{ checksum }] = await sql<{ checksum: string | null }[]>`
		select checksum from control_layer where zone_id = ${PANJIN_ID} and control_layer_id = ${id}`;
	return checksum;
}

const seal = (sql: Sql, id: string) => sql`select seal_control_layer(${PANJIN_ID}, ${id})`;

describe('a control layer on a real server', () => {
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

	/** The checksum that sealing takes of what is stored now. */
	async function checksumNow(id: string): Promise<string | null> {
		return asOwner(database, async (sql) => {
			await sql`alter table control_layer disable trigger control_layer_immutable`;
			await sql`update control_layer set checksum = null where control_layer_id = ${id}`;
			await seal(sql, id);
			await sql`alter table control_layer enable trigger control_layer_immutable`;
			return checksumOf(sql, id);
		});
	}

	it('is sealed after whoever is adding an area to it: the checksum names that area', async () => {
		await asOwner(database, async (sql) => {
			await addLayer(sql, 'first');
			await addArea(sql, 'first', 1);
		});
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		let begun = () => {};
		const isAdded = new Promise<void>((resolve) => (begun = resolve));
		const adding = asOwner(database, async (sql) => {
			await addArea(sql, 'first', 2);
			begun();
			await held;
		});
		await isAdded;
		const sealing = asOwner(database, (sql) => seal(sql, 'first'));
		await untilSomeoneWaits(watcher);
		release();
		await Promise.all([adding, sealing]);
		const sealed = await asOwner(database, (sql) => checksumOf(sql, 'first'));
		expect(sealed).toMatch(/^[0-9a-f]{64}$/);
		expect(await checksumNow('first')).toBe(sealed);
	});

	it('takes no area from whoever comes while it is sealed', async () => {
		await asOwner(database, (sql) => addLayer(sql, 'second'));
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		let begun = () => {};
		const isSealed = new Promise<void>((resolve) => (begun = resolve));
		const sealing = asOwner(database, async (sql) => {
			await seal(sql, 'second');
			begun();
			await held;
		});
		await isSealed;
		const late = expect(asOwner(database, (sql) => addArea(sql, 'second', 1))).rejects.toMatchObject({
			constraint_name: 'control_area_immutable',
		});
		await untilSomeoneWaits(watcher);
		release();
		await sealing;
		await late;
	});

	it('may be shown to fewer and be trusted less, with the content that it has', async () => {
		const before = await asOwner(database, async (sql) => {
			const sealed = await checksumOf(sql, 'growth-boundary');
			await sql`
				update control_layer set publication_grade = 'office', status = 'unverified'
				where control_layer_id = 'growth-boundary'`;
			return sealed;
		});
		expect(await asOwner(database, (sql) => checksumOf(sql, 'growth-boundary'))).toBe(before);
		expect(await checksumNow('growth-boundary')).toBe(before);
	});
});
