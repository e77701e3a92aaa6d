import { request, type IncomingHttpHeaders } from 'node:http';

export interface Answer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
	json(): unknown;
	text(): string;
}

/** Asks without a cache, a cookie jar or automatic decompression, so that every header is seen as it was sent. */
export function ask(
	address: string,
	path: string,
	options: { headers?: Record<string, string>; method?: string; body?: string } = {},
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const { headers, method, body: sentBody } = options;
		const sent = request(new URL(path, address), { headers, method }, (response) => {
			const parts: Buffer[] = [];
			response.on('data', (part: Buffer) => parts.push(part));
			response.on('end', () => {
				const body = Buffer.concat(parts);
				resolve({
					status: response.statusCode ?? 0,
					headers: response.headers,
					body,
					json: () => JSON.parse(body.toString('utf8')) as unknown,
					text: () => body.toString('utf8'),
				});
			});
		});
		sent.on('error', reject);
		sent.end(sentBody);
	});
}

/** Headers of a reader who is not on this machine, as a proxy would forward him. */
export const FROM_OUTSIDE = { 'x-forwarded-for': '203.0.113.7' };
