import { createHash } from 'node:crypto';
import type { Sql } from './connect.ts';

/** An act to be recorded. `entity` names what was acted on, such as `revision/plan/1`. */
export interface AuditEntry {
	readonly actor: string;
	/** Dotted, such as `revision.published`. */
	readonly action: string;
	readonly entity: string;
	readonly details: Readonly<Record<string, unknown>>;
	readonly occurredAt: Date;
}

export interface AuditEventRow extends AuditEntry {
	readonly eventNo: number;
	readonly recordedAt: Date;
	/** SHA-256, hex. */
	readonly hash: string;
}

/** A place where a zone's chain does not hold; see `audit_chain_faults` in the schema. */
export interface AuditFault {
	readonly eventNo: number;
	readonly fault: 'number' | 'link' | 'hash' | 'content';
}

/** Records an act in the zone's chain; the database numbers, dates and chains it. Part of the act's own transaction. */
export async function appendAuditEvent(sql: Sql, zoneId: string, entry: AuditEntry): Promise<void> {
	await sql`
		insert into audit_event (zone_id, occurred_at, actor, action, entity, details)
		values (${zoneId}, ${entry.occurredAt}, ${entry.actor}, ${entry.action}, ${entry.entity},
			${JSON.stringify(entry.details)}::text::jsonb)`;
}

/** Lists events from the newest down, at most `limit`, older than `before` where it is given. */
export async function listAuditEvents(
	sql: Sql,
	zoneId: string,
	page: { before?: number; limit: number },
): Promise<AuditEventRow[]> {
	return sql<AuditEventRow[]>`
		select event_no as "eventNo", recorded_at as "recordedAt", occurred_at as "occurredAt", actor, action, entity,
			details, encode(hash, 'hex') as hash
		from audit_event
		where zone_id = ${zoneId} and (${page.before ?? null}::bigint is null or event_no < ${page.before ?? null}::bigint)
		order by event_no desc limit ${page.limit}`;
}

/** Asks the database where the zone's chain is broken; empty when it holds. A cut-off end needs an outside copy of the last hash. */
export async function listAuditFaults(sql: Sql, zoneId: string): Promise<AuditFault[]> {
	return sql<AuditFault[]>`select event_no as "eventNo", fault from audit_chain_faults(${zoneId})`;
}

/** A zone's chain as it was hashed outside the database. */
export interface RecomputedChain {
	/** How many events hold, from the first on. */
	readonly events: number;
	/** The hash of the last of them, hex; 64 zeros where there is none. */
	readonly head: string;
	/** The number at which an event should stand that does not hold; null: all do. */
	readonly brokenAt: number | null;
}

/** Recomputes the chain outside the database, up to the first event that does not hold. */
export async function recomputeAuditChain(sql: Sql, zoneId: string): Promise<RecomputedChain> {
	let head: Buffer = Buffer.alloc(32);
	let events = 0;
	const chain = (brokenAt: number | null) => ({ events, head: head.toString('hex'), brokenAt });
	for (;;) {
		const rows = await sql<{ eventNo: number; canonical: Buffer; hash: Buffer }[]>`
			select event_no as "eventNo", canonical, hash from audit_event
			where zone_id = ${zoneId} and event_no > ${events} order by event_no limit 1000`;
		for (const row of rows) {
			const next = createHash('sha256').update(head).update(row.canonical).digest();
			if (row.eventNo !== events + 1 || !next.equals(row.hash)) return chain(events + 1);
			head = next;
			events++;
		}
		if (rows.length === 0) return chain(null);
	}
}
