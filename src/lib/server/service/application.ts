import { overlayParcelSets } from '$geo/arrangement/overlay.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { connectDatabase } from '../db/connect.ts';
import { PUBLIC_ACTOR, type Actor } from '../access/actor.ts';
import { AttemptLimit } from '../access/attempt-limit.ts';
import { readSettings, type Settings } from '../settings.ts';
import { openAuth } from '../sign-in/auth.ts';
import { ProviderSignIn } from '../sign-in/provider.ts';
import { ByteCache } from '../tile/byte-cache.ts';
import { MemoryBudget } from '../tile/memory-budget.ts';
import { drawTask, type LaidOverview, type OverviewTask } from '../tile/overview.ts';
import { DraftStore } from './changeset/draft-store.ts';
import { WorkingCoverageStore } from './changeset/working-coverage.ts';
import type { ServiceContext } from './context.ts';
import type { SignInContext } from './sign-in.ts';
import { ComparisonStore } from './history/comparison-store.ts';
import { ControlLayerStore } from './control-layer-store.ts';
import { OutlineStore } from './outline-store.ts';
import { OverlayStore, type OverlayAreas } from './overlay-store.ts';
import { OverviewStore } from './overview-store.ts';
import { ReaderPreparation } from './reader-preparation.ts';
import { SnapshotStore } from './snapshot-store.ts';
import { DueReckoning } from './supply/due-reckoning.ts';
import { listReaderViews, READERS, warmUp } from './warm-up.ts';
import { WithdrawnContents } from './withdrawn-contents.ts';
import { WorkThread } from './work-thread.ts';

/** What lives as long as the server does. */
export interface Application {
	readonly settings: Settings;
	/** What revisions and overviews take. */
	readonly budget: MemoryBudget;
	/** What the services of every request work with. */
	readonly services: Omit<ServiceContext, 'actor' | 'now'>;
	/** Where overlays and overviews are made; none: in the server's own thread, when it is run without the start program. */
	readonly threads: readonly { close(): Promise<void> }[];
	readonly signIn: SignInContext;
}

const MB = 1024 * 1024;
/** More than a whole office behind one proxy needs, when it comes to work. */
const SIGN_INS_A_MINUTE = 120;

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
	const secret = settings.authSecret;
	if (secret === null)
		throw new Error('there is no AUTH_SECRET: start the server with npm start or npm run dev');
	const database = connectDatabase(
		target.kind === 'embedded' ? { kind: 'embedded', socketDir: target.socketDir ?? '' } : target,
	);
	const { oidc, origin } = settings;
	const budget = new MemoryBudget(settings.revisionCacheMb * MB);
	const overlayThread = threadOf<readonly ParcelSet[], OverlayAreas>(settings.overlayWorker);
	const overviewThread = threadOf<OverviewTask, LaidOverview | null>(settings.overviewWorker);
	const snapshots = new SnapshotStore(database, budget);
	opened = {
		settings,
		budget,
		services: {
			database,
			snapshots,
			withdrawn: new WithdrawnContents(database),
			drafts: new DraftStore(database, new WorkingCoverageStore(database, snapshots, budget), budget),
			outlines: new OutlineStore(database),
			controlLayers: new ControlLayerStore(database),
			overlays: new OverlayStore(async (sets) => overlayThread?.make(sets) ?? overlayParcelSets(sets)),
			comparisons: new ComparisonStore(),
			overviews: new OverviewStore(
				budget,
				async (task, wanted) => overviewThread?.make(task, wanted) ?? drawTask(task),
			),
			preparation: preparationOf(settings, budget),
			dueDays: new DueReckoning(database, (line) => void process.stderr.write(`${line}\n`)),
			tiles: new ByteCache(settings.tileCacheMb * MB),
		},
		threads: [overlayThread, overviewThread].filter((thread) => thread !== null),
		signIn: {
			database,
			auth: openAuth(database, { secret, origin }),
			provider:
				oidc === null || origin === null ? null : new ProviderSignIn(database, { secret, origin }, oidc),
			attempts: new AttemptLimit(SIGN_INS_A_MINUTE),
		},
	};
}

function threadOf<Task, Answer>(workerFile: string | null): WorkThread<Task, Answer> | null {
	return workerFile === null ? null : new WorkThread(workerFile);
}

/** The open application; throws before `openApplication`. */
export function application(): Application {
	if (opened === null) throw new Error('the application is not open yet');
	return opened;
}

/** What the services of one request work with. */
export function contextFor(actor: Actor): ServiceContext {
	return { ...application().services, actor, now: new Date() };
}

/** Draws overviews ahead of readers beside the server's own thread, as far as memory has room; without such a thread, nothing. */
function preparationOf(settings: Settings, budget: MemoryBudget): ReaderPreparation {
	return new ReaderPreparation(
		() => budget.watchRoom(),
		async ({ zoneId, audience }, goesOn) => {
			if (settings.overviewWorker !== null) await warmUp(contextFor(READERS[audience]), zoneId, goesOn);
		},
	);
}

/** Begins to prepare what first readers ask for. Whether it fails or the server stops meanwhile, requests are answered as ever. */
export async function prepareForReaders(): Promise<void> {
	const { preparation } = application().services;
	preparation.begin(await listReaderViews(contextFor(PUBLIC_ACTOR)));
}

/** Ends what threads are at and closes the database, which waits for statements at work; reading ahead of readers ends there. */
export async function closeApplication(): Promise<void> {
	const closing = opened;
	opened = null;
	closing?.services.preparation.close();
	await closing?.services.dueDays.close();
	await Promise.all(closing?.threads.map((thread) => thread.close()) ?? []);
	await closing?.services.database.close();
}
