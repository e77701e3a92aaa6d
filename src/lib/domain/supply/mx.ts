import { fraction, type Fraction } from '../rule/measure.ts';
import { findRuleInForce, isSet, type RuleValue } from '../rule/rule-value.ts';
import { checkValue, noRule, type CheckCodes } from './check-value.ts';
import { finding, type Finding } from './finding.ts';

/** What is built, or is to be built, on a plot of innovative industrial land (MX); areas in 0.01 m², null: not known. */
export interface MxFacts {
	readonly plotDm2: number | null;
	/** Kind of the plot's area. */
	readonly areaKind: string;
	/** Floor for industry (产业用房) and for support (配套用房); of the support what is for living. */
	readonly industryFloorDm2: number;
	readonly supportFloorDm2: number;
	readonly livingFloorDm2: number;
	/** Smallest unit that can be sold or held apart; `none`: it is not split. */
	readonly leastUnitDm2: number | 'none' | null;
	/** Floor that can be sold or held apart, and floor that the holder keeps. */
	readonly splitFloorDm2: number | null;
	readonly selfHeldFloorDm2: number | null;
	/** MX land that was supplied in the year, this plot with it. */
	readonly suppliedInYearDm2: number | null;
	/** Floor-area ratios that planning conditions admit, where nothing is built yet; null: what is built counts. */
	readonly planned: { readonly least: Fraction | null; readonly most: Fraction | null } | null;
}

/** A question of the rule set: what is measured, in the unit of its rule. */
interface MxQuestion {
	readonly key: string;
	readonly unit: string | null;
	readonly codes: CheckCodes;
	/** Null: the figure is missing. */
	readonly measure: (facts: MxFacts) => Fraction | null;
	/** Whether it is of an area of land, whose kind has to be the rule's; not given: never. */
	readonly isOfLand?: (facts: MxFacts) => boolean;
	/** Whether it is asked only where the floor is split. */
	readonly isOfSplit?: boolean;
}

const floorOf = ({ industryFloorDm2, supportFloorDm2 }: MxFacts) => industryFloorDm2 + supportFloorDm2;
const shareOfFloor = (part: number | null, facts: MxFacts) =>
	part === null || floorOf(facts) <= 0 ? null : fraction(BigInt(part) * 100n, floorOf(facts));
const ratio = (facts: MxFacts) =>
	facts.plotDm2 === null || facts.plotDm2 <= 0 ? null : fraction(floorOf(facts), facts.plotDm2);

const isBuilt = ({ planned }: MxFacts) => planned === null;

/** The questions in the order in which they are shown. */
const QUESTIONS: readonly MxQuestion[] = [
	{
		key: 'mx.far-min',
		unit: null,
		codes: { pass: 'mx.ratio-high-enough', fail: 'mx.ratio-too-low' },
		measure: (facts) => (facts.planned === null ? ratio(facts) : facts.planned.least),
		isOfLand: isBuilt,
	},
	{
		key: 'mx.far-max',
		unit: null,
		codes: { pass: 'mx.ratio-low-enough', fail: 'mx.ratio-too-high' },
		measure: (facts) => (facts.planned === null ? ratio(facts) : facts.planned.most),
		isOfLand: isBuilt,
	},
	{
		key: 'mx.support-share-max',
		unit: 'pct',
		codes: { pass: 'mx.support-within', fail: 'mx.support-over' },
		measure: (facts) => shareOfFloor(facts.supportFloorDm2, facts),
	},
	{
		key: 'mx.living-share-max',
		unit: 'pct',
		codes: { pass: 'mx.living-within', fail: 'mx.living-over' },
		measure: (facts) => shareOfFloor(facts.livingFloorDm2, facts),
	},
	{
		key: 'mx.split-share-max',
		unit: 'pct',
		codes: { pass: 'mx.split-within', fail: 'mx.split-over' },
		measure: (facts) => shareOfFloor(facts.splitFloorDm2, facts),
		isOfSplit: true,
	},
	{
		key: 'mx.unit-min',
		unit: 'm2',
		codes: { pass: 'mx.unit-large-enough', fail: 'mx.unit-too-small' },
		measure: ({ leastUnitDm2 }) => (typeof leastUnitDm2 === 'number' ? fraction(leastUnitDm2, 100) : null),
		isOfSplit: true,
	},
	{
		key: 'mx.self-hold-share-min',
		unit: 'pct',
		codes: { pass: 'mx.self-held-enough', fail: 'mx.self-held-too-little' },
		measure: (facts) => shareOfFloor(facts.selfHeldFloorDm2, facts),
	},
	{
		key: 'mx.yearly-cap',
		unit: 'm2',
		codes: { pass: 'mx.year-within', fail: 'mx.year-over' },
		measure: ({ suppliedInYearDm2 }) =>
			suppliedInYearDm2 === null ? null : fraction(suppliedInYearDm2, 100),
		isOfLand: () => true,
	},
];

