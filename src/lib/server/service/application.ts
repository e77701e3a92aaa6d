import { overlayParcelSets } from '$geo/arrangement/overlay.ts';
import { connectDatabase, type Database } from '../db/connect.ts';
import type { Actor } from '../access/actor.ts';
import { readSettings, type Settings } from '../settings.ts';
import { ByteCache, type CachedTile } from '../tile/byte-cache.ts';
import type { ServiceContext } from './context.ts';
import { OutlineStore } from './outline-store.ts';
import { OverlayStore } from './overlay-store.ts';
import { OverlayThread } from './overlay-thread.ts';
import { SnapshotStore } from './snapshot-store.ts';

/** What lives as long as the server does. */
export interface Application {
	readonly settings: Settings;
	readonly database: Database;
	readonly snapshots: SnapshotStore;
	readonly outlines: OutlineStore;
	readonly overlays: OverlayStore;
	/** Where overlays are made; null: in the server's own thread, when it is run without the start program. */
	readonly overlayThread: OverlayThread | null;
	readonly tiles: ByteCache<CachedTile>;
}

const MB = 1024 * 1024;
/** Snapshots of revisions take as much again as the tile cache, and at least this. */
const SNAPSHOT_LEAST_MB = 256;

let opened: Application | null = null;

/** Opens the database and the caches once; the start program has migrated and seeded before. Throws on wrong settings. */
export async function openApplication(env: Readonly<Record<string, string | undefined>>): Promise<void> {
	if (opened !== null) return;
	const reading = readSettings(env);
	if (!reading.ok) throw new Error(reading.problems.join('\n'));
	const { settings } = reading;
	const target = settings.database;
	if (target.kind === 'embedded' && target.socketDir === null) {
		throw new Error('no database is open: start the server with npm start or npm run dev');
	}
	const database = connectDatabase(
		target.kind === 'embedded' ? { kind: 'embedded', socketDir: target.socketDir ?? '' } : target,
	);
	const snapshotMb = Math.max(SNAPSHOT_LEAST_MB, settings.tileCacheMb);
	const overlayThread = settings.overlayWorker === null ? null : new OverlayThread(settings.overlayWorker);
	opened = {
		settings,
		database,
		snapshots: new SnapshotStore(database, snapshotMb * MB),
		outlines: new OutlineStore(database),
		overlays: new OverlayStore(async (sets) => overlayThread?.make(sets) ?? overlayParcelSets(sets)),
		overlayThread,
		tiles: new ByteCache(settings.tileCacheMb * MB),
	};
}

/** The open application; throws before `openApplication`. */
export function application(): Application {
	if (opened === null) throw new Error('the application is not open yet');
	return opened;
}

/** What the services of one request work with. */
export function contextFor(actor: Actor): ServiceContext {
	const { database, snapshots, outlines, overlays, tiles } = application();
	return { database, snapshots, outlines, overlays, tiles, actor, now: new Date() };
}

/** Ends the overlay at work and closes the database; requests at work finish first. */
export async function closeApplication(): Promise<void> {
	const closing = opened;
	opened = null;
	await closing?.overlayThread?.close();
	await closing?.database.close();
}
