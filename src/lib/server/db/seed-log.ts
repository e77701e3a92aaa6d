import type { Sql } from './connect.ts';

/** Finds the checksum of a seed as this database took it in. */
export async function findSeedChecksum(sql: Sql, seedName: string): Promise<string | null> {
	const [row] = await sql<{ checksum: string }[]>`
		select checksum from seed_log where seed_name = ${seedName}`;
	return row?.checksum ?? null;
}

/** Keeps other processes from taking in the same seed until the transaction ends. */
export async function lockSeed(sql: Sql, seedName: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`yuantu.seed/${seedName}`}, 0))`;
}

export async function putSeedChecksum(sql: Sql, seedName: string, checksum: string): Promise<void> {
	await sql`
		insert into seed_log (seed_name, checksum, applied_at) values (${seedName}, ${checksum}, now())
		on conflict on constraint seed_log_pk do update
		set checksum = excluded.checksum, applied_at = excluded.applied_at`;
}
