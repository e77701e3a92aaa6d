import { parseArgs } from 'node:util';
import { hashPassword, newAccountId, randomPassword } from '../lib/server/access/password.ts';
import { appendAuditEvent } from '../lib/server/db/audit-event.ts';
import { asOwner, type Database } from '../lib/server/db/connect.ts';
import { findUserByEmail, insertAccount, renewAccount } from '../lib/server/db/first-person.ts';
import { listGrantsOf, insertRoleGrant } from '../lib/server/db/role-grant.ts';
import { forgetFailures } from '../lib/server/db/sign-in.ts';
import { findZone } from '../lib/server/db/zone.ts';
import { withDatabase } from './open-database.ts';
import { StartProblem } from './start-problem.ts';

const USAGE = 'usage: npm run admin:restore -- <e-mail> [zone, else shenyang]';

/**
 * Makes the person of an e-mail an administrator of a zone who can sign in again, and returns a one-time password, which nothing keeps.
 *
 * The account is made where there is none; one that is there is let in again, its sessions end, its lock is lifted. Whoever may write the
 * database may do this: the audit says that it was done at the machine. Throws a StartProblem for a zone or an e-mail that is none.
 */
export async function restoreAdministrator(
	database: Database,
	zoneId: string,
	address: string,
): Promise<string> {
	const email = address.trim().toLowerCase();
	if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw new StartProblem(`"${address}" is not an e-mail; ${USAGE}`);
	const password = randomPassword();
	const hash = await hashPassword(password);
	await asOwner(database, async (sql) => {
		if ((await findZone(sql, zoneId)) === null)
			throw new StartProblem(`there is no zone ${zoneId}; ${USAGE}`);
		const known = await findUserByEmail(sql, email);
		const userId = known ?? newAccountId();
		let wasDisabled = false;
		if (known === null)
			await insertAccount(sql, { userId, name: '管理员', email, hash, mustChangePassword: true });
		else ({ wasDisabled } = await renewAccount(sql, userId, hash));
		await forgetFailures(sql, email);
		const grant = { zoneId, role: 'administrator', parkId: null, officeId: null } as const;
		const isHeld = (await listGrantsOf(sql, userId)).some(
			(held) => held.zoneId === zoneId && held.role === grant.role && held.parkId === null,
		);
		if (!isHeld) await insertRoleGrant(sql, userId, grant);
		await appendAuditEvent(sql, zoneId, {
			actor: 'machine',
			action: 'administrator.restored',
			entity: `user/${userId}`,
			details: { isNew: known === null, wasAdministrator: isHeld, wasDisabled },
			occurredAt: new Date(),
		});
	});
	return password;
}

/** Restores an administrator in the database that the settings name, also beside a running program; returns the code to end with. */
export function runAdministratorRestoration(
	root: string,
	env: Readonly<Record<string, string | undefined>>,
	args: readonly string[],
	say: (line: string) => void,
): Promise<number> {
	const [email, zoneId = 'shenyang', ...rest] = parseArgs({
		args: [...args],
		allowPositionals: true,
	}).positionals;
	if (email === undefined || rest.length > 0) throw new StartProblem(USAGE);
	return withDatabase(root, env, async (database) => {
		const password = await restoreAdministrator(database, zoneId, email);
		say(`administrator of ${zoneId}: ${email}, one-time password ${password} (shown only now)`);
		return 0;
	});
}
