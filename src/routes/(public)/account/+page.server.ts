import { redirect } from '@sveltejs/kit';
import { textOf, visitOf } from '$lib/server/http/visit.ts';
import { application, contextFor } from '$lib/server/service/application.ts';
import { listOwnRoles } from '$lib/server/service/people.ts';
import { findWaysIn } from '$lib/server/service/sign-in-provider.ts';
import { endSession, listSessions } from '$lib/server/service/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { visitor } = event.locals;
	if (visitor === null) redirect(303, '/sign-in?to=/account');
	const { name, email } = visitor.actor;
	return {
		person: { name, email },
		waysIn: await findWaysIn(application().signIn, visitor),
		roles: await listOwnRoles(contextFor(visitor.actor)),
		sessions: await listSessions(application().signIn, visitOf(event), visitor),
	};
};

export const actions: Actions = {
	endSession: async (event) => {
		if (event.locals.visitor === null) redirect(303, '/sign-in?to=/account');
		const form = await event.request.formData();
		await endSession(application().signIn, visitOf(event), textOf(form, 'session'));
		redirect(303, '/account');
	},
};
