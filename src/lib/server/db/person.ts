import type { OfficeKind, Role } from '$lib/domain/access/permission.ts';
import type { Sql } from './connect.ts';

/** A role that somebody holds, as those see it who manage people. */
export interface HeldRole {
	readonly grantNo: number;
	readonly role: Role;
	readonly parkId: string | null;
	readonly officeId: string | null;
}

/** Somebody who holds or held a role in a zone. */
export interface PersonRow {
	readonly userId: string;
	readonly name: string;
	readonly email: string;
	readonly disabledAt: Date | null;
	readonly mustChangePassword: boolean;
	/** None: a former colleague. */
	readonly roles: readonly HeldRole[];
}

export interface OfficeRow {
	readonly officeId: string;
	readonly kind: OfficeKind;
	readonly nameZh: string;
	readonly nameEn: string;
	readonly isSample: boolean;
}

/** Lists who holds or held a role in a zone, by name; only those who manage people there see others' roles. */
export async function listPeople(sql: Sql, zoneId: string): Promise<PersonRow[]> {
	return sql<PersonRow[]>`
		select u.user_id as "userId", u.name, u.email, u.disabled_at as "disabledAt",
			u.must_change_password as "mustChangePassword",
			coalesce(
				jsonb_agg(
					jsonb_build_object('grantNo', g.grant_no, 'role', g.role, 'parkId', g.park_id, 'officeId', g.office_id)
					order by r.sort, g.grant_no
				) filter (where g.ended_at is null),
				'[]') as roles
		from role_grant g
		join app_user u on u.user_id = g.user_id
		join role r on r.role = g.role
		where g.zone_id = ${zoneId}
		group by u.user_id, u.name, u.email, u.disabled_at, u.must_change_password
		order by u.name, u.user_id`;
}

export async function listOffices(sql: Sql, zoneId: string): Promise<OfficeRow[]> {
	return sql<OfficeRow[]>`
		select office_id as "officeId", kind, name_zh as "nameZh", name_en as "nameEn", is_sample as "isSample"
		from office where zone_id = ${zoneId} order by kind, office_id`;
}

export async function insertOffice(sql: Sql, zoneId: string, office: OfficeRow): Promise<void> {
	const { officeId, kind, nameZh, nameEn, isSample } = office;
	await sql`
		insert into office (zone_id, office_id, kind, name_zh, name_en, is_sample)
		values (${zoneId}, ${officeId}, ${kind}, ${nameZh}, ${nameEn}, ${isSample})`;
}

/** The account of an e-mail, for those who manage people of the scope's zone; null: none. */
export async function findAccount(sql: Sql, email: string): Promise<string | null> {
	const [{ userId }] = await sql<{ userId: string | null }[]>`select find_account(${email}) as "userId"`;
	return userId;
}

/** Adds an account with a one-time password, by those who manage people of the scope's zone. */
export async function createAccount(
	sql: Sql,
	account: { readonly userId: string; readonly name: string; readonly email: string; readonly hash: string },
): Promise<void> {
	await sql`select create_account(${account.userId}, ${account.name}, ${account.email}, ${account.hash})`;
}

/** Gives an account a one-time password and ends its sessions, by those who manage people wherever it holds a role. */
export async function setOneTimePassword(sql: Sql, userId: string, hash: string): Promise<void> {
	await sql`select set_one_time_password(${userId}, ${hash})`;
}

/** Keeps an account from signing in, or lets it in again, by those who manage people wherever it holds a role. */
export async function setAccountDisabled(sql: Sql, userId: string, isDisabled: boolean): Promise<void> {
	await sql`select set_account_disabled(${userId}, ${isDisabled})`;
}
