import { AREA_UNITS, type AreaUnit } from '$lib/i18n/format-area.ts';
import type { LayoutServerLoad } from './$types';

function unitOf(cookie: string | undefined): AreaUnit {
	return AREA_UNITS.find((unit) => unit === cookie) ?? 'ha';
}

/** The reader's choices and whether this is the office view, for the shell. */
export const load: LayoutServerLoad = ({ locals, cookies }) => ({
	locale: locals.locale,
	theme: locals.theme,
	unit: unitOf(cookies.get('unit')),
	office: locals.actor.grade === 'office',
});
