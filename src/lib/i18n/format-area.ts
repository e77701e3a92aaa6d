import type { Locale } from './locale.ts';
import { groupDecimal } from './format-number.ts';

/** Units in which a reader may see areas. 1 亩 = 2000/3 m². */
export type AreaUnit = 'm2' | 'ha' | 'mu' | 'km2';

export const AREA_UNITS: readonly AreaUnit[] = ['m2', 'ha', 'mu', 'km2'];

/** Units per 0.01 m², as a fraction: value = hundredths × numerator / denominator. */
const PER_HUNDREDTH: Readonly<Record<AreaUnit, readonly [numerator: bigint, denominator: bigint]>> = {
	m2: [1n, 100n],
	ha: [1n, 1_000_000n],
	mu: [3n, 200_000n],
	km2: [1n, 100_000_000n],
};

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

function hundredthsOf(areaM2: string | number): bigint {
	const text = typeof areaM2 === 'number' ? areaM2.toFixed(2) : areaM2;
	const negative = text.startsWith('-');
	const [integer, fraction = ''] = (negative ? text.slice(1) : text).split('.');
	const hundredths = BigInt(integer) * 100n + BigInt(fraction.padEnd(2, '0').slice(0, 2));
	return negative ? -hundredths : hundredths;
}

/**
 * Converts an area to a unit as a decimal string, rounded half away from zero, computed in integers.
 *
 * `areaM2` is a decimal string in m² (exact) or a number; parts below 0.01 m² are dropped.
 */
export function convertArea(areaM2: string | number, unit: AreaUnit, detail: AreaDetail = 'exact'): string {
	const decimals = DECIMALS[detail][unit];
	const [numerator, denominator] = PER_HUNDREDTH[unit];
	const hundredths = hundredthsOf(areaM2);
	const magnitude = hundredths < 0n ? -hundredths : hundredths;
	const scaled = magnitude * numerator * 10n ** BigInt(decimals);
	const rounded = (scaled * 2n + denominator) / (denominator * 2n);
	const digits = rounded.toString().padStart(decimals + 1, '0');
	const point = digits.length - decimals;
	const unsigned = decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
	return hundredths < 0n && rounded > 0n ? `-${unsigned}` : unsigned;
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
