import { groupDecimal } from '$lib/i18n/format-number.ts';

/** Reads a plain decimal (`-12.30`) as an integer of its last decimal's unit: digits without the point. */
export function decimalToInteger(text: string, decimals: number): bigint {
	const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text);
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

/** Groups a decimal with the sign always shown: + for more, − for less, ± for exactly nothing. */
export function signed(decimal: string): string {
	if (isZero(decimal)) return `±${groupDecimal(decimal)}`;
	return decimal.startsWith('-') ? groupDecimal(decimal) : `+${groupDecimal(decimal)}`;
}

/** Says whether a plain decimal is zero in every digit. */
export function isZero(decimal: string): boolean {
	return /^-?0+(\.0*)?$/.test(decimal);
}

/** Drops zeros at the end of the decimals (`243.000` → `243`), for round official figures. */
export function trimmed(decimal: string): string {
	return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

/** Adds plain decimals exactly; all have at most `decimals` decimals. */
export function sumDecimals(texts: readonly string[], decimals: number): string {
	return integerToDecimal(
		texts.reduce((sum, text) => sum + decimalToInteger(text, decimals), 0n),
		decimals,
	);
}
