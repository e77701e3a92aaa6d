import type { Grant } from '../../src/lib/domain/access/permission.ts';
import type { Sql } from '../../src/lib/server/db/connect.ts';
import { insertRoleGrant } from '../../src/lib/server/db/role-grant.ts';

/** Adds an account, without a password, that holds these roles; as the owner. Its e-mail is `<userId>@people.invalid`. */
export async function addPerson(sql: Sql, userId: string, grants: readonly Grant[]): Promise<void> {
	await sql`
		insert into app_user (user_id, name, email) values (${userId}, ${`Person ${userId}`}, ${`${userId}@people.invalid`})`;
	for (const grant of grants) await insertRoleGrant(sql, userId, grant);
}
