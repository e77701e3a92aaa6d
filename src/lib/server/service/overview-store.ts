import type { MemoryBudget } from '../tile/memory-budget.ts';
import {
	openOverview,
	overviewTask,
	type LaidOverview,
	type Overview,
	type OverviewTask,
} from '../tile/overview.ts';
import type { OverviewSubject } from '../tile/overview-subject.ts';
import type { CoverageSnapshot } from '../tile/snapshot.ts';

/** Draws overviews, wherever it does the work: seconds for 100,000 parcels. Nobody waits for one until `wanted` settles, if it is given. */
export type OverviewMaker = (
	task: OverviewTask,
	wanted: Promise<unknown> | null,
) => Promise<LaidOverview | null>;

interface KeptOverview {
	readonly overview: Promise<Overview | null>;
	/** Says that somebody waits for it. */
	readonly want: () => void;
}

/** What stands for an overview where there is none. */
const NO_OVERVIEW = { bytes: 200 };

/** Overviews of revisions, drawn once for each subject while the budget has room, however many ask at once. */
export class OverviewStore {
	readonly #budget: MemoryBudget;
	readonly #make: OverviewMaker;
	readonly #kept = new Map<string, KeptOverview>();

	constructor(budget: MemoryBudget, make: OverviewMaker) {
		this.#budget = budget;
		this.#make = make;
	}

	/**
	 * The overview of a revision; null where its parcels are drawn one by one at every zoom. A failure is not kept.
	 *
	 * What is asked for ahead of readers leaves its place to what they ask for.
	 */
	overviewOf(
		snapshot: CoverageSnapshot,
		subject: OverviewSubject,
		isAhead = false,
	): Promise<Overview | null> {
		const key = `overview ${snapshot.contentId}/${snapshot.classes.id}/${subject}`;
		const kept = this.#kept.get(key);
		if (kept !== undefined) {
			this.#budget.use(key);
			if (!isAhead) kept.want();
			return kept.overview;
		}
		let want = () => {};
		const wanted = isAhead ? new Promise<void>((resolve) => (want = resolve)) : null;
		const overview = this.#draw(snapshot, subject, wanted);
		this.#kept.set(key, { overview, want });
		overview.then(
			(drawn) =>
				this.#budget.hold(key, { parts: [drawn ?? NO_OVERVIEW], drop: () => this.#kept.delete(key) }),
			() => this.#kept.delete(key),
		);
		return overview;
	}

	async #draw(
		snapshot: CoverageSnapshot,
		subject: OverviewSubject,
		wanted: Promise<unknown> | null,
	): Promise<Overview | null> {
		const task = overviewTask(snapshot, subject);
		const laid = task === null ? null : await this.#make(task, wanted);
		return laid === null ? null : openOverview(snapshot, subject, laid);
	}
}
