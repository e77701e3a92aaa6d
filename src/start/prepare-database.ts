import { join } from 'node:path';
import { connectDatabase, type DatabaseTarget } from '../lib/server/db/connect.ts';
import { migrate } from '../lib/server/db/migrate.ts';

export interface Preparation {
	readonly root: string;
	readonly zoneFolders: readonly string[];
	readonly report: (line: string) => void;
}

/** Brings the database to the schema of this version and loads the zones that it does not hold yet. */
export async function prepareDatabase(target: DatabaseTarget, { root, report }: Preparation): Promise<void> {
	const database = connectDatabase(target);
	try {
		report('preparing the schema');
		const ran = await migrate(database, join(root, 'migrations'));
		report(ran === 0 ? 'schema up to date' : `schema ready, ${ran} migrations run`);
	} finally {
		await database.close();
	}
}
