import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { codeOf, StartProblem } from './start-problem.ts';

/** The HTTP port, taken before anything slow begins, so that a taken port is noticed first. */
export interface HttpDoor {
	readonly server: Server;
	/** Address for a browser on this machine. */
	readonly address: string;
	/** Lets requests through to the application; until then they are answered with 503. */
	admit(handler: RequestListener): void;
	/** Accepts nothing new, lets requests at work finish for `graceMs`, then cuts them. */
	close(graceMs: number): Promise<void>;
}

/** Header in which the application reads the protocol of a request; whatever a client sends in it is replaced. */
export const PROTOCOL_HEADER = 'x-yuantu-protocol';

export async function openHttpDoor(host: string, port: number): Promise<HttpDoor> {
	let handler: RequestListener | null = null;
	let closing = false;
	const server = createServer((request: IncomingMessage, response) => {
		request.headers[PROTOCOL_HEADER] = 'http';
		// No browser speaks HTTP/1.0, while some proxies do without naming themselves.
		if (request.httpVersion === '1.0') request.headers['via'] ??= '1.0 unnamed';
		response.setHeader('x-content-type-options', 'nosniff');
		if (closing) response.setHeader('connection', 'close');
		response.once('close', () => {
			if (closing) setImmediate(() => server.closeIdleConnections());
		});
		if (handler) {
			handler(request, response);
			return;
		}
		response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '5' });
		response.end('园图正在启动,请稍候。\nYuantu is starting.\n');
	});
	await listen(server, host, port);
	const bound = server.address() as AddressInfo;
	return {
		server,
		address: `http://${browserHost(host, bound)}:${bound.port}/`,
		admit(next) {
			handler = next;
		},
		async close(graceMs) {
			closing = true;
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeIdleConnections();
			const cut = setTimeout(() => server.closeAllConnections(), graceMs);
			await closed;
			clearTimeout(cut);
		},
	};
}

function listen(server: Server, host: string, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (error) =>
			reject(new StartProblem(describe(codeOf(error), host, port), { cause: error })),
		);
		server.listen({ host, port }, () => {
			server.removeAllListeners('error');
			resolve();
		});
	});
}

function describe(code: string, host: string, port: number): string {
	switch (code) {
		case 'EADDRINUSE':
			return `port ${port} on ${host} is taken: set PORT to another one (PORT=0 for any free one), or stop the program that uses it`;
		case 'EACCES':
			return `port ${port} may not be opened by this user: set PORT to one above 1023`;
		case 'EADDRNOTAVAIL':
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return `HOST ${host} is not an address of this machine: set HOST to 127.0.0.1, or to 0.0.0.0 for every network`;
		default:
			return `port ${port} on ${host} cannot be opened (${code || 'unknown reason'}): set HOST and PORT to others`;
	}
}

function browserHost(host: string, { family, address }: AddressInfo): string {
	if (address === '0.0.0.0' || address === '::') return 'localhost';
	return family === 'IPv6' && host.includes(':') ? `[${host}]` : host;
}
