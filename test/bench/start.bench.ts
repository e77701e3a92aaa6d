import { describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../bin/build.js';
import { makeFolder, startProgram } from '../support/run-program.ts';
import { ms, tableText, writeFigures } from './report.ts';
import { timed, timingOf, type Timing } from './timing.ts';

const LATER_STARTS = 5;

describe('the program on an embedded database', () => {
	it('starts, stops and starts again', async () => {
		await ensureBuilt('start');
		await ensureBuilt('app');
		const folder = await makeFolder();
		const stopMs: number[] = [];
		const measure = async (runs: number): Promise<Timing> => {
			const samplesMs: number[] = [];
			for (let run = 0; run < runs; run++) {
				const program = startProgram({ DATA_DIR: folder.path });
				samplesMs.push((await timed(1, () => program.address())).timing.p50Ms);
				const { value, timing } = await timed(1, () => program.stop());
				expect(value).toMatchObject({ code: 0, stderr: '' });
				stopMs.push(timing.p50Ms);
			}
			return timingOf(samplesMs);
		};
		try {
			const figures = {
				'first start: schema, class lists and demo': await measure(1),
				'later start': await measure(LATER_STARTS),
				'stop on SIGTERM': timingOf(stopMs),
			};
			const rows = Object.entries(figures).map(([name, { samples, p50Ms, maxMs }]) => [
				...[name, String(samples), ms(p50Ms), ms(maxMs)],
			]);
			console.log(`\n${tableText(['ms', 'runs', 'p50', 'max'], rows)}`);
			console.log(`figures written to ${writeFigures(figures, 'start-figures')}`);
		} finally {
			await folder.remove();
		}
	});
});
