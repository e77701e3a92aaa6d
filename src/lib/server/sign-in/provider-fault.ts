/** Why nobody was signed in by another service. */
export const PROVIDER_FAULTS = [
	'sign-in.provider-unreachable',
	'sign-in.provider-denied',
	'sign-in.provider-late',
	'sign-in.provider-untrusted',
	'sign-in.provider-unverified',
	'sign-in.provider-unknown',
	'sign-in.provider-other',
	'sign-in.locked',
] as const;
export type ProviderFault = (typeof PROVIDER_FAULTS)[number];

/** What our own check of an account answers the library, which hands it on. */
export const REFUSED = {
	unknown: 'account_unknown',
	other: 'other_subject',
	locked: 'account_locked',
} as const;

/** What the library, the service (RFC 6749 4.1.2.1, OpenID Connect Core 3.1.2.6) or our own check says, as one of ours; all else is distrust. */
const MEANINGS: Readonly<Record<string, ProviderFault>> = {
	[REFUSED.unknown]: 'sign-in.provider-unknown',
	[REFUSED.other]: 'sign-in.provider-other',
	[REFUSED.locked]: 'sign-in.locked',
	signup_disabled: 'sign-in.provider-unknown',
	unable_to_create_session: 'sign-in.provider-unknown',
	email_not_found: 'sign-in.provider-unverified',
	account_not_linked: 'sign-in.provider-unverified',
	state_not_found: 'sign-in.provider-late',
	state_mismatch: 'sign-in.provider-late',
	state_invalid: 'sign-in.provider-late',
	access_denied: 'sign-in.provider-denied',
	login_required: 'sign-in.provider-denied',
	consent_required: 'sign-in.provider-denied',
	interaction_required: 'sign-in.provider-denied',
	account_selection_required: 'sign-in.provider-denied',
	invalid_code: 'sign-in.provider-unreachable',
	server_error: 'sign-in.provider-unreachable',
	temporarily_unavailable: 'sign-in.provider-unreachable',
};

export function providerFaultOf(said: string): ProviderFault {
	return Object.hasOwn(MEANINGS, said) ? MEANINGS[said] : 'sign-in.provider-untrusted';
}
