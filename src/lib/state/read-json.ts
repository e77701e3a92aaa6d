import type { Problem, WireIssue } from '../api/issue.ts';
import type { WireSession } from '../api/session.ts';

/** A refusal of the server, with its problem document where it sent one. */
export class ReadProblem extends Error {
	readonly status: number;
	readonly problem: Problem | null;

	constructor(status: number, problem: Problem | null) {
		super(problem?.title ?? `HTTP ${status}`);
		this.name = 'ReadProblem';
		this.status = status;
		this.problem = problem;
	}
}

/**
 * Reads JSON from our own API. The server has parsed it with its schema, so it is not parsed again here.
 *
 * Throws `ReadProblem` for a refusal, and what `fetch` throws when the server cannot be reached or `signal` aborts.
 */
export async function readJson<T>(
	fetchFrom: typeof fetch,
	address: string,
	signal?: AbortSignal,
): Promise<T> {
	const response = await fetchFrom(address, { signal, headers: { accept: 'application/json' } });
	if (response.ok) return (await response.json()) as T;
	throw new ReadProblem(response.status, await problemOf(response));
}

/** Sends JSON to our own API and reads what it answers, as `readJson` does; who is signed out meanwhile is told so (`session.ended`). */
export async function sendJson<T>(
	method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
	address: string,
	body?: unknown,
): Promise<T> {
	const headers = { accept: 'application/json', 'content-type': 'application/json' };
	const response = await fetch(address, { method, headers, body: JSON.stringify(body) });
	if (response.ok) return (await response.json()) as T;
	if (UNKNOWN_READER.includes(response.status) && (await isSignedOut()))
		throw new ReadProblem(401, SIGNED_OUT);
	throw new ReadProblem(response.status, await problemOf(response));
}

/** What the server says to those whom it does not know: that it is not theirs, or not there. */
const UNKNOWN_READER: readonly number[] = [401, 403, 404];
const SIGNED_OUT: Problem = {
	type: 'about:blank',
	title: 'session.ended',
	status: 401,
	issues: [{ code: 'session.ended', severity: 'error', entities: [], params: {} }],
};

/** Whether the session of the page has ended; where that cannot be told, what was refused is told. */
async function isSignedOut(): Promise<boolean> {
	try {
		const response = await fetch('/api/v1/session', { headers: { accept: 'application/json' } });
		return response.ok && ((await response.json()) as WireSession).userId === null;
	} catch {
		return false;
	}
}

/** Why a request was not answered, as issues: the server's own, else that it could not be reached. */
export function issuesOf(failure: unknown): readonly WireIssue[] {
	const said = failure instanceof ReadProblem ? (failure.problem?.issues ?? []) : [];
	return said.length > 0 ? said : [{ code: 'server.unreached', severity: 'error', entities: [], params: {} }];
}

/** Headers are not asked: while the server draws a page, Kit hides most of them. */
async function problemOf(response: Response): Promise<Problem | null> {
	try {
		return (await response.json()) as Problem;
	} catch {
		return null;
	}
}
