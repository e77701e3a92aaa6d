/** A value that a zone set or was loaded with, as its days are reckoned; days 'YYYY-MM-DD', in force in [validFrom, validTo). */
export interface DatedRule {
	readonly ruleNo: number;
	readonly validFrom: string | null;
	readonly validTo: string | null;
	/** The value that ended as this one began, and until when that was to hold. */
	readonly endsRuleNo: number | null;
	readonly endsValidTo: string | null;
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
			readonly code: 'rule.begins-same-day' | 'rule.later-stands';
			readonly with: DatedRule;
	  };

/**
 * Says which value of the same key and place ends as a new one begins, and whether one stands in its way.
 *
 * The new one holds in [from, to); null is open. One that begins on its first day is refused as `rule.begins-same-day` (a mistake is voided, not
 * overwritten), one that begins within its days as `rule.later-stands`. Voided values count for nothing. O(values).
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
	return { ok: true, ends: ends ?? null };
}

/**
 * Says which value holds again where one is voided, and until when: the one that ended as it began, until its former end or until what follows begins.
 *
 * Links lead over values that were voided before. Null: none ended for it, or that one has since got another end. O(values).
 */
export function endAfterVoid(values: readonly DatedRule[], voided: DatedRule): RuleEnd | null {
	let link: DatedRule = voided;
	let ended = values.find(({ ruleNo }) => ruleNo === link.endsRuleNo);
	while (ended !== undefined && ended.isVoid) {
		link = ended;
		ended = values.find(({ ruleNo }) => ruleNo === link.endsRuleNo);
	}
	if (ended === undefined || ended.validTo !== voided.validFrom) return null;
	const { ruleNo } = ended;
	const next = values
		.filter(
			(one) =>
				!one.isVoid && one.ruleNo !== voided.ruleNo && (one.validFrom ?? '') >= (voided.validFrom ?? ''),
		)
		.map(({ validFrom }) => validFrom ?? '')
		.sort()[0];
	const was = link.endsValidTo;
	if (next === undefined || (was !== null && was <= next)) return { ruleNo, validTo: was };
	return { ruleNo, validTo: next };
}
