import { isAPIError } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { asSignIn, type Database } from '../db/connect.ts';
import { endGivenPassword, findTie } from '../db/sign-in.ts';
import { authOptions, type AuthSettings } from './auth.ts';
import { discover, type Discovery } from './discovery.ts';
import { providerFaultOf, REFUSED, type ProviderFault } from './provider-fault.ts';

/** Where the service sends people back to; nothing else of it is mounted. */
export const CALLBACK_PATH = '/sign-in/provider/callback';

/** Another service by which people sign in (OpenID Connect). */
export interface ProviderSettings {
	readonly issuer: string;
	readonly clientId: string;
	readonly clientSecret: string;
	readonly name: string;
}

/** A way to the service, or why there is none. */
export type Departure =
	| { readonly ok: true; readonly url: string; readonly cookies: readonly string[] }
	| { readonly ok: false; readonly code: ProviderFault };

/** Who came back from the service is signed in, or why not; the cookies are for the browser in both cases. */
export type Return =
	| { readonly ok: true; readonly to: string; readonly cookies: readonly string[] }
	| { readonly ok: false; readonly code: ProviderFault; readonly cookies: readonly string[] };

/** What is waited for the service, all its answers together. */
const ANSWERS_WITHIN_MS = 15_000;
/** Where the library would send a browser after a failure. It is relative, and where people want to go is not: no address is taken for it. */
const FAULT_PLACE = '/fault';

/**
 * Sign-in by another service: authorization code with PKCE, state and nonce, of accounts that are there already.
 *
 * It is a second instance over the same tables, secret and cookies, opened when somebody first asks for it: a service that does not answer
 * holds nobody up who has a password. Which account it is says the verified e-mail, once; then the subject too.
 */
export class ProviderSignIn {
	readonly name: string;
	readonly issuer: string;
	readonly #origin: string;
	readonly #open: () => Promise<ProviderAuth | null>;
	#opened: Promise<ProviderAuth | null> | null = null;

	constructor(
		database: Database,
		settings: AuthSettings & { readonly origin: string },
		provider: ProviderSettings,
	) {
		this.name = provider.name;
		this.issuer = provider.issuer;
		this.#origin = settings.origin;
		this.#open = async () => {
			const discovery = await discover(provider.issuer);
			return discovery && openProviderAuth(database, settings, provider, discovery);
		};
	}

	/** Where to send a browser that wants to go to an address of this site as somebody. */
	async begin(headers: Headers, to: string): Promise<Departure> {
		const body = { provider: this.issuer, callbackURL: `${this.#origin}${to}`, disableRedirect: true };
		const answer = await this.#ask((auth) => auth.api.signInSocial({ body, headers, returnHeaders: true }));
		const url = answer?.response.url;
		if (answer === null || url === undefined) return { ok: false, code: 'sign-in.provider-unreachable' };
		return { ok: true, url, cookies: answer.headers.getSetCookie() };
	}

	/** Signs in who comes back from the service with these parameters. */
	async finish(headers: Headers, query: Readonly<Record<string, string>>): Promise<Return> {
		const answer = await this.#ask((auth) =>
			auth.api.callbackOAuth({
				method: 'GET',
				params: { id: this.issuer },
				query,
				headers,
				asResponse: true,
			}),
		);
		if (answer === null) return { ok: false, code: 'sign-in.provider-unreachable', cookies: [] };
		const place = answer.headers.get('location') ?? FAULT_PLACE;
		const cookies = answer.headers.getSetCookie();
		if (place.startsWith(`${this.#origin}/`)) {
			return { ok: true, to: place.slice(this.#origin.length), cookies };
		}
		const said = new URL(place, this.#origin).searchParams.get('error') ?? '';
		return { ok: false, code: providerFaultOf(said), cookies };
	}

	/** What an act comes to; null: the service does not answer, not as one should, or not in time. It is looked for again the next time. */
	async #ask<T>(act: (auth: ProviderAuth) => Promise<T>): Promise<T | null> {
		const opened = (this.#opened ??= this.#open());
		let timer: NodeJS.Timeout | undefined;
		const late = new Promise<null>((resolve) => {
			timer = setTimeout(() => resolve(null), ANSWERS_WITHIN_MS);
		});
		const answer = await Promise.race([opened.then((auth) => auth && act(auth)), late])
			.catch((error: unknown) => {
				if (isAPIError(error) || isUnreached(error)) return null;
				throw error;
			})
			.finally(() => clearTimeout(timer));
		if (answer === null && this.#opened === opened) this.#opened = null;
		return answer;
	}
}

/** What fetch throws where nobody answers; the library lets it through in some places. */
const isUnreached = (error: unknown) => error instanceof TypeError && error.message === 'fetch failed';

type ProviderAuth = ReturnType<typeof openProviderAuth>;

function openProviderAuth(
	database: Database,
	settings: AuthSettings & { readonly origin: string },
	{ issuer, clientId, clientSecret }: ProviderSettings,
	{ url, takesSecretInForm }: Discovery,
) {
	const options = authOptions(database, settings);
	return betterAuth({
		...options,
		onAPIError: { errorURL: FAULT_PLACE },
		user: {
			...options.user,
			validateUserInfo: async ({ user: { id = '', email = '' }, source: { action } }) => {
				const tie = await asSignIn(database, (sql) => findTie(sql, id, issuer));
				if (tie === null || tie.isDisabled || tie.email !== email) return { error: REFUSED.unknown };
				if (action === 'link-account' && tie.subject !== null) return { error: REFUSED.other };
				return tie.isLocked ? { error: REFUSED.locked } : undefined;
			},
		},
		account: {
			...options.account,
			// Nothing of the service's tokens is kept, and no row waits for who never comes back.
			storeStateStrategy: 'cookie',
			updateAccountOnSignIn: false,
			// Accounts are made by administrators, who know whose e-mail it is; nobody makes one of another's.
			accountLinking: { requireLocalEmailVerified: false },
		},
		databaseHooks: {
			session: {
				create: {
					...options.databaseHooks.session.create,
					after: ({ userId }) => asSignIn(database, (sql) => endGivenPassword(sql, userId)),
				},
			},
		},
		plugins: [
			genericOAuth({
				config: [
					{
						providerId: issuer,
						discoveryUrl: url,
						requireIdTokenVerification: true,
						clientId,
						clientSecret,
						authentication: takesSecretInForm ? 'post' : 'basic',
						scopes: ['openid', 'email'],
						redirectURI: `${settings.origin}${CALLBACK_PATH}`,
						pkce: true,
						disableSignUp: true,
						disableImplicitSignUp: true,
						// Without an e-mail nobody is looked for: who is not vouched for learns of no account.
						mapProfileToUser: ({ email_verified: isVerified }) =>
							isVerified === true || isVerified === 'true' ? {} : { email: null },
					},
				],
			}),
		],
	});
}
