import { ask, type Answer } from './client.ts';

/** What a browser does for its user: keeps cookies, and says from which site a form was sent. */
export interface Browser {
	get(path: string, headers?: Record<string, string>): Promise<Answer>;
	/** Sends a form as a page of the site does, or of another origin. */
	post(path: string, fields: Readonly<Record<string, string>>, origin?: string): Promise<Answer>;
	signIn(email: string, password: string, to?: string): Promise<Answer>;
	/** The cookies that it holds. */
	readonly cookies: ReadonlyMap<string, string>;
}

export function openBrowser(address: string): Browser {
	const cookies = new Map<string, string>();
	const send = async (path: string, options: Parameters<typeof ask>[2]): Promise<Answer> => {
		const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		const headers = { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...options?.headers };
		const answer = await ask(address, path, { ...options, headers });
		for (const line of answer.headers['set-cookie'] ?? []) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			if (/max-age=0\b/i.test(line)) cookies.delete(name);
			else cookies.set(name, value);
		}
		return answer;
	};
	const post: Browser['post'] = (path, fields, origin = new URL(address).origin) =>
		send(path, {
			method: 'POST',
			headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams(fields).toString(),
		});
	return {
		cookies,
		get: (path, headers) => send(path, { headers }),
		post,
		signIn: (email, password, to = '/') => post('/sign-in', { email, password, to }),
	};
}
