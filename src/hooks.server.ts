import { randomUUID } from 'node:crypto';
import {
	redirect,
	type Handle,
	type HandleFetch,
	type HandleServerError,
	type RequestEvent,
	type ServerInit,
} from '@sveltejs/kit';
import { OFFICE_ON_LOCALHOST, PUBLIC_ACTOR, type Actor } from '$lib/server/access/actor.ts';
import { isFromThisMachine } from '$lib/server/access/office-on-localhost.ts';
import { refuseBody } from '$lib/server/http/body-limit.ts';
import { compressed } from '$lib/server/http/compress.ts';
import { problem } from '$lib/server/http/problem.ts';
import { isForged, visitOf } from '$lib/server/http/visit.ts';
import {
	application,
	closeApplication,
	openApplication,
	prepareForReaders,
} from '$lib/server/service/application.ts';
import { isDatabaseLost } from '$lib/server/service/database-loss.ts';
import { findVisitor, type Visitor } from '$lib/server/service/sign-in.ts';

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

export const init: ServerInit = async () => {
	await openApplication(process.env);
	// The start program waits for what it is handed; the adapter's own server hands nothing over.
	process.once('sveltekit:shutdown' as 'message', (closings) => {
		const closing = closeApplication();
		if (Array.isArray(closings)) closings.push(closing);
	});
	// Where the database does not answer, whoever asks next is told.
	prepareForReaders().catch(() => {});
};

export const handle: Handle = async ({ event, resolve }) => {
	if (event.url.href.includes('%00')) {
		return problem(400, 'address.invalid', 'An address holds no NUL character.');
	}
	if (isForged(event.request, event.url.origin)) {
		return problem(403, 'request.forged', 'Another site made this request.');
	}
	const documentBytes = application().settings.documentMaxMb * 1024 * 1024;
	const tooLarge = event.isSubRequest ? null : refuseBody(event.request, event.url.pathname, documentBytes);
	if (tooLarge !== null) return tooLarge;
	const found = event.isSubRequest ? null : await visitorOf(event);
	if (found === 'unknown' && isForPrograms(event.url.pathname)) return databaseLost(event);
	const visitor = found === 'unknown' ? null : found;
	event.locals.visitor = visitor;
	event.locals.cookies = [...(visitor?.cookies ?? [])];
	event.locals.actor = actorOf(event);
	if (visitor?.mustChangePassword && !WITHOUT_OWN_PASSWORD.includes(event.url.pathname)) {
		if (!isForPrograms(event.url.pathname)) redirect(303, PASSWORD_PAGE);
		return problem(403, 'password.change-required', 'The one-time password has to be changed first.');
	}
	event.locals.locale = event.cookies.get('locale') === 'en' ? 'en' : 'zh';
	const theme = event.cookies.get('theme');
	event.locals.theme = theme === 'light' || theme === 'dark' ? theme : 'auto';
	const response = await resolve(event, {
		// Pages read the type of a refusal of the API to find its problem document.
		filterSerializedResponseHeaders: (name) => name === 'content-type',
		transformPageChunk: ({ html }) =>
			html
				.replace('%lang%', event.locals.locale === 'zh' ? 'zh-CN' : 'en')
				.replace('%theme%', event.locals.theme),
	});
	const answer = isForPrograms(event.url.pathname)
		? asProblem(response, event.locals.databaseLost)
		: response;
	for (const [name, value] of Object.entries(SECURITY_HEADERS)) answer.headers.set(name, value);
	// What proxies may keep must not hold a session's cookie.
	if (!answer.headers.get('cache-control')?.startsWith('public')) {
		for (const cookie of event.locals.cookies) answer.headers.append('set-cookie', cookie);
	}
	// What a page says depends on its reader: his view, language and theme.
	if (!answer.headers.has('cache-control')) answer.headers.set('cache-control', 'private, no-cache');
	return compressed(event.request, answer);
};

/** The parts of the site that speak problem+json also where the framework itself refuses. */
function isForPrograms(pathname: string): boolean {
	return pathname.startsWith('/api/') || pathname.startsWith('/tiles/');
}

function asProblem(response: Response, isLost = false): Response {
	const type = response.headers.get('content-type') ?? '';
	if (response.status < 400 || type.startsWith('application/problem+json')) return response;
	if (isLost) return problem(503, 'database.lost', DATABASE_LOST);
	const code = response.status === 404 ? 'address.unknown' : 'request.refused';
	return problem(response.status, code, `The server answers ${response.status} here.`);
}

/** What answers somebody whose password was given by another: a page, the list of zones that its bar asks for, and the way out. */
const PASSWORD_PAGE = '/account/password';
const WITHOUT_OWN_PASSWORD = [PASSWORD_PAGE, '/api/v1/zones', '/sign-out'];

/** What everybody is given alike: nobody has to be found for it. */
const FOR_EVERYBODY = /^\/(tiles\/public\/|healthz$)/;

/** Who asks, or null; 'unknown' where the database does not answer. */
async function visitorOf(event: RequestEvent): Promise<Visitor | 'unknown' | null> {
	if (FOR_EVERYBODY.test(event.url.pathname)) return null;
	try {
		return await findVisitor(application().signIn, visitOf(event));
	} catch (error) {
		// A page says so itself, as far as it needs the database; a program is not answered as if nobody were signed in.
		if (isDatabaseLost(error)) return 'unknown';
		throw error;
	}
}

const DATABASE_LOST = 'The database does not answer; it may again.';

function databaseLost(event: RequestEvent): Response {
	reportLoss(event);
	return problem(503, 'database.lost', DATABASE_LOST);
}

function reportLoss({ request, url }: RequestEvent): void {
	process.stderr.write(
		`${new Date().toISOString()} ${request.method} ${url.pathname}: the database does not answer\n`,
	);
}

/** The header by which a page's own requests, answered without HTTP, name the page that asks. */
const ASKING_PAGE = 'x-yuantu-page';
const pageActors = new Map<string, Actor>();

export const handleFetch: HandleFetch = async ({ event, request, fetch }) => {
	if (new URL(request.url).origin !== event.url.origin) return fetch(request);
	const headers = new Headers(request.headers);
	const page = randomUUID();
	headers.set(ASKING_PAGE, page);
	pageActors.set(page, event.locals.actor);
	try {
		return await fetch(new Request(request, { headers }));
	} finally {
		pageActors.delete(page);
	}
};

/** Who asks. A page's own request is asked by the page's reader: it has no socket and no forwarding header to judge by. */
function actorOf(event: RequestEvent): Actor {
	if (event.isSubRequest) {
		return pageActors.get(event.request.headers.get(ASKING_PAGE) ?? '') ?? PUBLIC_ACTOR;
	}
	if (event.locals.visitor !== null) return event.locals.visitor.actor;
	const { settings } = application();
	const isLocal =
		settings.officeOnLocalhost && isFromThisMachine(event.getClientAddress(), event.request.headers);
	return isLocal ? OFFICE_ON_LOCALHOST : PUBLIC_ACTOR;
}

export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (isDatabaseLost(error)) {
		event.locals.databaseLost = true;
		reportLoss(event);
	} else if (status !== 404) {
		const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
		process.stderr.write(
			`${new Date().toISOString()} ${event.request.method} ${event.url.pathname} ${status}: ${reason}\n`,
		);
	}
	return { message };
};
