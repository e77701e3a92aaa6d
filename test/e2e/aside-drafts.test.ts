import { readFile } from 'node:fs/promises';
import type { LonLat } from '$geo/flat-polygons.ts';
import { axeFindings } from './axe-findings.ts';
import { d, DraftHand } from './draft-hand.ts';
import { zh } from './map-page.ts';
import { signInAs } from './sign-in.ts';
import { expect, test, visit } from './watched-test.ts';

const PLACE: LonLat = [123.457, 41.703];

test('steps that the server never took are listed on the device, kept as a file and deleted when it is said twice', async ({
	page,
}) => {
	await signInAs(page, 'planner-a');
	await visit(page, '/drafts/shenyang');
	const heading = page.getByRole('heading', { name: d('asideTitle') });
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(heading).toHaveCount(0);
	const authorId = await page.evaluate(async () => {
		const answer = await fetch('/api/v1/zones/shenyang/changesets', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				clientId: crypto.randomUUID(),
				coverageId: 'plan',
				kind: 'technical_correction',
				title: 'aside',
				reason: '',
			}),
		});
		return ((await answer.json()) as { authorId: string }).authorId;
	});
	await page.evaluate(async (key) => {
		const opening = indexedDB.open('yuantu');
		opening.onupgradeneeded = () => opening.result.createObjectStore('drafts');
		await new Promise((resolve) => (opening.onsuccess = resolve));
		const writing = opening.result.transaction('drafts', 'readwrite');
		const step = { clientId: 'c', step: { verb: 'delete_vertex', params: { at: [0, 0] } }, made: [] };
		writing.objectStore('drafts').put({ steps: [step], head: 1, editNo: 0 }, key);
		await new Promise((resolve) => (writing.oncomplete = resolve));
		opening.result.close();
	}, `aside/${authorId}/shenyang/7/window`);
	await visit(page, '/drafts/shenyang');
	const entry = page.getByRole('listitem').filter({ hasText: d('asideSteps', { count: 1 }) });
	await expect(entry).toContainText(d('asideUndated'));
	expect(await axeFindings(page)).toEqual([]);
	const downloading = page.waitForEvent('download');
	await entry.getByRole('link', { name: d('asideDownload') }).click();
	const file = await readFile(await (await downloading).path(), 'utf8');
	expect(JSON.parse(file)).toMatchObject({ zoneId: 'shenyang', changesetNo: 7, head: 1 });
	await entry.getByRole('button', { name: d('asideDelete') }).click();
	await expect(entry).toBeVisible();
	await entry.getByRole('button', { name: d('asideDeleteSure') }).click();
	await expect(heading).toHaveCount(0);
	await visit(page, '/drafts/shenyang');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(heading).toHaveCount(0);
});

test('a window that is left open while its draft is withdrawn elsewhere says so at once, and puts aside what was drawn', async ({
	page,
	traffic,
}) => {
	traffic.expectFault(/^422: .*\/(steps|events)$|^console: .* 422 /);
	test.setTimeout(120_000);
	await signInAs(page, 'planner-a');
	const origin = new URL(page.url()).origin;
	const elsewhere = (hand: DraftHand) =>
		page.request.post(`/api/v1/zones/shenyang/changesets/${hand.changesetNo}/events`, {
			headers: { origin },
			data: { event: 'withdraw', comment: '' },
		});
	const hand = await DraftHand.beginBehind(page, 'two windows');
	await hand.goTo(PLACE, 16);
	expect((await elsewhere(hand)).ok()).toBe(true);
	await hand.click(PLACE);
	await hand.use('split_to_areas');
	await hand.finish();
	const told = page.getByRole('alert').filter({ hasText: d('asideNow') });
	await expect(told).toContainText(d('tool_split_to_areas'));
	await expect(page.getByText(d('state_withdrawn'), { exact: true })).toBeVisible();
	await expect(page.getByText(d('readOnly'), { exact: true })).toBeVisible();
	await expect(page.getByRole('button', { name: zh('shell.retry') })).toHaveCount(0);
	await expect(page.getByRole('tab', { name: d('tabSteps'), exact: true })).toBeVisible();
	await page.screenshot({ path: 'test/output/screenshots/draft-aside-zh-light.png' });
	await told.getByRole('link', { name: d('asideTitle') }).click();
	const name = d('untitled', { no: hand.changesetNo });
	await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText(
		d('asideSteps', { count: 1 }),
	);

	// A draft goes on paper as the map does: what it is, how large, of what; no tools.
	const other = await DraftHand.beginBehind(page, 'two windows, one act');
	const commented = await page.request.post(
		`/api/v1/zones/shenyang/changesets/${other.changesetNo}/comments`,
		{
			headers: { origin },
			data: { body: '请核对', parcelNo: null, lon: PLACE[0], lat: PLACE[1] },
		},
	);
	expect(commented.ok()).toBe(true);
	await other.goTo(PLACE, 16);
	await page.getByRole('button', { name: zh('map.print') }).click();
	const paper = page.locator('.paper');
	await expect(paper).toHaveCount(1);
	await page.emulateMedia({ media: 'print' });
	await expect(paper.getByRole('heading').first()).toContainText(
		`${d('numbered', { no: other.changesetNo })} · two windows, one act · ${d('state_draft')}`,
	);
	for (const said of [/≈ 1:\d/, zh('shell.synthetic'), new RegExp(d('paperLegend', { revision: '\\d+' }))])
		await expect(paper).toContainText(said);
	await expect(paper).toContainText(d('paperMark_comment'));
	await expect(paper).not.toContainText(d('paperMark_gone'));
	await expect(paper.getByRole('row').nth(2)).toBeVisible();
	await expect(page.locator('.workspace')).toBeHidden();
	await page.screenshot({ path: 'test/output/screenshots/draft-paper-zh.png', fullPage: true });
	await page.emulateMedia({ media: 'screen' });
	await page.evaluate(() => dispatchEvent(new Event('afterprint')));
	await expect(paper).toHaveCount(0);

	// An act on what is no more there is refused, and what is there now is shown.
	const panel = await other.tab(d('tabRecord'));
	const withdraw = panel.getByRole('button', { name: d('act_withdraw'), exact: true });
	await withdraw.click();
	expect((await elsewhere(other)).ok()).toBe(true);
	await panel.getByRole('button', { name: d('actConfirm', { act: d('act_withdraw') }) }).click();
	await expect(panel.getByRole('alert')).toContainText(d('actRefused'));
	await expect(page.getByText(d('state_withdrawn'), { exact: true })).toBeVisible();
	await expect(withdraw).toHaveCount(0);
});
