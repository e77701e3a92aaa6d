import { explain, explainNoRule, type Explained } from '../rule/explained.ts';
import { fraction } from '../rule/measure.ts';
import { findRuleInForce, isSet, type RuleValue } from '../rule/rule-value.ts';
import { checkValue } from '../supply/check-value.ts';
import { finding, type Finding } from '../supply/finding.ts';
import { leaseDates } from './term.ts';

/**
 * The days from which the rent is to be set anew: after every so many years of the lease as the rule `rent.review-years` says, within the lease.
 *
 * No rule, no days: `rule.none`. O(years).
 */
export function reviewDays(
	{ startsOn, lastOn }: { readonly startsOn: string; readonly lastOn: string },
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): Explained<readonly string[]> {
	const key = 'rent.review-years';
	const rule = findRuleInForce(rules, key, parkId, onDate);
	if (!isSet(rule) || rule.unit !== 'year' || !/^[1-9]\d?$/.test(rule.value)) return explainNoRule(key, rule);
	const every = Number(rule.value);
	const days: string[] = [];
	for (let years = every; ; years += every) {
		const day = leaseDates(startsOn, years * 12).endedOn;
		if (day > lastOn) break;
		days.push(day);
	}
	return explain(days, 'rent.reviewed-every', { startsOn, lastOn, years: every }, rule);
}

/** Checks how far a rent rises when it is set anew, in per cent of the rent before: rule `rent.rise-max`. O(rules). */
export function checkRise(
	{ beforeFen, afterFen }: { readonly beforeFen: number; readonly afterFen: number },
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): Finding {
	const key = 'rent.rise-max';
	const rule = findRuleInForce(rules, key, parkId, onDate);
	if (beforeFen <= 0) return finding('unknown', 'rent.nothing-before', { beforeFen, afterFen }, rule);
	const measured = rule?.unit === 'pct' ? fraction(BigInt(afterFen - beforeFen) * 100n, beforeFen) : null;
	return checkValue(
		measured,
		key,
		rule,
		{ pass: 'rent.rise-within', fail: 'rent.rise-over' },
		{ beforeFen, afterFen },
	);
}

/** Checks a yearly rent against the price of the land, in per cent of it: rule `rent.yearly-share-min`. O(rules). */
export function checkYearlyShare(
	{ yearlyRentFen, priceFen }: { readonly yearlyRentFen: number; readonly priceFen: number },
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): Finding {
	const key = 'rent.yearly-share-min';
	const rule = findRuleInForce(rules, key, parkId, onDate);
	const measured =
		rule?.unit === 'pct' && priceFen > 0 ? fraction(BigInt(yearlyRentFen) * 100n, priceFen) : null;
	const codes = { pass: 'rent.share-reached', fail: 'rent.share-below' };
	return checkValue(measured, key, rule, codes, { yearlyRentFen, priceFen });
}
