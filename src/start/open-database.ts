import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connectDatabase, type Database } from '../lib/server/db/connect.ts';
import { startEmbedded } from '../lib/server/db/embedded.ts';
import { readSettings } from '../lib/server/settings.ts';
import { findRunningSocket, openDataFolder } from './data-folder.ts';
import { checkDatabaseServer } from './database-server.ts';
import { StartProblem } from './start-problem.ts';

/**
 * Opens the database that the settings name, also beside a program that runs on it, for one piece of work.
 *
 * Makes none: throws a StartProblem where settings are wrong or nothing is there.
 */
export async function withDatabase<T>(
	root: string,
	env: Readonly<Record<string, string | undefined>>,
	work: (database: Database) => Promise<T>,
): Promise<T> {
	const reading = readSettings(env);
	if (!reading.ok) throw new StartProblem(reading.problems.join('; '));
	const { database: target, dataDir } = reading.settings;
	if (target.kind === 'server') {
		await checkDatabaseServer(target.url);
		return closing(connectDatabase(target), work);
	}
	const path = resolve(root, dataDir);
	if (!existsSync(join(path, 'pg'))) throw new StartProblem(`there is no database in ${path}: set DATA_DIR`);
	const running = await findRunningSocket(path);
	if (running !== null) return closing(connectDatabase({ kind: 'embedded', socketDir: running }), work);
	const folder = await openDataFolder(path);
	try {
		const embedded = await startEmbedded({ dataDir: folder.path, socketDir: folder.socketDir });
		try {
			return await closing(connectDatabase({ kind: 'embedded', socketDir: embedded.socketDir }), work);
		} finally {
			await embedded.close();
		}
	} finally {
		folder.release();
	}
}

async function closing<T>(database: Database, work: (database: Database) => Promise<T>): Promise<T> {
	try {
		return await work(database);
	} finally {
		await database.close();
	}
}
