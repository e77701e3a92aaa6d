import type { Problem, WireIssue } from '../api/issue.ts';

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

/** Sends JSON to our own API and reads what it answers, as `readJson` does. */
export async function sendJson<T>(
	method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
	address: string,
	body?: unknown,
): Promise<T> {
	const headers = { accept: 'application/json', 'content-type': 'application/json' };
	const response = await fetch(address, { method, headers, body: JSON.stringify(body) });
	if (response.ok) return (await response.json()) as T;
	throw new ReadProblem(response.status, await problemOf(response));
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