/**
 * Checks what is built on MX land against the rule set in force, exactly; one finding for each question, passes too.
 *
 * Ratio is floor by land, before anything is built the one that planning conditions admit; shares are of all floor. An empty rule answers `rule.none`, a figure that is missing `mx.figure-missing`, an area of another kind
 * than the rule's `mx.area-kind-differs`: none is a pass. Splitting is asked where the floor is split, or where that is not known; where it is split,
 * `mx.split-allowed` (1 or 0) comes first; last `mx.admission-required` (1 or 0). What its price has to reach is `checkMxPrice`. O(rules). No text of Shenyang was found: every value is set by the zone.
 */
export function checkMx(
	facts: MxFacts,
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): Finding[] {
	const find = (key: string) => findRuleInForce(rules, key, parkId, onDate);
	const isSplit = facts.leastUnitDm2 !== 'none';
	const asked = QUESTIONS.filter(({ isOfSplit }) => isSplit || isOfSplit !== true);
	const answers = asked.map((question) => answer(question, facts, find(question.key)));
	const admission = checkAdmission(find('mx.admission-required'));
	return typeof facts.leastUnitDm2 === 'number'
		? [checkSplit(find('mx.split-allowed')), ...answers, admission]
		: [...answers, admission];
}

/** Whether the project has to pass an admission review (准入评审) first; what came of one is not recorded, who acts says that he knows. */
function checkAdmission(rule: RuleValue | null): Finding {
	const key = 'mx.admission-required';
	if (!isSet(rule) || !['0', '1'].includes(rule.value)) return noRule(key, rule);
	return rule.value === '1'
		? finding('unknown', 'mx.admission-to-be-shown', {}, rule)
		: finding('pass', 'mx.admission-free', {}, rule);
}

function answer(question: MxQuestion, facts: MxFacts, rule: RuleValue | null): Finding {
	const { key, unit, codes, measure, isOfLand } = question;
	if (!isSet(rule)) return noRule(key, rule);
	const { areaKind } = facts;
	if (isOfLand?.(facts) === true && rule.areaKind !== areaKind)
		return finding('unknown', 'mx.area-kind-differs', { key, areaKind, ruleKind: rule.areaKind ?? '' }, rule);
	const measured = measure(facts);
	if (measured === null) return finding('unknown', 'mx.figure-missing', { key }, rule);
	const params = { measured: writeShort(measured), unit: unit ?? '' };
	return checkValue(rule.unit === unit ? measured : null, key, rule, codes, params);
}

function checkSplit(rule: RuleValue | null): Finding {
	const key = 'mx.split-allowed';
	if (!isSet(rule) || !['0', '1'].includes(rule.value)) return noRule(key, rule);
	return rule.value === '1'
		? finding('pass', 'mx.split-permitted', {}, rule)
		: finding('fail', 'mx.split-forbidden', {}, rule);
}

/** A measured number for the eye, cut to four decimals; comparisons go by the exact one. */
function writeShort({ numerator, denominator }: Fraction): string {
	const cut = (numerator * 10_000n) / denominator;
	return `${cut / 10_000n}.${String(cut % 10_000n).padStart(4, '0')}`.replace(/\.?0+$/, '');
}
