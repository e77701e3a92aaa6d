/** What is needed of a service's discovery document (OpenID Connect Discovery 1.0) before the library reads it. */
export interface Discovery {
	readonly url: string;
	/** Whether the service takes our secret as a field of the form; else it goes in the header, as every service takes it. */
	readonly takesSecretInForm: boolean;
}

const ANSWERS_WITHIN_MS = 5_000;

/**
 * Reads the discovery document of an issuer; null where there is none in time, or one of another issuer (4.3: the two must be equal), as
 * its tokens would be taken for those of the service that the settings name.
 */
export async function discover(issuer: string): Promise<Discovery | null> {
	const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
	const document: unknown = await fetch(url, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) })
		.then((response) => (response.ok ? response.json() : null))
		.catch(() => null);
	if (typeof document !== 'object' || document === null) return null;
	if (!('issuer' in document) || document.issuer !== issuer) return null;
	const methods =
		'token_endpoint_auth_methods_supported' in document
			? document.token_endpoint_auth_methods_supported
			: ['client_secret_basic'];
	return { url, takesSecretInForm: Array.isArray(methods) && !methods.includes('client_secret_basic') };
}
