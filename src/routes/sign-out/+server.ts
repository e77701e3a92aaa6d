import { visitOf } from '$lib/server/http/visit.ts';
import { application } from '$lib/server/service/application.ts';
import { signOut } from '$lib/server/service/sign-in.ts';
import type { RequestHandler } from './$types';

/** Ends the session and has the browser forget what it kept of the office view, tiles above all. */
export const POST: RequestHandler = async (event) => {
	const cookies = await signOut(application().signIn, visitOf(event));
	event.locals.cookies = [...cookies];
	return new Response(null, { status: 303, headers: { location: '/', 'clear-site-data': '"cache"' } });
};
