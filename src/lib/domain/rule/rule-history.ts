/** A value that a zone set or was loaded with, as its days are reckoned; days 'YYYY-MM-DD', in force in [validFrom, validTo). */
export interface DatedRule {
	readonly ruleNo: number;
	/** Null: no rule set. */
	readonly value: string | null;
	readonly validFrom: string | null;
	/** The earlier of its own end and the first day of the next value that stands. */
	readonly validTo: string | null;
	/** Its own end, as it was set or ended by an act; null: open. */
	readonly setValidTo: string | null;
	readonly isVoid: boolean;
}

/** The end that a value gets; null: open. */
export interface RuleEnd {
	readonly ruleNo: number;
	readonly validTo: string | null;
}

/** What a new value meets: the value that ends as it begins, or one that stands in its way. */
export type Placing =
	| { readonly ok: true; readonly ends: DatedRule | null }
	| {
			readonly ok: false;
			readonly code: 'rule.begins-same-day' | 'rule.later-stands' | 'rule.leaves-gap';
			readonly with: DatedRule;
	  };

/**
 * Says which value of the same key and place ends as a new one begins, and whether one stands in its way.
 *
 * The new one holds in [from, to); null is open. One that begins on its first day is refused as `rule.begins-same-day` (a mistake is voided, not
 * overwritten), one that begins within its days as `rule.later-stands`, and a last day before the one until which a value in force would hold as
 * `rule.leaves-gap`: what holds from then on is set too, with its own source. Voided values count for nothing. O(values).
 */
export function placeRule(values: readonly DatedRule[], from: string, to: string | null): Placing {
	const standing = values.filter(({ isVoid }) => !isVoid);
	const same = standing.find(({ validFrom }) => validFrom === from);
	if (same !== undefined) return { ok: false, code: 'rule.begins-same-day', with: same };
	const later = standing
		.filter(({ validFrom }) => validFrom !== null && validFrom > from && (to === null || validFrom < to))
		.sort((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1));
	if (later.length > 0) return { ok: false, code: 'rule.later-stands', with: later[0] };
	const ends = standing.find(
		({ validFrom, validTo }) =>
			(validFrom === null || validFrom < from) && (validTo === null || validTo > from),
	);
	if (ends === undefined) return { ok: true, ends: null };
	const isShorter = to !== null && (ends.validTo === null || to < ends.validTo);
	return isShorter && ends.value !== null
		? { ok: false, code: 'rule.leaves-gap', with: ends }
		: { ok: true, ends };
}

/**
 * Says until when the value before one that is voided holds then: until its own end, or until the next that stands begins, as if the voided one had never been.
 *
 * So voiding in any order leads to the same days. Null: none stands before it, or its end stays. O(values).
 */
export function endAfterVoid(values: readonly DatedRule[], voided: DatedRule): RuleEnd | null {
	const standing = values.filter(({ ruleNo, isVoid }) => !isVoid && ruleNo !== voided.ruleNo);
	const begins = ({ validFrom }: DatedRule) => validFrom ?? '';
	const before = standing
		.filter((one) => begins(one) < begins(voided))
		.reduce<DatedRule | null>(
			(last, one) => (last === null || begins(one) > begins(last) ? one : last),
			null,
		);
	if (before === null) return null;
	const ends = standing.map(begins).filter((day) => day > begins(before));
	if (before.setValidTo !== null) ends.push(before.setValidTo);
	const validTo = ends.sort()[0] ?? null;
	return validTo === before.validTo ? null : { ruleNo: before.ruleNo, validTo };
}
