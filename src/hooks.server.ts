import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { OFFICE_ON_LOCALHOST, PUBLIC_ACTOR } from '$lib/server/access/actor.ts';
import { isFromThisMachine } from '$lib/server/access/office-on-localhost.ts';
import { compressed } from '$lib/server/http/compress.ts';
import { application, closeApplication, openApplication } from '$lib/server/service/application.ts';

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

export const init: ServerInit = async () => {
	await openApplication(process.env);
	process.once('sveltekit:shutdown' as 'exit', () => void closeApplication());
};

export const handle: Handle = async ({ event, resolve }) => {
	const { settings } = application();
	const local = settings.officeOnLocalhost && isFromThisMachine(event.getClientAddress(), event.request.headers);
	event.locals.actor = local ? OFFICE_ON_LOCALHOST : PUBLIC_ACTOR;
	event.locals.locale = event.cookies.get('locale') === 'en' ? 'en' : 'zh';
	const theme = event.cookies.get('theme');
	event.locals.theme = theme === 'light' || theme === 'dark' ? theme : 'auto';
	const response = await resolve(event, {
		transformPageChunk: ({ html }) =>
			html
				.replace('%lang%', event.locals.locale === 'zh' ? 'zh-CN' : 'en')
				.replace('%theme%', event.locals.theme),
	});
	for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
	return compressed(event.request, response);
};

export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (status !== 404) {
		const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
		process.stderr.write(`${new Date().toISOString()} ${event.request.method} ${event.url.pathname} ${status}: ${reason}\n`);
	}
	return { message };
};
