import type { RequestListener, Server } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Settings } from '../lib/server/settings.ts';
import { PROTOCOL_HEADER } from './http-door.ts';

/** The web application, ready to answer. */
export interface Application {
	readonly handler: RequestListener;
	close(): Promise<void>;
}

/** Variables by which the server's adapter would believe what a client says of itself; this program decides them. */
const ADAPTER_VARIABLES = [
	'ADDRESS_HEADER',
	'XFF_DEPTH',
	'HOST_HEADER',
	'PORT_HEADER',
	'PROTOCOL_HEADER',
	'ORIGIN',
];

/** Tells the application what it reads from the environment: its public address, or else that it is spoken to in plain HTTP; how large a body may be; its secret, database and threads. */
export function prepareEnvironment(
	root: string,
	{ origin, documentMaxMb }: Pick<Settings, 'origin' | 'documentMaxMb'>,
	authSecret: string,
	socketDir: string | null,
): void {
	for (const name of ADAPTER_VARIABLES) delete process.env[name];
	if (origin === null) process.env['PROTOCOL_HEADER'] = PROTOCOL_HEADER;
	else process.env['ORIGIN'] = origin;
	// What other addresses take is less: `http/body-limit.ts`.
	process.env['BODY_SIZE_LIMIT'] = String(documentMaxMb * 1024 * 1024);
	process.env['AUTH_SECRET'] = authSecret;
	process.env['YUANTU_OVERLAY_WORKER'] = join(root, 'build', 'start', 'overlay-worker.js');
	process.env['YUANTU_OVERVIEW_WORKER'] = join(root, 'build', 'start', 'overview-worker.js');
	if (socketDir === null) delete process.env['YUANTU_SOCKET_DIR'];
	else process.env['YUANTU_SOCKET_DIR'] = socketDir;
}

/** Loads the built application; importing it starts the SvelteKit server inside. */
export async function loadBuilt(root: string): Promise<Application> {
	const file = pathToFileURL(join(root, 'build', 'app', 'handler.js')).href;
	const { handler } = (await import(/* @vite-ignore */ file)) as { handler: RequestListener };
	return {
		handler,
		close: announceShutdown,
	};
}

/** Serves the sources of the working directory through Vite, which rebuilds what changes. */
export async function loadSources(server: Server): Promise<Application> {
	const { createServer } = await import('vite');
	const vite = await createServer({
		server: { middlewareMode: { server }, hmr: { server } },
		appType: 'custom',
	});
	return {
		handler: (request, response) => vite.middlewares(request, response),
		async close() {
			await announceShutdown();
			await vite.close();
		},
	};
}

/** Says what the adapter of SvelteKit says when its server stops, and waits for what closes on it: it must not lose its database before. */
async function announceShutdown(): Promise<void> {
	const closings: Promise<void>[] = [];
	process.emit('sveltekit:shutdown' as 'message', closings, undefined);
	await Promise.all(closings);
}
