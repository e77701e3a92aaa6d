import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { overlayParcelSets } from '../../geo/arrangement/overlay.ts';
import type { Actor } from '../../src/lib/server/access/actor.ts';
import type { Database } from '../../src/lib/server/db/connect.ts';
import type { ServiceContext } from '../../src/lib/server/service/context.ts';
import { DraftStore } from '../../src/lib/server/service/changeset/draft-store.ts';
import { WorkingCoverageStore } from '../../src/lib/server/service/changeset/working-coverage.ts';
import { ComparisonStore } from '../../src/lib/server/service/history/comparison-store.ts';
import { ControlLayerStore } from '../../src/lib/server/service/control-layer-store.ts';
import { OutlineStore } from '../../src/lib/server/service/outline-store.ts';
import { OverlayStore } from '../../src/lib/server/service/overlay-store.ts';
import { OverviewStore } from '../../src/lib/server/service/overview-store.ts';
import { DueReckoning } from '../../src/lib/server/service/supply/due-reckoning.ts';
import { ReaderPreparation } from '../../src/lib/server/service/reader-preparation.ts';
import { WithdrawnContents } from '../../src/lib/server/service/withdrawn-contents.ts';
import { SnapshotStore } from '../../src/lib/server/service/snapshot-store.ts';
import { ByteCache } from '../../src/lib/server/tile/byte-cache.ts';
import { MemoryBudget } from '../../src/lib/server/tile/memory-budget.ts';
import { drawTask } from '../../src/lib/server/tile/overview.ts';
import { loadLandUse } from '../../seeds/load/load-land-use.ts';
import { loadLaw } from '../../seeds/load/load-law.ts';
import { loadZone } from '../../seeds/load/load-zone.ts';
import { loadedDatabase, type DatabaseKind } from './database.ts';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A small second zone: two parks, a parcel without a class, one outside and one across two parks. */
export const PANJIN_FOLDER = folder('../fixtures/zones/panjin-like');
export const SHENYANG_FOLDER = folder('../../seeds/shenyang');
export const SEEDS_FOLDER = folder('../../seeds');
const LAND_USE_FOLDER = folder('../../seeds/land-use');

const digestOf = (names: readonly string[]) =>
	createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 12);

const MB = 1024 * 1024;

/** Opens a migrated database with the class lists and these zones. The caller closes it. */
export async function databaseWithZones(kind: DatabaseKind, folders: readonly string[]): Promise<Database> {
	const load = async (database: Database) => {
		await loadLandUse(database, LAND_USE_FOLDER);
		await loadLaw(database, SEEDS_FOLDER);
		for (const zoneFolder of folders) await loadZone(database, zoneFolder);
	};
	return loadedDatabase(kind, `zones_${digestOf(folders)}`, load);
}

/** Makes contexts for different actors over one database and one set of caches. */
export function serviceContexts(database: Database): (actor: Actor, now?: Date) => ServiceContext {
	const budget = new MemoryBudget(256 * MB);
	const snapshots = new SnapshotStore(database, budget);
	const withdrawn = new WithdrawnContents(database);
	const drafts = new DraftStore(database, new WorkingCoverageStore(database, snapshots, budget), budget);
	const outlines = new OutlineStore(database);
	const controlLayers = new ControlLayerStore(database);
	const overlays = new OverlayStore(async (sets) => overlayParcelSets(sets));
	const comparisons = new ComparisonStore();
	const overviews = new OverviewStore(budget, async (task) => drawTask(task));
	const preparation = new ReaderPreparation(
		() => budget.watchRoom(),
		async () => {},
	);
	const dueDays = new DueReckoning(database);
	const tiles: ServiceContext['tiles'] = new ByteCache(64 * MB);
	return (actor, now = new Date('2026-11-21T04:00:00Z')) => ({
		database,
		snapshots,
		withdrawn,
		drafts,
		outlines,
		controlLayers,
		overlays,
		comparisons,
		overviews,
		preparation,
		dueDays,
		tiles,
		actor,
		now,
	});
}
