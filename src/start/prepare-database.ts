import { join, resolve } from 'node:path';
import { loadDemoSupply } from '$seeds/load/load-demo-supply.ts';
import { loadLandUse } from '$seeds/load/load-land-use.ts';
import { loadLaw } from '$seeds/load/load-law.ts';
import { loadZone } from '$seeds/load/load-zone.ts';
import { connectDatabase, type Database, type DatabaseTarget } from '../lib/server/db/connect.ts';
import { migrate } from '../lib/server/db/migrate.ts';
import { refreshDueDays } from '../lib/server/service/supply/refresh-due-days.ts';
import { makeFirstPeople, type FirstPeople, type PeopleSettings } from './first-people.ts';

export interface Preparation {
	readonly target: DatabaseTarget;
	/** Folder of the project. */
	readonly root: string;
	readonly zoneFolders: readonly string[];
	readonly people: PeopleSettings;
}

const REPORT_EVERY_MS = 1_000;

/** Brings the database to the schema of this version, loads the class lists and zones that it does not hold yet, and makes their first people. */
export async function prepareDatabase(
	{ target, root, zoneFolders, people }: Preparation,
	report: (line: string) => void,
): Promise<FirstPeople> {
	const database = connectDatabase(target);
	try {
		report('preparing the schema');
		const ran = await migrate(database, join(root, 'migrations'));
		report(ran === 0 ? 'schema up to date' : `schema ready, ${ran} migrations run`);
		if (await loadLandUse(database, join(root, 'seeds', 'land-use'))) report('class lists loaded');
		if (await loadLaw(database, join(root, 'seeds'))) report('rules and working days loaded');
		for (const folder of zoneFolders) {
			const outcome = await loadZone(database, resolve(root, folder), {
				report: describeProgress(folder, report),
			});
			report(`zone ${folder}: ${OUTCOME_LINES[outcome]}`);
			const tell = (line: string) => report(`zone ${folder}: ${line}`);
			if (await loadDemoSupply(database, resolve(root, folder), tell)) tell('demo plots loaded');
		}
		report(await reckonDueDays(database));
		return await makeFirstPeople(database, root, people);
	} finally {
		await database.close();
	}
}

/** What is due is reckoned again with each act: where it cannot be reckoned now, that is said, and stops no start. */
export async function reckonDueDays(database: Database): Promise<string> {
	try {
		const changed = await refreshDueDays(database);
		return changed === null
			? 'first due days up to date'
			: `first due days of ${changed} supplies reckoned anew`;
	} catch (reason) {
		return `first due days of supplies stay as they are until each is acted on or the next start, as they could not be reckoned: ${String(reason)}`;
	}
}

const OUTCOME_LINES = {
	loaded: 'loaded',
	present: 'up to date',
	changed: 'the folder has changed since it was loaded; what is in the database stays',
} as const;

interface LoadStep {
	task: string;
	done?: number;
	total?: number;
}

/** Turns the loader's steps into lines: each task as it begins, then at most one line a second. */
function describeProgress(folder: string, report: (line: string) => void): (step: LoadStep) => void {
	let lastTask = '';
	let lastAt = 0;
	return ({ task, done, total }) => {
		const now = performance.now();
		if (task === lastTask && now - lastAt < REPORT_EVERY_MS) return;
		lastTask = task;
		lastAt = now;
		const progress = done === undefined || total === undefined ? '' : ` ${done} of ${total}`;
		report(`loading zone ${folder}: ${task}${progress}`);
	};
}
