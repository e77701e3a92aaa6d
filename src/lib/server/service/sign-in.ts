import { checkPassword, type PasswordFault } from '$lib/domain/access/password-policy.ts';
import type { AttemptLimit } from '../access/attempt-limit.ts';
import type { UserActor } from '../access/actor.ts';
import { asSignIn, inScope, type Database } from '../db/connect.ts';
import { listGrantsOf } from '../db/role-grant.ts';
import { countAttempt, endOneTimePassword, forgetEndedSessions, forgetFailures } from '../db/sign-in.ts';
import { CLIENT_HEADER, cookiesOf, type Auth } from '../sign-in/auth.ts';
import type { ProviderSignIn } from '../sign-in/provider.ts';

/** What sign-in works with. */
export interface SignInContext {
	readonly database: Database;
	readonly auth: Auth;
	/** Another service by which people sign in; null: none is set. */
	readonly provider: ProviderSignIn | null;
	readonly attempts: AttemptLimit;
}

/** A request as sign-in sees it: its cookies, its browser and the address that it came from. */
export interface Visit {
	readonly headers: Headers;
	readonly address: string;
}

/** Who is signed in with a request, and what the answer has to tell its browser. */
export interface Visitor {
	readonly actor: UserActor;
	readonly mustChangePassword: boolean;
	readonly sessionId: string;
	readonly cookies: readonly string[];
}

export type SignInFault =
	| 'sign-in.refused'
	| 'sign-in.locked'
	| 'sign-in.too-many'
	| 'password.wrong'
	| 'password.unchanged'
	| PasswordFault;

export type SignInAnswer =
	| { readonly ok: true; readonly cookies: readonly string[] }
	| { readonly ok: false; readonly code: SignInFault };

/** A browser in which an account is signed in. */
export interface SessionView {
	readonly sessionId: string;
	readonly isThis: boolean;
	readonly userAgent: string | null;
	readonly createdAt: string;
	readonly expiresAt: string;
}

const SESSION_COOKIE = /\byuantu\.session_token=/;

/** Finds who is signed in with a request; null: nobody, or somebody who may no longer. Puts off the end of the session. */
export async function findVisitor({ database, auth }: SignInContext, visit: Visit): Promise<Visitor | null> {
	if (!SESSION_COOKIE.test(visit.headers.get('cookie') ?? '')) return null;
	const { response, headers } = await auth.api.getSession({ headers: headersOf(visit), returnHeaders: true });
	if (response === null || (response.user.disabledAt ?? null) !== null) return null;
	const { id: userId, name, email, mustChangePassword } = response.user;
	const own = { role: 'read', zoneId: null, grade: 'public', userId } as const;
	const grants = mustChangePassword ? [] : await inScope(database, own, (sql) => listGrantsOf(sql, userId));
	return {
		actor: { kind: 'user', userId, name, email, grants },
		mustChangePassword,
		sessionId: response.session.id,
		cookies: headers.getSetCookie(),
	};
}

/**
 * Signs somebody in. A wrong password, an e-mail without an account and a disabled account are the same answer after the same work;
 * an e-mail is locked after failures in a row, whether it has an account or not.
 */
export async function signIn(
	context: SignInContext,
	visit: Visit,
	{ email, password }: { readonly email: string; readonly password: string },
): Promise<SignInAnswer> {
	const refusal = await refuseAttempt(context, visit, email);
	if (refusal !== null) return { ok: false, code: refusal };
	const body = { email: email.trim(), password };
	const cookies = await cookiesOf(
		context.auth.api.signInEmail({ body, headers: headersOf(visit), returnHeaders: true }),
	);
	if (cookies === null) return { ok: false, code: 'sign-in.refused' };
	await asSignIn(context.database, async (sql) => {
		await forgetFailures(sql, email);
		await forgetEndedSessions(sql);
	});
	return { ok: true, cookies };
}

/** Changes a password for its owner, ends all sessions of the account and begins a new one here. */
export async function changePassword(
	context: SignInContext,
	visit: Visit,
	{ userId, name, email }: UserActor,
	{ current, wanted }: { readonly current: string; readonly wanted: string },
): Promise<SignInAnswer> {
	const fault = checkPassword(wanted, { name, email });
	if (fault !== null) return { ok: false, code: fault };
	if (wanted === current) return { ok: false, code: 'password.unchanged' };
	const refusal = await refuseAttempt(context, visit, email);
	if (refusal !== null) return { ok: false, code: refusal };
	const body = { currentPassword: current, newPassword: wanted, revokeOtherSessions: true };
	const cookies = await cookiesOf(
		context.auth.api.changePassword({ body, headers: headersOf(visit), returnHeaders: true }),
	);
	if (cookies === null) return { ok: false, code: 'password.wrong' };
	await asSignIn(context.database, async (sql) => {
		await endOneTimePassword(sql, userId);
		await forgetFailures(sql, email);
	});
	return { ok: true, cookies };
}

/** Ends the session of a request; returns the cookies that make its browser forget it. */
export async function signOut({ auth }: SignInContext, visit: Visit): Promise<readonly string[]> {
	return (await cookiesOf(auth.api.signOut({ headers: headersOf(visit), returnHeaders: true }))) ?? [];
}

/** Lists the browsers in which the account of a request is signed in. */
export async function listSessions(
	{ auth }: SignInContext,
	visit: Visit,
	{ sessionId }: Visitor,
): Promise<SessionView[]> {
	const sessions = await auth.api.listSessions({ headers: headersOf(visit) });
	return sessions.map(({ id, userAgent, createdAt, expiresAt }) => ({
		sessionId: id,
		isThis: id === sessionId,
		userAgent: userAgent ?? null,
		createdAt: createdAt.toISOString(),
		expiresAt: expiresAt.toISOString(),
	}));
}

/** Ends another session of the account of a request; none of that id is as good as ended. */
export async function endSession({ auth }: SignInContext, visit: Visit, sessionId: string): Promise<void> {
	const headers = headersOf(visit);
	const session = (await auth.api.listSessions({ headers })).find(({ id }) => id === sessionId);
	if (session !== undefined) await auth.api.revokeSession({ body: { token: session.token }, headers });
}

async function refuseAttempt(
	{ database, attempts }: SignInContext,
	{ address }: Visit,
	email: string,
): Promise<SignInFault | null> {
	if (!attempts.admit(address, performance.now())) return 'sign-in.too-many';
	return (await asSignIn(database, (sql) => countAttempt(sql, email))) ? null : 'sign-in.locked';
}

/** The headers that sign-in looks at, with the address that the connection came from. */
export function headersOf({ headers, address }: Visit): Headers {
	const kept = new Headers();
	for (const name of ['cookie', 'user-agent']) {
		const value = headers.get(name);
		if (value !== null) kept.set(name, value);
	}
	kept.set(CLIENT_HEADER, address);
	return kept;
}
