import type { z } from 'zod';
import { OFFICE_ON_LOCALHOST, PUBLIC_ACTOR, type Actor } from '../../src/lib/server/access/actor.ts';
import { closeApplication, openApplication } from '../../src/lib/server/service/application.ts';
import type { Colleague, Workshop } from './changeset-service.ts';
import { PANJIN_ID } from './database-rows.ts';
import { serverUrl } from './database.ts';

type Handler = (event: never) => Response | Promise<Response>;
export type Asker = Colleague | 'public' | 'localhost';

export interface Asking {
	readonly params?: Readonly<Record<string, string>>;
	readonly query?: string;
	/** Makes it a request that writes. */
	readonly body?: unknown;
}

/** Opens the application on a workshop's database on a server; the caller closes it. */
export async function openRoutes(shop: Workshop): Promise<{
	call(handler: Handler | undefined, who: Asker, asking?: Asking): Promise<{ status: number; body: unknown }>;
	/** Asks what must be answered, by its schema. */
	get<T extends z.ZodType>(
		handler: Handler | undefined,
		who: Asker,
		schema: T,
		asking?: Asking,
	): Promise<z.output<T>>;
	close(): Promise<void>;
}> {
	const [{ name }] = await shop.database.sql<{ name: string }[]>`select current_database()::text as name`;
	await openApplication({
		DATABASE_URL: serverUrl(name),
		AUTH_SECRET: 'a secret of this test, long enough to be one',
	});
	const actorOf = (who: Asker): Actor => {
		if (who === 'public') return PUBLIC_ACTOR;
		return who === 'localhost' ? OFFICE_ON_LOCALHOST : shop.as(who).actor;
	};
	const call = async (handler: Handler | undefined, who: Asker, { params, query, body }: Asking = {}) => {
		const url = new URL(`http://zone.test/${query === undefined ? '' : `?${query}`}`);
		const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
		const event = {
			locals: { actor: actorOf(who), locale: 'zh' },
			params: { zone: PANJIN_ID, ...params },
			request: new Request(url, init),
			url,
		};
		const response = await (handler as (event: unknown) => Response | Promise<Response>)(event);
		const text = await response.text();
		const isJson = response.headers.get('content-type')?.includes('json') ?? false;
		return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text };
	};
	return {
		call,
		get: async (handler, who, schema, asking) => {
			const { status, body } = await call(handler, who, asking);
			if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
			return schema.parse(body);
		},
		close: closeApplication,
	};
}
