import { groupDecimal } from '$lib/i18n/format-number.ts';

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
