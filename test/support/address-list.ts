import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROUTES = fileURLToPath(new URL('../../src/routes', import.meta.url));

/** Every address that answers a program, with its method, as its file stands in the folder of routes: `GET /api/v1/zones/[zone]`. */
export function listAddresses(): string[] {
	return readdirSync(ROUTES, { recursive: true })
		.map(String)
		.filter((file) => /(^|\/)\+server\.ts$/.test(file))
		.flatMap((file) => {
			const path = file.replace(/\/?\+server\.ts$/, '').replaceAll(/\([^)]*\)\//g, '');
			const source = readFileSync(join(ROUTES, file), 'utf8');
			const methods = source.matchAll(/export const (GET|POST|PUT|PATCH|DELETE)\b/g);
			return Array.from(methods, ([, method]) => `${method} /${path}`);
		})
		.sort();
}

/** Every act of a form on a page, as its page's address and its name: `POST /people/[zone]?/invite`; one without a name bears the address alone. */
export function listFormActs(): string[] {
	return readdirSync(ROUTES, { recursive: true })
		.map(String)
		.filter((file) => /(^|\/)\+page\.server\.ts$/.test(file))
		.flatMap((file) => {
			const path = file.replace(/\/?\+page\.server\.ts$/, '').replaceAll(/\([^)]*\)\//g, '');
			const [, acts = ''] = readFileSync(join(ROUTES, file), 'utf8').split('export const actions');
			return Array.from(acts.matchAll(/^\t(\w+): /gm), ([, name]) =>
				name === 'default' ? `POST /${path}` : `POST /${path}?/${name}`,
			);
		})
		.sort();
}
