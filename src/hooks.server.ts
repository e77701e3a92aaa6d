import type { Handle, HandleFetch, HandleServerError, RequestEvent, ServerInit } from '@sveltejs/kit';
import { OFFICE_ON_LOCALHOST, PUBLIC_ACTOR, type Actor } from '$lib/server/access/actor.ts';
import { isFromThisMachine } from '$lib/server/access/office-on-localhost.ts';
import { compressed } from '$lib/server/http/compress.ts';
import { problem } from '$lib/server/http/problem.ts';
import {
	application,
	closeApplication,
	openApplication,
	prepareForReaders,
} from '$lib/server/service/application.ts';
import { isDatabaseLost } from '$lib/server/service/database-loss.ts';

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
	prepareForReaders();
};

export const handle: Handle = async ({ event, resolve }) => {
	if (event.url.href.includes('%00')) {
		return problem(400, 'address.invalid', 'An address holds no NUL character.');
	}
	event.locals.actor = actorOf(event);
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
	// What a page says depends on its reader: his view, language and theme.
	if (!answer.headers.has('cache-control')) answer.headers.set('cache-control', 'private, no-cache');
	return compressed(event.request, answer);
};

/** The parts of the site that speak problem+json also where the framework itself refuses. */
function isForPrograms(pathname: string): boolean {
	return pathname.startsWith('/api/') || pathname.startsWith('/tiles/');
}

function asProblem(response: Response, databaseLost = false): Response {
	const type = response.headers.get('content-type') ?? '';
	if (response.status < 400 || type.startsWith('application/problem+json')) return response;
	if (databaseLost) return problem(503, 'database.lost', 'The database does not answer; it may again.');
	const code = response.status === 404 ? 'address.unknown' : 'request.refused';
	return problem(response.status, code, `The server answers ${response.status} here.`);
}

/** The header by which a page's own requests, answered without HTTP, carry the actor of the page. */
const PAGE_ACTOR = 'x-yuantu-page-actor';

export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
	if (new URL(request.url).origin !== event.url.origin) return fetch(request);
	const headers = new Headers(request.headers);
	headers.set(PAGE_ACTOR, event.locals.actor.kind);
	return fetch(new Request(request, { headers }));
};

/** Who asks. A page's own request is asked by the page's reader: it has no socket and no forwarding header to judge by. */
function actorOf(event: RequestEvent): Actor {
	if (event.isSubRequest) {
		const isOffice = event.request.headers.get(PAGE_ACTOR) === OFFICE_ON_LOCALHOST.kind;
		return isOffice ? OFFICE_ON_LOCALHOST : PUBLIC_ACTOR;
	}
	const { settings } = application();
	const isLocal =
		settings.officeOnLocalhost && isFromThisMachine(event.getClientAddress(), event.request.headers);
	return isLocal ? OFFICE_ON_LOCALHOST : PUBLIC_ACTOR;
}

export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (isDatabaseLost(error)) {
		event.locals.databaseLost = true;
		process.stderr.write(
			`${new Date().toISOString()} ${event.request.method} ${event.url.pathname}: the database does not answer\n`,
		);
	} else if (status !== 404) {
		const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
		process.stderr.write(
			`${new Date().toISOString()} ${event.request.method} ${event.url.pathname} ${status}: ${reason}\n`,
		);
	}
	return { message };
};
