import { axeFindings } from './axe-findings.ts';
import { MapPage, zh } from './map-page.ts';
import { expect, test } from './watched-test.ts';

/* Whole pages are looked at where their pictures are taken: `screenshot.test.ts`. */
test('no findings on a phone, with the menu, the sheets and the search open', async ({
	openContext,
	baseURL,
}) => {
	const context = await openContext({ baseURL, locale: 'zh-CN', viewport: { width: 390, height: 844 } });
	const page = await context.newPage();
	const map = await MapPage.open(page);
	await page.getByRole('button', { name: zh('shell.menu') }).click();
	await expect(page.getByRole('link', { name: zh('shell.navAbout') })).toBeVisible();
	expect(await axeFindings(page, 'moderate')).toEqual([]);
	await page.getByRole('button', { name: zh('shell.close'), exact: true }).click();
	await page.getByRole('button', { name: zh('map.unfoldLayers') }).click();
	await expect(map.legend).toBeVisible();
	const search = page.getByRole('combobox', { name: zh('shell.search') });
	await search.fill('HN-');
	await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
	expect(await axeFindings(page, 'moderate')).toEqual([]);
});
