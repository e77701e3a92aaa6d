import { chromium, type Page } from '@playwright/test';
import { describe, it } from 'vitest';
import { workingParcelsSchema } from '$lib/api/changeset.ts';
import { runStep } from '$lib/domain/changeset/run-step.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { openWorkingArea } from '$lib/map/edit/open-working-area.ts';
import { draftTranslator } from '$lib/i18n/draft-text.ts';
import { newClientId } from '$lib/state/client-id.ts';
import { ensureBuilt } from '../../bin/build.js';
import { chromiumLaunch } from '../../bin/system-packages.js';
import { makeFolder, startProgram } from '../support/run-program.ts';
import { ms, tableText, writeFigures } from './report.ts';
import { timingOf, type Timing } from './timing.ts';

const VIEWPORT = { width: 1366, height: 768 };
/** At the zoom and place of the demo where a view with its room around holds some 2,000 parcels. */
const VIEW = 'c=13.2/41.71000/123.45000';
const PLACE = '123.45,41.71';
const OPENINGS = 7;
const TURNS = 20;
const CUTS = 10;
const CUT_STEP_DEG = 0.0001;
const ZONE = '/api/v1/zones/shenyang';
const d = draftTranslator('zh');

interface Clock {
	loading: { from: number; to: number }[];
	pressed: number;
	shown: number;
}

/** Notes in the page, frame by frame, when parcels were being read, and when the count of steps last changed. */
async function watch(page: Page): Promise<void> {
	await page.addInitScript(
		([loadingText, stepsText]) => {
			const clock: Clock = { loading: [], pressed: 0, shown: 0 };
			Object.assign(globalThis, { clock });
			let steps = '';
			let from: number | null = null;
			const look = () => {
				const isLoading = document.querySelector('.notices')?.textContent?.includes(loadingText) ?? false;
				const tabs = [...document.querySelectorAll('[role=tab]')].map((tab) => tab.textContent ?? '');
				const now = performance.now();
				if (isLoading && from === null) from = now;
				if (!isLoading && from !== null) {
					clock.loading.push({ from, to: now });
					from = null;
				}
				const counted = tabs.find((text) => text.includes(stepsText)) ?? '';
				if (counted !== steps) clock.shown = now;
				steps = counted;
				requestAnimationFrame(look);
			};
			requestAnimationFrame(look);
			addEventListener('keydown', () => (clock.pressed = performance.now()), true);
		},
		[d('areaLoading'), d('tabSteps')] as const,
	);
}

const clockOf = (page: Page) => page.evaluate(() => (globalThis as unknown as { clock: Clock }).clock);

/** A line near a place that cuts one lot in two. */
function findCut(working: unknown): readonly [LonLat, LonLat] {
	const { state } = openWorkingArea(workingParcelsSchema.parse(working), () => true);
	const [lon, lat] = PLACE.split(',').map(Number);
	for (let reach = 1; reach < 40; reach++)
		for (let aside = -20; aside <= 20; aside++) {
			const [x, y] = [lon + aside * CUT_STEP_DEG, reach * CUT_STEP_DEG];
			const line = [
				[x, lat - y],
				[x, lat + y],
			] as const;
			const cut = runStep(state, { verb: 'split_by_line', params: { line } });
			if (cut.ok && cut.difference.shapes.filter(({ kind }) => kind === 'created').length === 2) return line;
		}
	throw new Error('no lot to cut near the place');
}

/** Draws a line by typed coordinates and leaves the keyboard on the map, where the next keys finish it. */
async function draw(page: Page, line: readonly LonLat[]): Promise<void> {
	const canvas = page.locator('canvas.maplibregl-canvas');
	const panel = page.getByRole('tabpanel');
	const pair = panel.getByLabel(d('typedPair'), { exact: true });
	await canvas.focus();
	await page.keyboard.press('s');
	if (!(await pair.isVisible())) await panel.locator('summary', { hasText: d('typedPlace') }).click();
	for (const [lon, lat] of line) {
		await pair.fill(`${lon.toFixed(9)}, ${lat.toFixed(9)}`);
		await pair.press('Enter');
	}
	await canvas.focus();
}

