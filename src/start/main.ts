import { resolve } from 'node:path';
import type { DatabaseTarget } from '../lib/server/db/connect.ts';
import { startEmbedded, type Embedded } from '../lib/server/db/embedded.ts';
import { readServerAddress } from '../lib/server/db/server-address.ts';
import { isDatabaseLost } from '../lib/server/service/database-loss.ts';
import { readSettings, type Settings } from '../lib/server/settings.ts';
import { loadBuilt, loadSources, prepareEnvironment, type Application } from './application.ts';
import { keptSecret } from './auth-secret.ts';
import { checkDatabaseServer } from './database-server.ts';
import { openDataFolder, type DataFolder } from './data-folder.ts';
import { describeFirstPeople } from './first-people.ts';
import { openHttpDoor, type HttpDoor } from './http-door.ts';
import { startPreparation, type RunningPreparation } from './preparation.ts';
import { createReporter, type Reporter } from './reporter.ts';
import { stopRequested } from './stop-signal.ts';
import { checkZoneFolders } from './zone-folders.ts';

export interface StartOptions {
	/** Folder of the project. */
	readonly root: string;
	readonly version: string;
	/** Serve the sources through Vite instead of the built application. */
	readonly dev: boolean;
	/** Settles when the application is built, which may go on while the database is prepared. */
	readonly applicationBuilt: Promise<void>;
}

/** What is open and has to be closed, in the order of opening. */
interface Opened {
	door?: HttpDoor;
	folder?: DataFolder;
	embedded?: Embedded;
	preparation?: RunningPreparation;
	application?: Application;
}

/** Failures whose message is already the line for the user. */
const CLEAR_FAILURES = new Set(['StartProblem', 'BuildFailure', 'DatabaseRefusal', 'ZoneFolderError']);
const FINISH_REQUESTS_MS = 1_500;
const STOP_WITHIN_MS = 3_000;

/** Runs the program until it is told to stop, and ends the process: 0 after a stop, 1 after a failure, which is one line. */
export async function run(options: StartOptions): Promise<never> {
	const reporter = createReporter(
		(text) => process.stdout.write(text),
		(text) => process.stderr.write(text),
	);
	const reading = readSettings(process.env);
	if (!reading.ok) {
		for (const problem of reading.problems) reporter.problem(problem);
		process.exit(1);
	}
	const { settings } = reading;
	reporter.setLevel(settings.logLevel);
	hidePassword(reporter, settings);
	reporter.hide(settings.authSecret ?? '');

	const opened: Opened = {};
	process.on('exit', () => opened.folder?.release());
	process.on('uncaughtException', (error) => fail(reporter, error));
	process.on('unhandledRejection', (reason) => notHeld(reporter, reason));
	const stopped = stopRequested(reporter, () => process.exit(1));
	const failed = serve(options, settings, opened, reporter);
	const outcome = await Promise.race([stopped, failed]);
	setTimeout(() => process.exit(typeof outcome === 'string' ? 0 : 1), STOP_WITHIN_MS).unref();
	if (typeof outcome !== 'string') report(reporter, outcome.error);
	await closeAll(opened);
	process.exit(typeof outcome === 'string' ? 0 : 1);
}

/** Opens everything in turn and serves; resolves only with the failure that ends it. */
async function serve(
	options: StartOptions,
	settings: Settings,
	opened: Opened,
	reporter: Reporter,
): Promise<{ error: unknown }> {
	try {
		await open(options, settings, opened, reporter);
	} catch (error) {
		return { error };
	}
	const cause = await (opened.embedded?.failed ?? new Promise<never>(() => {}));
	return { error: new Error(`the embedded database failed: ${cause.message}`, { cause }) };
}

async function open(
	{ root, version, dev, applicationBuilt }: StartOptions,
	settings: Settings,
	opened: Opened,
	reporter: Reporter,
): Promise<void> {
	await checkZoneFolders(root, settings.zoneFolders);
	opened.door = await openHttpDoor(settings.host, settings.port);
	let databaseLine: string;
	let target: DatabaseTarget;
	if (settings.database.kind === 'embedded') {
		opened.folder = await openDataFolder(resolve(root, settings.dataDir));
		reporter.step(`data folder ${opened.folder.path}`);
		opened.embedded = await startEmbedded({
			dataDir: opened.folder.path,
			socketDir: opened.folder.socketDir,
		});
		reporter.step('embedded database open');
		target = { kind: 'embedded', socketDir: opened.embedded.socketDir };
		databaseLine = `embedded, in ${opened.folder.path} (for trying; set DATABASE_URL for more than five editors)`;
	} else {
		target = settings.database;
		const version = await checkDatabaseServer(target.url);
		const { host, port, database } = readServerAddress(target.url);
		databaseLine = `PostgreSQL ${version}, ${host}:${port}/${database}`;
		reporter.step(`database server answers: ${databaseLine}`);
	}
	const authSecret = settings.authSecret ?? (await keptSecret(resolve(root, settings.dataDir)));
	prepareEnvironment(root, settings, authSecret, target.kind === 'embedded' ? target.socketDir : null);
	const { zoneFolders, adminEmail, sampleAccounts } = settings;
	const people = { adminEmail, sampleAccounts };
	opened.preparation = startPreparation({ target, root, zoneFolders, people }, (line) => reporter.step(line));
	const firstPeople = describeFirstPeople(await opened.preparation.done);
	// At once: nothing that fails from here on may keep them from whoever has to know.
	if (firstPeople.length > 0) reporter.line(`\n${firstPeople.join('\n')}\n`);
	await applicationBuilt;
	opened.application = dev ? await loadSources(opened.door.server) : await loadBuilt(root);
	opened.door.admit(opened.application.handler);
	reporter.step('ready');
	const officeLine = settings.officeOnLocalhost ? ' (office view for browsers on this machine)' : '';
	reporter.line(`\n园图 Yuantu ${version}\n`);
	reporter.line(
		`  address   ${settings.origin ? `${settings.origin}/, here ` : ''}${opened.door.address}${officeLine}`,
	);
	reporter.line(`  database  ${databaseLine}`);
	reporter.line(`  stop      Ctrl-C\n`);
}

async function closeAll({ door, application, preparation, embedded, folder }: Opened): Promise<void> {
	await preparation?.cancel();
	await door?.close(FINISH_REQUESTS_MS);
	await application?.close();
	await embedded?.close();
	folder?.release();
}

/**
 * A rejection that nobody holds fails the program, unless it is of a lost connection: the driver asks each new one for types by itself, and lets
 * nobody hold what that throws (postgres.js 3.4.9, `fetchArrayTypes`). Whoever wanted the connection is told, or given another.
 */
function notHeld(reporter: Reporter, reason: unknown): void {
	if (!isDatabaseLost(reason)) fail(reporter, reason);
	reporter.problem('a connection was lost: the database does not answer', reason);
}

function fail(reporter: Reporter, error: unknown): never {
	report(reporter, error);
	process.exit(1);
}

function report(reporter: Reporter, error: unknown): void {
	const text = error instanceof Error ? error.message : String(error);
	const isClear = error instanceof Error && CLEAR_FAILURES.has(error.name);
	reporter.problem(isClear ? text : `${text} (LOG_LEVEL=debug shows the details)`, error);
}

function hidePassword(reporter: Reporter, { database }: Settings): void {
	if (database.kind !== 'server') return;
	const { password } = readServerAddress(database.url);
	// The driver looks there where the address has none.
	reporter.hide(password || (process.env['PGPASSWORD'] ?? ''));
	reporter.hide(new URL(database.url).password);
}
