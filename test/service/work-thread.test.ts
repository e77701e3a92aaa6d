import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flattenMultiPolygons } from '$geo/flat-polygons.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { OverlayAreas } from '$lib/server/service/overlay-store.ts';
import { WorkThread } from '$lib/server/service/work-thread.ts';
import { makeFolder } from '../support/run-program.ts';

/** Writes its number where all threads write, does the task it is given, and writes its number again, below zero. */
const WORKER = `
import { parentPort, workerData } from 'node:worker_threads';
const [{ parcelNos: diary }, { parcelNos: [number, task] }] = workerData;
const write = (entry) => Atomics.store(diary, Atomics.add(diary, 0, 1) + 1, entry);
write(number);
if (task === 1) throw new Error('no memory');
if (task === 2 || (task === 3 && diary[0] === 1)) Atomics.wait(diary, diary.length - 1, 0);
for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
write(-number);
parentPort.postMessage({ parcelNos: [], areaM2: Float64Array.of(number) });
`;
const NO_POLYGONS = flattenMultiPolygons([]);
/** The last hangs where it is the first thing done. */
const [WORK, FAIL, HANG, HANG_FIRST] = [0, 1, 2, 3];

describe('a thread for work', () => {
	let folder: Awaited<ReturnType<typeof makeFolder>>;
	let workerFile: string;
	beforeAll(async () => {
		folder = await makeFolder();
		workerFile = join(folder.path, 'worker.mjs');
		await writeFile(workerFile, WORKER);
	});
	afterAll(() => folder.remove());

	function open() {
		const diary = new Int32Array(new SharedArrayBuffer(64));
		const thread = new WorkThread<readonly ParcelSet[], OverlayAreas>(workerFile);
		const make = async (number: number, task: number, wanted: Promise<unknown> | null = null) => {
			const sets = [diary, Int32Array.of(number, task)];
			const inputs = sets.map((parcelNos) => ({ parcelNos, polygons: NO_POLYGONS }));
			const { areaM2 } = await thread.make(inputs, wanted);
			return areaM2[0];
		};
		return { make, thread, entries: () => [...diary.subarray(1, diary[0] + 1)] };
	}

	it('makes one after the other, in the order asked, and goes on after a failure', async () => {
		const { make, entries } = open();
		const answers = await Promise.allSettled([make(1, WORK), make(2, FAIL), make(3, WORK), make(4, WORK)]);
		expect(answers).toMatchObject([
			{ value: 1 },
			{ reason: { message: 'no memory' } },
			{ value: 3 },
			{ value: 4 },
		]);
		expect(entries()).toEqual([1, -1, 2, 3, -3, 4, -4]);
	});

	it('leaves what nobody waits for where something is waited for, and makes it after', async () => {
		const { make, entries } = open();
		const ahead = make(1, HANG_FIRST, new Promise(() => {}));
		const aheadToo = make(2, WORK, new Promise(() => {}));
		while (entries().length === 0) await new Promise((resolve) => setImmediate(resolve));
		expect(await make(3, WORK)).toBe(3);
		expect(await Promise.all([ahead, aheadToo])).toEqual([1, 2]);
		expect(entries()).toEqual([1, 3, -3, 2, -2, 1, -1]);
	});

	it('keeps at what is waited for by now', async () => {
		const { make, entries } = open();
		const wanted = Promise.resolve();
		const ahead = make(1, WORK, wanted);
		await wanted;
		expect(await make(2, WORK)).toBe(2);
		expect(await ahead).toBe(1);
		expect(entries()).toEqual([1, -1, 2, -2]);
	});

	it('ends with what it is at, and refuses what waits and what comes', async () => {
		const { make, thread, entries } = open();
		const waiting = Promise.allSettled([make(1, HANG), make(2, WORK), make(3, WORK)]);
		while (entries().length === 0) await new Promise((resolve) => setImmediate(resolve));
		await thread.close();
		for (const { status } of await waiting) expect(status).toBe('rejected');
		await expect(make(4, WORK)).rejects.toThrow('stopping');
		expect(entries()).toEqual([1]);
	});
});
