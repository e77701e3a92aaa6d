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

/** Draws overviews, wherever it does the work: seconds for 100,000 parcels. */
export type OverviewMaker = (task: OverviewTask) => Promise<LaidOverview | null>;

/** What stands for an overview where there is none. */
const NO_OVERVIEW = { bytes: 200 };

/** Overviews of revisions, drawn once for each subject while the budget has room, however many ask at once. */
export class OverviewStore {
	readonly #budget: MemoryBudget;
	readonly #make: OverviewMaker;
	readonly #kept = new Map<string, Promise<Overview | null>>();

	constructor(budget: MemoryBudget, make: OverviewMaker) {
		this.#budget = budget;
		this.#make = make;
	}

	/** The overview of a revision; null where its parcels are drawn one by one at every zoom. A failure is not kept. */
	overviewOf(snapshot: CoverageSnapshot, subject: OverviewSubject): Promise<Overview | null> {
		const key = `overview ${snapshot.contentId}/${snapshot.classes.id}/${subject}`;
		const kept = this.#kept.get(key);
		if (kept !== undefined) {
			this.#budget.use(key);
			return kept;
		}
		const drawing = this.#draw(snapshot, subject);
		this.#kept.set(key, drawing);
		drawing.then(
			(overview) =>
				this.#budget.hold(key, {
					parts: [overview ?? NO_OVERVIEW],
					drop: () => this.#kept.delete(key),
				}),
			() => this.#kept.delete(key),
		);
		return drawing;
	}

	async #draw(snapshot: CoverageSnapshot, subject: OverviewSubject): Promise<Overview | null> {
		const task = overviewTask(snapshot, subject);
		const laid = task === null ? null : await this.#make(task);
		return laid === null ? null : openOverview(snapshot, subject, laid);
	}
}
