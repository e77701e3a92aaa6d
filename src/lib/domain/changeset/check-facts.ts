import type { DraftDifference, DraftState } from './draft-state.ts';
import { severityAt, type ChangesetIssue, type Moment } from './issue.ts';
import { factsOf, isSameFact, type ParcelCode } from './parcel-facts.ts';

/** A code and the parcel that has it. */
export interface HeldCode {
	readonly parcelNo: number;
	readonly code: string;
}

/** Lists the parcels that have no class only by a draft, as one error `parcel.class-missing`. */
export function checkClasses(
	{ facts }: Pick<DraftState, 'facts'>,
	difference: DraftDifference,
): ChangesetIssue[] {
	const touched = new Set([
		...difference.shapes.flatMap(({ kind, parcelNo }) => (kind === 'created' ? [parcelNo] : [])),
		...difference.facts.flatMap(({ field, parcelNo }) => (field === 'landUse' ? [parcelNo] : [])),
	]);
	const parcelNos = [...touched].filter((parcelNo) => factsOf(facts, parcelNo).landUse === null);
	if (parcelNos.length === 0) return [];
	return [{ code: 'parcel.class-missing', severity: 'error', parcelNos, at: null, params: {} }];
}

/** The codes that a draft gives. */
export function listGivenCodes({ facts }: DraftDifference): HeldCode[] {
	return facts.flatMap(({ parcelNo, field, after }) =>
		field === 'code' && after !== null ? [{ parcelNo, code: (after as ParcelCode).text }] : [],
	);
}

/** Lists codes that a draft gives twice, or that a parcel holds which keeps its own, as errors `code.taken`. `held`: who has them today. */
export function checkCodes(difference: DraftDifference, held: readonly HeldCode[]): ChangesetIssue[] {
	const given = listGivenCodes(difference);
	const freed = new Set([
		...difference.facts.flatMap(({ field, parcelNo }) => (field === 'code' ? [parcelNo] : [])),
		...difference.shapes.flatMap(({ kind, parcelNo }) => (kind === 'retired' ? [parcelNo] : [])),
	]);
	const twice = given.filter(({ code }, i) => given.findIndex((other) => other.code === code) !== i);
	const kept = held.filter(({ parcelNo }) => !freed.has(parcelNo));
	return [...kept, ...twice].map(({ parcelNo, code }) => ({
		code: 'code.taken',
		severity: 'error',
		parcelNos: [parcelNo],
		at: null,
		params: { code },
	}));
}

/**
 * Lists the parcels whose class a draft changes while their planning condition stays that of the former class, as one `condition.of-former-class`.
 *
 * Parts and unions are compared with the parcels whose ground they have. A restored parcel (`restored`, by number) has its own
 * class and condition again. O(changes).
 */
export function checkFormerConditions(
	{ facts }: Pick<DraftState, 'facts'>,
	{ shapes, facts: changes, lineage }: DraftDifference,
	moment: Moment,
	restored: ReadonlySet<number> = new Set(),
): ChangesetIssue[] {
	const before = { base: facts.base, patch: new Map() };
	const gone = new Set(shapes.flatMap(({ kind, parcelNo }) => (kind === 'retired' ? [parcelNo] : [])));
	const parcelNos = [...new Set(changes.map(({ parcelNo }) => parcelNo))].filter((parcelNo) => {
		const { landUse, condition } = factsOf(facts, parcelNo);
		if (condition === null || gone.has(parcelNo) || restored.has(parcelNo)) return false;
		const origins = lineage.flatMap(({ from, to }) => (to === parcelNo ? [from] : []));
		return [parcelNo, ...origins].some((origin) => {
			const former = factsOf(before, origin);
			return former.landUse !== landUse && isSameFact(former.condition, condition);
		});
	});
	if (parcelNos.length === 0) return [];
	const code = 'condition.of-former-class';
	return [{ code, severity: severityAt(code, moment), parcelNos, at: null, params: {} }];
}
