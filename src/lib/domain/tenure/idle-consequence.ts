import { explain, explainNoRule, type Explained } from '../rule/explained.ts';
import { readFraction, readMonths } from '../rule/measure.ts';
import { findRuleInForce, isSet, type RuleValue } from '../rule/rule-value.ts';
import { dayReached, type Pause } from './idle-clock.ts';
import { divideRounded, toFen } from './money.ts';

/** How land is held, as far as the fee asks: what it is a share of. */
export type FeeBase = 'grant' | 'allocation' | 'lease' | 'contribution';

/**
 * The idle-land fee (闲置费) that a decision could set at most, or sets, in fen: `idle.fee.<base>` per cent of the price, rounded to the fen.
 *
 * Nothing is decided by it: a fee needs a finding and a decision. Of a lease no rule is set. O(rules).
 * Source: 城市房地产管理法 第26条 (百分之二十以下); 闲置土地处置办法 (国土资源部令第53号).
 */
export function possibleFee(
	{ base, priceFen }: { readonly base: FeeBase; readonly priceFen: number | null },
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): Explained<number> {
	const key = `idle.fee.${base}`;
	const rule = findRuleInForce(rules, key, parkId, onDate);
	const share = isSet(rule) && rule.unit === 'pct' ? readFraction(rule.value) : null;
	const isMost = rule?.comparison === '<=';
	if (share === null || !(isMost || rule?.comparison === '=')) return explainNoRule(key, rule);
	if (priceFen === null) return explain<number>(null, 'idle.price-unknown', { base }, rule);
	const fee = toFen(divideRounded(BigInt(priceFen) * share.numerator, share.denominator * 100n));
	return explain(fee, isMost ? 'idle.fee-at-most' : 'idle.fee-of-price', { base, priceFen }, rule);
}

/**
 * The first day on which land whose works have not begun could be taken back without payment, by `idle.take-back` after the agreed start.
 *
 * Pauses that are not the holder's put it off; no day while one goes on. Nothing is decided by it. O(rules + pauses log pauses).
 * Source: 城市房地产管理法 第26条.
 */
export function possibleTakeBack(
	{ agreedStartOn, pauses }: { readonly agreedStartOn: string; readonly pauses: readonly Pause[] },
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): Explained<string> {
	const key = 'idle.take-back';
	const rule = findRuleInForce(rules, key, parkId, onDate);
	const months = readMonths(rule);
	if (months === null || rule?.comparison !== '>=') return explainNoRule(key, rule);
	const day = dayReached(agreedStartOn, months, pauses);
	return explain(day, day === null ? 'idle.clock-stands' : 'idle.take-back-from', { agreedStartOn }, rule);
}
