import { error, redirect } from '@sveltejs/kit';
import { sameSiteTarget, visitOf } from '$lib/server/http/visit.ts';
import { application } from '$lib/server/service/application.ts';
import { beginAtProvider } from '$lib/server/service/sign-in-provider.ts';
import type { RequestHandler } from './$types';

/** Sends a browser to the service by which people sign in here too. A link and no form: what forms may lead to is this site alone. */
export const GET: RequestHandler = async (event) => {
	const { signIn } = application();
	if (signIn.provider === null) error(404);
	const to = sameSiteTarget(event.url.searchParams.get('to'), event.url.origin);
	if (event.locals.visitor !== null) redirect(303, to);
	// Nobody begins a sign-in for another.
	if (event.request.headers.get('sec-fetch-site') === 'cross-site') redirect(303, '/sign-in');
	const answer = await beginAtProvider(signIn, signIn.provider, visitOf(event), to);
	if (!answer.ok) redirect(303, `/sign-in?${new URLSearchParams({ fault: answer.code, to }).toString()}`);
	event.locals.cookies = [...answer.cookies];
	redirect(303, answer.url);
};
