import { createHash } from 'node:crypto';
import { OUTSIDE_PARKS, SEVERAL_PARKS } from '$lib/domain/balance/parcel-columns.ts';
import { classKey } from '$lib/domain/land-use/class-key.ts';
import { inScope, ZONE_DIRECTORY, type Database } from '../db/connect.ts';
import { findLatestRevision, findRevisionPlace } from '../db/coverage.ts';
import type { LandUseClassRow } from '../db/land-use-class.ts';
import { loadParcelRows, parcelColumnsOf, PARK_OUTSIDE, PARK_SEVERAL } from '../db/parcel-columns.ts';
import { findZone } from '../db/zone.ts';
import type { MemoryBudget } from '../tile/memory-budget.ts';
import {
	buildSnapshot,
	type ClassList,
	type CoverageSnapshot,
	type RevisionPlace,
} from '../tile/snapshot.ts';
import { asWhole } from './scope.ts';
import { listZoneClasses } from './zone-record.ts';

const CONTENT_ID = /^[0-9a-f]{64}$/;

/**
 * Revisions in memory under a budget: the least recently used goes first, the published one of each coverage stays.
 * One that is wanted twice at once is loaded once; a failure is not kept.
 */
export class SnapshotStore {
	readonly #database: Database;
	readonly #budget: MemoryBudget;
	readonly #kept = new Map<string, CoverageSnapshot>();
	readonly #loading = new Map<string, Promise<CoverageSnapshot | null>>();
	/** The newest revision of each coverage, as far as it was met. */
	readonly #published = new Map<string, number>();

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
		const { rows, classes, newest } = await asWhole(this.#database, place.zoneId, async (sql) => {
			const zone = await findZone(sql, place.zoneId);
			if (zone === null) throw new Error(`zone ${place.zoneId} has a revision but no row`);
			return {
				rows: await loadParcelRows(sql, place.zoneId, place.coverageId, place.revision),
				classes: await listZoneClasses(sql, zone),
				newest: await findLatestRevision(sql, place.zoneId, place.coverageId),
			};
		});
		const columns = parcelColumnsOf(rows);
		const park = Int32Array.from(columns.parkIndex, parkOf);
		const snapshot = buildSnapshot(place, columns, park, classListOf(classes));
		const coverage = coverageKey(place);
		const met = this.#published.get(coverage) ?? 0;
		this.#published.set(coverage, Math.max(met, newest?.revision ?? 0));
		this.#keep(snapshot);
		return snapshot;
	}

	#keep(snapshot: CoverageSnapshot): void {
		const { contentId, revision } = snapshot;
		this.#budget.hold(contentId, {
			parts: [snapshot],
			stays: () => this.#published.get(coverageKey(snapshot)) === revision,
			drop: () => this.#kept.delete(contentId),
		});
		this.#kept.set(contentId, snapshot);
	}
}

function coverageKey({ zoneId, coverageId }: RevisionPlace): string {
	return `${zoneId}/${coverageId}`;
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
