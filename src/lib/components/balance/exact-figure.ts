import type { BalanceQuery } from '$lib/api/balance.ts';

/** The units a reader may choose: m², hectare, mu (亩, 2000/3 m²) and km². */
export type AreaUnit = BalanceQuery['unit'];

export const AREA_UNITS: readonly AreaUnit[] = ['m2', 'ha', 'mu', 'km2'];

/** Hundredths of a square metre in one unit, as a fraction: 1 亩 = 2000/3 m². */
const HUNDREDTHS: Readonly<Record<AreaUnit, { numerator: bigint; denominator: bigint }>> = {
	m2: { numerator: 100n, denominator: 1n },
	ha: { numerator: 1_000_000n, denominator: 1n },
	mu: { numerator: 200_000n, denominator: 3n },
	km2: { numerator: 100_000_000n, denominator: 1n },
};

const MINUS = '\u2212';
const NARROW_SPACE = '\u202f';

/** Reads a plain decimal (`-12.30`) as an integer of its last decimal's unit: digits without the point. */
export function decimalToInteger(text: string, decimals: number): bigint {
	const match = /^([-\u2212]?)(\d+)(?:\.(\d*))?$/.exec(text);
	if (match === null) throw new RangeError(`not a decimal: ${text}`);
	const [, sign, whole, fraction = ''] = match;
	if (fraction.length > decimals) throw new RangeError(`more than ${decimals} decimals: ${text}`);
	const value = BigInt(whole + fraction.padEnd(decimals, '0'));
	return sign === '' ? value : -value;
}

/** Writes an integer of the last decimal's unit as a plain decimal: the inverse of `decimalToInteger`. */
export function integerToDecimal(value: bigint, decimals: number): string {
	const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
	const point = digits.length - decimals;
	const text = decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
	return value < 0n ? `-${text}` : text;
}

/**
 * Converts an area in m² (two decimals) to a unit without passing through floating point.
 *
 * Returns a plain decimal with `decimals` decimals, halves rounded away from zero.
 */
export function areaInUnit(squareMetres: string, unit: AreaUnit, decimals: number): string {
	const { numerator, denominator } = HUNDREDTHS[unit];
	const scaled = decimalToInteger(squareMetres, 2) * denominator * 10n ** BigInt(decimals);
	const size = scaled < 0n ? -scaled : scaled;
	const rounded = (2n * size + numerator) / (2n * numerator);
	return integerToDecimal(scaled < 0n ? -rounded : rounded, decimals);
}

/** Groups the whole part in threes with narrow no-break spaces and sets a real minus sign. */
export function grouped(decimal: string): string {
	const [whole, fraction] = decimal.replace('-', MINUS).split('.');
	const groups = whole.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE);
	return fraction === undefined ? groups : `${groups}.${fraction}`;
}

/** As `grouped`, with the sign always shown: + for more, − for less, ± for exactly nothing. */
export function signed(decimal: string): string {
	if (isZero(decimal)) return `±${grouped(decimal.replace('-', ''))}`;
	return decimal.startsWith('-') ? grouped(decimal) : `+${grouped(decimal)}`;
}

/** Says whether a plain decimal is zero in every digit. */
export function isZero(decimal: string): boolean {
	return /^-?0+(\.0*)?$/.test(decimal);
}

/** Drops zeros at the end of the decimals (`243.000` → `243`), for round official figures. */
export function trimmed(decimal: string): string {
	return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
