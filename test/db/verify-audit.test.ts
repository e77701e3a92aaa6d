import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAuditEvent } from '$lib/server/db/audit-event.ts';
import { asOwner, inScope, type Database } from '$lib/server/db/connect.ts';
import { verifyAudit } from '../../src/start/verify-audit.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { databaseWithZone, PANJIN_ID } from '../support/database-rows.ts';

describe.each(DATABASE_KINDS)('verifying the audit of the %s database', (kind) => {
	let database: Database;
	beforeAll(async () => {
		database = await databaseWithZone(kind);
		for (const note of ['one', 'two', 'three'])
			await inScope(database, { role: 'app', zoneId: PANJIN_ID, grade: 'office' }, (sql) =>
				appendAuditEvent(sql, PANJIN_ID, {
					actor: 'tester',
					action: 'test.noted',
					entity: 'test/1',
					details: { note },
					occurredAt: new Date(),
				}),
			);
	});
	afterAll(() => database.close());

	async function verify(): Promise<{ isWhole: boolean; lines: string[] }> {
		const lines: string[] = [];
		return { isWhole: await verifyAudit(database, (line) => lines.push(line)), lines };
	}

	it('says of every zone how many events hold, and the last hash', async () => {
		const { isWhole, lines } = await verify();
		expect(isWhole).toBe(true);
		expect(lines).toEqual([
			expect.stringMatching(/^zone panjin-like: \d+ events, the chain holds; last [0-9a-f]{64}$/),
		]);
	});

	it.each([
		['what it says was changed', "update audit_event set actor = 'somebody else' where event_no = 3", 3],
		[
			'bytes and hash were changed',
			"update audit_event set canonical = 'x', hash = sha256(previous_hash || 'x') where event_no = 2",
			2,
		],
		['an event was removed', 'delete from audit_event where event_no = 3', 3],
	] as const)('names the first event that does not hold where %s', async (_, tampering, eventNo) => {
		await asOwner(database, async (sql) => {
			await sql`create table kept as select * from audit_event`;
			await sql`alter table audit_event disable trigger user`;
			await sql.unsafe(tampering);
		});
		const { isWhole, lines } = await verify();
		expect(isWhole).toBe(false);
		expect(lines[0]).toMatch(new RegExp(`^zone panjin-like: broken at event ${eventNo}: `));
		await asOwner(database, async (sql) => {
			await sql`delete from audit_event`;
			await sql`insert into audit_event select * from kept`;
			await sql`alter table audit_event enable trigger user`;
			await sql`drop table kept`;
		});
		expect((await verify()).isWhole).toBe(true);
	});
});
