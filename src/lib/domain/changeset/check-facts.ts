import type { DraftDifference, DraftState } from './draft-state.ts';
import type { ChangesetIssue } from './issue.ts';
import { factsOf, type ParcelCode } from './parcel-facts.ts';

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
