import { createHash } from 'node:crypto';
import type { Sql } from './connect.ts';

/** So many failures in a row lock an e-mail for so long after the last. */
export const MOST_FAILURES = 10;
export const LOCKED_MINUTES = 15;

/**
 * Counts an attempt as a failure before its password is looked at, so that many at once are not checked against one count; false where
 * the e-mail is locked. It is the same for e-mails without an account.
 */
export async function countAttempt(sql: Sql, email: string): Promise<boolean> {
	await sql`delete from sign_in_failure where last_at < now() - make_interval(days => 1)`;
	const counted = await sql`
		insert into sign_in_failure as f (email_hash, failures, last_at) values (${hashOf(email)}, 1, now())
		on conflict (email_hash) do update set last_at = now(),
			failures = case when f.last_at < now() - make_interval(mins => ${LOCKED_MINUTES}) then 1 else f.failures + 1 end
		where f.failures < ${MOST_FAILURES} or f.last_at < now() - make_interval(mins => ${LOCKED_MINUTES})
		returning failures`;
	return counted.length > 0;
}

/** Forgets the failures of an e-mail: its password was right. */
export async function forgetFailures(sql: Sql, email: string): Promise<void> {
	await sql`delete from sign_in_failure where email_hash = ${hashOf(email)}`;
}

/** Forgets sessions that nobody ended and whose time is over. */
export async function forgetEndedSessions(sql: Sql): Promise<void> {
	await sql`delete from app_session where expires_at < now()`;
}

/** What sign-in by another service has to know of an account. */
export interface Tie {
	readonly email: string;
	readonly isDisabled: boolean;
	/** After failures in a row, as for its password. */
	readonly isLocked: boolean;
	/** Who the account is at the service; null: nobody yet. */
	readonly subject: string | null;
}

/** How an account stands to another service; null: there is no such account. */
export async function findTie(sql: Sql, userId: string, issuer: string): Promise<Tie | null> {
	const [found] = await sql<Omit<Tie, 'isLocked'>[]>`
		select u.email, u.disabled_at is not null as "isDisabled", a.provider_account_id as subject
		from app_user u left join app_account a on a.user_id = u.user_id and a.provider = ${issuer}
		where u.user_id = ${userId}`;
	if (found === undefined) return null;
	const locks = await sql`
		select from sign_in_failure
		where email_hash = ${hashOf(found.email)} and failures >= ${MOST_FAILURES}
			and last_at >= now() - make_interval(mins => ${LOCKED_MINUTES})`;
	return { ...found, isLocked: locks.length > 0 };
}

/** Lists by what an account signs in: 'credential' is its password, all else addresses of services. */
export async function listWaysIn(sql: Sql, userId: string): Promise<string[]> {
	const ways = await sql<{ provider: string }[]>`
		select provider from app_account where user_id = ${userId} order by provider`;
	return ways.map(({ provider }) => provider);
}

/** Ends the one-time password of an account that has shown otherwise whose it is: whoever gave the password knows it. */
export async function endGivenPassword(sql: Sql, userId: string): Promise<void> {
	await sql`
		delete from app_account a using app_user u
		where a.user_id = ${userId} and a.provider = 'credential' and u.user_id = a.user_id and u.must_change_password`;
	await sql`
		update app_user set must_change_password = false, updated_at = now()
		where user_id = ${userId} and must_change_password`;
}

/** Notes that the owner of an account has given it a password of his own. */
export async function endOneTimePassword(sql: Sql, userId: string): Promise<void> {
	await sql`update app_user set must_change_password = false, updated_at = now() where user_id = ${userId}`;
}

function hashOf(email: string): Buffer {
	return createHash('sha256').update(email.trim().toLowerCase()).digest();
}
