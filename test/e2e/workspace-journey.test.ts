import type { LonLat } from '$geo/flat-polygons.ts';
import { issueText } from '$lib/i18n/issue-text.ts';
import { axeFindings } from './axe-findings.ts';
import { d, DraftHand, findMove, findRow } from './draft-hand.ts';
import { cameraQuery, MapPage, zh } from './map-page.ts';
import { signInAs } from './sign-in.ts';
import { expect, test, visit } from './watched-test.ts';

// This file comes last: what it publishes, later readers see.

const SCREENSHOTS = 'test/output/screenshots';
const START: LonLat = [123.457, 41.703];
const ELSEWHERE: LonLat = [123.47, 41.69];
const MX = 'MX';

test('a draft goes from a line across three parcels to a revision that everybody sees', async ({
	page,
	openContext,
	traffic,
	baseURL,
}) => {
	test.setTimeout(360_000);
	await signInAs(page, 'planner-a');
	const hand = await DraftHand.begin(page, '智造地块划分');
	const state = await hand.stateAt(START, 0.012);
	const row = findRow(state, START);
	const middle: LonLat = [(row.line[0][0] + row.line[1][0]) / 2, row.line[0][1]];
	await hand.goTo(middle, 16);

	// Somebody else begins a draft of the first of them.
	const colleague = await (await openContext({ baseURL })).newPage();
	await signInAs(colleague, 'planner-b');
	const rival = await DraftHand.beginBehind(colleague, '同一地块');
	await rival.goTo(middle, 16);
	await rival.click(row.inside[0].north);
	await rival.use('split_to_areas');
	await rival.finish();
	await rival.saved();

	// A line across three parcels, their parts live before it is done.
	for (const { north } of row.inside) await hand.click(north);
	await expect(hand.panel()).toContainText(d('chosenCount', { count: 3 }));
	await hand.use('split_by_line');
	for (const place of row.line) await hand.click(place);
	await expect(hand.panel().getByRole('table').locator('tr.created')).toHaveCount(6);
	await page.screenshot({ path: `${SCREENSHOTS}/draft-split-zh-light.png` });
	await hand.finish();
	await expect(hand.panel()).toContainText(d('chosenCount', { count: 6 }));
	await hand.saved();

	// The corner that four of the parts share is moved: all four follow.
	await page.getByRole('button', { name: d('clearChosen') }).click();
	await hand.use('move_vertices');
	const [corner] = row.corners;
	await hand.click(corner);
	const aside: LonLat = [corner[0] + 0.00012, corner[1] + 0.0001];
	await page.mouse.move(...(Object.values(await hand.pixelOf(aside)) as [number, number]));
	await expect(hand.panel().getByRole('table').locator('tr.reshaped')).toHaveCount(4);
	await page.screenshot({ path: `${SCREENSHOTS}/draft-move-zh-light.png` });
	await hand.click(aside);
	await hand.saved();

	// Two of the parts are merged.
	await hand.use('merge');
	await hand.click(row.inside[0].north);
	await hand.click(row.inside[1].north);
	await expect(hand.panel().getByRole('table').locator('tr.retired')).toHaveCount(1);
	await hand.finish();
	await expect(hand.panel()).toContainText(/新 \d/);
	await page.getByRole('button', { name: d('clearChosen') }).click();

	// One part has no class for a moment: the checks say so and lead to the tool, and it becomes MX.
	await hand.use('select');
	await hand.click(row.inside[2].south);
	await hand.use('reclassify');
	await hand.panel().getByLabel(d('landUse')).selectOption('none');
	await hand.finish();
	await hand.saved();
	const checks = await hand.tab(d('tabIssues'));
	await expect(checks).toContainText('没有用地分类');
	await checks.getByRole('button', { name: d('fix_choose_class') }).click();
	await expect(hand.panel()).toContainText(d('hint_reclassify'));
	const mx = await hand
		.panel()
		.getByLabel(d('landUse'))
		.locator('option', { hasText: MX })
		.getAttribute('value');
	await hand.panel().getByLabel(d('landUse')).selectOption(mx);
	await hand.finish();
	await hand.saved();

	// The balance: what MX gains others lose, to the 0.01 m².
	const balance = await hand.tab(d('tabBalance'));
	await expect(balance.getByRole('row', { name: new RegExp(MX) }).first()).toContainText('+');
	await expect(balance.locator('tfoot .gain')).toHaveText('±0.00');
	await page.screenshot({ path: `${SCREENSHOTS}/draft-balance-zh-light.png` });
	expect(await axeFindings(page)).toEqual([]);

	// Undone and done again.
	for (let i = 0; i < 2; i++) await page.keyboard.press('Control+z');
	await expect(page.getByRole('tab', { name: `${d('tabSteps')} 3` })).toBeVisible();
	for (let i = 0; i < 2; i++) await page.keyboard.press('Control+y');
	await expect(page.getByRole('tab', { name: `${d('tabSteps')} 5` })).toBeVisible();
	await hand.saved();
	await hand.tab(d('tabSteps'));
	await page.screenshot({ path: `${SCREENSHOTS}/draft-steps-zh-light.png` });
	expect(await axeFindings(page)).toEqual([]);

	// Reloaded, it is as it was.
	await page.reload();
	await hand.ready();
	await expect(page.getByRole('tab', { name: `${d('tabSteps')} 5` })).toBeVisible();

	// Handed in, returned by somebody else with a reason, handed in again.
	await hand.act('submit');
	await expect(page.getByText(d('state_submitted'), { exact: true })).toBeVisible();
	const context = await openContext({ baseURL });
	const other = await context.newPage();
	await signInAs(other, 'approver');
	const boss = new DraftHand(other, hand.changesetNo);
	// Opened from the list, the desk begins where the changes are.
	await visit(other, '/drafts/shenyang');
	await other.getByRole('link', { name: '智造地块划分' }).click();
	await expect(other.getByRole('button', { name: new RegExp(d('tool_merge')) })).toBeDisabled();
	// Parcel by parcel, and the map before beside the map after.
	const changed = await boss.tab(d('tabSteps'));
	await expect(changed.getByRole('table', { name: d('changedParcels') })).toContainText('MX');
	const compare = changed.getByRole('button', { name: d('compareBefore') });
	await compare.click();
	await expect(other.locator('.swipe [data-state="idle"] canvas')).toBeVisible();
	await compare.click();
	await expect(other.locator('.swipe')).toHaveCount(0);
	await boss.act('return', '请补充说明');
	await expect(other.getByText(d('state_draft'), { exact: true })).toBeVisible();
	await page.reload();
	await hand.ready();
	await expect(await hand.tab(d('tabRecord'))).toContainText('请补充说明');
	await hand.act('submit', '已补充');
	await expect(page.getByText(d('state_submitted'), { exact: true })).toBeVisible();

	// Approved; published only with its papers, and not at 29 days of notice.
	await other.reload();
	await boss.ready();
	await boss.act('approve');
	await expect(other.getByText(d('state_approved'), { exact: true })).toBeVisible();
	traffic.expectFault(/422: .*\/events/);
	traffic.expectFault(/console: .*422/);
	const record = (title: string, fields: Readonly<Record<string, string>>) =>
		recordPaper(boss, title, fields);
	const panel = boss.panel();
	const chooser = other.waitForEvent('filechooser');
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
	await record('公示', { 开始日期: '2026-09-01', 结束日期: '2026-09-29' });
	await record('意见汇总', { 内容: '无意见（示例）' });
	await record('批准文件', { 文号: '示例〔2026〕1号', 机关: '示例机关', 日期: '2026-10-20' });
	await expect(other.locator('summary .count')).toHaveText('1');
	await boss.act('publish');
	const tooShort = issueText('zh', { code: 'notice.too-short', params: { days: 29, leastDays: 30 } });
	await expect(panel.getByRole('alert')).toContainText(tooShort);
	await other.screenshot({ path: `${SCREENSHOTS}/draft-refused-zh-light.png` });
	await record('公示', { 开始日期: '2026-09-01', 结束日期: '2026-09-30' });
	await panel.getByRole('button', { name: d('actConfirm', { act: d('act_publish') }) }).click();
	await expect(boss.panel().getByText(d('publishedAs', { revision: 2 }))).toBeVisible();
	await expect(other.locator('summary .count')).toHaveCount(0);

	// The other draft, open all the while, is told by whom and what, and goes on without what stands against it.
	await colleague.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	await expect(colleague.getByText(d('outdated', { revision: 2 }))).toBeVisible();
	await expect(colleague.locator('footer')).toContainText(zh('map.revision', { revision: 1 }));
	const outdated = await rival.tab(d('tabRecord'));
	await expect(outdated).toContainText('智造地块划分');
	await expect(outdated).toContainText('示例规划员甲');
	const move = outdated.getByRole('button', { name: d('rebaseNow', { revision: 2 }) });
	await expect(move).toBeDisabled();
	await outdated.getByLabel(d('rebaseDrop', { steps: 1 })).check();
	await colleague.screenshot({ path: `${SCREENSHOTS}/draft-rebase-zh-light.png` });
	await move.click();
	await expect(colleague.getByText(d('onRevision', { revision: 2 }))).toBeVisible();

	// Everybody sees it.
	const reader = await (await openContext({ baseURL })).newPage();
	const map = await MapPage.open(reader, `?${cameraQuery(row.inside[2].south, 16)}`);
	await expect(reader.getByText(zh('map.revision', { revision: 2 }))).toBeVisible();
	await map.click(row.inside[2].south);
	await expect(map.card).toContainText(MX);
	await reader.screenshot({ path: `${SCREENSHOTS}/draft-published-zh-light.png` });
});

