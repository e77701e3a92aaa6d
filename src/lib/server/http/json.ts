import type { z } from 'zod';
import { problem } from './problem.ts';

/** Answers with JSON that has been parsed by its own wire schema: what does not fit the contract never leaves. */
export function json<T extends z.ZodType>(schema: T, body: z.input<T>, headers: HeadersInit = {}): Response {
	return new Response(JSON.stringify(schema.parse(body)), {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'cache-control': 'private, no-cache',
			...headers,
		},
	});
}

/** Answers 422 for a parameter whose value is well formed but names nothing. */
export function invalidQuery(parameter: string, reason: string): Response {
	return problem(422, 'query.invalid', `${parameter}: ${reason}`, [
		{ code: 'query.invalid', entities: [parameter], params: { parameter, reason } },
	]);
}

/** Reads the query by a schema, or answers 422 naming each parameter and what was wrong with it. */
export function readQuery<T extends z.ZodType>(
	schema: T,
	url: URL,
): { ok: true; value: z.output<T> } | { ok: false; response: Response } {
	const parsed = schema.safeParse(Object.fromEntries(url.searchParams));
	if (parsed.success) return { ok: true, value: parsed.data };
	const issues = parsed.error.issues.map((issue) => ({
		code: 'query.invalid',
		entities: [issue.path.join('.')],
		params: { parameter: issue.path.join('.'), reason: issue.message },
	}));
	const named = issues.map((issue) => `${issue.params.parameter}: ${issue.params.reason}`).join('; ');
	return { ok: false, response: problem(422, 'query.invalid', named, issues) };
}
