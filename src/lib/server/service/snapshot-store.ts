import { createHash } from 'node:crypto';
import { OUTSIDE_PARKS, SEVERAL_PARKS } from '$lib/domain/balance/parcel-columns.ts';
import { classKey } from '$lib/domain/land-use/class-key.ts';
import { inScope, ZONE_DIRECTORY, type Database, type Sql } from '../db/connect.ts';
import { findLatestRevision, findRevision, findRevisionPlace } from '../db/coverage.ts';
import type { LandUseClassRow } from '../db/land-use-class.ts';
import {
	drainShapes,
	listParcelNosOnlyIn,
	loadParcelRows,
	parcelColumnsOf,
	PARK_OUTSIDE,
	PARK_SEVERAL,
	type ParcelRows,
} from '../db/parcel-columns.ts';
import { findZone } from '../db/zone.ts';
import type { MemoryBudget } from '../tile/memory-budget.ts';
import { buildTable, type ClassList, type IndexedTable } from '../tile/parcel-table.ts';
import {
	deltaSnapshot,
	memoryOf,
	wholeSnapshot,
	type CoverageSnapshot,
	type RevisionPlace,
} from '../tile/snapshot.ts';
import { asWhole } from './scope.ts';
import { listZoneClasses } from './zone-record.ts';

const CONTENT_ID = /^[0-9a-f]{64}$/;

/** A revision is held by what it has otherwise than its base as long as that is so much of the base's parcels at most. */
const MOST_CHANGED_SHARE = 1 / 8;

/**
 * Revisions in memory under a budget: the least recently used goes first.
 *
 * Those of a coverage share the parcels that they have in common with its published one, or with that one's base. One that is wanted twice at once
 * is loaded once, those of a coverage one after the other; a failure is not kept. Whole revisions are read one after the other, of whatever
 * coverage: what is read takes a multiple of what is kept.
 */
export class SnapshotStore {
	readonly #database: Database;
	readonly #budget: MemoryBudget;
	readonly #kept = new Map<string, CoverageSnapshot>();
	readonly #loading = new Map<string, Promise<CoverageSnapshot | null>>();
	/** The newest held revision of each coverage that was asked for. */
	readonly #published = new Map<string, CoverageSnapshot>();
	/** Who is served last of those that wait for the same: to open a revision of a coverage, or to read a whole one. */
	readonly #turns = new Map<string, Promise<void>>();

	constructor(database: Database, budget: MemoryBudget) {
		this.#database = database;
		this.#budget = budget;
	}

	/** Finds the revision that a content id names, in any zone; null when there is none. */
	async find(contentId: string): Promise<CoverageSnapshot | null> {
		if (!CONTENT_ID.test(contentId)) return null;
		const kept = this.#kept.get(contentId);
		if (kept !== undefined) {
			this.#budget.use(contentId);
			return kept;
		}
		let loading = this.#loading.get(contentId);
		if (loading === undefined) {
			loading = this.#load(contentId).finally(() => this.#loading.delete(contentId));
			this.#loading.set(contentId, loading);
		}
		return loading;
	}

	async #load(contentId: string): Promise<CoverageSnapshot | null> {
		const directory = { role: 'read', zoneId: ZONE_DIRECTORY, grade: 'office' } as const;
		const found = await inScope(this.#database, directory, (sql) => findRevisionPlace(sql, contentId));
		if (found === null) return null;
		const { publicationGrade: grade, ...at } = found;
		const place = { ...at, contentId, grade };
		return this.#inTurn(coverageKey(place), () => this.#open(place));
	}

	/** Does work once all that was given for the same key before has ended, however. */
	#inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
		const working = (this.#turns.get(key) ?? Promise.resolve()).then(work);
		this.#turns.set(key, working.then(ignore, ignore));
		return working;
	}

	async #open(place: RevisionPlace): Promise<CoverageSnapshot> {
		const published = this.#published.get(coverageKey(place)) ?? (await this.#openNewest(place));
		if (published.contentId === place.contentId) return published;
		this.#budget.use(published.contentId);
		const { zoneId } = place;
		return (await this.#readDelta(place, published)) ?? this.#readWhole(zoneId, async () => place);
	}

