import { fail, redirect } from '@sveltejs/kit';
import { PASSWORD_MIN_LENGTH } from '$lib/domain/access/password-policy.ts';
import { textOf, visitOf } from '$lib/server/http/visit.ts';
import { application } from '$lib/server/service/application.ts';
import { findWaysIn } from '$lib/server/service/sign-in-provider.ts';
import { changePassword } from '$lib/server/service/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

const SIGN_IN = '/sign-in?to=/account/password';
/** More than the longest password, so that one that is too long is told so and not cut. */
const LONGEST_READ = 1000;

export const load: PageServerLoad = async ({ locals: { visitor } }) => {
	if (visitor === null) redirect(303, SIGN_IN);
	// Who comes by another service alone has nothing to change here; his account says so.
	if (!(await findWaysIn(application().signIn, visitor)).hasPassword) redirect(303, '/account');
	return {
		email: visitor.actor.email,
		isOneTime: visitor.mustChangePassword,
		minLength: PASSWORD_MIN_LENGTH,
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { visitor } = event.locals;
		if (visitor === null) redirect(303, SIGN_IN);
		const form = await event.request.formData();
		const [current, wanted, again] = ['current', 'wanted', 'again'].map((name) =>
			textOf(form, name, LONGEST_READ),
		);
		if (wanted !== again) return fail(400, { code: 'password.differs' });
		const answer = await changePassword(application().signIn, visitOf(event), visitor.actor, {
			current,
			wanted,
		});
		if (!answer.ok) return fail(400, { code: answer.code });
		event.locals.cookies = [...answer.cookies];
		redirect(303, '/account');
	},
};
