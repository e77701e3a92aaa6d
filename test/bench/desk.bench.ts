import { chromium, type Page } from '@playwright/test';
import { describe, it } from 'vitest';
import { workingParcelsSchema } from '$lib/api/changeset.ts';
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
			page.on('response', (response) => {
				if (!response.url().includes('/shapes?') || !response.ok()) return;
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
