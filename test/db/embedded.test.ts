import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbedded, type Embedded } from '$lib/server/db/embedded.ts';

const DIVISION_BY_ZERO = '22012';

let embedded: Embedded;
const open: postgres.Sql[] = [];

function connect(max: number, prepare: boolean): postgres.Sql {
	const sql = postgres({
		host: embedded.socketDir,
		port: embedded.port,
		database: 'postgres',
		username: 'postgres',
		max,
		prepare,
		fetch_types: false,
		onnotice: () => {},
	});
	open.push(sql);
	return sql;
}

beforeAll(async () => {
	embedded = await startEmbedded({ memory: true });
});
afterAll(async () => {
	await Promise.all(open.map((sql) => sql.end({ timeout: 1 })));
	await embedded.close();
	expect(existsSync(embedded.socketDir)).toBe(false);
});

describe('many clients of the embedded database', () => {
	it.each([
		[1, true],
		[1, false],
		[4, true],
		[4, false],
	])(
		'each get their own answers beside failing statements (%i connections, prepared: %s)',
		async (max, prepare) => {
			const sql = connect(max, prepare);
			const answers = await Promise.allSettled(
				Array.from({ length: 200 }, (_, i) =>
					i % 5 === 0 ? sql`select ${i}::int / 0 as value` : sql`select ${i}::int as value`,
				),
			);
			answers.forEach((answer, i) => {
				if (i % 5 === 0)
					expect(answer).toMatchObject({ status: 'rejected', reason: { code: DIVISION_BY_ZERO } });
				else expect(answer).toMatchObject({ status: 'fulfilled', value: [{ value: i }] });
			});
		},
	);

	it('keep what a transaction sets to itself', async () => {
		const sql = connect(4, false);
		const seen = await Promise.allSettled(
			Array.from({ length: 100 }, (_, i) =>
				sql.begin(async (inner) => {
					await inner`select set_config('yuantu.zone_id', ${`zone-${i}`}, true)`;
					if (i % 7 === 0) await inner`select 1 / 0`;
					const [{ zone }] = await inner`select current_setting('yuantu.zone_id') as zone`;
					return zone as string;
				}),
			),
		);
		seen.forEach((outcome, i) => {
			if (i % 7 === 0)
				expect(outcome).toMatchObject({ status: 'rejected', reason: { code: DIVISION_BY_ZERO } });
			else expect(outcome).toMatchObject({ status: 'fulfilled', value: `zone-${i}` });
		});
	});

	it('undo the transaction of a client that goes away in it', async () => {
		const sql = connect(1, false);
		await sql`create table leaving (n integer)`;
		const leaving = connect(1, false);
		await expect(
			leaving.begin(async (inner) => {
				await inner`insert into leaving values (1)`;
				await leaving.end({ timeout: 0 });
			}),
		).rejects.toThrow();
		expect(await sql`select n from leaving`).toHaveLength(0);
		await sql`insert into leaving values (2)`;
		expect(await sql`select n from leaving`).toHaveLength(1);
	});

	it('read large answers and cursors whole', async () => {
		const sql = connect(2, false);
		const rows = await sql<
			{ text: string }[]
		>`select repeat('园', 20000) as text from generate_series(1, 100)`;
		expect(rows.map(({ text }) => text.length)).toEqual(Array.from({ length: 100 }, () => 20000));
		let count = 0;
		for await (const part of sql`select generate_series(1, 1000)`.cursor(100)) count += part.length;
		expect(count).toBe(1000);
	});

	it.each([1, 3, 4, 7, 64])('are understood whose messages come %i bytes at a time', async (size) => {
		const message = (type: string, body: string) => {
			const head = Buffer.alloc(4);
			head.writeInt32BE(4 + Buffer.byteLength(body));
			return Buffer.concat([Buffer.from(type), head, Buffer.from(body)]);
		};
		const parameters = 'user\0postgres\0database\0postgres\0\0';
		const startUp = message('', `\0\u0003\0\0${parameters}`);
		const queries = [1, 2].map((no) => message('Q', `select 'answer ${no}'\0`));
		const bytes = Buffer.concat([startUp, ...queries]);
		const socket = createConnection(join(embedded.socketDir, `.s.PGSQL.${embedded.port}`));
		socket.setNoDelay(true);
		const answered = new Promise<string>((resolve, reject) => {
			let read = '';
			socket.on('data', (part) => {
				read += part.toString('latin1');
				if (read.includes('answer 2')) resolve(read);
			});
			socket.on('error', reject);
			socket.on('close', () => reject(new Error('closed')));
		});
		for (let at = 0; at < bytes.length; at += size) {
			await new Promise((resolve) => socket.write(bytes.subarray(at, at + size), resolve));
		}
		expect(await answered).toContain('answer 1');
		socket.destroy();
	});

	it('hand over messages of many megabytes', async () => {
		const sql = connect(1, false);
		const bytes = Buffer.alloc(6 * 1024 * 1024, 0xa5);
		const [{ back }] = await sql<{ back: Buffer }[]>`select ${bytes}::bytea as back`;
		expect(bytes.equals(back)).toBe(true);
	});

	it('are not disturbed by a stranger on the socket', async () => {
		const sql = connect(1, false);
		const stranger = createConnection(join(embedded.socketDir, '.s.PGSQL.5432'));
		stranger.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
		stranger.destroy();
		expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
	});
});
