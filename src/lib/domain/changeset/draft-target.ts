import { findRuleInForce, type RuleValue } from '../rule/rule-value.ts';
import { severityAt, type ChangesetIssue, type Moment } from './issue.ts';

/** What a zone or a park may have a target for: categories of land, and farmland (耕地) among what is agricultural. */
export const TARGET_MEASURES = ['agricultural', 'farmland', 'construction', 'unused'] as const;
export type TargetMeasure = (typeof TARGET_MEASURES)[number];

/** The rule of how much land of a kind there shall be: at least (`>=`, `>`) or at most (`<=`, `<`), in m², ha or km². */
export function targetRuleKey(measure: TargetMeasure): string {
	return `target.area.${measure}`;
}

/** A target beside what a draft makes of it; areas in 0.01 m². */
export interface DraftTarget {
	readonly measure: TargetMeasure;
	/** Null: the whole zone. */
	readonly parkId: string | null;
	readonly beforeDm2: number;
	readonly afterDm2: number;
	/** Null: no number is set. */
	readonly targetDm2: number | null;
	readonly comparison: string | null;
	readonly verdict: 'met' | 'missed' | 'no_rule';
	readonly source: string;
	readonly status: RuleValue['status'];
}

const DM2_PER_UNIT: Readonly<Record<string, number>> = { m2: 100, ha: 1_000_000, km2: 100_000_000 };

/**
 * Lists the targets in force of a zone and its parks beside the areas before and after a draft; none where nobody has set one.
 *
 * A park has its own targets only: the zone's is for the whole. `areasOf` gives the areas of a measure in a park, null for all of the
 * zone, in 0.01 m². `onDate` is 'YYYY-MM-DD'. O(measures × parks × rules).
 */
export function draftTargets(
	rules: readonly RuleValue[],
	onDate: string,
	parkIds: readonly string[],
	areasOf: (
		measure: TargetMeasure,
		parkId: string | null,
	) => { readonly beforeDm2: number; readonly afterDm2: number },
): DraftTarget[] {
	return [null, ...parkIds].flatMap((parkId) =>
		TARGET_MEASURES.flatMap((measure) => {
			const own = rules.filter((rule) => rule.parkId === parkId);
			const rule = findRuleInForce(own, targetRuleKey(measure), parkId, onDate);
			if (rule === null) return [];
			const { comparison, source, status } = rule;
			const areas = areasOf(measure, parkId);
			const targetDm2 = targetOf(rule);
			const verdict = verdictOf(areas.afterDm2, targetDm2, comparison);
			return [{ measure, parkId, ...areas, targetDm2, comparison, verdict, source, status }];
		}),
	);
}

/** By what name the finding says a target, so that its sentence says how it is meant. */
const TARGET_PARAMS: Readonly<Record<string, string>> = {
	'<': 'belowM2',
	'<=': 'mostM2',
	'=': 'exactM2',
	'>=': 'leastM2',
	'>': 'aboveM2',
};

/**
 * Lists the targets that a draft changes the land of and leaves missed, as `balance.target-missed`: a missed target that it does not touch is
 * not its own. `nameOfPark` writes a park for people. Areas become m². O(targets).
 */
export function checkTargets(
	targets: readonly DraftTarget[],
	nameOfPark: (parkId: string) => string,
	moment: Moment,
): ChangesetIssue[] {
	const code = 'balance.target-missed';
	return targets
		.filter(({ verdict, beforeDm2, afterDm2 }) => verdict === 'missed' && beforeDm2 !== afterDm2)
		.map(({ measure, parkId, afterDm2, targetDm2, comparison, source }) => ({
			code,
			severity: severityAt(code, moment),
			parcelNos: [],
			at: null,
			params: {
				measure,
				areaM2: afterDm2 / 100,
				[TARGET_PARAMS[comparison ?? '=']]: (targetDm2 ?? 0) / 100,
				...(parkId === null ? {} : { park: nameOfPark(parkId) }),
			},
			source,
		}));
}

function targetOf({ value, unit }: RuleValue): number | null {
	const dm2 = unit === null ? undefined : DM2_PER_UNIT[unit];
	return value === null || dm2 === undefined ? null : Math.round(Number(value) * dm2);
}

function verdictOf(
	areaDm2: number,
	targetDm2: number | null,
	comparison: string | null,
): DraftTarget['verdict'] {
	if (targetDm2 === null) return 'no_rule';
	switch (comparison) {
		case '<':
			return areaDm2 < targetDm2 ? 'met' : 'missed';
		case '<=':
			return areaDm2 <= targetDm2 ? 'met' : 'missed';
		case '=':
			return areaDm2 === targetDm2 ? 'met' : 'missed';
		case '>=':
			return areaDm2 >= targetDm2 ? 'met' : 'missed';
		case '>':
			return areaDm2 > targetDm2 ? 'met' : 'missed';
		default:
			return 'no_rule';
	}
}
