import { interiorPoint } from '$geo/arrangement/interior-point.ts';
import { covers } from '$geo/arrangement/point-in-polygon.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { withHead, withoutStepsAfter, withStep, type DraftHistory } from './draft-history.ts';
import type { DraftDifference } from './draft-state.ts';
import type { Step } from './step.ts';
import { countShared } from './sync-plan.ts';

/** A parcel that a step made: its number, a place inside it in degrees (EPSG:4490), and the parcels that gave it ground. */
export interface MadeParcel {
	readonly parcelNo: number;
	readonly at: LonLat;
	/** Ascending. */
	readonly from: readonly number[];
}

/** A step as it was drawn, without what it did. */
export interface DrawnStep {
	readonly clientId: string;
	readonly step: Step;
	/** The parcels that it made: later steps may name them. */
	readonly made: readonly MadeParcel[];
}

/** A draft as it was drawn, by the ids of its steps. */
export interface DrawnDraft {
	readonly steps: readonly DrawnStep[];
	readonly head: number;
}

/** A step that was made and cannot be done any more, and why. */
export interface LostStep {
	readonly step: Step;
	readonly refusal: {
		readonly code: string;
		readonly parcelNos: readonly number[];
		readonly params: Readonly<Record<string, unknown>>;
	};
}

export interface ResumedDraft {
	readonly history: DraftHistory;
	/** Empty as long as nobody else wrote. */
	readonly lost: readonly LostStep[];
}

/** The numbers that new parcels have now by those under which they were drawn; null: they were not made again. */
export type Renumbering = Map<number, number | null>;

/** The parcels that a difference makes. O(vertices) once for each difference. */
function madeBy(difference: DraftDifference): readonly MadeParcel[] {
	const known = madeOf.get(difference);
	if (known !== undefined) return known;
	const { shapes, lineage } = difference;
	const made = shapes.flatMap(({ kind, parcelNo, after }): MadeParcel[] => {
		if (kind !== 'created') return [];
		const from = lineage.filter(({ to }) => to === parcelNo).map((one) => one.from);
		return [{ parcelNo, at: interiorPoint(after, 0), from: from.sort((a, b) => a - b) }];
	});
	madeOf.set(difference, made);
	return made;
}

/** What is drawn is written down with every edit. */
const madeOf = new WeakMap<DraftDifference, readonly MadeParcel[]>();

/** The draft as it is drawn, without what its steps did. */
export function drawnOf({ steps, head }: Pick<DraftHistory, 'steps' | 'head'>): DrawnDraft {
	const drawn = steps.map(({ clientId, step, difference }) => ({ clientId, step, made: madeBy(difference) }));
	return { steps: drawn, head };
}

/**
 * Takes note of what a step that was drawn makes where it is done again; null, where it is not.
 *
 * A parcel is the one that was drawn where it holds the place of that one, came from the same parcels, and these were parted into as many: all else is
 * other ground, and no number may stand for it. O(parcels made · vertices).
 */
export function noteMade(numbers: Renumbering, drawn: DrawnStep, now: DraftDifference | null): void {
	const { made } = drawn;
	const pieces = now === null ? [] : madeBy(now);
	const drawnFrom = made.map(({ from }) =>
		from
			.map((no) => numberNow(numbers, no))
			.sort(ascending)
			.join(),
	);
	const nowFrom = pieces.map(({ from }) => from.join());
	const found = made.map(({ at }, i) => {
		const from = drawnFrom[i];
		if (countOf(drawnFrom, from) !== countOf(nowFrom, from)) return null;
		const holding = pieces.filter(
			({ parcelNo }, k) => nowFrom[k] === from && now?.shapes.some(isHolding(parcelNo, at)),
		);
		return holding.length === 1 ? holding[0].parcelNo : null;
	});
	made.forEach(({ parcelNo }, i) =>
		numbers.set(parcelNo, found[i] !== null && countOf(found, found[i]) === 1 ? found[i] : null),
	);
}

const ascending = (a: number | null, b: number | null) => (a ?? 0) - (b ?? 0);

function countOf<Value>(values: readonly Value[], value: Value): number {
	return values.filter((one) => one === value).length;
}

function isHolding(parcelNo: number, at: LonLat) {
	return ({ parcelNo: no, after }: DraftDifference['shapes'][number]) =>
		no === parcelNo && after !== null && covers(after, at);
}