async function recordPaper(
	hand: DraftHand,
	title: string,
	fields: Readonly<Record<string, string>>,
): Promise<void> {
	const paper = hand.panel().locator('details', { hasText: title }).first();
	if ((await paper.getAttribute('open')) === null) await paper.locator('summary').click();
	for (const [label, value] of Object.entries(fields))
		await paper.getByLabel(label, { exact: true }).fill(value);
	await paper.getByRole('button', { name: d('save'), exact: true }).click();
	await expect(paper).toContainText(d('paperDone'));
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

test('a draft is made by the keyboard alone', async ({ page }) => {
	test.setTimeout(180_000);
	await signInAs(page, 'planner-b');
	const hand = await DraftHand.beginBehind(page, '键盘编制');
	const state = await hand.stateAt(START, 0.012);
	const { north } = findRow(state, START).inside[1];
	const { at, to } = findMove(state, north);
	await hand.goTo(north, 17);

	// A corner is moved by its coordinates; a letter means a tool from another tool's button too.
	await page
		.getByRole('toolbar', { name: d('tools') })
		.getByRole('button')
		.first()
		.focus();
	await page.keyboard.press('v');
	const typed = hand.panel().getByText(d('typedPlace'));
	await typed.focus();
	await page.keyboard.press('Enter');
	for (const [lon, lat] of [at, to]) {
		await hand.panel().getByLabel(d('typedPair'), { exact: true }).focus();
		await page.keyboard.type(`${lon.toFixed(11)}, ${lat.toFixed(11)}`);
		await page.keyboard.press('Enter');
	}
	await hand.hasSteps(1);

	// The parcel in the middle is divided and made one again.
	await visit(page, page.url().replace(/c=[^&]*/, cameraQuery(north, 17)));
	await hand.ready();
	await hand.canvas.focus();
	await page.keyboard.press('Enter');
	await expect(hand.panel()).not.toContainText(d('chosenNone'));
	await page.keyboard.press('a');
	await expect(hand.panel().getByRole('heading', { level: 2 })).toHaveText(d('tool_split_to_areas'));
	await expect(hand.panel().getByRole('table').locator('tr.created')).toHaveCount(2);
	await page.keyboard.press('Control+Enter');
	await hand.hasSteps(2);
	await page.keyboard.press('m');
	await expect(hand.panel().getByRole('table').locator('tr.retired')).toHaveCount(1);
	await page.keyboard.press('Control+Enter');
	await hand.hasSteps(3);

	// Its class is taken away, the last of the list, and given back.
	await page.keyboard.press('k');
	await hand.panel().getByLabel(d('landUse')).focus();
	await page.keyboard.press('End');
	await hand.canvas.focus();
	await page.keyboard.press('Control+Enter');
	await hand.hasSteps(4);
	await page.keyboard.press('Control+z');
	await hand.hasSteps(3);
});

test('a draft is made by touch on a phone', async ({ openContext, baseURL }) => {
	test.setTimeout(180_000);
	const context = await openContext({
		baseURL,
		viewport: { width: 390, height: 844 },
		hasTouch: true,
		isMobile: true,
	});
	const page = await context.newPage();
	await signInAs(page, 'planner-b');
	const hand = await DraftHand.beginBehind(page, '触屏编制');
	const state = await hand.stateAt(START, 0.012);
	const { north } = findRow(state, START).inside[1];
	const { at, to } = findMove(state, north);
	await hand.goTo([(at[0] + north[0]) / 2, (at[1] + north[1]) / 2], 17);
	const tap = async (place: LonLat) => {
		const { x, y } = await hand.pixelOf(place);
		await page.touchscreen.tap(x, y);
	};
	const finish = () =>
		page
			.locator('.bar')
			.getByRole('button', { name: d('finish') })
			.tap();

	// A corner is moved, the parcel beside it divided and made one again.
	await hand.use('move_vertices');
	await tap(at);
	await tap(to);
	await hand.saved();
	await hand.use('split_to_areas');
	await tap(north);
	await page.screenshot({ path: `${SCREENSHOTS}/draft-phone-zh-light.png` });
	await finish();
	await hand.saved();
	await hand.use('merge');
	await finish();
	await hand.saved();

	// Its class is taken away and given back.
	await hand.use('reclassify');
	await page.getByRole('button', { name: d('unfold') }).tap();
	await hand.hasSteps(3);
	await hand.panel().getByLabel(d('landUse')).selectOption('none');
	await hand
		.panel()
		.getByRole('button', { name: d('finish'), exact: true })
		.tap();
	await hand.hasSteps(4);
	expect(await axeFindings(page)).toEqual([]);
	await page.screenshot({ path: `${SCREENSHOTS}/draft-phone-panel-zh-light.png` });
	await page.getByRole('button', { name: new RegExp(`^${d('undo')}`) }).tap();
	await hand.hasSteps(3);
});
