import type { Problem, WireIssue } from '$lib/api/issue.ts';

/** Answers with application/problem+json (RFC 9457); every issue names its place and code, i18n holds the sentences. */
export function problem(
	status: number,
	code: string,
	detail: string,
	issues: readonly Partial<WireIssue>[] = [],
): Response {
	const body: Problem = {
		type: `urn:yuantu:problem:${code}`,
		title: code,
		status,
		detail,
		issues: issues.map((issue) => ({ code, severity: 'error', entities: [], params: {}, ...issue })),
	};
	return new Response(JSON.stringify(body), {
		status,
		headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
	});
}

/** Answers 404 for something that is not there, or not for this reader: the two are not told apart. */
export function notFound(what: string, id: string): Response {
	return problem(404, `${what}.not-found`, `No ${what} ${JSON.stringify(id)} for this reader.`, [
		{ entities: [`${what}:${id}`], params: { id } },
	]);
}
