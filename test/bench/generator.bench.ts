import { describe, expect, it } from 'vitest';
import { generateDemoZone } from '$seeds/demo/generate.ts';
import { ms, tableText, writeFigures } from './report.ts';
import { timed } from './timing.ts';

const COUNTS = [8000, 30_000, 100_000];
const MOST_MS = 60_000;

describe('the demo generator', () => {
	it('makes a hundred thousand parcels within a minute, at much the same cost for each', async () => {
		const rows: string[][] = [];
		const costs: number[] = [];
		const figures: Record<string, unknown> = {};
		for (const parcelCount of COUNTS) {
			const { value: zone, timing } = await timed(1, () => generateDemoZone({ seed: 1, parcelCount }));
			const parcels = zone.coverages.reduce((sum, { classKeys }) => sum + classKeys.length, 0);
			const residentMb = process.memoryUsage().rss / 1e6;
			costs.push(timing.p50Ms / parcels);
			figures[parcelCount] = { parcels, ms: timing.p50Ms, residentMb };
			rows.push([
				String(parcelCount),
				String(parcels),
				ms(timing.p50Ms),
				ms(costs[costs.length - 1]),
				residentMb.toFixed(0),
			]);
			expect(timing.p50Ms).toBeLessThan(MOST_MS);
		}
		console.log(`\n${tableText(['asked', 'parcels of both coverages', 'ms', 'ms a parcel', 'MB'], rows)}`);
		console.log(`figures written to ${writeFigures(figures, 'generator-figures')}`);
		expect(costs[costs.length - 1]).toBeLessThan(3 * costs[0]);
	});
});
