import { AREA_UNITS, type AreaUnit } from '$lib/i18n/format-area.ts';
import { zonesOf } from '$lib/server/access/actor.ts';
import type { LayoutServerLoad } from './$types';

/** The unit that a link asks for, else the reader's own. */
function unitOf(asked: string | null, cookie: string | undefined): AreaUnit {
	return AREA_UNITS.find((unit) => unit === asked) ?? AREA_UNITS.find((unit) => unit === cookie) ?? 'ha';
}

/** The reader's choices and who he is, for the shell. */
export const load: LayoutServerLoad = ({ locals, cookies, url }) => ({
	locale: locals.locale,
	theme: locals.theme,
	unit: unitOf(url.searchParams.get('unit'), cookies.get('unit')),
	officeOnLocalhost: locals.actor.kind === 'office_on_localhost',
	account:
		locals.visitor === null
			? null
			: {
					name: locals.visitor.actor.name,
					managesPeopleOf: zonesOf(locals.visitor.actor, 'people.manage'),
					readsDraftsOf: locals.visitor.mustChangePassword
						? []
						: zonesOf(locals.visitor.actor, 'changeset.read'),
					readsSuppliesOf: locals.visitor.mustChangePassword
						? []
						: zonesOf(locals.visitor.actor, 'supply.read'),
					managesSuppliesOf: locals.visitor.mustChangePassword
						? []
						: zonesOf(locals.visitor.actor, 'supply.manage'),
				},
});
