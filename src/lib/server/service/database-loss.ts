import { inScope, type Database } from '../db/connect.ts';
import { CUT, UNREACHED } from '../db/connection-loss.ts';

/** Says whether something failed because the database does not answer; it may answer again. */
export function isDatabaseLost(error: unknown): boolean {
	if (error instanceof AggregateError) return error.errors.some(isDatabaseLost);
	if (typeof error !== 'object' || error === null) return false;
	if ('cause' in error && isDatabaseLost(error.cause)) return true;
	return (
		'code' in error &&
		typeof error.code === 'string' &&
		[UNREACHED, CUT].some((said) => said.test(String(error.code)))
	);
}

/** Says whether the database answers at this moment. */
export async function doesDatabaseAnswer(database: Database): Promise<boolean> {
	const nothing = { role: 'read', zoneId: null, grade: 'public' } as const;
	return inScope(database, nothing, (sql) => sql`select 1`).then(
		() => true,
		() => false,
	);
}
