import { z } from 'zod';
import { problem } from './problem.ts';

/** Why a parameter is not taken, as i18n words it. */
type Reason =
	| 'value-missing'
	| 'value-too-small'
	| 'value-too-large'
	| 'value-not-offered'
	| 'value-not-valid'
	| 'parameter-unknown';

const REASONS: Readonly<Record<string, Reason>> = {
	too_small: 'value-too-small',
	too_big: 'value-too-large',
	invalid_value: 'value-not-offered',
	invalid_union: 'value-not-offered',
};

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
export function unknownInQuery(parameter: string, detail: string): Response {
	const reason: Reason = 'value-not-offered';
	return problem(422, 'query.invalid', `${parameter}: ${detail}`, [
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
	const { issues } = parsed.error;
	const detail = issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
	const named = issues.flatMap((issue) => {
		const { path, code } = issue;
		if (issue.code === 'unrecognized_keys')
			return issue.keys.map((parameter) => ({
				...{ code: 'query.invalid', entities: [parameter] },
				params: { parameter, reason: 'parameter-unknown' satisfies Reason },
			}));
		const parameter = path.join('.');
		const isMissing = !url.searchParams.has(String(path[0]));
		const reason: Reason = isMissing ? 'value-missing' : (REASONS[code] ?? 'value-not-valid');
		return [{ code: 'query.invalid', entities: [parameter], params: { parameter, reason } }];
	});
	return { ok: false, response: problem(422, 'query.invalid', detail, named) };
}

/** Refuses, as `readQuery` does, a query to an address that takes none; null: there is none. */
export function refuseQuery(url: URL): Response | null {
	const query = readQuery(NO_QUERY, url);
	return query.ok ? null : query.response;
}

const NO_QUERY = z.strictObject({});
