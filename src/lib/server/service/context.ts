import type { Actor } from '../access/actor.ts';
import type { Database } from '../db/connect.ts';
import type { ByteCache, CachedTile } from '../tile/byte-cache.ts';
import type { DraftStore } from './changeset/draft-store.ts';
import type { ComparisonStore } from './history/comparison-store.ts';
import type { ControlLayerStore } from './control-layer-store.ts';
import type { OutlineStore } from './outline-store.ts';
import type { OverlayStore } from './overlay-store.ts';
import type { OverviewStore } from './overview-store.ts';
import type { ReaderPreparation } from './reader-preparation.ts';
import type { SnapshotStore } from './snapshot-store.ts';
import type { DueReckoning } from './supply/due-reckoning.ts';
import type { WithdrawnContents } from './withdrawn-contents.ts';

/** What every service works with: the database, what is kept in memory, who asks, and when it is. */
export interface ServiceContext {
	readonly database: Database;
	readonly snapshots: SnapshotStore;
	readonly withdrawn: WithdrawnContents;
	readonly drafts: DraftStore;
	readonly outlines: OutlineStore;
	readonly controlLayers: ControlLayerStore;
	readonly overlays: OverlayStore;
	readonly comparisons: ComparisonStore;
	readonly overviews: OverviewStore;
	readonly preparation: ReaderPreparation;
	readonly dueDays: DueReckoning;
	readonly tiles: ByteCache<Promise<CachedTile>>;
	readonly actor: Actor;
	readonly now: Date;
}
