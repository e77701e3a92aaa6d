import { asSignIn } from '../db/connect.ts';
import { forgetEndedSessions, listWaysIn } from '../db/sign-in.ts';
import type { Departure, ProviderSignIn, Return } from '../sign-in/provider.ts';
import { PROVIDER_FAULTS, type ProviderFault } from '../sign-in/provider-fault.ts';
import { headersOf, type SignInContext, type Visit, type Visitor } from './sign-in.ts';

type Fault = ProviderFault | 'sign-in.too-many';
const FAULTS: readonly Fault[] = [...PROVIDER_FAULTS, 'sign-in.too-many'];

/** A way to the service, or why there is none. */
export type DepartureAnswer = Departure | { readonly ok: false; readonly code: Fault };
/** Where somebody who comes back goes, or why nobody is signed in. */
export type ReturnAnswer =
	Return | { readonly ok: false; readonly code: Fault; readonly cookies: readonly string[] };

/** By what an account signs in. */
export interface WaysIn {
	readonly hasPassword: boolean;
	/** The other service, as the sign-in page calls it; null: the account has not come by it. */
	readonly provider: string | null;
}

/** The fault of sign-in by a service that a text names; null: none. */
export function findProviderFault(text: string | null): Fault | null {
	return FAULTS.find((fault) => fault === text) ?? null;
}

/** Begins a sign-in at the service that ends at an address of this site; attempts are limited as those by password are. */
export async function beginAtProvider(
	{ attempts }: SignInContext,
	provider: ProviderSignIn,
	visit: Visit,
	to: string,
): Promise<DepartureAnswer> {
	if (!attempts.admit(visit.address, performance.now())) return { ok: false, code: 'sign-in.too-many' };
	return provider.begin(headersOf(visit), to);
}

/** Signs in who comes back from the service: an account that is there, neither disabled nor locked, whose e-mail the service vouches for. */
export async function returnFromProvider(
	{ database, attempts }: SignInContext,
	provider: ProviderSignIn,
	visit: Visit,
	query: URLSearchParams,
): Promise<ReturnAnswer> {
	if (!attempts.admit(visit.address, performance.now())) {
		return { ok: false, code: 'sign-in.too-many', cookies: [] };
	}
	const answer = await provider.finish(headersOf(visit), Object.fromEntries(query));
	if (answer.ok) await asSignIn(database, forgetEndedSessions);
	return answer;
}

/** By what the account of a visitor signs in. */
export async function findWaysIn({ database, provider }: SignInContext, { actor }: Visitor): Promise<WaysIn> {
	const ways = await asSignIn(database, (sql) => listWaysIn(sql, actor.userId));
	return {
		hasPassword: ways.includes('credential'),
		provider: provider !== null && ways.includes(provider.issuer) ? provider.name : null,
	};
}
