import type { z } from 'zod';
import type { issueSchema } from '../../src/lib/api/issue.ts';
import { problemSchema } from '../../src/lib/api/issue.ts';
import { ask } from '../http/client.ts';
import type { Browser } from '../http/browser.ts';

type WireIssue = z.infer<typeof issueSchema>;

/** An answer of the API: its body by its schema, or what stands against what was asked. */
export type DeskAnswer<Value> =
	| { readonly ok: true; readonly value: Value }
	| { readonly ok: false; readonly status: number; readonly issues: readonly WireIssue[] };

/** Somebody who is signed in and asks the API as a page does. */
export interface Desk {
	ask<T extends z.ZodType>(
		schema: T,
		method: string,
		path: string,
		body?: unknown,
	): Promise<DeskAnswer<z.output<T>>>;
	/** Asks what must be done. */
	must<T extends z.ZodType>(schema: T, method: string, path: string, body?: unknown): Promise<z.output<T>>;
}

/** A desk of whoever a browser is signed in as. A refusal without an issue, and an answer off its schema, is thrown. */
export function openDesk(address: string, { cookies }: Browser): Desk {
	const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
	const desk: Desk = {
		async ask(schema, method, path, body) {
			const headers = { cookie, 'content-type': 'application/json' };
			const sent = body === undefined ? undefined : JSON.stringify(body);
			const answer = await ask(address, path, { method, headers, body: sent });
			if (answer.status === 200) return { ok: true, value: schema.parse(answer.json()) };
			const { issues } = problemSchema.parse(answer.json());
			if (issues.length === 0 || answer.status >= 500)
				throw new Error(`${method} ${path}: ${answer.status} ${answer.text()}`);
			return { ok: false, status: answer.status, issues };
		},
		async must(schema, method, path, body) {
			const answered = await desk.ask(schema, method, path, body);
			if (!answered.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answered)}`);
			return answered.value;
		},
	};
	return desk;
}
