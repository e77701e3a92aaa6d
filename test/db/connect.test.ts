import { spawnSync } from 'node:child_process';
import { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectDatabase, inScope, type Database, type Scope, type Sql } from '$lib/server/db/connect.ts';
import { isDatabaseLost } from '$lib/server/service/database-loss.ts';
import {
	DATABASE_KINDS,
	emptyDatabase,
	freshDatabase,
	openDatabase,
	serverUrl,
} from '../support/database.ts';

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
		expect(await inScope(database, ANY, () => Promise.resolve('next'))).toBe('next');
		await Promise.all([database.close(), others.close()]);
	});
});

describe('a transaction whose connection was lost', () => {
	let others: Database;
	beforeAll(async () => {
		// The roles are the cluster's.
		others = await freshDatabase('server');
	});
	afterAll(() => others.close());
	const end = async (sql: Sql) => {
		const [{ pid }] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
		await others.sql`select pg_terminate_backend(${pid})`;
	};
	const one = async () =>
		connectDatabase({
			kind: 'server',
			url: serverUrl(await emptyDatabase('server')),
			maxConnections: 1,
		});
	const zoneOf = async (sql: Sql) => {
		const [{ zone }] = await sql<{ zone: string }[]>`select current_setting('yuantu.zone_id') as zone`;
		return zone;
	};

	it('makes no more statements', async () => {
		const database = await one();
		let tell = (_: unknown) => {};
		const told = new Promise((resolve) => (tell = resolve));
		let isOver = false;
		const lost = inScope(database, ANY, async (sql) => {
			await end(sql);
			while (!isOver) await new Promise(setImmediate);
			try {
				await sql`select 1`;
			} catch (error) {
				tell(error);
			}
		});
		await expect(lost).rejects.toSatisfy(isDatabaseLost);
		isOver = true;
		expect(await told).toSatisfy(isDatabaseLost);
		expect(await inScope(database, ANY, zoneOf)).toBe('x');
		await database.close();
	});

	it('ends without touching the next one on its connection, however late', async () => {
		const database = await one();
		const late: (() => Promise<unknown>)[] = [
			() => Promise.reject(new Error('late')),
			() => Promise.resolve('late'),
		];
		for (const ending of late) {
			let go = () => {};
			const isTime = new Promise<void>((resolve) => (go = resolve));
			const lost = inScope(database, ANY, async (sql) => {
				await end(sql);
				await isTime;
				return ending();
			});
			await expect(lost).rejects.toSatisfy(isDatabaseLost);
			const next = inScope(database, { ...ANY, zoneId: 'next' }, async (sql) => {
				go();
				for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
				return zoneOf(sql);
			});
			expect(await next).toBe('next');
		}
		await database.close();
	});

	it('that waited for the loss to be seen does not roll back the next one', async () => {
		const database = await one();
		const waits: (() => void)[] = [];
		const lost = inScope(database, ANY, async (sql) => {
			const [{ pid }] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
			vi.stubGlobal('setTimeout', (done: () => void) => ({ unref: () => waits.push(done) }));
			await Promise.all([sql`select pg_sleep(60)`, others.sql`select pg_terminate_backend(${pid})`]);
		}).finally(() => vi.unstubAllGlobals());
		await expect(lost).rejects.toSatisfy(isDatabaseLost);
		const next = inScope(database, { ...ANY, zoneId: 'next' }, async (sql) => {
			expect(waits).toHaveLength(1);
			waits[0]();
			for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
			return zoneOf(sql);
		});
		expect(await next).toBe('next');
		await database.close();
	});
});

const { connect: connectSocket } = Socket.prototype;

/** Ends backends and returns when they are gone, before this process has seen anything of it. */
function endBackends(pids: readonly number[], url: string): void {
	const program = `
		const { default: postgres } = await import('postgres');
		const sql = postgres(${JSON.stringify(url)}, { max: 1 });
		const isLeft = async (pid) => (await sql\`select from pg_stat_activity where pid = \${pid}\`).length > 0;
		for (const pid of ${JSON.stringify(pids)}) {
			await sql\`select pg_terminate_backend(\${pid})\`;
			while (await isLeft(pid));
		}
		await sql.end();`;
	const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
		encoding: 'utf8',
	});
	expect([status, stderr]).toEqual([0, '']);
}

describe('connections to a server that are lost while they wait in the pool', () => {
	const CONNECTIONS = 4;
	let database: Database;
	beforeAll(async () => {
		database = await freshDatabase('server');
	});
	afterAll(() => database.close());
	/** Transactions at once, each on a connection of its own. */
	const atOnce = (work: (sql: Sql) => Promise<number>, on = database) => {
		let arrived = 0;
		let open = () => {};
		const allHere = new Promise<void>((resolve) => (open = resolve));
		return Promise.all(
			Array.from({ length: CONNECTIONS }, () =>
				inScope(on, ANY, async (sql) => {
					if (++arrived === CONNECTIONS) open();
					await allHere;
					return work(sql);
				}),
			),
		);
	};
	const pidOf = async (sql: Sql) => (await sql<{ pid: number }[]>`select pg_backend_pid() as pid`)[0].pid;

	it('are not seen by the work that comes next, however many were lost', async () => {
		for (let loss = 0; loss < 2; loss++) {
			const before = await atOnce(pidOf);
			endBackends(before, serverUrl('postgres'));
			const after = await atOnce(pidOf);
			expect(new Set([...before, ...after]).size).toBe(2 * CONNECTIONS);
		}
	});

	it('are work that is done once: what fails within it is not tried again', async () => {
		let times = 0;
		const cut = Object.assign(new Error('cut'), { code: 'ECONNRESET' });
		const failing = inScope(database, ANY, () => {
			times++;
			vi.useFakeTimers({ toFake: ['setTimeout'] });
			setImmediate(() => vi.advanceTimersByTime(20_000));
			return Promise.reject(cut);
		}).finally(() => vi.useRealTimers());
		await expect(failing).rejects.toBe(cut);
		expect(times).toBe(1);
	});

	it('are not waited for where they are lost with something to send', async () => {
		const sockets: Socket[] = [];
		const connect = vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (
			this: Socket,
			...args: unknown[]
		) {
			sockets.push(this);
			return Reflect.apply(connectSocket, this, args) as Socket;
		});
		const url = serverUrl('postgres');
		const other = connectDatabase({ kind: 'server', url, maxConnections: CONNECTIONS });
		await atOnce(pidOf, other);
		connect.mockRestore();
		expect(sockets).toHaveLength(CONNECTIONS);
		// All are closed in one turn, the one at work first: what then comes next is begun on others, and waits to be sent as they close.
		const next = inScope(other, ANY, async (sql) => {
			const [{ port }] = await sql<{ port: number }[]>`select inet_client_port() as port`;
			const isAtWork = (socket: Socket) => socket.localPort === port;
			expect(sockets.filter(isAtWork)).toHaveLength(1);
			for (const socket of sockets) if (!isAtWork(socket)) socket.destroy();
			sockets.find(isAtWork)?.destroy();
			await new Promise(() => {});
			return 0;
		}).catch(() => inScope(other, ANY, pidOf));
		expect(await next).toBeGreaterThan(0);
		for (let again = 0; again < 2; again++)
			expect(new Set(await atOnce(pidOf, other)).size).toBe(CONNECTIONS);
		await other.close();
	});
});
