import { interiorPoint } from '$geo/arrangement/interior-point.ts';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { findShape } from '$geo/coverage/coverage.ts';
import { findRuleInForce, type RuleValue } from '../rule/rule-value.ts';
import type { DraftDifference, DraftState } from './draft-state.ts';
import { severityAt, type ChangesetIssue, type Moment } from './issue.ts';
import { factsOf } from './parcel-facts.ts';

/** What the check of parcels must know beyond the draft. */
export interface ParcelRules {
	/** The group of classes for which a least area is set; null: none. */
	readonly groupOf: (landUse: string) => string | null;
	/** The current parcels of the base revision that bear a code. */
	readonly listByCode: (code: string) => readonly number[];
	readonly rules: readonly RuleValue[];
	/** 'YYYY-MM-DD' by the zone's clock. */
	readonly onDate: string;
}

/** The rule of the least area of a parcel, in m², of a group of classes. */
export function leastAreaRuleKey(coverageKind: 'plan' | 'current', group: string): string {
	return `parcel.${coverageKind}.least-area.${group}`;
}

/**
 * Checks the parcels that a draft leaves behind, each by itself.
 *
 * `parcel.unclassified`, `parcel.below-least-area` (with area, least area and source; nothing where no rule is set, as most classes have none),
 * `code.taken` (with the parcels that bear it), `code.provisional` (a new parcel without a code gets a provisional one). O(positions of the changed parcels).
 */
export function checkParcels(
	end: DraftState,
	{ shapes, facts }: DraftDifference,
	known: ParcelRules,
	moment: Moment,
): ChangesetIssue[] {
	const redrawn = shapes.filter(({ kind, after }) => kind !== 'noded' && after !== null);
	const parcelNos = new Set([...redrawn, ...facts].map(({ parcelNo }) => parcelNo));
	return [...parcelNos]
		.sort((a, b) => a - b)
		.flatMap((parcelNo) => {
			const shape = findShape(end.coverage, parcelNo);
			if (shape === null) return [];
			const findings = [
				...checkClass(end, parcelNo),
				...checkArea(end, parcelNo, ellipsoidalAreasM2(shape)[0], known),
				...checkCode(end, parcelNo, known),
			];
			return findings.map((finding) => ({
				parcelNos: [parcelNo],
				params: {},
				...finding,
				severity: severityAt(finding.code, moment),
				at: interiorPoint(shape, 0),
			}));
		});
}

/** What is found of one parcel: it is about that parcel where it names no others. */
type Finding = Pick<ChangesetIssue, 'code'> &
	Partial<Pick<ChangesetIssue, 'parcelNos' | 'params' | 'source'>>;

function checkClass({ facts }: DraftState, parcelNo: number): Finding[] {
	return factsOf(facts, parcelNo).landUse === null ? [{ code: 'parcel.unclassified' }] : [];
}

function checkArea({ facts }: DraftState, parcelNo: number, areaM2: number, known: ParcelRules): Finding[] {
	const { landUse } = factsOf(facts, parcelNo);
	const group = landUse === null ? null : known.groupOf(landUse);
	if (group === null) return [];
	const key = leastAreaRuleKey(facts.base.coverageKind, group);
	const rule = findRuleInForce(known.rules, key, null, known.onDate);
	if (rule === null || rule.value === null || areaM2 >= Number(rule.value)) return [];
	const params = { areaM2, leastM2: Number(rule.value) };
	return [{ code: 'parcel.below-least-area', params, source: rule.source }];
}

function checkCode(end: DraftState, parcelNo: number, known: ParcelRules): Finding[] {
	const { code } = factsOf(end.facts, parcelNo);
	if (code === null) return [{ code: 'code.provisional' }];
	const bearers = listBearers(end, code.text, known);
	if (bearers.every((no) => no === parcelNo)) return [];
	const others = bearers.filter((no) => no !== parcelNo);
	return [{ code: 'code.taken', parcelNos: [parcelNo, ...others], params: { code: code.text } }];
}

/** The parcels that bear a code once the draft is done. */
function listBearers({ facts, coverage }: DraftState, code: string, { listByCode }: ParcelRules): number[] {
	const before = listByCode(code).filter((no) => !facts.patch.has(no));
	const changed = [...facts.patch].filter(([, { code: own }]) => own?.text === code).map(([no]) => no);
	const isEnded = (no: number) => coverage.patch.get(no) === null;
	return [...new Set([...before, ...changed])].filter((no) => !isEnded(no)).sort((a, b) => a - b);
}
