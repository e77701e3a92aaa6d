import type { OverviewLevel } from '$geo/tile/overview.ts';
import { ByteCache, keepPromise } from '../tile/byte-cache.ts';
import {
	openOverview,
	overviewTask,
	type Overview,
	type OverviewSubject,
	type OverviewTask,
} from '../tile/overview.ts';
import type { CoverageSnapshot } from '../tile/snapshot.ts';

/** Draws overviews, wherever it does the work: seconds for 100,000 parcels. */
export type OverviewMaker = (task: OverviewTask) => Promise<readonly OverviewLevel[] | null>;

const LIMIT_BYTES = 128 * 1024 * 1024;

/** Overviews of revisions, drawn once for each subject while there is room, however many ask at once. */
export class OverviewStore {
	readonly #make: OverviewMaker;
	readonly #kept = new ByteCache<Promise<Overview | null>>(LIMIT_BYTES);

	constructor(make: OverviewMaker) {
		this.#make = make;
	}

	/** The overview of a revision; null where its parcels are drawn one by one at every zoom. A failure is not kept. */
	overviewOf(snapshot: CoverageSnapshot, subject: OverviewSubject): Promise<Overview | null> {
		const key = `${snapshot.contentId}/${snapshot.classListId}/${subject}`;
		const kept = this.#kept.get(key);
		if (kept !== undefined) return kept;
		const drawing = this.#draw(snapshot, subject);
		keepPromise(this.#kept, key, drawing, (overview) => overview?.bytes ?? 0);
		return drawing;
	}

	async #draw(snapshot: CoverageSnapshot, subject: OverviewSubject): Promise<Overview | null> {
		const task = overviewTask(snapshot, subject);
		const levels = task === null ? null : await this.#make(task);
		return levels === null ? null : openOverview(snapshot, subject, levels);
	}
}
