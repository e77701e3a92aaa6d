import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner, inScope, type Database } from '$lib/server/db/connect.ts';
import { findLatestRevision } from '$lib/server/db/coverage.ts';
import { OverviewStore } from '$lib/server/service/overview-store.ts';
import { SnapshotStore } from '$lib/server/service/snapshot-store.ts';
import { MemoryBudget } from '$lib/server/tile/memory-budget.ts';
import { drawTask } from '$lib/server/tile/overview.ts';
import type { IndexedTable, ParcelTable } from '$lib/server/tile/parcel-table.ts';
import { wholeTable } from '$lib/server/tile/snapshot.ts';
import { publishEdits, type Edit } from '../support/database-publish.ts';
import { databaseWithZone, PANJIN_ID, PUBLISHING } from '../support/database-rows.ts';

const REVISIONS = 6;
const MB = 1024 * 1024;

/** The same database, which counts transactions, refuses them as long as it is told to, and lets them wait. */
function watched(database: Database) {
	const watch = { begun: 0, ended: 0, refuses: false, admit: async (_: number): Promise<void> => {} };
	const begin = async (...given: Parameters<typeof database.sql.begin>): Promise<unknown> => {
		watch.begun++;
		if (watch.refuses) throw new Error('no answer');
		await watch.admit(watch.begun);
		const answer = await database.sql.begin(...given);
		watch.ended++;
		return answer;
	};
	const sql = new Proxy(database.sql, {
		get: (target, name) => (name === 'begin' ? begin : (Reflect.get(target, name) as unknown)),
	});
	return { watch, database: { ...database, sql, use: () => ({ ...database.use(), sql }) } };
}

/** What a revision's parcels are, without how they are found. */
function columnsOf(table: ParcelTable) {
	const { parcelNo, version, areaDm2, park, landUse, code, stockStatus, block, polygons } = table;
	return { parcelNo, version, areaDm2, park, landUse, code, stockStatus, block, polygons };
}

describe('revisions in memory', () => {
	let database: Database;
	const ids: string[] = [];
	/** The parcels of each revision, read whole while it was the newest. */
	const parcels: ParcelTable[] = [];
	/** It meets every revision as it is published. */
	let live: SnapshotStore;
	beforeAll(async () => {
		database = await databaseWithZone('embedded');
		live = new SnapshotStore(database, new MemoryBudget(64 * MB));
		await meetNewest();
		for (let revision = 2; revision <= REVISIONS; revision++) {
			const classCode = revision % 2 === 0 ? '0802' : '1401';
			await publish([{ code: revision < 4 ? 'PJ-00' : 'PJ-01', classCode }]);
		}
	});
	afterAll(() => database.close());

	function open(limitBytes: number) {
		const { watch, database: of } = watched(database);
		const budget = new MemoryBudget(limitBytes);
		return { watch, budget, store: new SnapshotStore(of, budget) };
	}

	async function publish(edits: readonly Edit[]): Promise<void> {
		await inScope(database, PUBLISHING, (sql) => publishEdits(sql, edits));
		await meetNewest();
	}

	async function newestId(coverageId: string): Promise<string> {
		const newest = await inScope(database, PUBLISHING, (sql) =>
			findLatestRevision(sql, PANJIN_ID, coverageId),
		);
		return newest?.checksum ?? '';
	}

	async function meetNewest(): Promise<void> {
		const snapshot = await open(64 * MB).store.find(await newestId('plan'));
		if (snapshot === null) throw new Error('the newest revision exists');
		expect(snapshot.delta).toBeNull();
		await live.find(snapshot.contentId);
		ids.push(snapshot.contentId);
		parcels.push(snapshot.base);
	}

	it('keep a budget that has room for few', async () => {
		const published = ids[REVISIONS - 1];
		const all = open(64 * MB);
		for (const id of [published, ids[0], ids[1]]) await all.store.find(id);
		const limitBytes = all.budget.bytes;
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

	it('are at hand with what is drawn of them whatever the budget, the published ones of others are read anew', async () => {
		const { store, budget, watch } = open(1);
		const overviews = new OverviewStore(budget, async (task) => drawTask(task));
		const visit = async (id: string) => {
			const snapshot = await store.find(id);
			if (snapshot === null) throw new Error('the revision exists');
			return { snapshot, overview: await overviews.overviewOf(snapshot, 'public') };
		};
		const coverages = [ids[REVISIONS - 1], await newestId('current')];
		const first = await visit(coverages[0]);
		for (const id of [...coverages, ...coverages]) {
			const visited = await visit(id);
			const { begun } = watch;
			const again = await visit(id);
			expect(again.snapshot).toBe(visited.snapshot);
			expect(again.overview).toBe(visited.overview);
			expect(watch.begun).toBe(begun);
		}
		const last = await visit(coverages[0]);
		expect(last.snapshot).not.toBe(first.snapshot);
		expect(last).toEqual(first);
	});

	it('are read whole one after the other, of whatever coverage', async () => {
		const { store, watch } = open(64 * MB);
		const both = [ids[REVISIONS - 1], await newestId('current')];
		const LOOK_UPS = 2;
		let letGo = () => {};
		const isLetGo = new Promise<void>((resolve) => (letGo = resolve));
		watch.admit = (begun) => (begun > LOOK_UPS ? isLetGo : Promise.resolve());
		const reading = Promise.all(both.map((id) => store.find(id)));
		while (watch.ended < LOOK_UPS || watch.begun === LOOK_UPS) await database.sql`select 1`;
		expect(watch.begun).toBe(LOOK_UPS + 1);
		letGo();
		expect((await reading).map((one) => one?.contentId)).toEqual(both);
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

	it('share the parcels that they have in common, with the newest or with what was the newest once', async () => {
		for (const { store, baseRevision } of [
			{ store: open(64 * MB).store, baseRevision: REVISIONS },
			{ store: live, baseRevision: 1 },
		]) {
			const bases = new Set<IndexedTable>();
			for (const [i, id] of ids.entries()) {
				const snapshot = await store.find(id);
				if (snapshot === null) throw new Error('the revision exists');
				bases.add(snapshot.base);
				expect(snapshot).toMatchObject({ revision: i + 1, baseRevision });
				expect(columnsOf(wholeTable(snapshot))).toEqual(columnsOf(parcels[i]));
			}
			expect(bases.size).toBe(1);
		}
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

	it('are held whole where much is otherwise', async () => {
		const codes = parcels[0].code.slice(0, Math.ceil(parcels[0].code.length / 4));
		await publish(codes.map((code) => ({ code, classCode: '0802' })));
		const { store } = open(64 * MB);
		const [newest, other] = [await store.find(ids[REVISIONS]), await store.find(ids[0])];
		expect([newest?.delta, other?.delta]).toEqual([null, null]);
		expect(other?.base.version).toEqual(parcels[0].version);
	});

	it('do not build on a base that has another content by now, as after a restore', async () => {
		const { store } = open(64 * MB);
		const before = await store.find(ids[ids.length - 1]);
		const restored = 'f'.repeat(64);
		await asOwner(database, async (sql) => {
			await sql`alter table parcel disable trigger user`;
			await sql`alter table revision disable trigger user`;
			await sql`update parcel set code = 'PJ-99' where coverage_id = 'plan' and code = 'PJ-06' and rev_to is null`;
			await sql`update revision set checksum = ${restored} where checksum = ${ids[ids.length - 1]}`;
		});
		const after = await store.find(restored);
		expect(after).toMatchObject({ revision: before?.revision, delta: null });
		expect(before?.base.code).not.toContain('PJ-99');
		expect(after?.base.code).toContain('PJ-99');
	});
});
