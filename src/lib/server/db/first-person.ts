import type { Sql } from './connect.ts';

/** A new account that signs in with a password. */
export interface NewAccount {
	readonly userId: string;
	readonly name: string;
	readonly email: string;
	readonly hash: string;
	readonly mustChangePassword: boolean;
}

/** Adds an account; as the owner. */
export async function insertAccount(sql: Sql, account: NewAccount): Promise<void> {
	const { userId, name, email, hash, mustChangePassword } = account;
	await sql`
		insert into app_user (user_id, name, email, must_change_password)
		values (${userId}, ${name}, ${email}, ${mustChangePassword})`;
	await insertPassword(sql, userId, hash);
}

/**
 * Lets an account in again with a password that has to be changed, which it gets where it had none, unties it from other services, and ends
 * its sessions; as the owner. Says whether it was disabled.
 */
export async function renewAccount(
	sql: Sql,
	userId: string,
	hash: string,
): Promise<{ readonly wasDisabled: boolean }> {
	const renewed = await sql`
		update app_account set password_hash = ${hash}, updated_at = now()
		where user_id = ${userId} and provider = 'credential'`;
	await sql`delete from app_account where user_id = ${userId} and provider <> 'credential'`;
	if (renewed.count === 0) await insertPassword(sql, userId, hash);
	const [user] = await sql<{ wasDisabled: boolean }[]>`
		select disabled_at is not null as "wasDisabled" from app_user where user_id = ${userId} for update`;
	await sql`
		update app_user set must_change_password = true, disabled_at = null, updated_at = now() where user_id = ${userId}`;
	await sql`delete from app_session where user_id = ${userId}`;
	return user;
}

async function insertPassword(sql: Sql, userId: string, hash: string): Promise<void> {
	await sql`
		insert into app_account (account_id, user_id, provider, provider_account_id, password_hash)
		values (${userId}, ${userId}, 'credential', ${userId}, ${hash})`;
}

/** The account of an e-mail; as the owner. Null: none. */
export async function findUserByEmail(sql: Sql, email: string): Promise<string | null> {
	const [user] = await sql<
		{ userId: string }[]
	>`select user_id as "userId" from app_user where email = ${email}`;
	return user?.userId ?? null;
}

/** Zones in which nobody manages people; as the owner. */
export async function listZonesWithoutAdministrator(sql: Sql): Promise<string[]> {
	const zones = await sql<{ zoneId: string }[]>`
		select zone_id as "zoneId" from zone z
		where not exists (
			select from role_grant g
			where g.zone_id = z.zone_id and g.role = 'administrator' and g.park_id is null and g.ended_at is null)
		order by zone_id`;
	return zones.map(({ zoneId }) => zoneId);
}

/** Synthetic zones that have not been given sample people; as the owner. */
export async function listZonesWithoutSamples(sql: Sql): Promise<string[]> {
	const zones = await sql<{ zoneId: string }[]>`
		select zone_id as "zoneId" from zone z
		where is_synthetic and not exists (select from office o where o.zone_id = z.zone_id and o.is_sample)
		order by zone_id`;
	return zones.map(({ zoneId }) => zoneId);
}
