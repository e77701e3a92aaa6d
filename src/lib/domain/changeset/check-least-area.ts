import { interiorPoint } from '$geo/arrangement/interior-point.ts';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { findShape } from '$geo/coverage/coverage.ts';
import { findRuleInForce, type RuleValue } from '../rule/rule-value.ts';
import type { DraftDifference, DraftState } from './draft-state.ts';
import { severityAt, type ChangesetIssue, type Moment } from './issue.ts';
import { factsOf } from './parcel-facts.ts';

/** The rule of the least area of a parcel, in m², of a group of classes. */
export function leastAreaRuleKey(coverageKind: 'plan' | 'current', group: string): string {
	return `parcel.${coverageKind}.least-area.${group}`;
}

/**
 * Lists the parcels that a draft makes, redraws or reclassifies and that are smaller than a rule allows, as `parcel.below-least-area`.
 *
 * `groupOf` names the group of classes for which a rule may be set; where none is set nothing is said, as few classes have one. `onDate` is
 * 'YYYY-MM-DD' by the zone's clock. O(positions of the changed parcels).
 */
export function checkLeastAreas(
	{ coverage, facts }: DraftState,
	difference: DraftDifference,
	groupOf: (landUse: string) => string | null,
	rules: readonly RuleValue[],
	onDate: string,
	moment: Moment,
): ChangesetIssue[] {
	const redrawn = difference.shapes.filter(({ kind, after }) => kind !== 'noded' && after !== null);
	const relabelled = difference.facts.filter(({ field }) => field === 'landUse');
	const parcelNos = new Set([...redrawn, ...relabelled].map(({ parcelNo }) => parcelNo));
	return [...parcelNos]
		.sort((a, b) => a - b)
		.flatMap((parcelNo) => {
			const shape = findShape(coverage, parcelNo);
			const { landUse } = factsOf(facts, parcelNo);
			const group = landUse === null ? null : groupOf(landUse);
			if (shape === null || group === null) return [];
			const rule = findRuleInForce(rules, leastAreaRuleKey(facts.base.coverageKind, group), null, onDate);
			const [areaM2] = ellipsoidalAreasM2(shape);
			if (rule === null || rule.value === null || areaM2 >= Number(rule.value)) return [];
			const code = 'parcel.below-least-area';
			return [
				{
					code,
					severity: severityAt(code, moment),
					parcelNos: [parcelNo],
					at: interiorPoint(shape, 0),
					params: { areaM2, leastM2: Number(rule.value) },
					source: rule.source,
				},
			];
		});
}
