import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	appendAuditEvent,
	listAuditEvents,
	listAuditFaults,
	recomputeAuditChain,
} from '$lib/server/db/audit-event.ts';
import { ROLE_PERMISSIONS, ROLES } from '$lib/domain/access/permission.ts';
import { asOwner, inScope, type Database, type Scope } from '$lib/server/db/connect.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import {
	asOwnerRolledBack,
	brokenConstraint,
	databaseWithZone,
	PANJIN_AUDITOR,
	PANJIN_ID,
} from '../support/database-rows.ts';
import { addPerson } from '../support/people.ts';

const OFFICE: Scope = { role: 'app', zoneId: PANJIN_ID, grade: 'office' };
const READING: Scope = { role: 'read', zoneId: PANJIN_ID, grade: 'office', userId: PANJIN_AUDITOR };
const PARK = 'liaodongwan';
const entry = (note: string) => ({
	actor: 'tester',
	action: 'test.noted',
	entity: 'test/1',
	details: { note, nested: { b: 1, a: [1, 2] } },
	occurredAt: new Date('2026-01-02T03:04:05.678Z'),
});

describe.each(DATABASE_KINDS)('the audit trail of the %s database', (kind) => {
	let database: Database;
	beforeAll(async () => {
		database = await databaseWithZone(kind);
		for (const note of ['一', 'two', 'three'])
			await inScope(database, OFFICE, (sql) => appendAuditEvent(sql, PANJIN_ID, entry(note)));
	});
	afterAll(() => database.close());

	it('holds, by the database and by our own hashing', async () => {
		await inScope(database, READING, async (sql) => {
			const [newest] = await listAuditEvents(sql, PANJIN_ID, { limit: 1 });
			expect(newest.details).toEqual(entry('three').details);
			expect(newest.occurredAt).toEqual(entry('').occurredAt);
			expect(await listAuditFaults(sql, PANJIN_ID)).toEqual([]);
			expect(await recomputeAuditChain(sql, PANJIN_ID)).toEqual({
				events: newest.eventNo,
				head: newest.hash,
				brokenAt: null,
			});
			const older = await listAuditEvents(sql, PANJIN_ID, { before: newest.eventNo, limit: 100 });
			expect(older.map((event) => event.eventNo)).toEqual([5, 4, 3, 2, 1]);
		});
	});

	it('is read by who holds that right in its zone, at office grade, and shows nobody else a line or a fault', async () => {
		const held = ROLES.flatMap((role) =>
			[null, PARK].map((parkId) => ({ userId: `${role}-${parkId ?? 'all'}`, role, parkId })),
		);
		await asOwner(database, async (sql) => {
			for (const { userId, role, parkId } of held)
				await addPerson(sql, userId, [{ zoneId: PANJIN_ID, role, parkId, officeId: null }]);
			await addPerson(sql, 'nobody', []);
			await addPerson(sql, 'disabled', [
				{ zoneId: PANJIN_ID, role: 'auditor', parkId: null, officeId: null },
			]);
			await sql`update app_user set disabled_at = now() where user_id = 'disabled'`;
		});
		const seenBy = (scope: Scope) =>
			inScope(database, scope, async (sql) => {
				const [{ count }] = await sql<{ count: number }[]>`select count(*) as count from audit_event`;
				return { count, listed: (await listAuditEvents(sql, PANJIN_ID, { limit: 100 })).length };
			});
		const all = await asOwner(database, (sql) => listAuditEvents(sql, PANJIN_ID, { limit: 100 }));
		const whole = { count: all.length, listed: all.length };
		const none = { count: 0, listed: 0 };
		for (const role of ['app', 'read'] as const) {
			for (const { userId, role: granted } of held)
				expect([userId, await seenBy({ ...READING, role, userId })]).toEqual([
					userId,
					ROLE_PERMISSIONS[granted].includes('audit.read') ? whole : none,
				]);
			for (const userId of [null, 'nobody', 'no-such-account', 'disabled'])
				expect([userId, await seenBy({ ...READING, role, userId })]).toEqual([userId, none]);
			for (const scope of [
				{ zoneId: 'elsewhere' },
				{ zoneId: null },
				{ grade: 'registered' },
				{ grade: 'public' },
			] as const)
				expect([scope, await seenBy({ ...READING, role, ...scope })]).toEqual([scope, none]);
		}
		await asOwnerRolledBack(database, async (sql) => {
			await sql`alter table audit_event disable trigger audit_event_append_only`;
			await sql`update audit_event set actor = 'someone else' where event_no = 1`;
			const faultsFor = async (userId: string) => {
				await sql`select set_config('role', 'yuantu_read', true), set_config('yuantu.zone_id', ${PANJIN_ID}, true),
					set_config('yuantu.user_id', ${userId}, true)`;
				return listAuditFaults(sql, PANJIN_ID);
			};
			expect(await faultsFor('viewer-all')).toEqual([]);
			expect(await faultsFor(PANJIN_AUDITOR)).toHaveLength(1);
		});
	});

	it('numbers and chains whatever the writer sends', async () => {
		await asOwnerRolledBack(database, async (sql) => {
			await sql`
				insert into audit_event (zone_id, event_no, actor, action, entity, hash, previous_hash, canonical)
				values (${PANJIN_ID}, 900, 'a', 'test.noted', 'x', 'x', 'x', 'x'), (${PANJIN_ID}, 1, 'b', 'test.noted', 'y', '', '', '')`;
			expect(await listAuditFaults(sql, PANJIN_ID)).toEqual([]);
		});
	});

	it.each(['update audit_event set actor = actor', 'delete from audit_event', 'truncate audit_event'])(
		'refuses even its owner: %s',
		async (statement) => {
			const name = await brokenConstraint(() =>
				asOwnerRolledBack(database, async (sql) => void (await sql.unsafe(statement))),
			);
			expect(name).toBe('audit_event_append_only');
		},
	);

	it.each([
		[
			'a changed column',
			"update audit_event set actor = 'someone else' where event_no = 3",
			[[3, 'content']],
		],
		[
			'changed bytes with a new hash',
			"update audit_event set canonical = 'x', hash = sha256(previous_hash || 'x') where event_no = 3",
			[
				[3, 'content'],
				[4, 'link'],
			],
		],
		[
			'a removed event',
			'delete from audit_event where event_no = 2',
			[
				[3, 'link'],
				[3, 'number'],
				[4, 'number'],
				[5, 'number'],
				[6, 'number'],
			],
		],
	] as const)('shows %s by someone who switched the guards off', async (_, tampering, faults) => {
		await asOwnerRolledBack(database, async (sql) => {
			await sql`alter table audit_event disable trigger audit_event_append_only`;
			await sql.unsafe(tampering);
			const found = await listAuditFaults(sql, PANJIN_ID);
			expect(found.map(({ eventNo, fault }) => [eventNo, fault])).toEqual(faults);
			if (faults[0][1] !== 'content' || faults.length > 1)
				expect((await recomputeAuditChain(sql, PANJIN_ID)).brokenAt).not.toBeNull();
		});
	});

	it('keeps one chain through writers at the same time', async () => {
		await Promise.all(
			Array.from({ length: 12 }, (_, i) =>
				inScope(database, OFFICE, (sql) => appendAuditEvent(sql, PANJIN_ID, entry(String(i)))),
			),
		);
		await inScope(database, READING, async (sql) => {
			const events = await listAuditEvents(sql, PANJIN_ID, { limit: 100 });
			expect(events.map((event) => event.eventNo)).toEqual(Array.from({ length: 18 }, (_, i) => 18 - i));
			expect(await listAuditFaults(sql, PANJIN_ID)).toEqual([]);
		});
	});
});
