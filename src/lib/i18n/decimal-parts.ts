import { apportionToTotal } from '$geo/area/apportion.ts';
import { groupDecimal } from './format-number.ts';

/** Figures of a list that add up to its total as it is written, one by one and in groups. */
export interface DecimalParts {
	/** The figure of some entries together; what is there but gets no last digit reads "<0.01". */
	text(entries: readonly number[]): string;
}

/**
 * Shares a decimal figure out to entries by weight, in units of its last digit, by largest remainders.
 *
 * Every entry's figure is its exact share rounded down or up, so that a column of rounded figures adds up.
 * Without any weight every figure is zero.
 */
export function decimalParts(total: string, weights: readonly number[]): DecimalParts {
	const decimals = total.split('.')[1]?.length ?? 0;
	const shared = apportionToTotal(Float64Array.from(weights), Number(total.replace('.', '')));
	const steps = shared.ok ? shared.parts : new Float64Array(weights.length);
	const write = (sum: number): string => groupDecimal((sum / 10 ** decimals).toFixed(decimals));
	return {
		text(entries) {
			const sum = entries.reduce((part, entry) => part + steps[entry], 0);
			const isTrace = sum === 0 && entries.some((entry) => weights[entry] > 0);
			return isTrace ? `<${write(1)}` : write(sum);
		},
	};
}
