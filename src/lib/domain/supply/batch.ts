import { addMonths, daysBetween } from '../calendar/day.ts';
import { explain, explainNoRule, type Explained } from '../rule/explained.ts';
import { readMonths } from '../rule/measure.ts';
import { findRuleInForce, type RuleValue } from '../rule/rule-value.ts';

/** A batch of converted or acquired land (批次) with what was supplied of it; areas as documents state them, in 0.01 m². */
export interface Batch {
	readonly number: string;
	readonly approvedOn: string;
	readonly approvedDm2: number;
	readonly supplies: readonly { readonly suppliedOn: string; readonly areaDm2: number }[];
	/** Why the rest was not supplied, as somebody recorded it; null: nobody did. */
	readonly cause: string | null;
}

/** Where a batch stands on a day. */
export interface BatchState {
	readonly number: string;
	readonly approvedDm2: number;
	readonly suppliedDm2: number;
	/** Negative where more was supplied than approved: a figure is wrong. */
	readonly remainingDm2: number;
	readonly state: 'supplied' | 'remaining' | 'over_supplied';
	/** Days since the approval. */
	readonly ageDays: number;
	/** The day up to which the approval can be used, by `batch.lapse`; a batch of which something was supplied is used. */
	readonly lapse: Explained<string>;
	/** Whether nothing was supplied and that day is past; null: no rule says. */
	readonly isPastLapse: boolean | null;
	readonly cause: string | null;
}

/**
 * Says what of a batch is supplied and what remains on a day, and until when its approval can be used.
 *
 * Supplies after the day do not count. The last day is the same day of the month; where that month has no such day, its last. O(supplies + rules).
 * Source: 自然资规〔2018〕1号 (two years), which had five years' validity: unverified.
 */
export function batchState(batch: Batch, rules: readonly RuleValue[], onDate: string): BatchState {
	const { number, approvedOn, approvedDm2, supplies, cause } = batch;
	const counted = supplies.filter(({ suppliedOn }) => suppliedOn <= onDate);
	const suppliedDm2 = counted.reduce((sum, { areaDm2 }) => sum + areaDm2, 0);
	if (!Number.isSafeInteger(suppliedDm2)) throw new RangeError(`batch ${number}: areas are no whole 0.01 m²`);
	const remainingDm2 = approvedDm2 - suppliedDm2;
	const lapse = lapseOf(approvedOn, rules, onDate);
	return {
		number,
		approvedDm2,
		suppliedDm2,
		remainingDm2,
		state: remainingDm2 < 0 ? 'over_supplied' : remainingDm2 > 0 ? 'remaining' : 'supplied',
		ageDays: daysBetween(approvedOn, onDate),
		lapse,
		isPastLapse: lapse.value === null ? null : suppliedDm2 === 0 && approvedDm2 > 0 && onDate > lapse.value,
		cause,
	};
}

function lapseOf(approvedOn: string, rules: readonly RuleValue[], onDate: string): Explained<string> {
	const key = 'batch.lapse';
	const rule = findRuleInForce(rules, key, null, onDate);
	const months = readMonths(rule);
	if (months === null) return explainNoRule(key, rule);
	return explain(addMonths(approvedOn, months), 'batch.lapses-on', { approvedOn, months }, rule);
}
