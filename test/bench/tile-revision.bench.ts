import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner, inScope, type Database } from '$lib/server/db/connect.ts';
import { findLatestRevision } from '$lib/server/db/coverage.ts';
import { SnapshotStore } from '$lib/server/service/snapshot-store.ts';
import { labelTile, landUseTile } from '$lib/server/tile/coverage-layer.ts';
import { MemoryBudget } from '$lib/server/tile/memory-budget.ts';
import type { CoverageSnapshot } from '$lib/server/tile/snapshot.ts';
import { publishEdits } from '../support/database-publish.ts';
import { makeFolder } from '../support/run-program.ts';
import { databaseWithZones, SHENYANG_FOLDER } from '../support/zone-service.ts';
import { kb, ms, tableText } from './report.ts';
import { tilesOf } from './tile-bench.ts';
import { timingOf, type Timing } from './timing.ts';

const ZONE = 'shenyang';
const PARCELS = 100_000;
const EDITS = 100;
const PUBLICATIONS = 5;
/** A published revision is there after so much. */
const REFRESH_MS = 50;
const MB = 1024 * 1024;
const APP = { role: 'app', zoneId: ZONE, grade: 'office' } as const;
const print = (text: string) => console.log(`\n${text}`);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use once garbage is collected: what JavaScript holds, and its buffers. */
async function bytesInUse(): Promise<number> {
	for (let turn = 0; turn < 5; turn++) {
		await new Promise((resolve) => setImmediate(resolve));
		collectGarbage();
	}
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	return heapUsed + arrayBuffers;
}

describe('revisions of 100,000 parcels on a real PostgreSQL', () => {
	let folder: Awaited<ReturnType<typeof makeFolder>>;
	let database: Database;
	const rows: [string, Timing][] = [];

	beforeAll(async () => {
		folder = await makeFolder();
		await cp(SHENYANG_FOLDER, folder.path, { recursive: true });
		const file = join(folder.path, 'zone.json');
		const zone = (await readFile(file, 'utf8')).replace(/"parcelCount": \d+/, `"parcelCount": ${PARCELS}`);
		await writeFile(file, zone);
		database = await databaseWithZones('server', [folder.path]);
	});
	afterAll(async () => {
		await database.close();
		await folder.remove();
	});

	const open = () => new SnapshotStore(database, new MemoryBudget(4096 * MB));
	const newestId = () =>
		inScope(database, APP, async (sql) => (await findLatestRevision(sql, ZONE, 'plan'))?.checksum ?? '');
	async function step<T>(name: string, runs: number, work: (run: number) => Promise<T> | T): Promise<T[]> {
		const samplesMs: number[] = [];
		const values: T[] = [];
		for (let run = 0; run < runs; run++) {
			const began = performance.now();
			values.push(await work(run));
			samplesMs.push(performance.now() - began);
		}
		rows.push([name, timingOf(samplesMs)]);
		return values;
	}
	async function found(store: SnapshotStore, id: string): Promise<CoverageSnapshot> {
		const snapshot = await store.find(id);
		if (snapshot === null) throw new Error('no such revision');
		return snapshot;
	}

	it('are refreshed after a publication, and share what they have in common', async () => {
		const before = await bytesInUse();
		const store = open();
		const ids = [await newestId()];
		const delay = monitorEventLoopDelay({ resolution: 2 });
		delay.enable();
		const [first] = await step('whole revision, read and built', 1, () => found(store, ids[0]));
		delay.disable();
		const held = (await bytesInUse()) - before;
		const [tile] = tilesOf(first, 9);
		landUseTile(first, 'public', tile);
		for (const at of tilesOf(first, 14)) labelTile(first, 'office', at);
		const heldDrawn = (await bytesInUse()) - before;
		const count = first.base.parcelNo.length;

		const inside = [...first.base.park.keys()].filter((row) => first.base.park[row] >= 0);
		const deltas: CoverageSnapshot[] = [];
		for (let no = 1; no <= PUBLICATIONS; no++) {
			const edited = Array.from({ length: EDITS }, (_, k) => inside[(k * 997 + no * 13) % inside.length]);
			const codes = [...new Set(edited)].map((row) => first.base.code[row]);
			await asOwner(database, (sql) =>
				publishEdits(
					sql,
					codes.map((code) => ({ code, classCode: '1401' })),
					ZONE,
				),
			);
			ids.push(await newestId());
		}
		await database.sql`analyze yuantu.parcel`;
		deltas.push(
			...(await step(
				`${EDITS} to ${PUBLICATIONS * EDITS} parcels published: read and built`,
				PUBLICATIONS,
				(run) => found(store, ids[run + 1]),
			)),
		);
		const [last] = deltas.slice(-1);
		expect(last.delta).not.toBeNull();
		const heldDeltas = (await bytesInUse()) - before - heldDrawn;

		const fresh = open();
		await found(fresh, ids[PUBLICATIONS]);
		await step('old revision on demand', PUBLICATIONS, (run) => found(fresh, ids[run]));

		const changed = tilesOf(last, 14).slice(0, 60);
		for (const snapshot of [first, last]) for (const at of changed) landUseTile(snapshot, 'office', at);
		await step('tile z14 of a base', changed.length, (i) => landUseTile(first, 'office', changed[i]));
		await step('tile z14 of base and delta', changed.length, (i) => landUseTile(last, 'office', changed[i]));

		print(
			tableText(
				['ms', 'runs', 'p50', 'max'],
				rows.map(([name, { samples, p50Ms, maxMs }]) => [name, String(samples), ms(p50Ms), ms(maxMs)]),
			),
		);
		expect(rows[1][1].maxMs).toBeLessThan(REFRESH_MS);
		const deltaBytes = deltas.reduce((sum, { delta }) => sum + (delta?.bytes ?? 0), 0);
		print(
			[
				`others wait for a whole revision being read for ${ms(delay.max / 1e6)} ms at most`,
				`${count} parcels, ${first.base.polygons.coordinates.length / 2} positions`,
				`counted ${kb(first.base.bytes / 1000)} MB, in use ${kb(held / 1000)} MB, with what tiles keep ${kb(heldDrawn / 1000)} MB (${(heldDrawn / count).toFixed(0)} bytes a parcel)`,
				`${PUBLICATIONS} deltas: counted ${kb(deltaBytes / 1000)} MB, in use ${kb(heldDeltas / 1000)} MB; the last is ${((100 * (last.delta?.bytes ?? 0)) / first.base.bytes).toFixed(2)} % of its base`,
			].join('\n'),
		);
	});
});
