import { describe, expect, it } from 'vitest';
import { migrate } from '$lib/server/db/migrate.ts';
import { DATABASE_KINDS, freshDatabase, MIGRATIONS } from '../support/database.ts';

describe.each(DATABASE_KINDS)('migrations on the %s database', (kind) => {
	it('runs every file once', async () => {
		const database = await freshDatabase(kind);
		try {
			expect(await migrate(database, MIGRATIONS)).toBe(0);
		} finally {
			await database.close();
		}
	});
});
