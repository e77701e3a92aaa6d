import { problem } from './problem.ts';

/** More than a step or a form needs. */
const MOST_BYTES = 512 * 1024;
const DOCUMENTS = /^\/api\/v1\/zones\/[^/]+\/changesets\/\d+\/documents$/;

/** Refuses a body that is larger than what its address takes, or does not say how large it is; null: it may come. */
export function refuseBody(
	{ method, headers, body }: Request,
	pathname: string,
	documentBytes: number,
): Response | null {
	if (body === null) return null;
	const length = headers.get('content-length');
	if (length === null) return problem(411, 'request.length-missing', 'A request says how long its body is.');
	const isDocument = method === 'POST' && DOCUMENTS.test(pathname);
	const most = isDocument ? documentBytes : MOST_BYTES;
	if (Number(length) <= most) return null;
	return problem(413, 'request.too-large', `The body has ${length} bytes, at most ${most} are taken here.`);
}
