import type { Page } from '@playwright/test';
import type { LonLat } from '$geo/flat-polygons.ts';
import { issueText } from '$lib/i18n/issue-text.ts';
import { axeFindings } from './axe-findings.ts';
import { d, DraftHand, findRow } from './draft-hand.ts';
import { MOUSE } from './journey-hand.ts';
import { signInAs } from './sign-in.ts';
import { expect, test } from './watched-test.ts';
import { goWholeWay } from './whole-journey.ts';

// This file comes last: what it publishes, later readers see.

const SCREENSHOTS = 'test/output/screenshots';
const START: LonLat = [123.457, 41.703];
const ELSEWHERE: LonLat = [123.47, 41.69];

test('a draft goes from a line across three parcels to a revision that everybody sees', async ({
	openContext,
	traffic,
	baseURL,
}) => {
	test.setTimeout(360_000);
	const colleague = await (await openContext({ baseURL })).newPage();
	let rival: DraftHand | null = null;
	const picture = (page: Page, name: string) =>
		page.screenshot({ path: `${SCREENSHOTS}/draft-${name}-zh-light.png` });
	await goWholeWay({
		...{ openContext, traffic, baseURL, hand: MOUSE, title: '智造地块划分', near: START },
		...{ authorName: 'planner-a', approverName: 'approver' },
		look: async (moment, { row, author, boss, reader, revision }) => {
			const { page } = author;
			if (moment === 'found') {
				// Somebody else begins a draft of the first of the lots.
				await signInAs(colleague, 'planner-b');
				rival = await DraftHand.beginBehind(colleague, '同一地块');
				await rival.goTo(row.inside[0].north, 16);
				await rival.click(row.inside[0].north);
				await rival.use('split_to_areas');
				await rival.finish();
				await rival.saved();
			} else if (moment === 'moving') {
				const { x, y } = await author.pixelOf(row.inside[0].south);
				await page.mouse.move(x, y);
				await expect(author.panel().getByRole('table').locator('tr.reshaped')).toHaveCount(4);
				await picture(page, 'move');
			} else if (moment === 'undone') {
				await author.tab(d('tabSteps'));
				await picture(page, 'steps');
				expect(await axeFindings(page)).toEqual([]);
				// Reloaded, it is as it was.
				await page.reload();
				await author.ready();
				await author.hasSteps(5);
				await limitFloors(author, row.inside[2].south);
			} else if (moment === 'handed-in' && boss !== null) {
				await checkReview(boss);
			} else if (moment === 'approved' && boss !== null) {
				await addDocuments(boss);
			} else if (moment === 'refused' && boss !== null) {
				await expect(noticeOf(boss, '智造地块划分')).toHaveCount(1);
				await picture(boss.page, 'refused');
			} else if (moment === 'published' && boss !== null && rival !== null && revision !== null) {
				await expect(noticeOf(boss, '智造地块划分')).toHaveCount(0);
				await moveRival(rival, revision);
			} else if (moment === 'split' || moment === 'balance') {
				await picture(page, moment);
				if (moment === 'balance') expect(await axeFindings(page)).toEqual([]);
			} else if (reader !== null) {
				await picture(reader, 'published');
			}
		},
	});
});

const noticeOf = (hand: DraftHand, title: string) =>
	hand.page.getByRole('banner').locator('details li', { hasText: title });

/** Sets a floor-area ratio at a place, as the sixth step. */
async function limitFloors(author: DraftHand, at: LonLat): Promise<void> {
	await author.click(at);
	await author.use('set_conditions');
	const panel = author.panel();
	await panel.getByLabel(d('farMax'), { exact: true }).fill('2.5');
	await panel.getByLabel(d('conditionSource'), { exact: true }).fill('示例控规');
	await author.finish();
	await author.hasSteps(6);
}

/** Opened from the list, the desk begins where the changes are: parcel by parcel, and the map before beside the map after. */
async function checkReview(boss: DraftHand): Promise<void> {
	const { page } = boss;
	await expect(page.getByRole('button', { name: new RegExp(`^${d('tool_merge')} \\(`) })).toBeDisabled();
	const changed = await boss.tab(d('tabSteps'));
	await expect(changed.getByRole('table', { name: d('changedParcels') })).toContainText('MX');
	// What is approved is seen: the old ratio, or none, and the new one.
	await expect(changed).toContainText(/容积率上限\s*\S+ → 2\.5/);
	const compare = changed.getByRole('button', { name: d('compareBefore') });
	await compare.click();
	await expect(page.locator('.swipe [data-state="idle"] canvas')).toBeVisible();
	await compare.click();
	await expect(page.locator('.swipe')).toHaveCount(0);
}

