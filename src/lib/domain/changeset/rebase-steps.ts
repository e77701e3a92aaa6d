import type { Refusal } from '$geo/edit/difference.ts';
import type { DraftDifference, DraftState } from './draft-state.ts';
import { withFacts } from './parcel-facts.ts';
import { rebaseDraft } from './rebase-draft.ts';

/** Steps of a draft, counted from 1, that hang together by the parcels that they change: they stay together or go together. */
export interface StepGroup {
	/** The first of its steps. */
	readonly groupNo: number;
	readonly stepNos: readonly number[];
	/** The parcels that they change, ascending; those that only get vertices are left out. */
	readonly parcelNos: readonly number[];
}

/** A group that cannot be put on the newer revision, and why. */
export interface ConflictGroup extends StepGroup {
	readonly refusal: Refusal;
}

/** A draft on a newer revision, without the groups that stand against it. */
export interface RebasedSteps {
	readonly state: DraftState;
	readonly kept: readonly { readonly stepNo: number; readonly difference: DraftDifference }[];
	/** Ascending by number. */
	readonly conflicts: readonly ConflictGroup[];
}

/**
 * Rebases steps one by one, each on the state that those before it lead to; where one cannot be, its whole group is left out.
 *
 * `from` is the draft's beginning on its old revision, `onto` that on the newer one; `pause` is waited for before every step that is rebased.
 * O(steps × groups in conflict), each as its rebase costs.
 */
export async function rebaseSteps(
	from: DraftState,
	onto: DraftState,
	differences: readonly DraftDifference[],
	pause: () => Promise<void>,
): Promise<RebasedSteps> {
	const groups = groupSteps(differences);
	const conflicts: ConflictGroup[] = [];
	for (;;) {
		const left = groups.filter(({ groupNo }) => conflicts.every((conflict) => conflict.groupNo !== groupNo));
		const stays = new Set(left.flatMap(({ stepNos }) => stepNos));
		const run = await rebaseRun(from, onto, differences, stays, pause);
		if (run.ok) return { ...run, conflicts: conflicts.sort((a, b) => a.groupNo - b.groupNo) };
		const { stepNo, refusal } = run;
		conflicts.push(
			...left.filter(({ stepNos }) => stepNos.includes(stepNo)).map((group) => ({ ...group, refusal })),
		);
	}
}

/** Rebases the steps that stay, up to the first that cannot be. */
async function rebaseRun(
	from: DraftState,
	onto: DraftState,
	differences: readonly DraftDifference[],
	stays: ReadonlySet<number>,
	pause: () => Promise<void>,
) {
	let [facts, state] = [from.facts, onto];
	const kept: { stepNo: number; difference: DraftDifference }[] = [];
	for (const [i, difference] of differences.entries()) {
		const stepNo = i + 1;
		if (stays.has(stepNo)) {
			await pause();
			const rebased = rebaseDraft(facts, state, difference);
			if (!rebased.ok) return { ok: false, stepNo, refusal: rebased.refusal } as const;
			state = rebased.state;
			kept.push({ stepNo, difference: rebased.difference });
		}
		facts = withFacts(facts, difference.facts);
	}
	return { ok: true, state, kept } as const;
}

/** Groups steps by the parcels that they change. Groups ascend by their numbers. O(changes). */
export function groupSteps(differences: readonly DraftDifference[]): StepGroup[] {
	const groups: { stepNos: number[]; parcelNos: Set<number> }[] = [];
	for (const [i, { shapes, facts }] of differences.entries()) {
		const redrawn = shapes.filter(({ kind }) => kind !== 'noded');
		const parcelNos = new Set([...redrawn, ...facts].map(({ parcelNo }) => parcelNo));
		const group = { stepNos: [i + 1], parcelNos };
		for (const other of groups.filter((one) => [...one.parcelNos].some((no) => parcelNos.has(no)))) {
			groups.splice(groups.indexOf(other), 1);
			group.stepNos.push(...other.stepNos);
			for (const no of other.parcelNos) parcelNos.add(no);
		}
		groups.push(group);
	}
	return groups
		.map(({ stepNos, parcelNos }) => {
			const ordered = stepNos.sort((a, b) => a - b);
			return { groupNo: ordered[0], stepNos: ordered, parcelNos: [...parcelNos].sort((a, b) => a - b) };
		})
		.sort((a, b) => a.groupNo - b.groupNo);
}
