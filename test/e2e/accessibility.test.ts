import { axeFindings } from './axe-findings.ts';
import { MapPage, zh } from './map-page.ts';
import { expect, test, visit } from './watched-test.ts';

const PAGES = ['/?sel=plan:1', '/balance', '/parcel/shenyang/plan/1', '/about'];

for (const theme of ['light', 'dark'] as const) {
	test(`no serious findings on any page: ${theme}`, async ({ context, page, origin }) => {
		test.setTimeout(120_000);
		await context.addCookies([{ name: 'theme', value: theme, url: origin }]);
		for (const path of PAGES) {
			await visit(page, path);
			if (path.startsWith('/?')) {
				const map = new MapPage(page);
				await map.drawn();
				await expect(map.title()).toBeVisible();
				await expect(map.legend.getByRole('row')).not.toHaveCount(0);
			}
			expect(await axeFindings(page), path).toEqual([]);
		}
	});
}

test('no serious findings on a phone, with the menu, the sheets and the search open', async ({
	openContext,
	baseURL,
}) => {
	const context = await openContext({ baseURL, locale: 'zh-CN', viewport: { width: 390, height: 844 } });
	const page = await context.newPage();
	const map = await MapPage.open(page);
	await page.getByRole('button', { name: zh('shell.menu') }).click();
	await expect(page.getByRole('link', { name: zh('shell.navAbout') })).toBeVisible();
	expect(await axeFindings(page)).toEqual([]);
	await page.getByRole('button', { name: zh('shell.close'), exact: true }).click();
	await page.getByRole('button', { name: zh('map.unfoldLayers') }).click();
	await expect(map.legend).toBeVisible();
	const search = page.getByRole('combobox', { name: zh('shell.search') });
	await search.fill('HN-');
	await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
	expect(await axeFindings(page)).toEqual([]);
});