/** Adds a document, and one that is not what its name says. */
async function addDocuments(boss: DraftHand): Promise<void> {
	const panel = boss.panel();
	const chooser = boss.page.waitForEvent('filechooser');
	await panel.getByRole('button', { name: d('documentAdd') }).click();
	const [good, bad] = ['批复.pdf', '批复.png'].map((name) => ({
		name,
		mimeType: '',
		buffer: Buffer.from('%PDF-1.7'),
	}));
	await (await chooser).setFiles([good, bad]);
	await expect(panel.getByRole('link', { name: good.name })).toBeVisible();
	const notPicture = issueText('zh', {
		code: 'document.not-its-type',
		params: { name: bad.name, ending: 'png' },
	});
	await expect(panel.getByText(notPicture)).toBeVisible();
	await panel.getByRole('button', { name: d('documentDismiss', { name: bad.name }) }).click();
}

/** The other draft, open all the while, is told by whom and what, and goes on without what stands against it. */
async function moveRival(rival: DraftHand, revision: number): Promise<void> {
	const { page } = rival;
	await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	await expect(page.getByText(d('outdated', { revision }))).toBeVisible();
	const outdated = await rival.tab(d('tabRecord'));
	await expect(outdated).toContainText('智造地块划分');
	await expect(outdated).toContainText('示例规划员甲');
	const move = outdated.getByRole('button', { name: d('rebaseNow', { revision }) });
	await expect(move).toBeDisabled();
	await outdated.getByLabel(d('rebaseDrop', { steps: 1 })).check();
	await page.screenshot({ path: `${SCREENSHOTS}/draft-rebase-zh-light.png` });
	await move.click();
	await expect(page.getByText(d('onRevision', { revision }))).toBeVisible();
}

test('what is drawn without a network lies in the browser and is sent when there is one', async ({
	openContext,
	traffic,
	baseURL,
}) => {
	test.setTimeout(120_000);
	const context = await openContext({ baseURL });
	const page = await context.newPage();
	await signInAs(page, 'planner-b');
	const hand = await DraftHand.beginBehind(page, '断网编制');
	const state = await hand.stateAt(START, 0.012);
	const { inside } = findRow(state, START);
	await hand.goTo(inside[0].north, 16);
	await hand.click(inside[0].north);
	await hand.use('split_to_areas');
	traffic.expectFault(/ERR_INTERNET_DISCONNECTED/);
	await context.setOffline(true);
	await hand.finish();
	await expect(page.getByText(d('offline'))).toBeVisible();
	await page.close();

	await context.setOffline(false);
	const again = await context.newPage();
	const opened = new DraftHand(again, hand.changesetNo);
	await opened.goTo(inside[0].north, 16);
	await expect(again.getByRole('tab', { name: `${d('tabSteps')} 1` })).toBeVisible();
	await opened.saved();
	const stored = await again.request.get(`/api/v1/zones/shenyang/changesets/${hand.changesetNo}`);
	expect(await stored.json()).toMatchObject({ changeset: { head: 1 } });
});

test('two windows of one draft lose nothing of each other, wherever on the map they are', async ({
	openContext,
	traffic,
	baseURL,
}) => {
	test.setTimeout(120_000);
	const context = await openContext({ baseURL });
	const page = await context.newPage();
	await signInAs(page, 'planner-a');
	const here = await DraftHand.beginBehind(page, '两个窗口');
	const there = new DraftHand(await context.newPage(), here.changesetNo);
	const places = await Promise.all(
		[START, ELSEWHERE].map(async (place) => findRow(await here.stateAt(place, 0.012), place).inside[0].north),
	);
	await here.goTo(places[0], 16);
	await there.goTo(places[1], 16);
	traffic.expectFault(/412: .*\/steps/);
	traffic.expectFault(/console: .*412/);
	for (const [i, hand] of [here, there].entries()) {
		await hand.click(places[i]);
		await hand.use('split_to_areas');
		await hand.finish();
		await hand.saved();
	}
	await expect(there.page.getByRole('tab', { name: `${d('tabSteps')} 2` })).toBeVisible();
	await there.saved();
	const stored = await page.request.get(`/api/v1/zones/shenyang/changesets/${here.changesetNo}`);
	expect(await stored.json()).toMatchObject({ changeset: { head: 2, stepCount: 2 } });

	// Both lose the network, draw on and are closed; the next window sends what each has left.
	traffic.expectFault(/ERR_INTERNET_DISCONNECTED/);
	await context.setOffline(true);
	for (const [i, hand] of [here, there].entries()) {
		await hand.click(places[i]);
		await hand.finish();
		await expect(hand.page.getByText(d('offline'))).toBeVisible();
		await hand.page.close();
	}
	await context.setOffline(false);
	const next = new DraftHand(await context.newPage(), here.changesetNo);
	await next.goTo(places[0], 16);
	await expect(next.page.getByRole('tab', { name: `${d('tabSteps')} 4` })).toBeVisible();
	await next.saved();
	const whole = await next.page.request.get(`/api/v1/zones/shenyang/changesets/${here.changesetNo}`);
	expect(await whole.json()).toMatchObject({ changeset: { head: 4, stepCount: 4 } });
});
