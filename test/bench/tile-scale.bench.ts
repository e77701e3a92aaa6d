import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CoverageSnapshot } from '$lib/server/tile/snapshot.ts';
import { coverageTile, drawnOverview } from '../support/coverage-tile.ts';
import { demoSnapshot } from '../support/demo-snapshot.ts';
import { kb, ms, tableText } from './report.ts';
import { tilesOf } from './tile-bench.ts';
import { areaByClass, parcelsOf } from './tile-content.ts';
import { timed, timingOf } from './timing.ts';

const SIZES = [8000, 74_000];
const ZOOMS = [8, 9, 10, 11, 12, 13, 14];
const GZIP_LEVEL = 6;
const GZIP_LIMIT_BYTES = 250_000;
const MOST_TILES = 60;
const CLASS_AREAS_PCT = 1;
const print = (text: string) => console.log(`\n${text}`);

const LEGEND = [
	'tiles: at most 60 of a zoom · gzip: the largest · overview: parcels are drawn together at this zoom',
	'class areas: half the sum of what the classes as drawn differ from the exact ones, in percent of the zone; where one tile holds it all',
].join('\n');

/** Half the sum of what drawn class areas differ from exact ones, scaled to the same total, in percent of it. */
function classAreasPct(snapshot: CoverageSnapshot, drawn: ReadonlyMap<number, number>): number {
	const exact = new Map<number, number>();
	const { landUse, areaDm2 } = snapshot.base;
	landUse.forEach((k, row) => exact.set(k, (exact.get(k) ?? 0) + areaDm2[row]));
	const total = (areas: ReadonlyMap<number, number>) =>
		[...areas.values()].reduce((sum, area) => sum + area, 0);
	const [all, allDrawn] = [total(exact), total(drawn)];
	let differing = 0;
	for (const [k, area] of exact) differing += Math.abs((drawn.get(k) ?? 0) / allDrawn - area / all);
	return 50 * differing;
}

describe('tiles of zones of different size', () => {
	it('stay below 250 kB compressed', async () => {
		for (const size of SIZES) {
			const snapshot = demoSnapshot('plan', size);
			const drawing = await timed(1, () => drawnOverview(snapshot, 'public'));
			const overview = drawing.value;
			const rows: string[][] = [];
			for (const zoom of ZOOMS) {
				const all = tilesOf(snapshot, zoom);
				const tiles = all.filter((_, i) => i % Math.ceil(all.length / MOST_TILES) === 0);
				const isOverview = overview.levels.has(zoom);
				const timesMs: number[] = [];
				const drawn = new Map<number, number>();
				let gzipMax = 0;
				let most = 0;
				for (const tile of tiles) {
					const began = performance.now();
					const bytes = coverageTile(snapshot, overview, 'public', tile);
					timesMs.push(performance.now() - began);
					if (bytes === null) continue;
					gzipMax = Math.max(gzipMax, gzipSync(bytes, { level: GZIP_LEVEL }).length);
					const features = parcelsOf(bytes);
					most = Math.max(most, features.length);
					for (const [k, area] of areaByClass(features)) drawn.set(k, (drawn.get(k) ?? 0) + area);
				}
				expect(gzipMax).toBeLessThan(GZIP_LIMIT_BYTES);
				const { p50Ms, maxMs } = timingOf(timesMs);
				const figures = [String(tiles.length), String(most), kb(gzipMax), ms(p50Ms), ms(maxMs)];
				const pct = all.length === 1 ? classAreasPct(snapshot, drawn) : null;
				if (pct !== null) expect(pct).toBeLessThan(CLASS_AREAS_PCT);
				rows.push([`z${zoom}`, isOverview ? 'yes' : 'no', ...figures, pct?.toFixed(2) ?? '']);
			}
			print(
				`${snapshot.base.parcelNo.length} parcels: snapshot about ${kb(snapshot.base.bytes / 1000)} MB, overview drawn in ${ms(drawing.timing.p50Ms)} ms, ${kb(overview.bytes / 1000)} MB`,
			);
			print(
				tableText(
					['zoom', 'overview', 'tiles', 'features max', 'gzip kB', 'p50 ms', 'max', 'class areas %'],
					rows,
				),
			);
		}
		print(LEGEND);
	});
});
