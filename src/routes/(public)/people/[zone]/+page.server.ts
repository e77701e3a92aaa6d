import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { textOf } from '$lib/server/http/visit.ts';
import { contextFor } from '$lib/server/service/application.ts';
import {
	addOffice,
	disablePerson,
	endRole,
	findPeople,
	grantRole,
	invitePerson,
	resetPassword,
	type PeopleAnswer,
} from '$lib/server/service/people.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	if (locals.actor.kind !== 'user') redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname)}`);
	const people = await findPeople(contextFor(locals.actor), params.zone);
	if (people === null) error(404);
	// Its answers may show a one-time password.
	setHeaders({ 'cache-control': 'no-store' });
	return people;
};

type Act = (
	context: ReturnType<typeof contextFor>,
	zoneId: string,
	text: (name: string) => string,
) => Promise<PeopleAnswer>;

/** One act of a form; a refusal names the form that it came from and gives back what was typed. */
function action(act: Act) {
	return async ({ request, locals, params }: RequestEvent<{ zone: string }>) => {
		const form = await request.formData();
		const text = (name: string) => textOf(form, name);
		const answer = await act(contextFor(locals.actor), params.zone, text);
		const typed = Object.fromEntries([...form.keys()].map((name) => [name, text(name)]));
		if (!answer.ok) return fail(answer.code === 'people.forbidden' ? 403 : 400, { code: answer.code, typed });
		return { oneTimePassword: answer.oneTimePassword, email: answer.email ?? text('email') };
	};
}

const choiceOf = (text: (name: string) => string) => ({
	role: text('role'),
	parkId: text('park') || null,
	officeId: text('office') || null,
});

export const actions: Actions = {
	invite: action((context, zone, text) =>
		invitePerson(context, zone, { name: text('name'), email: text('email') }, choiceOf(text)),
	),
	grant: action((context, zone, text) => grantRole(context, zone, text('user'), choiceOf(text))),
	end: action((context, zone, text) => endRole(context, zone, Number.parseInt(text('grant'), 10) || 0)),
	disable: action((context, zone, text) => disablePerson(context, zone, text('user'), true)),
	enable: action((context, zone, text) => disablePerson(context, zone, text('user'), false)),
	reset: action((context, zone, text) => resetPassword(context, zone, text('user'))),
	office: action((context, zone, text) =>
		addOffice(context, zone, {
			officeId: text('officeId'),
			kind: text('kind'),
			nameZh: text('nameZh'),
			nameEn: text('nameEn'),
		}),
	),
};
