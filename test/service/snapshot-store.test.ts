import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inScope, type Database } from '$lib/server/db/connect.ts';
import { SnapshotStore } from '$lib/server/service/snapshot-store.ts';
import { MemoryBudget } from '$lib/server/tile/memory-budget.ts';
import { publishEdits } from '../support/database-publish.ts';
import { databaseWithZone, PANJIN_ID } from '../support/database-rows.ts';

const REVISIONS = 6;
const MB = 1024 * 1024;

/** The same database, which counts transactions and refuses them as long as it is told to. */
function watched(database: Database) {
	const watch = { begun: 0, refuses: false };
	const sql = new Proxy(database.sql, {
		get(target, name) {
			if (name === 'begin') {
				watch.begun++;
				if (watch.refuses) throw new Error('no answer');
			}
			return Reflect.get(target, name) as unknown;
		},
	});
	return { watch, database: { ...database, sql } };
}

describe('revisions in memory', () => {
	let database: Database;
	let ids: readonly string[];
	beforeAll(async () => {
		database = await databaseWithZone('embedded');
		const app = { role: 'app', zoneId: PANJIN_ID, grade: 'office' } as const;
		for (let revision = 2; revision <= REVISIONS; revision++) {
			const classCode = revision % 2 === 0 ? '0802' : '1401';
			await inScope(database, app, (sql) => publishEdits(sql, [{ code: 'PJ-00', classCode }]));
		}
		const rows = await inScope(
			database,
			app,
			(sql) => sql<{ checksum: string }[]>`
				select checksum from revision where zone_id = ${PANJIN_ID} and coverage_id = 'plan' order by revision`,
		);
		ids = rows.map(({ checksum }) => checksum);
	});
	afterAll(() => database.close());

	function open(limitBytes: number) {
		const { watch, database: of } = watched(database);
		const budget = new MemoryBudget(limitBytes);
		return { watch, budget, store: new SnapshotStore(of, budget) };
	}

	it('keep a budget that has room for few, the published one always, the others as they are used', async () => {
		const all = open(64 * MB);
		for (const id of ids) await all.store.find(id);
		const published = ids[REVISIONS - 1];
		const limitBytes = Math.ceil(all.budget.bytes / 2);
		const { store, budget, watch } = open(limitBytes);
		const first = await store.find(published);
		for (let i = 0; i < 40; i++) {
			const revision = (i * i + 3 * i) % (REVISIONS - 1);
			expect((await store.find(ids[revision]))?.revision).toBe(revision + 1);
			expect(budget.bytes).toBeLessThanOrEqual(limitBytes);
		}
		const before = watch.begun;
		expect(await store.find(published)).toBe(first);
		expect(watch.begun).toBe(before);
	});

	it('are loaded once for all who ask meanwhile', async () => {
		const { store, watch } = open(64 * MB);
		const found = await Promise.all([0, 0, 1, 0, 1].map((i) => store.find(ids[i])));
		expect(new Set(found).size).toBe(2);
		expect(found.map((one) => one?.contentId)).toEqual([0, 0, 1, 0, 1].map((i) => ids[i]));
		const begun = watch.begun;
		await Promise.all(ids.slice(0, 2).map((id) => store.find(id)));
		expect(watch.begun).toBe(begun);
	});

	it('are asked for anew after a load that failed, for all who waited for it', async () => {
		const { store, watch, budget } = open(64 * MB);
		watch.refuses = true;
		const failed = await Promise.allSettled([store.find(ids[0]), store.find(ids[0])]);
		expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		expect(budget.bytes).toBe(0);
		watch.refuses = false;
		expect((await store.find(ids[0]))?.revision).toBe(1);
	});
});