/** The number that a parcel has now; null where it was made in the draft and is not there again. */
function numberNow(numbers: Renumbering, parcelNo: number): number | null {
	return parcelNo < 0 ? (numbers.get(parcelNo) ?? null) : parcelNo;
}

/** A step as it names parcels that have other numbers by now; refuses `parcel.unknown` with those that are not there again. */
export function renumbered(
	{ verb, params }: Step,
	numbers: Renumbering,
): { readonly ok: true; readonly step: Step } | ({ readonly ok: false } & Pick<LostStep, 'refusal'>) {
	const gone: number[] = [];
	const now = (parcelNo: number) => {
		const no = numberNow(numbers, parcelNo);
		if (no === null) gone.push(parcelNo);
		return no ?? parcelNo;
	};
	const { parcelNos, parcelNo, intoNo, codes, ...rest } = params as Naming;
	const step = {
		verb,
		params: {
			...rest,
			...(parcelNos === undefined ? {} : { parcelNos: parcelNos.map(now) }),
			...(parcelNo === undefined ? {} : { parcelNo: now(parcelNo) }),
			...(intoNo === undefined ? {} : { intoNo: now(intoNo) }),
			...(codes === undefined
				? {}
				: { codes: codes.map((one) => ({ ...one, parcelNo: now(one.parcelNo) })) }),
		},
	} as Step;
	return gone.length === 0
		? { ok: true, step }
		: { ok: false, refusal: { code: 'parcel.unknown', parcelNos: gone, params: {} } };
}

/** Where steps name parcels. */
interface Naming {
	readonly parcelNos?: readonly number[];
	readonly parcelNo?: number;
	readonly intoNo?: number;
	readonly codes?: readonly { readonly parcelNo: number }[];
}

/** The steps of a drawn draft that count and that a server lacks which has steps of these ids. */
export function missingSteps({ steps, head }: DrawnDraft, ids: readonly string[]): readonly DrawnStep[] {
	return steps.slice(0, head).filter(({ clientId }) => !ids.includes(clientId));
}

/** The numbers of new parcels as far as a server's steps made them otherwise than they were drawn. */
export function renumberingOf(
	drawn: DrawnDraft,
	served: readonly { readonly clientId: string; readonly difference: DraftDifference }[],
): Renumbering {
	const numbers: Renumbering = new Map();
	for (const step of drawn.steps) {
		const stored = served.find(({ clientId }) => clientId === step.clientId);
		if (stored !== undefined) noteMade(numbers, step, stored.difference);
	}
	return numbers;
}

/**
 * Goes on with a draft that was drawn further than the server has it.
 *
 * Where the server's steps are the first of those drawn, the draft is as it was drawn, its head too; where another window has written otherwise, the steps
 * that the server lacks and that counted are done after its last one, on the parcels that they were drawn on whatever their numbers are now, and those
 * that cannot be are told. The cost is that of the steps.
 */
export function resumeDraft(served: DraftHistory, drawn: DrawnDraft): ResumedDraft {
	const ids = served.steps.map(({ clientId }) => clientId);
	const drawnIds = drawn.steps.map(({ clientId }) => clientId);
	const shared = countShared(drawnIds, ids);
	const missing = drawn.steps.slice(shared);
	const numbers = renumberingOf(drawn, served.steps);
	if (served.head > shared || missing.some(({ clientId }) => ids.includes(clientId)))
		return redo(served, missingSteps(drawn, ids), numbers);
	if (missing.length === 0) return { history: withHead(served, drawn.head), lost: [] };
	const resumed = redo(withoutStepsAfter(withHead(served, shared), shared), missing, numbers);
	return resumed.lost.length > 0 ? resumed : { ...resumed, history: withHead(resumed.history, drawn.head) };
}

function redo(start: DraftHistory, steps: readonly DrawnStep[], numbers: Renumbering): ResumedDraft {
	let history = start;
	const lost: LostStep[] = [];
	for (const drawn of steps) {
		const { clientId, step } = drawn;
		const now = renumbered(step, numbers);
		const result = now.ok ? withStep(history, clientId, now.step) : now;
		if (result.ok) history = result.history;
		else lost.push({ step, refusal: result.refusal });
		noteMade(numbers, drawn, result.ok ? history.steps[history.head - 1].difference : null);
	}
	return { history, lost };
}
