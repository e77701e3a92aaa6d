import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const gzipBytes = promisify(gzip);
const WORTH_COMPRESSING = /^(text\/|application\/(json|problem\+json|geo\+json|javascript))/;
const LEAST_BYTES = 1024;

/** Compresses a text response where the client takes gzip; leaves everything else as it is. */
export async function compressed(request: Request, response: Response): Promise<Response> {
	const type = response.headers.get('content-type') ?? '';
	if (response.body === null || !WORTH_COMPRESSING.test(type) || response.headers.has('content-encoding')) {
		return response;
	}
	const headers = new Headers(response.headers);
	headers.append('vary', 'accept-encoding');
	if (!/\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')) {
		return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
	}
	const bytes = Buffer.from(await response.arrayBuffer());
	if (bytes.length < LEAST_BYTES) return new Response(bytes, { status: response.status, headers });
	headers.set('content-encoding', 'gzip');
	headers.delete('content-length');
	return new Response(await gzipBytes(bytes, { level: 6 }), { status: response.status, headers });
}
