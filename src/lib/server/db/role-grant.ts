import type { Grant, Role } from '$lib/domain/access/permission.ts';
import type { Sql } from './connect.ts';

/** Lists the roles that an account holds, in every zone. The scope's own account may read them wherever it is. */
export async function listGrantsOf(sql: Sql, userId: string): Promise<Grant[]> {
	return sql<Grant[]>`
		select zone_id as "zoneId", role, park_id as "parkId", office_id as "officeId"
		from role_grant
		where user_id = ${userId} and ended_at is null
		order by zone_id, grant_no`;
}

/** Gives an account a role; the constraint `role_grant_held_once` refuses one that it holds. Returns the grant's number in the zone. */
export async function insertRoleGrant(sql: Sql, userId: string, grant: Grant): Promise<number> {
	const [{ grantNo }] = await sql<{ grantNo: number }[]>`
		insert into role_grant (zone_id, user_id, role, park_id, office_id)
		values (${grant.zoneId}, ${userId}, ${grant.role}, ${grant.parkId}, ${grant.officeId})
		returning grant_no as "grantNo"`;
	return grantNo;
}

/** Takes a role away; `role_grant_last_administrator` refuses a zone's last one. Null: no such grant is held, or not the actor's to end. */
export async function endRoleGrant(
	sql: Sql,
	zoneId: string,
	grantNo: number,
): Promise<{ readonly userId: string; readonly role: Role; readonly parkId: string | null } | null> {
	const [ended] = await sql<{ userId: string; role: Role; parkId: string | null }[]>`
		update role_grant set ended_at = now()
		where zone_id = ${zoneId} and grant_no = ${grantNo} and ended_at is null
		returning user_id as "userId", role, park_id as "parkId"`;
	return ended ?? null;
}
