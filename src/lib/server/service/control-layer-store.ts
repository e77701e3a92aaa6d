import { inScope, ZONE_DIRECTORY, type Database } from '../db/connect.ts';
import { findControlLayerPlace, loadControlAreas } from '../db/control-layer.ts';
import { readShapes } from '../db/shape.ts';
import { ByteCache, keepPromise } from '../tile/byte-cache.ts';
import { openControlLayer, type ControlContent } from '../tile/control-layer.ts';
import { asWhole } from './scope.ts';

const LIMIT_BYTES = 64 * 1024 * 1024;
const CONTENT_ID = /^[0-9a-f]{64}$/;

/** Control layers in memory: a checksum names a content for ever, so each is read and decoded once while there is room. */
export class ControlLayerStore {
	readonly #database: Database;
	readonly #kept = new ByteCache<Promise<ControlContent | null>>(LIMIT_BYTES);

	constructor(database: Database) {
		this.#database = database;
	}

	/** Finds the layer that a content id names, in any zone; null when there is none. */
	find(contentId: string): Promise<ControlContent | null> {
		if (!CONTENT_ID.test(contentId)) return Promise.resolve(null);
		const kept = this.#kept.get(contentId);
		if (kept !== undefined) return kept;
		const loading = this.#load(contentId);
		keepPromise(this.#kept, contentId, loading, (content) => content?.bytes ?? 0);
		// What nobody has loaded yet may be loaded later, and names that mean nothing are without number.
		loading.then(
			(content) => content === null && this.#kept.delete(contentId),
			() => {},
		);
		return loading;
	}

	async #load(contentId: string): Promise<ControlContent | null> {
		const directory = { role: 'read', zoneId: ZONE_DIRECTORY, grade: 'office' } as const;
		const place = await inScope(this.#database, directory, (sql) => findControlLayerPlace(sql, contentId));
		if (place === null) return null;
		const rows = await asWhole(this.#database, place.zoneId, (sql) =>
			loadControlAreas(sql, place.zoneId, place.controlLayerId),
		);
		const areas = rows.map(({ shape: _, ...area }) => area);
		const { zoneId, publicationGrade: grade } = place;
		return openControlLayer({ zoneId, grade }, areas, readShapes(rows.map(({ shape }) => shape)));
	}
}
