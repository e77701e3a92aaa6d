import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, START_COMMAND, startProgram } from '../support/run-program.ts';

/** Fills 240 MB in a thread, as an overlay does, and says how much more is resident once the thread has ended, in MB. */
const PROGRAM = `
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
const resident = (name) => Number(new RegExp(name + ':\\\\s+(\\\\d+)').exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
const THREAD = \`
for (let i = 0; i < 8; i++) new Float64Array(3_500_000).fill(1);
const parts = Array.from({ length: 20 }, (_, i) => new Float64Array(1_500_000).fill(i));
require('node:worker_threads').parentPort.postMessage(parts[0].slice(0, 10_000));
\`;
const before = resident('VmRSS');
const kept = await new Promise((resolve) => {
	let answer;
	const worker = new Worker(THREAD, { eval: true, execArgv: [] });
	worker.once('message', (message) => (answer = message)).once('exit', () => resolve(answer));
});
console.log(JSON.stringify({ most: resident('VmHWM') - before, after: resident('VmRSS') - before, kept: kept.length }));
`;

describe('the memory of a thread', () => {
	let folder: Awaited<ReturnType<typeof makeFolder>>;
	beforeAll(async () => {
		folder = await makeFolder();
		await writeFile(join(folder.path, 'memory.mjs'), PROGRAM);
	});
	afterAll(() => folder.remove());

	it('is given back when it ends, where the program is started as npm start does', async () => {
		const command = START_COMMAND.replace('bin/start.js', join(folder.path, 'memory.mjs'));
		const { stdout, stderr } = await startProgram({}, ['sh', '-c', command]).ended;
		expect(stderr).toBe('');
		const { most, after } = JSON.parse(stdout) as { most: number; after: number };
		expect(most).toBeGreaterThan(200);
		expect(after).toBeLessThan(40);
	});
});
