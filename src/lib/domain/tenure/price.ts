import { explain, explainNoRule, type Explained } from '../rule/explained.ts';
import { fraction, readFraction } from '../rule/measure.ts';
import { findRuleInForce, isSet, type RuleValue } from '../rule/rule-value.ts';
import { checkValue } from '../supply/check-value.ts';
import { finding, type Finding } from '../supply/finding.ts';
import { divideRounded, isFen, toFen } from './money.ts';
import type { LandUse } from './term.ts';

/** What a price is agreed for: the whole plot, a square metre, or a mu (亩) of 2000/3 m². */
export const PRICE_BASES = ['total', 'per_m2', 'per_mu'] as const;
export type PriceBasis = (typeof PRICE_BASES)[number];

/** An area with its kind, in 0.01 m². */
export interface PricedArea {
	readonly areaDm2: number;
	/** ellipsoidal, planar, document or nominal; a price rests on the document's. */
	readonly areaKind: string;
}

/** A price in all its figures; one is agreed, the others follow from it. */
export interface PriceFigures extends PricedArea {
	readonly agreed: PriceBasis;
	readonly totalFen: number;
	readonly perM2Fen: number;
	readonly perMuFen: number;
}

/** 0.01 m² in three mu. */
const DM2_PER_3_MU = 200_000n;

/**
 * Reckons the figures of a price from the one that is agreed, each from it alone, rounded to the fen (四舍五入).
 *
 * Exact in between: 1 mu is 2000/3 m², not 666.67. Null where the area or the amount is not positive, or a figure is beyond the safe amounts. O(1).
 */
export function priceFigures(agreed: PriceBasis, amountFen: number, area: PricedArea): PriceFigures | null {
	const { areaDm2, areaKind } = area;
	if (!isFen(amountFen) || !Number.isSafeInteger(areaDm2) || amountFen <= 0 || areaDm2 <= 0) return null;
	const amount = BigInt(amountFen);
	const dm2 = BigInt(areaDm2);
	// The total as a fraction, so that nothing is rounded twice.
	const [total, of] =
		agreed === 'total'
			? [amount, 1n]
			: agreed === 'per_m2'
				? [amount * dm2, 100n]
				: [amount * dm2 * 3n, DM2_PER_3_MU];
	const figures = [
		divideRounded(total, of),
		divideRounded(total * 100n, of * dm2),
		divideRounded(total * DM2_PER_3_MU, of * dm2 * 3n),
	].map(Number);
	if (!figures.every(isFen)) return null;
	return { agreed, totalFen: figures[0], perM2Fen: figures[1], perMuFen: figures[2], areaDm2, areaKind };
}

/**
 * Checks a price against the national floor of industrial land, `price.floor.industrial` in yuan a m² of the area that the rule names.
 *
 * Nothing is asked of other uses. Source: 国土资发〔2006〕307号 and its adjustments; no value was read.
 */
export function checkPriceFloor(
	{ use, totalFen, areaDm2, areaKind }: PricedArea & { readonly use: LandUse; readonly totalFen: number },
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): Finding[] {
	return use === 'industrial'
		? [checkFloor('price.floor.industrial', { totalFen, areaDm2, areaKind }, rules, onDate, parkId)]
		: [];
}

/** Checks a price of MX land against the zone's own rule, `mx.price-min`, as `checkPriceFloor` does. No text of Shenyang was found. */
export function checkMxPrice(
	priced: PricedArea & { readonly totalFen: number },
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): Finding {
	return checkFloor('mx.price-min', priced, rules, onDate, parkId);
}

function checkFloor(
	key: string,
	{ totalFen, areaDm2, areaKind }: PricedArea & { readonly totalFen: number },
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null,
): Finding {
	const rule = findRuleInForce(rules, key, parkId, onDate);
	const params = { totalFen, areaDm2, areaKind };
	if (isSet(rule) && rule.areaKind !== areaKind)
		return finding('unknown', 'price.area-kind-differs', { ...params, ruleKind: rule.areaKind ?? '' }, rule);
	// Fen by 0.01 m² are yuan by m².
	const measured = rule?.unit === 'yuan-per-m2' && areaDm2 > 0 ? fraction(totalFen, areaDm2) : null;
	return checkValue(measured, key, rule, { pass: 'price.reaches-floor', fail: 'price.below-floor' }, params);
}

/** What changes on land that is held: use and floor area before and after, in 0.01 m². */
export interface LandChange {
	readonly useBefore: LandUse;
	readonly useAfter: LandUse;
	readonly areaDm2: number;
	/** Kind of that area; not given: as the rule's. */
	readonly areaKind?: string;
	readonly floorBeforeDm2: number;
	readonly floorAfterDm2: number;
}

/**
 * What is paid on top (补地价) when use or floor area change, in fen.
 *
 * A change of use goes by `price.top-up.use.<before>.<after>` in yuan a m² of land; more floor without one by `price.top-up.floor.<use>` in yuan a m²
 * of floor added. No rule answers `rule.none`, one of another kind of area than the land's and an amount beyond the safe ones no amount; nothing is due where neither changes. O(rules). Source: 土地管理法 第56条, 房管法 第18条 say that
 * a difference is paid; how much, no text that was read.
 */
export function topUp(
	{ useBefore, useAfter, areaDm2, areaKind, floorBeforeDm2, floorAfterDm2 }: LandChange,
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): Explained<number> {
	const isOtherUse = useBefore !== useAfter;
	const addedDm2 = floorAfterDm2 - floorBeforeDm2;
	const params = { useBefore, useAfter, areaDm2, addedDm2 };
	if (!isOtherUse && addedDm2 <= 0) return explain(0, 'price.nothing-changes', params);
	const key = isOtherUse ? `price.top-up.use.${useBefore}.${useAfter}` : `price.top-up.floor.${useBefore}`;
	const rule = findRuleInForce(rules, key, parkId, onDate);
	const rate = isSet(rule) ? readFraction(rule.value) : null;
	const unit = isOtherUse ? 'yuan-per-m2' : 'yuan-per-m2-floor';
	if (rate === null || rule?.unit !== unit) return explainNoRule(key, rule);
	const ruleKind = rule.areaKind ?? areaKind;
	if (isOtherUse && areaKind !== undefined && ruleKind !== undefined && ruleKind !== areaKind)
		return explain<number>(null, 'price.area-kind-differs', { ...params, areaKind, ruleKind }, rule);
	const dm2 = BigInt(isOtherUse ? areaDm2 : addedDm2);
	const exact = divideRounded(rate.numerator * dm2, rate.denominator);
	if (!isFen(Number(exact))) return explain<number>(null, 'price.top-up-beyond', params, rule);
	const due = toFen(exact);
	return explain(due, due === 0 ? 'price.no-top-up' : 'price.top-up-due', params, rule);
}
