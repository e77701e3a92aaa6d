import { addMonths, compareDays } from '../calendar/day.ts';
import { explain, type Explained } from '../rule/explained.ts';
import { compareFractions, readFraction, type Fraction } from '../rule/measure.ts';
import {
	numbersOf,
	standingFacts,
	worksOf,
	type FactOf,
	type SupplyFact,
	type Works,
} from './supply-fact.ts';

export const VERDICTS = ['met', 'within_tolerance', 'missed', 'not_assessed'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** An indicator of the performance agreement (履约监管协议) with what was assessed last, and what follows. */
export interface IndicatorState {
	readonly indicator: FactOf<'indicator'>;
	/** Day on which it is checked. */
	readonly checkOn: Explained<string>;
	readonly assessments: readonly FactOf<'assessment'>[];
	readonly verdict: Verdict;
	/** What was decided of it where it was missed, in order of days. */
	readonly disposals: readonly FactOf<'disposal'>[];
	/** Day by which it has to be put right; null: nothing has to, or it was assessed since. */
	readonly rectifyBy: string | null;
}

/**
 * Says how the indicators of a supply stand: each with the day of its check, its assessments in order of their days, and the verdict of the last.
 *
 * Compared exactly: a value at the target meets it, one that misses it by no more than the tolerance is within it. An indicator that took another's place keeps its assessments.
 * What was decided of a missed one stays with it; an assessment after it is a new state. O(indicators × assessments).
 */
export function indicatorStates(rows: readonly SupplyFact[], handedOverOn: string | null): IndicatorState[] {
	const works = worksOf(rows);
	const assessed = standingFacts(rows, 'assessment');
	return standingFacts(rows, 'indicator').map((indicator) => {
		const names = numbersOf(indicator, rows);
		const assessments = assessed
			.filter(({ facts }) => names.has(facts.indicatorNo))
			.sort((a, b) => compareDays(a.facts.assessedOn, b.facts.assessedOn) || a.factNo - b.factNo);
		const last = assessments.at(-1);
		const disposals = standingFacts(rows, 'disposal')
			.filter(({ facts }) => names.has(facts.indicatorNo))
			.sort((a, b) => compareDays(a.facts.decidedOn, b.facts.decidedOn) || a.factNo - b.factNo);
		const decided = disposals.findLast(({ facts }) => facts.decidedOn >= (last?.facts.assessedOn ?? ''));
		return {
			disposals,
			rectifyBy: decided?.facts.rectifyBy ?? null,
			indicator,
			checkOn: checkDay(indicator.facts, handedOverOn, works),
			assessments,
			verdict: last === undefined ? 'not_assessed' : verdictOf(indicator.facts, last.facts.value),
		};
	});
}

/** What a value says of an indicator; throws where a number is none. */
export function verdictOf(
	{
		comparison,
		target,
		tolerance,
	}: Pick<FactOf<'indicator'>['facts'], 'comparison' | 'target' | 'tolerance'>,
	value: string,
): Exclude<Verdict, 'not_assessed'> {
	const [measured, aim, slack] = [value, target, tolerance ?? '0'].map(getFraction);
	const order = compareFractions(measured, aim);
	const isMet = comparison === '>=' ? order >= 0 : order <= 0;
	if (isMet) return 'met';
	const missedBy = comparison === '>=' ? difference(aim, measured) : difference(measured, aim);
	return compareFractions(missedBy, slack) <= 0 ? 'within_tolerance' : 'missed';
}

function checkDay(
	{ checkPoint, checkOn, monthsAfter }: FactOf<'indicator'>['facts'],
	handedOverOn: string | null,
	works: Works,
): Explained<string> {
	if (checkPoint === 'date') return explain(checkOn, 'agreement.check-agreed');
	const reached = {
		handed_over: handedOverOn,
		started: works.startedOn,
		completed: works.completedOn,
		in_production: works.inProductionOn,
		full_production: works.fullProductionOn,
	}[checkPoint];
	const params = { checkPoint, months: monthsAfter ?? 0 };
	return reached === null
		? explain<string>(null, 'agreement.point-not-reached', params)
		: explain(addMonths(reached, monthsAfter ?? 0), 'agreement.check-after', {
				...params,
				reachedOn: reached,
			});
}

function getFraction(text: string): Fraction {
	const read = readFraction(text);
	if (read === null) throw new RangeError(`no number: ${text}`);
	return read;
}

const difference = (one: Fraction, other: Fraction): Fraction => ({
	numerator: one.numerator * other.denominator - other.numerator * one.denominator,
	denominator: one.denominator * other.denominator,
});
