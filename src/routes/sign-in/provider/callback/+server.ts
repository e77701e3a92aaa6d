import { error, redirect } from '@sveltejs/kit';
import { sameSiteTarget, visitOf } from '$lib/server/http/visit.ts';
import { application } from '$lib/server/service/application.ts';
import { returnFromProvider } from '$lib/server/service/sign-in-provider.ts';
import type { RequestHandler } from './$types';

/** Where the service sends people back to: signed in to where they wanted to go, else to the sign-in page, which says why not. */
export const GET: RequestHandler = async (event) => {
	const { signIn } = application();
	if (signIn.provider === null) error(404);
	const answer = await returnFromProvider(signIn, signIn.provider, visitOf(event), event.url.searchParams);
	event.locals.cookies = [...answer.cookies];
	if (!answer.ok) redirect(303, `/sign-in?fault=${answer.code}`);
	redirect(303, sameSiteTarget(answer.to, event.url.origin));
};
