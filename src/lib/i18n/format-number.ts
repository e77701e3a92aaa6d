/** Narrow no-break space: groups digits in both languages without being taken for a decimal sign. */
export const GROUP_SEPARATOR = '\u202f';
const MINUS = '\u2212';

/** Groups the integer digits of a decimal string by threes; digits and precision stay as they are. */
export function groupDecimal(decimal: string): string {
	const negative = decimal.startsWith('-');
	const unsigned = negative ? decimal.slice(1) : decimal;
	const [integer, fraction] = unsigned.split('.');
	const grouped = integer.replace(/\B(?=(\d{3})+(?!\d))/g, GROUP_SEPARATOR);
	const sign = negative && /[1-9]/.test(unsigned) ? MINUS : '';
	return sign + grouped + (fraction === undefined ? '' : `.${fraction}`);
}

/** Writes a number with a fixed count of decimals and thin grouping. */
export function formatNumber(value: number, decimals = 0): string {
	return groupDecimal(value.toFixed(decimals));
}

/** Writes a share of 1 as per cent with one decimal; what is there but rounds to nothing reads "<0.1%". */
export function formatShare(share: number): string {
	if (share > 0 && share < 0.0005) return '<0.1%';
	return `${(share * 100).toFixed(1)}%`;
}
