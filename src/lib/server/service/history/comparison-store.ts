import type { ChangeKind } from '$lib/domain/changeset/change-kind.ts';
import { changesetError } from '$lib/domain/changeset/issue.ts';
import type { ChangeGroup } from '$lib/domain/changeset/parcel-change.ts';
import { ByteCache, keepPromise } from '../../tile/byte-cache.ts';
import type { Level } from '../balance-table.ts';
import { failed, type Outcome } from '../changeset/outcome.ts';
import type { ComparedMatrices } from './compare-matrix.ts';

/** A parcel in one of two revisions. */
export interface ComparedParcel {
	readonly code: string;
	readonly classKey: string | null;
	readonly parkId: string | null;
	readonly areaM2: string;
}

/** What two revisions of a coverage have otherwise, as readers of one grade may know it. */
export interface Comparison extends ComparedMatrices {
	readonly coverageId: string;
	readonly from: number;
	readonly to: number;
	readonly level: Level;
	/** How many parcels are otherwise in which way; those whose class is not for the reader are left out. */
	readonly counts: Partial<Record<ChangeKind, number>>;
	readonly changes: {
		readonly parcelNo: number;
		readonly kinds: ChangeKind[];
		/** West, south, east, north of what it was and is, to the decimals of the reader. */
		readonly bbox: [number, number, number, number];
		readonly before: ComparedParcel | null;
		readonly after: ComparedParcel | null;
	}[];
	/** What is otherwise with codes, classes and planning conditions; `count` parcels each, of which some are listed. */
	readonly groups: (ChangeGroup & { readonly count: number })[];
	/** There are more changes than are told. */
	readonly isCut: boolean;
	/** How many more are otherwise whose class, before or after, is not for the reader. */
	readonly withheld: number;
}

const LIMIT_BYTES = 32 * 1024 * 1024;
const BYTES_PER_CHANGE = 400;
const BYTES_PER_GROUP = 600;
const BYTES_PER_LISTED = 200;
const BYTES_PER_CELL = 60;
const BYTES_PER_ANSWER = 500;
/** Some seconds of work in the thread of overlays. */
const MOST_CHANGED = 20_000;
/** Whoever asks for more pairs at once is told to come again. */
const MOST_WAITING = 8;

/** Comparisons of revisions, made one after the other, and once for each grade and level while there is room. */
export class ComparisonStore {
	readonly mostChanged: number;
	readonly #kept = new ByteCache<Promise<Outcome<Comparison>>>(LIMIT_BYTES);
	#last: Promise<unknown> = Promise.resolve();
	#waiting = 0;

	/** More changed parcels are not compared. */
	constructor(mostChanged = MOST_CHANGED) {
		this.mostChanged = mostChanged;
	}

	/**
	 * The comparison of a key, which names contents, grade and level. What it refuses is kept as well, what it throws is not.
	 *
	 * Busy, as `comparison.busy`, where a few are waiting already.
	 */
	find(key: string, make: () => Promise<Outcome<Comparison>>): Promise<Outcome<Comparison>> {
		const kept = this.#kept.get(key);
		if (kept !== undefined) return kept;
		if (this.#waiting >= MOST_WAITING)
			return Promise.resolve(failed('busy', [changesetError('comparison.busy')]));
		this.#waiting++;
		const making = this.#last.then(make);
		this.#last = making.catch(() => {}).finally(() => this.#waiting--);
		keepPromise(this.#kept, key, making, bytesOf);
		return making;
	}
}

function bytesOf(outcome: Outcome<Comparison>): number {
	if (!outcome.ok) return BYTES_PER_ANSWER;
	const { changes, groups, matrices } = outcome.value;
	const cells = matrices.reduce((sum, matrix) => sum + matrix.cells.length, 0);
	const listed = groups.reduce((sum, { parcels }) => sum + parcels.length, 0);
	const told =
		changes.length * BYTES_PER_CHANGE + groups.length * BYTES_PER_GROUP + listed * BYTES_PER_LISTED;
	return BYTES_PER_ANSWER + told + cells * BYTES_PER_CELL;
}