/** Presses keys on a map at rest and tells how long it took until a frame showed another number of steps, in ms. */
async function turn(page: Page, keys: string): Promise<number> {
	await page.locator('[data-state="idle"] canvas').waitFor({ timeout: 60_000 });
	const before = (await clockOf(page)).shown;
	await page.keyboard.press(keys);
	await page.waitForFunction((at) => (globalThis as unknown as { clock: Clock }).clock.shown > at, before);
	const { pressed, shown } = await clockOf(page);
	return shown - pressed;
}

describe('the desk in Chromium on software WebGL, embedded database', () => {
	it('opens a working area and shows edits in so long', async () => {
		await ensureBuilt('start');
		await ensureBuilt('app');
		const folder = await makeFolder();
		const program = startProgram({ DATA_DIR: folder.path });
		const browser = await chromium.launch(chromiumLaunch());
		const figures: Record<string, Timing> = {};
		let parcels = 0;
		try {
			const address = (await program.address()).replace(/\/$/, '');
			const password = /password (\S+)/.exec(await program.line(/sample people {2}password/))?.[1] ?? '';
			const page = await browser.newPage({ viewport: VIEWPORT });
			await watch(page);
			let shapesAt = '';
			page.on('response', (response) => {
				if (!response.url().includes('/shapes?') || !response.ok()) return;
				const { pathname, search } = new URL(response.url());
				shapesAt = pathname + search;
				// A page that is left takes the bodies of its answers with it.
				void response.json().then(
					(body) => (parcels = workingParcelsSchema.parse(body).parcels.length),
					() => undefined,
				);
			});
			await page.goto(`${address}/sign-in`);
			await page.locator('input[type=email]').fill('planner-a@shenyang.invalid');
			await page.locator('input[type=password]').fill(password);
			await page.keyboard.press('Enter');
			await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
			const post = async (path: string, data: object) =>
				(await page.request.post(address + path, { data, headers: { origin: address } })).json();
			const { changesetNo } = await post(`${ZONE}/changesets`, {
				...{ clientId: newClientId(), coverageId: 'plan', kind: 'plan_amendment' },
				...{ title: 'bench', reason: 'bench' },
			});
			const hit = await (
				await page.request.get(`${address}${ZONE}/coverages/plan/parcels?at=${PLACE}`)
			).json();
			const step = { parcelNos: [hit.parcel.parcelNo], landUse: 'cn-land-use/2023/1402' };
			await post(`${ZONE}/changesets/${changesetNo}/steps`, {
				...{
					expectedEdit: 0,
					steps: [{ clientId: newClientId(), step: { verb: 'reclassify', params: step } }],
				},
			});
			const openMs: number[] = [];
			for (let opening = 0; opening < OPENINGS; opening++) {
				await page.goto(`${address}/drafts/shenyang/${changesetNo}?${VIEW}`);
				await page.locator('[data-state="idle"] canvas').waitFor({ timeout: 60_000 });
				await page.getByRole('tab', { name: `${d('tabSteps')} 1` }).waitFor();
				const { loading } = await clockOf(page);
				openMs.push(...loading.map(({ from, to }) => to - from));
			}
			figures[`open ${parcels} parcels`] = timingOf(openMs);
			const [undoMs, redoMs]: [number[], number[]] = [[], []];
			for (let round = 0; round < TURNS; round++) {
				undoMs.push(await turn(page, 'Control+z'));
				redoMs.push(await turn(page, 'Control+y'));
			}
			const cut = findCut(await (await page.request.get(`${address}${shapesAt}`)).json());
			const cutMs: number[] = [];
			for (let round = 0; round < CUTS; round++) {
				await draw(page, cut);
				cutMs.push(await turn(page, 'Control+Enter'));
				await turn(page, 'Control+z');
			}
			figures['cut drawn by typed places, shown'] = timingOf(cutMs);
			figures['undo, shown'] = timingOf(undoMs);
			figures['redo, shown'] = timingOf(redoMs);
		} finally {
			await browser.close();
			await program.stop();
			await folder.remove();
		}
		const rows = Object.entries(figures).map(([name, { samples, p50Ms, p95Ms, maxMs }]) => [
			...[name, String(samples), ms(p50Ms), ms(p95Ms), ms(maxMs)],
		]);
		console.log(`\n${tableText(['ms', 'samples', 'p50', 'p95', 'max'], rows)}`);
		console.log(`figures written to ${writeFigures(figures, 'desk-figures')}`);
	});
});
