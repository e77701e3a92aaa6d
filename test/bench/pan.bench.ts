import { chromium, type Page } from '@playwright/test';
import { describe, it } from 'vitest';
import { ensureBuilt } from '../../bin/build.js';
import { chromiumLaunch } from '../../bin/system-packages.js';
import { makeFolder, startProgram } from '../support/run-program.ts';
import { ms, tableText, writeFigures } from './report.ts';
import { timingOf, type Timing } from './timing.ts';

const VIEWPORT = { width: 1366, height: 768 };
const CENTRE = '41.71000/123.45000';
/** Overview, single parcels, outlines, labels and codes. */
const ZOOMS = [9, 11, 13, 15, 17];
/** A drag goes to and fro so often, each way in so many steps. */
const DRAGS = 4;
const STEPS = 30;
const REACH_PX = 200;
const SETTLED_MS = 60_000;

interface FrameClock {
	frames: number[];
}

/** Drags the map to and fro; returns how long each frame took, the browser's own wait for the next drag step included. */
async function framesOfPan(page: Page): Promise<Timing> {
	const canvas = await page.locator('canvas.maplibregl-canvas').boundingBox();
	if (canvas === null) throw new Error('no map');
	const [x, y] = [canvas.x + canvas.width / 2, canvas.y + canvas.height / 2];
	await page.evaluate(() => {
		const clock = globalThis as unknown as FrameClock;
		clock.frames = [];
		let last = performance.now();
		const tick = (now: number) => {
			clock.frames.push(now - last);
			last = now;
			requestAnimationFrame(tick);
		};
		requestAnimationFrame(tick);
	});
	await page.mouse.move(x, y);
	await page.mouse.down();
	for (let drag = 0; drag < DRAGS; drag++) {
		const side = drag % 2 === 0 ? 1 : -1;
		await page.mouse.move(x + side * REACH_PX, y + (side * REACH_PX) / 2, { steps: STEPS });
	}
	await page.mouse.up();
	return timingOf(await page.evaluate(() => (globalThis as unknown as FrameClock).frames));
}

describe('panning the map of the demo in Chromium on software WebGL', () => {
	it('takes so long a frame', async () => {
		await ensureBuilt('start');
		await ensureBuilt('app');
		const folder = await makeFolder();
		const program = startProgram({ DATA_DIR: folder.path });
		const browser = await chromium.launch(chromiumLaunch());
		const figures: Record<string, Timing> = {};
		try {
			const address = await program.address();
			for (const colorScheme of ['light', 'dark'] as const) {
				const page = await browser.newPage({ viewport: VIEWPORT, colorScheme });
				for (const zoom of ZOOMS) {
					await page.goto(`${address}?c=${zoom}/${CENTRE}`);
					await page.locator('[data-state="idle"] canvas').waitFor({ timeout: SETTLED_MS });
					// Tiles round about come with the first pan: the second is what the reader has from then on.
					await framesOfPan(page);
					await page.locator('[data-state="idle"] canvas').waitFor({ timeout: SETTLED_MS });
					figures[`z${zoom} ${colorScheme}`] = await framesOfPan(page);
				}
				await page.close();
			}
		} finally {
			await browser.close();
			await program.stop();
			await folder.remove();
		}
		const rows = Object.entries(figures).map(([name, { samples, p50Ms, p95Ms, maxMs }]) => [
			...[name, String(samples), ms(p50Ms), ms(p95Ms), ms(maxMs)],
		]);
		console.log(`\n${tableText(['ms a frame', 'frames', 'p50', 'p95', 'max'], rows)}`);
		console.log(`figures written to ${writeFigures(figures, 'pan-figures')}`);
	});
});
