import { formatArea as writeArea, parseSteps, type AreaUnit } from '$geo/area/unit.ts';
import type { Locale } from './locale.ts';
import { groupDecimal } from './format-number.ts';

export type { AreaUnit };

export const AREA_UNITS: readonly AreaUnit[] = ['m2', 'ha', 'mu', 'km2'];

const DECIMALS: Readonly<Record<'exact' | 'summary', Readonly<Record<AreaUnit, number>>>> = {
	exact: { m2: 2, ha: 4, mu: 3, km2: 6 },
	summary: { m2: 0, ha: 2, mu: 1, km2: 3 },
};

const UNIT_NAMES: Readonly<Record<Locale, Readonly<Record<AreaUnit, string>>>> = {
	zh: { m2: '平方米', ha: '公顷', mu: '亩', km2: '平方千米' },
	en: { m2: 'm²', ha: 'ha', mu: 'mu (亩)', km2: 'km²' },
};

/** How much precision a figure shows: `exact` for one parcel, `summary` for sums in a list. */
export type AreaDetail = 'exact' | 'summary';

/** The name of a unit as it stands behind a figure. */
export function unitName(unit: AreaUnit, locale: Locale): string {
	return UNIT_NAMES[locale][unit];
}

/** Decimals of areas in m² as they are stored and sent. */
const M2_DECIMALS = 2;

/**
 * Converts an area to a unit as a decimal string, rounded half away from zero, computed in integers.
 *
 * `areaM2` is a decimal string in m² of at most two decimals (exact), or a number, which is rounded to 0.01 m² first.
 */
export function convertArea(areaM2: string | number, unit: AreaUnit, detail: AreaDetail = 'exact'): string {
	const text = typeof areaM2 === 'number' ? areaM2.toFixed(M2_DECIMALS) : areaM2;
	return writeArea(parseSteps(text, M2_DECIMALS), unit, DECIMALS[detail][unit]);
}

/** Writes an area with thin grouping and its unit, e.g. "12 345.67 m²". */
export function formatArea(
	areaM2: string | number,
	unit: AreaUnit,
	locale: Locale,
	detail: AreaDetail = 'exact',
): string {
	return `${groupDecimal(convertArea(areaM2, unit, detail))}\u00a0${unitName(unit, locale)}`;
}
