import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner, asSignIn, inScope, type Database } from '$lib/server/db/connect.ts';
import { migrate } from '$lib/server/db/migrate.ts';
import { DatabaseRefusal } from '$lib/server/db/refusal.ts';
import { listZones } from '$lib/server/db/zone.ts';
import { emptyDatabase, MIGRATIONS, openDatabase } from '../support/database.ts';
import { databaseWithZone, PANJIN_ID } from '../support/database-rows.ts';

const LOGINS = ['t_application', 't_reader', 't_owner', 't_stranger'];

/** Runs work on a connection of its own as superuser of the test cluster. */
async function asSuperuser(databaseName: string, lines: readonly string[]): Promise<void> {
	const database = openDatabase('server', databaseName);
	try {
		for (const line of lines) await database.sql.unsafe(line);
	} finally {
		await database.close();
	}
}

async function withLogin<T>(
	name: string,
	login: string,
	work: (database: Database) => Promise<T>,
): Promise<T> {
	const database = openDatabase('server', name, login);
	try {
		return await work(database);
	} finally {
		await database.close();
	}
}

describe('rights of real logins on a real server', () => {
	let database: Database;
	let name: string;
	beforeAll(async () => {
		database = await databaseWithZone('server');
		[{ name }] = await database.sql<{ name: string }[]>`select current_database()::text as name`;
		await asSuperuser(name, [
			...LOGINS.map((login) => `create role ${login} login`),
			'grant yuantu_app, yuantu_read, yuantu_auth to t_application',
			'grant yuantu_read to t_reader',
		]);
	});
	afterAll(() => database.close());

	it('let the application work without owning anything', async () => {
		await withLogin(name, 't_application', async (app) => {
			const zones = await inScope(app, { role: 'app', zoneId: PANJIN_ID, grade: 'office' }, listZones);
			expect(zones).toHaveLength(1);
			await expect(asOwner(app, listZones)).rejects.toMatchObject({ code: '42501' });
		});
	});

	it('keep a reader from the application’s role, and a stranger from everything', async () => {
		await withLogin(name, 't_reader', async (reader) => {
			await expect(
				inScope(reader, { role: 'app', zoneId: PANJIN_ID, grade: 'office' }, listZones),
			).rejects.toMatchObject({ code: '42501' });
			await expect(asSignIn(reader, listZones)).rejects.toMatchObject({ code: '42501' });
		});
		await withLogin(name, 't_stranger', async (stranger) => {
			await expect(stranger.sql`select * from yuantu.zone`).rejects.toMatchObject({ code: '42501' });
		});
	});

	it('tell a login that may not prepare the database what a superuser should run, and then it can', async () => {
		const fresh = await emptyDatabase('server', 't_owner');
		const refusal = await withLogin(fresh, 't_owner', (owner) =>
			migrate(owner, MIGRATIONS).catch((error: unknown) => error),
		);
		expect(refusal).toBeInstanceOf(DatabaseRefusal);
		const { code, message, remedy } = refusal as DatabaseRefusal;
		expect(code).toBe('rights.missing');
		expect(message).not.toContain('\n');
		expect(remedy).toContain('create extension postgis;');
		expect(remedy).toContain('grant yuantu_owner, yuantu_app, yuantu_read, yuantu_auth to t_owner;');
		await asSuperuser(fresh, remedy);
		await withLogin(fresh, 't_owner', async (owner) => {
			expect(await migrate(owner, MIGRATIONS)).toBeGreaterThan(0);
			expect(await migrate(owner, MIGRATIONS)).toBe(0);
		});
	});

	it('tell a login without rights in somebody else’s database', async () => {
		const fresh = await emptyDatabase('server');
		const refusal = await withLogin(fresh, 't_stranger', (stranger) =>
			migrate(stranger, MIGRATIONS).catch((error: unknown) => error),
		);
		expect((refusal as DatabaseRefusal).remedy).toContain(`grant create on database ${fresh} to t_stranger;`);
		await asSuperuser(fresh, (refusal as DatabaseRefusal).remedy);
		await withLogin(fresh, 't_stranger', async (stranger) => {
			expect(await migrate(stranger, MIGRATIONS)).toBeGreaterThan(0);
		});
	});
});
