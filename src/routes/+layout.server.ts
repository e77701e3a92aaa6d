import { AREA_UNITS, type AreaUnit } from '$lib/i18n/format-area.ts';
import type { LayoutServerLoad } from './$types';

/** The unit that a link asks for, else the reader's own. */
function unitOf(asked: string | null, cookie: string | undefined): AreaUnit {
	return AREA_UNITS.find((unit) => unit === asked) ?? AREA_UNITS.find((unit) => unit === cookie) ?? 'ha';
}

/** The reader's choices and where he has the office view, for the shell. */
export const load: LayoutServerLoad = ({ locals, cookies, url }) => ({
	locale: locals.locale,
	theme: locals.theme,
	unit: unitOf(url.searchParams.get('unit'), cookies.get('unit')),
	officeOnLocalhost: locals.actor.kind === 'office_on_localhost',
});