	#openNewest({ zoneId, coverageId, kind, grade }: RevisionPlace): Promise<CoverageSnapshot> {
		return this.#readWhole(zoneId, async (sql) => {
			const found = await findLatestRevision(sql, zoneId, coverageId);
			if (found === null) throw new Error(`coverage ${coverageId} of zone ${zoneId} lost its revisions`);
			const { revision, checksum: contentId } = found;
			return { zoneId, coverageId, kind, grade, revision, contentId };
		});
	}

	/** Reads the whole revision that a place names once its turn has come. */
	#readWhole(zoneId: string, placeIn: (sql: Sql) => Promise<RevisionPlace>): Promise<CoverageSnapshot> {
		return this.#inTurn(WHOLE_REVISIONS, async () => {
			const read = await asWhole(this.#database, zoneId, async (sql) => readParcels(sql, await placeIn(sql)));
			return this.#keep(wholeSnapshot(read.place, await tableOf(read)));
		});
	}

	/**
	 * Reads what a revision has otherwise than a base; null where that is much, or the zone's lists or, as after a restore, the base's revision
	 * are not what they were.
	 */
	async #readDelta(place: RevisionPlace, of: CoverageSnapshot): Promise<CoverageSnapshot | null> {
		const { zoneId, coverageId, revision } = place;
		const { base, baseRevision, baseContentId } = of;
		const read = await asWhole(this.#database, zoneId, async (sql) => {
			const stored = await findRevision(sql, zoneId, coverageId, baseRevision);
			if (stored?.checksum !== baseContentId) {
				this.#published.delete(coverageKey(place));
				return null;
			}
			const without = await listParcelNosOnlyIn(sql, zoneId, coverageId, baseRevision, revision);
			const nos = await listParcelNosOnlyIn(sql, zoneId, coverageId, revision, baseRevision);
			if (Math.max(without.length, nos.length) > MOST_CHANGED_SHARE * base.parcelNo.length) return null;
			return { without, ...(await readParcels(sql, place, nos)) };
		});
		if (read === null || read.classes.id !== base.classes.id) return null;
		if (read.rows.parkIds.join() !== base.parkIds.join()) return null;
		return this.#keep(deltaSnapshot(place, of, read.without, await tableOf(read)));
	}

	#keep(snapshot: CoverageSnapshot): CoverageSnapshot {
		const { contentId, revision } = snapshot;
		const coverage = coverageKey(snapshot);
		if (revision > (this.#published.get(coverage)?.revision ?? 0)) this.#published.set(coverage, snapshot);
		this.#budget.hold(contentId, {
			parts: memoryOf(snapshot),
			drop: () => {
				this.#kept.delete(contentId);
				if (this.#published.get(coverage) === snapshot) this.#published.delete(coverage);
			},
		});
		this.#kept.set(contentId, snapshot);
		return snapshot;
	}
}

const ignore = () => {};

/** The turn of whole revisions; coverages' keys are not of this form. */
const WHOLE_REVISIONS = '';

function coverageKey({ zoneId, coverageId }: RevisionPlace): string {
	return `${zoneId}/${coverageId}`;
}

/** Parcels of a revision as the database sends them, with the lists that they point into. */
interface ParcelReading {
	readonly place: RevisionPlace;
	readonly rows: ParcelRows;
	readonly classes: ClassList;
}

/** Reads all parcels of a revision, or those of some numbers. */
async function readParcels(
	sql: Sql,
	place: RevisionPlace,
	parcelNos: readonly number[] | null = null,
): Promise<ParcelReading> {
	const { zoneId, coverageId, revision } = place;
	const zone = await findZone(sql, zoneId);
	if (zone === null) throw new Error(`zone ${zoneId} has a revision but no row`);
	const rows = await loadParcelRows(sql, zoneId, coverageId, revision, parcelNos);
	return { place, rows, classes: classListOf(await listZoneClasses(sql, zone)) };
}

/** Decodes and indexes parcels, of which only the columns are kept. O(positions). */
async function tableOf({ rows, classes }: ParcelReading): Promise<IndexedTable> {
	const columns = parcelColumnsOf(rows, await drainShapes(rows.shapes));
	return buildTable(columns, Int32Array.from(columns.parkIndex, parkOf), classes);
}

/** A stored park number as a balance takes it. */
function parkOf(index: number): number {
	if (index === PARK_OUTSIDE) return OUTSIDE_PARKS;
	return index === PARK_SEVERAL ? SEVERAL_PARKS : index;
}

/** A zone's class list as tiles index it; its id changes with any key or grade, so that a tile's address names its meaning. */
export function classListOf(classes: readonly LandUseClassRow[]): ClassList {
	const keys = classes.map(classKey);
	return {
		id: createHash('sha256')
			.update(classes.map((row, i) => `${keys[i]}\t${row.publicationGrade}`).join('\n'))
			.digest('hex')
			.slice(0, 8),
		keys,
		codes: classes.map((row) => row.code),
		grades: classes.map((row) => row.publicationGrade),
	};
}
