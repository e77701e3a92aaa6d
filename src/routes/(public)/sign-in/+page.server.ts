import { fail, redirect } from '@sveltejs/kit';
import { sameSiteTarget, textOf, visitOf } from '$lib/server/http/visit.ts';
import { application } from '$lib/server/service/application.ts';
import { findProviderFault } from '$lib/server/service/sign-in-provider.ts';
import { signIn } from '$lib/server/service/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	const to = sameSiteTarget(url.searchParams.get('to'), url.origin);
	if (locals.visitor !== null) redirect(303, to);
	const { provider } = application().signIn;
	return {
		to,
		provider: provider?.name ?? null,
		fault: provider && findProviderFault(url.searchParams.get('fault')),
	};
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const email = textOf(form, 'email');
		const password = textOf(form, 'password');
		if (email.trim() === '' || password === '') return fail(400, { code: 'sign-in.incomplete', email });
		const answer = await signIn(application().signIn, visitOf(event), { email, password });
		if (!answer.ok) {
			return fail(answer.code === 'sign-in.refused' ? 400 : 429, { code: answer.code, email });
		}
		event.locals.cookies = [...answer.cookies];
		redirect(303, sameSiteTarget(textOf(form, 'to', 2048), event.url.origin));
	},
};
