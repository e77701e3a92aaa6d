import {
	applyToDraft,
	composeDraftDifferences,
	draftOf,
	type DraftDifference,
	type DraftState,
} from '$lib/domain/changeset/draft-state.ts';
import { differenceFromWire } from '$lib/domain/changeset/wire-difference.ts';
import { findChangeset, type ChangesetRow } from '../../db/changeset.ts';
import { listSteps } from '../../db/changeset-step.ts';
import type { Database } from '../../db/connect.ts';
import { inScope } from '../../db/connect.ts';
import type { MemoryBudget } from '../../tile/memory-budget.ts';
import type { WorkingCoverage, WorkingCoverageStore } from './working-coverage.ts';

/** A draft at its head, on its base revision. */
export interface OpenDraft {
	readonly working: WorkingCoverage;
	readonly state: DraftState;
	/** Its steps as one difference. */
	readonly difference: DraftDifference;
}

interface KeptDraft extends OpenDraft {
	readonly editNo: number;
	readonly baseRevision: number;
}

const BYTES_A_CHANGE = 400;

/**
 * Drafts at their heads, held under the budget of revisions; one that is not held is made of its stored differences.
 *
 * What is held is only taken where the edit number is the stored one, so several programs may serve one database.
 */
export class DraftStore {
	readonly #database: Database;
	readonly #workings: WorkingCoverageStore;
	readonly #budget: MemoryBudget;
	readonly #kept = new Map<string, KeptDraft>();

	constructor(database: Database, workings: WorkingCoverageStore, budget: MemoryBudget) {
		this.#database = database;
		this.#workings = workings;
		this.#budget = budget;
	}

	get workings(): WorkingCoverageStore {
		return this.#workings;
	}

	/**
	 * Opens a draft as a row says that it is; `readerId` may read changesets. Null where it was changed since the row was read.
	 *
	 * O(vertices of its steps) unless it is held.
	 */
	async open(zoneId: string, row: ChangesetRow, readerId: string): Promise<OpenDraft | null> {
		const name = `draft/${zoneId}/${row.changesetNo}`;
		const kept = this.#kept.get(name);
		if (kept?.editNo === row.editNo && kept.baseRevision === row.baseRevision) {
			this.#budget.use(name);
			return kept;
		}
		const made = await this.make(zoneId, row, readerId);
		return made === null ? null : this.keep(zoneId, row, made);
	}

	/** Makes a draft of its stored differences, up to the head of a row or another; it is not held. Null where it was changed since. */
	async make(
		zoneId: string,
		row: ChangesetRow,
		readerId: string,
		head = row.head,
	): Promise<OpenDraft | null> {
		const { changesetNo, coverageId, baseRevision: revision } = row;
		const working = await this.#workings.open({ zoneId, coverageId, revision });
		const scope = { role: 'read', zoneId, grade: 'office', userId: readerId } as const;
		const read = await inScope(this.#database, scope, async (sql) => ({
			steps: await listSteps(sql, zoneId, changesetNo, { upTo: head }),
			// Read last: as long as it is the same, so were the steps.
			now: await findChangeset(sql, zoneId, changesetNo),
		}));
		if (read.now?.editNo !== row.editNo) return null;
		const { steps } = read;
		let state = draftOf(working.coverage, working.facts);
		const differences = steps.map(({ difference }) => differenceFromWire(difference));
		for (const difference of differences) {
			const applied = applyToDraft(state, difference);
			if (!applied.ok) throw new Error(`stored steps do not follow: ${applied.refusal.code}`);
			state = applied.state;
		}
		return { working, state, difference: compose(differences) };
	}

	/** Holds a draft as it is at an edit number. */
	keep(
		zoneId: string,
		row: Pick<ChangesetRow, 'changesetNo' | 'editNo' | 'baseRevision'>,
		draft: OpenDraft,
	): OpenDraft {
		const name = `draft/${zoneId}/${row.changesetNo}`;
		const { working, state, difference } = draft;
		const kept: KeptDraft = {
			working,
			state,
			difference,
			editNo: row.editNo,
			baseRevision: row.baseRevision,
		};
		this.#kept.set(name, kept);
		this.#budget.hold(name, {
			parts: [...working.parts, { bytes: bytesOf(difference) }],
			drop: () => {
				if (this.#kept.get(name) === kept) this.#kept.delete(name);
			},
		});
		return kept;
	}
}

/** Puts one more difference to others. */
export function compose(differences: readonly DraftDifference[]): DraftDifference {
	const composed = composeDraftDifferences(differences);
	if (!composed.ok) throw new Error(`steps do not follow: ${composed.refusal.code}`);
	return composed.difference;
}

function bytesOf({ shapes, facts }: DraftDifference): number {
	const vertices = shapes.reduce(
		(sum, { before, after }) => sum + (before?.coordinates.length ?? 0) + (after?.coordinates.length ?? 0),
		0,
	);
	return 8 * vertices + BYTES_A_CHANGE * (shapes.length + facts.length);
}
