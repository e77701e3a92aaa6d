import { MapPage, zh } from './map-page.ts';
import { expect, test } from './watched-test.ts';
import { ZoneReader } from './zone-reader.ts';

test.use({ viewport: { width: 1366, height: 768 } });

test('control lines are put on the map one by one, stay with the link, and are on paper', async ({
	page,
	origin,
	traffic,
}) => {
	const { controlLayers } = await new ZoneReader(origin).zone();
	const urban = controlLayers.find(({ kind }) => kind === 'urban_growth_boundary');
	if (urban === undefined) throw new Error('the demo has an urban growth boundary');
	const asked = () => traffic.urls.filter((url) => url.includes('/control/'));
	const map = await MapPage.open(page, '?c=12/41.66/123.45');
	expect(asked()).toEqual([]);
	await page.locator('summary', { hasText: zh('map.controlLines') }).click();
	await page.getByRole('checkbox', { name: urban.nameZh }).check();
	await expect.poll(() => map.view().controlLayerIds).toEqual([urban.controlLayerId]);
	await expect.poll(() => asked().length).toBeGreaterThan(0);
	await map.drawn();
	const contentId = urban.tiles.url.split('/')[3];
	expect(asked().every((url) => url.includes(contentId))).toBe(true);
	await page.reload();
	await map.drawn();
	await expect(page.getByRole('checkbox', { name: urban.nameZh })).toBeChecked();
	await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
	await page.emulateMedia({ media: 'print' });
	await expect(page.locator('.paper').getByText(urban.nameZh)).toBeVisible();
});
