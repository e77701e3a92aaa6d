import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CLIENT_ID = 'yuantu';
/** With characters that a header must carry in percent form (RFC 6749 2.3.1). */
export const CLIENT_SECRET = 'geheim+/%:8c1f';

/** Who is signed in at the service. */
export interface ServicePerson {
	readonly sub: string;
	readonly email?: string;
	readonly email_verified?: boolean | string;
}

type Claims = Record<string, unknown>;
interface Grant {
	readonly challenge: string;
	readonly nonce: string;
	readonly redirectUri: string;
	readonly person: ServicePerson;
}

/** How the service misbehaves. */
export interface Fault {
	/** What it answers in place of a code. */
	readonly error?: string;
	/** What it says of itself in its discovery document. */
	readonly issuer?: string;
	/** Claims of the token as it is sent. */
	readonly claims?: (claims: Claims) => Claims;
	/** Signs with a key that is not among its published ones. */
	readonly foreignKey?: boolean;
	readonly refusesCodes?: boolean;
	/** Says of the person in its user-info endpoint what its token does not say. */
	readonly userInfo?: (person: ServicePerson) => ServicePerson;
}

/** An OpenID Connect service on this machine, strict in all that the standard has a client do. */
export interface OidcService {
	readonly issuer: string;
	person: ServicePerson;
	fault: Fault;
	/** Parameters of the authorization requests that came, the last one last. */
	readonly requests: readonly URLSearchParams[];
	close(): Promise<void>;
}

/** Starts the service on a port, or any free one; it sends codes to one address only. */
export async function startOidcService(redirectUri: string, port = 0): Promise<OidcService> {
	const [own, foreign] = [newKey(), newKey()];
	const codes = new Map<string, Grant>();
	const tokens = new Map<string, ServicePerson>();
	const requests: URLSearchParams[] = [];
	const server = createServer((request, response) => {
		answer(request, new URL(request.url ?? '', service.issuer)).then(
			({ status = 200, location, body }) => {
				if (location !== undefined) response.setHeader('location', location);
				response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
			},
			(error: unknown) => fail(response, error),
		);
	});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	const service = {
		issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/office`,
		person: { sub: 'nobody' } as ServicePerson,
		fault: {} as Fault,
		requests,
		close: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};

	async function answer(request: IncomingMessage, { pathname, searchParams }: URL): Promise<Reply> {
		const path = pathname.slice('/realms/office'.length);
		if (path === '/.well-known/openid-configuration') return { body: document() };
		if (path === '/jwks') {
			const jwk = own.publicKey.export({ format: 'jwk' });
			return { body: { keys: [{ ...jwk, kid: 'own', alg: 'RS256', use: 'sig' }] } };
		}
		if (path === '/authorize') return authorize(searchParams);
		if (path === '/token' && request.method === 'POST') return grant(request, await formOf(request));
		if (path === '/userinfo') {
			const person = tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''));
			if (person === undefined) return { status: 401 };
			return { body: service.fault.userInfo?.(person) ?? person };
		}
		return { status: 404 };
	}

	function document(): Claims {
		return {
			issuer: service.fault.issuer ?? service.issuer,
			authorization_endpoint: `${service.issuer}/authorize`,
			token_endpoint: `${service.issuer}/token`,
			userinfo_endpoint: `${service.issuer}/userinfo`,
			jwks_uri: `${service.issuer}/jwks`,
			response_types_supported: ['code'],
			subject_types_supported: ['public'],
			id_token_signing_alg_values_supported: ['RS256'],
			code_challenge_methods_supported: ['S256'],
			authorization_response_iss_parameter_supported: true,
		};
	}

	function authorize(query: URLSearchParams): Reply {
		const asked = (name: string) => query.get(name) ?? '';
		const isSound =
			asked('client_id') === CLIENT_ID &&
			asked('redirect_uri') === redirectUri &&
			asked('response_type') === 'code' &&
			asked('code_challenge_method') === 'S256' &&
			asked('code_challenge').length === 43 &&
			asked('nonce').length >= 16 &&
			asked('state').length >= 16 &&
			asked('scope').split(' ').includes('openid');
		if (!isSound) return { status: 400, body: { error: 'invalid_request' } };
		requests.push(query);
		const back = new URL(redirectUri);
		back.searchParams.set('state', asked('state'));
		back.searchParams.set('iss', service.issuer);
		if (service.fault.error !== undefined) back.searchParams.set('error', service.fault.error);
		else {
			const code = randomBytes(24).toString('base64url');
			const [challenge, nonce] = [asked('code_challenge'), asked('nonce')];
			codes.set(code, { challenge, nonce, redirectUri, person: service.person });
			back.searchParams.set('code', code);
		}
		return { status: 303, location: back.href };
	}

	function grant({ headers }: IncomingMessage, form: URLSearchParams): Reply {
		const secret = [CLIENT_ID, CLIENT_SECRET].map(encodeURIComponent).join(':');
		if (headers.authorization !== `Basic ${Buffer.from(secret).toString('base64')}`) {
			return { status: 401, body: { error: 'invalid_client' } };
		}
		const code = form.get('code') ?? '';
		const granted = codes.get(code);
		codes.delete(code);
		const challenge = createHash('sha256')
			.update(form.get('code_verifier') ?? '')
			.digest('base64url');
		const isSound =
			form.get('grant_type') === 'authorization_code' &&
			granted?.redirectUri === form.get('redirect_uri') &&
			granted?.challenge === challenge;
		if (granted === undefined || !isSound || service.fault.refusesCodes) {
			return { status: 400, body: { error: 'invalid_grant' } };
		}
		const access = randomBytes(24).toString('base64url');
		tokens.set(access, granted.person);
		const now = Math.floor(Date.now() / 1000);
		const claims = { iss: service.issuer, aud: CLIENT_ID, iat: now, exp: now + 300, nonce: granted.nonce };
		// As many services do, the token says no more than who it is; the e-mail is asked for.
		const said = { ...claims, sub: granted.person.sub };
		const key = service.fault.foreignKey ? foreign.privateKey : own.privateKey;
		const token = signed(service.fault.claims?.(said) ?? said, key);
		return { body: { access_token: access, token_type: 'Bearer', expires_in: 300, id_token: token } };
	}
	return service;
}

interface Reply {
	readonly status?: number;
	readonly location?: string;
	readonly body?: unknown;
}

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A JSON Web Signature in compact form (RFC 7515), RS256. */
function signed(claims: Claims, key: KeyObject): string {
	const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const content = `${encode({ alg: 'RS256', typ: 'JWT', kid: 'own' })}.${encode(claims)}`;
	return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
}

function fail(response: ServerResponse, error: unknown): void {
	response.writeHead(500).end(String(error));
}
