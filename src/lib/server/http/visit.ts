import type { RequestEvent } from '@sveltejs/kit';
import type { Visit } from '../service/sign-in.ts';

/** A request as sign-in sees it. */
export function visitOf(event: Pick<RequestEvent, 'request' | 'getClientAddress'>): Visit {
	return { headers: event.request.headers, address: event.getClientAddress() };
}

/** Where to go after sign-in: an address of this site, else the map. A foreign one would make a trusted form lead astray. */
export function sameSiteTarget(wanted: string | null, origin: string): string {
	if (wanted === null || !/^\/(?![/\\])/.test(wanted) || !URL.canParse(wanted, origin)) return '/';
	const url = new URL(wanted, origin);
	const isOwn = url.origin === origin && url.pathname !== '/sign-in';
	return isOwn ? `${url.pathname}${url.search}${url.hash}` : '/';
}

/** Says whether another site made a browser send this: what changes something comes from our own pages. */
export function isForged(request: Request, origin: string): boolean {
	if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return false;
	const from = request.headers.get('origin');
	return from === null ? request.headers.get('sec-fetch-site') === 'cross-site' : from !== origin;
}

/** A field of a form as text, at most so long; what is no text is empty. */
export function textOf(form: FormData, name: string, mostCharacters = 254): string {
	const value = form.get(name);
	return typeof value === 'string' ? value.slice(0, mostCharacters) : '';
}
