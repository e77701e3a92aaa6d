import type { WireComparison, WireParcelHistory, WireTimeline } from '$lib/api/history.ts';
import { historyTranslator } from '$lib/i18n/history-text.ts';
import { axeFindings } from './axe-findings.ts';
import { MapPage, zh } from './map-page.ts';
import { signInAs } from './sign-in.ts';
import { expect, test, visit } from './watched-test.ts';

// This file comes after the drafts' journeys: it shows what they published, however much that is.

const SCREENSHOTS = 'test/output/screenshots';
const ZONE = '/api/v1/zones/shenyang';
const PLAN = `${ZONE}/coverages/plan`;
const h = historyTranslator('zh');

test('what was is told by revision and by parcel, and an old revision becomes a draft', async ({
	page,
	traffic,
}) => {
	// As long as the journey may take, and this test after it.
	test.setTimeout(600_000);
	await signInAs(page, 'planner-a');
	const read = async <T>(address: string) => (await (await page.request.get(address)).json()) as T;
	const timeline = async () => (await read<WireTimeline>(`${PLAN}/revisions`)).revisions;
	// The journeys of drafts, which another window of these tests may be on, publish one each.
	await expect.poll(async () => (await timeline()).length, { timeout: 400_000 }).toBeGreaterThan(3);
	const revisions = await timeline();
	const newest = revisions[0].revision;
	const compared = await read<WireComparison>(`${PLAN}/compare?from=1&to=${newest}`);

	// The revisions, and the newest against the first.
	await visit(page, `/history/shenyang/plan?from=1&to=${newest}`);
	for (const { revision } of revisions)
		await expect(page.getByRole('heading', { level: 3, name: h('revision', { revision }) })).toBeVisible();
	const changed = page.getByRole('table').last().locator('tbody tr');
	await expect(changed).toHaveCount(compared.changes.length);
	await expect(page.getByRole('button', { name: h('restore') })).toHaveCount(revisions.length - 1);
	await expect(page.getByRole('button', { name: h('withdraw') })).toHaveCount(0);
	expect(await axeFindings(page)).toEqual([]);
	await page.screenshot({ path: `${SCREENSHOTS}/history-zh-light.png`, fullPage: true });

	// Both on one map with a divide; what is otherwise is marked, and found from the list.
	await page.getByRole('link', { name: h('swipeOpen') }).click();
	const sides = page.locator('.swipe [data-state="idle"] canvas');
	await expect(sides).toHaveCount(2, { timeout: 60_000 });
	await page
		.getByRole('button', { name: h('swipeShow', { parcel: '' }).trim() })
		.first()
		.click();
	await expect(sides).toHaveCount(2, { timeout: 60_000 });
	const divide = page.getByRole('slider', { name: h('swipe') });
	await divide.focus();
	await page.keyboard.press('Home');
	await expect(page.locator('.swipe')).toHaveCSS('--share', '0%');
	for (let step = 0; step < 3; step++) await page.keyboard.press('PageUp');
	await divide.scrollIntoViewIfNeeded();
	expect(await axeFindings(page)).toEqual([]);
	await page.locator('.swipe').screenshot({ path: `${SCREENSHOTS}/compare-map-zh-light.png` });

	// A parcel that was changed, retired or not.
	const { parcelNo } = compared.changes[0];
	const past = await read<WireParcelHistory>(`${PLAN}/parcels/${parcelNo}/history`);
	await visit(page, `/parcel/shenyang/plan/${parcelNo}`);
	const section = page.getByRole('region', { name: h('parcelTitle') });
	await expect(section.locator('ol > li')).toHaveCount(past.versions.length);
	await expect(section.locator(`a[href*="/parcel/shenyang/plan/"]`)).toHaveCount(
		past.lineage.edges.length === 0 ? 0 : past.lineage.parcels.length,
	);
	expect(await axeFindings(page)).toEqual([]);
	await page.screenshot({ path: `${SCREENSHOTS}/parcel-history-zh-light.png`, fullPage: true });

	// The map and the balance as they were with the first revision, and the way back to today.
	await visit(page, '/history/shenyang/plan');
	await page
		.getByRole('link', { name: h('onMap') })
		.last()
		.click();
	const map = new MapPage(page);
	await map.drawn();
	expect(map.view().past).toEqual({ revision: 1 });
	const told = page.getByRole('status').filter({ hasText: zh('shell.pastNewest') });
	await expect(told).toContainText('规划第 1 版');
	expect(traffic.urls.some((url) => /\/legend\?.*revision=1(&|$)/.test(url))).toBe(true);
	await page.screenshot({ path: `${SCREENSHOTS}/map-past-zh-light.png` });
	await told.getByRole('link').click();
	await expect(told).toHaveCount(0);
	await map.drawn();
	expect(map.view().past).toBeNull();

	await visit(page, '/balance?revision=1');
	await expect(told).toContainText('规划第 1 版');
	await expect(page.getByRole('link', { name: zh('balance.csv') })).toHaveAttribute('href', /revision=1/);
	expect(await axeFindings(page)).toEqual([]);
	await page.screenshot({ path: `${SCREENSHOTS}/balance-past-zh-light.png` });
	await visit(page, '/balance?revision=999');
	await page.getByRole('link', { name: zh('shell.pastNewest') }).click();
	await expect(page.getByLabel(zh('shell.pastLabel'))).toBeVisible();

	// Given back, the first revision is a draft like any other.
	await visit(page, '/history/shenyang/plan');
	await page
		.getByRole('button', { name: h('restore') })
		.last()
		.click();
	const form = page.getByRole('form', { name: h('restore') });
	await expect(form.getByLabel(h('fieldTitle'))).toHaveValue(h('restoreTitle', { revision: 1 }));
	await form.getByRole('button', { name: h('restore') }).click();
	await expect(page).toHaveURL(/\/drafts\/shenyang\/\d+/);
});
