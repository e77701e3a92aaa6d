import { isAPIError } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import type { BetterAuthOptions } from 'better-auth/types';
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '$lib/domain/access/password-policy.ts';
import { hashPassword, isPasswordOf } from '../access/password.ts';
import type { Database } from '../db/connect.ts';
import { authTables } from './auth-tables.ts';

/** Header in which a request carries its client's address to the sign-in; whatever a client sends in it is replaced. */
export const CLIENT_HEADER = 'x-yuantu-client';

/** An office day; put off every hour that somebody works. */
const SESSION_S = 12 * 60 * 60;
const PUT_OFF_AFTER_S = 60 * 60;

/** What sign-in needs to know of the installation. */
export interface AuthSettings {
	readonly secret: string;
	/** Public address, or null without a proxy. */
	readonly origin: string | null;
}

/**
 * Sign-in by e-mail and password with sessions in the database.
 *
 * It knows accounts and sessions and nothing of roles. Its routes are not mounted: forms call it through `service/sign-in.ts`, which limits
 * attempts. Cookies are HttpOnly, SameSite=Lax, and Secure where the public address has TLS.
 */
export function openAuth(database: Database, settings: AuthSettings) {
	return betterAuth(authOptions(database, settings));
}

/** What every sign-in has in common, by whatever somebody shows who he is: tables, sessions, cookies. */
export function authOptions(database: Database, { secret, origin }: AuthSettings) {
	return {
		appName: 'yuantu',
		// Not used for answers: no route is mounted, no mail sent. Without it the library would take it from requests.
		baseURL: origin ?? 'http://localhost',
		secret,
		telemetry: { enabled: false },
		logger: { disabled: true },
		database: authTables(database),
		rateLimit: { enabled: false },
		emailAndPassword: {
			enabled: true,
			disableSignUp: true,
			minPasswordLength: PASSWORD_MIN_LENGTH,
			maxPasswordLength: PASSWORD_MAX_LENGTH,
			password: {
				hash: hashPassword,
				verify: ({ hash, password }) => isPasswordOf(hash, password),
			},
		},
		user: {
			modelName: 'app_user',
			fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
			additionalFields: {
				mustChangePassword: { type: 'boolean', fieldName: 'must_change_password', input: false },
				disabledAt: { type: 'date', fieldName: 'disabled_at', input: false, required: false },
			},
		},
		session: {
			modelName: 'app_session',
			expiresIn: SESSION_S,
			updateAge: PUT_OFF_AFTER_S,
			// No act here asks how long ago somebody signed in.
			freshAge: 0,
			fields: {
				userId: 'user_id',
				expiresAt: 'expires_at',
				createdAt: 'created_at',
				updatedAt: 'updated_at',
				ipAddress: 'ip_address',
				userAgent: 'user_agent',
			},
		},
		account: {
			modelName: 'app_account',
			fields: {
				userId: 'user_id',
				providerId: 'provider',
				accountId: 'provider_account_id',
				password: 'password_hash',
				createdAt: 'created_at',
				updatedAt: 'updated_at',
			},
		},
		databaseHooks: {
			session: {
				create: {
					// The password has been verified before, so that this takes no less time than a wrong one.
					before: async ({ userId }, context) => {
						const user = await context?.context.internalAdapter.findUserById(userId);
						const isDisabled =
							user === null || user === undefined || ('disabledAt' in user && user.disabledAt !== null);
						return isDisabled ? false : undefined;
					},
				},
			},
		},
		advanced: {
			cookiePrefix: 'yuantu',
			useSecureCookies: origin?.startsWith('https://') ?? false,
			ipAddress: { ipAddressHeaders: [CLIENT_HEADER] },
		},
	} satisfies BetterAuthOptions;
}

export type Auth = ReturnType<typeof openAuth>;

/** The Set-Cookie lines of an act of sign-in; null where it was refused. What fails otherwise is thrown. */
export async function cookiesOf(act: Promise<{ readonly headers: Headers }>): Promise<string[] | null> {
	try {
		return (await act).headers.getSetCookie();
	} catch (error) {
		if (isAPIError(error) && error.statusCode < 500) return null;
		throw error;
	}
}
