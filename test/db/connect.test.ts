import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inScope, type Database, type Scope } from '$lib/server/db/connect.ts';
import { isDatabaseLost } from '$lib/server/service/database-loss.ts';
import { DATABASE_KINDS, freshDatabase, openDatabase } from '../support/database.ts';

const ANY: Scope = { role: 'read', zoneId: 'x', grade: 'office' };

describe.each(DATABASE_KINDS)('values of the %s database', (kind) => {
	let database: Database;
	beforeAll(async () => {
		database = await freshDatabase(kind);
	});
	afterAll(() => database.close());

	it('come as the types that were decided', async () => {
		const [row] = await inScope(
			database,
			ANY,
			(sql) => sql`
				select 9007199254740991::bigint as int8, 1.10::numeric as numeric, '2022-03-10'::date as date,
					'2022-03-10 00:00+08'::timestamptz as instant, '\\x0102'::bytea as bytes, array[1, 2]::bigint[] as int8s,
					'{"a":1}'::jsonb as json, current_setting('application_name') as application`,
		);
		expect(row.int8).toBe(9007199254740991);
		expect(row.numeric).toBe('1.10');
		expect(row.date).toBe('2022-03-10');
		expect(row.instant).toEqual(new Date('2022-03-09T16:00:00Z'));
		expect([...(row.bytes as Buffer)]).toEqual([1, 2]);
		expect(row.int8s).toEqual([1, 2]);
		expect(row.json).toEqual({ a: 1 });
		if (kind === 'server') expect(row.application).toBe('yuantu');
	});

	it('go back as they came', async () => {
		const [row] = await inScope(
			database,
			ANY,
			(sql) => sql`
				select ${9007199254740991}::bigint as int8, ${'1.10'}::numeric as numeric, ${'2022-03-10'}::date as date,
					${new Date(0)}::timestamptz as instant, ${[null, 'a,"b"', '园']}::text[] = array[null, 'a,"b"', '园'] as "hasTexts",
					${[1, 9007199254740991]}::bigint[] as int8s`,
		);
		expect(row).toEqual({
			int8: 9007199254740991,
			numeric: '1.10',
			date: '2022-03-10',
			instant: new Date(0),
			hasTexts: true,
			int8s: [1, 9007199254740991],
		});
	});

	it('throw when a number would lose its last digits', async () => {
		await expect(
			inScope(database, ANY, (sql) => sql`select 9007199254740993::bigint as int8`),
		).rejects.toThrow('beyond 2^53 - 1');
	});

	it('of several scopes at once never mix', async () => {
		const zones = Array.from({ length: 30 }, (_, i) => `zone-${i}`);
		const seen = await Promise.all(
			zones.map((zoneId) =>
				inScope(database, { ...ANY, zoneId }, async (sql) => {
					await sql`select 1`;
					const [row] = await sql<{ zone: string }[]>`select current_zone_id() as zone`;
					return row.zone;
				}),
			),
		);
		expect(seen).toEqual(zones);
	});

	it('are not kept from work that throws', async () => {
		await expect(inScope(database, ANY, () => Promise.reject(new Error('given up')))).rejects.toThrow(
			'given up',
		);
		expect(await inScope(database, ANY, () => Promise.resolve('next'))).toBe('next');
	});
});

describe('an error that only looks like a lost connection', () => {
	it('ends the transaction after a while, and what it holds', async () => {
		const database = await freshDatabase('server');
		const elsewhere = Object.assign(new Error('another server'), { code: 'ECONNRESET' });
		const failing = inScope(database, ANY, async (sql) => {
			await sql`select pg_advisory_xact_lock(1)`;
			vi.useFakeTimers({ toFake: ['setTimeout'] });
			setImmediate(() => vi.advanceTimersByTime(20_000));
			throw elsewhere;
		}).finally(() => vi.useRealTimers());
		await expect(failing).rejects.toBe(elsewhere);
		const isFree = await inScope(database, ANY, async (sql) => {
			const [{ got }] = await sql<{ got: boolean }[]>`select pg_try_advisory_xact_lock(1) as got`;
			return got;
		});
		expect(isFree).toBe(true);
		await database.close();
	});
});

describe('a connection to a server that is lost in a transaction', () => {
	it('fails it, and nothing that nobody could catch', async () => {
		const database = await freshDatabase('server');
		const others = openDatabase('server');
		for (let loss = 0; loss < 3; loss++) {
			const lost = inScope(database, ANY, async (sql) => {
				const [{ pid }] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
				await Promise.all([sql`select pg_sleep(60)`, others.sql`select pg_terminate_backend(${pid})`]);
			});
			await expect(lost).rejects.toSatisfy(isDatabaseLost);
		}
		// The driver may tell the next transaction on that connection of the loss once more.
		const next = () => inScope(database, ANY, () => Promise.resolve('next'));
		expect(await next().catch(next)).toBe('next');
		await Promise.all([database.close(), others.close()]);
	});
});
