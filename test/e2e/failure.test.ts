import { cameraQuery, en, MapPage, zh } from './map-page.ts';
import { expect, test, visit } from './watched-test.ts';
import { ZoneReader } from './zone-reader.ts';

test.use({ viewport: { width: 1100, height: 640 } });

const RETRY = zh('shell.retry');
/** MapLibre is the one file of this size. */
const LIBRARY_LEAST_BYTES = 500_000;

test('tiles that do not come are said so, can be asked for again, and leave the rest usable', async ({
	context,
	page,
	traffic,
}) => {
	traffic.expectFault(/failed: .*\/tiles\/|console: .*ERR_FAILED/);
	const tiles = /\/tiles\/.*\/plan\//;
	await context.route(tiles, (route) => route.abort());
	const map = new MapPage(page);
	await visit(page, '/?c=14/41.72/123.45');
	const notice = page.getByRole('alert').filter({ hasText: zh('map.tilesFailed') });
	await expect(notice).toBeVisible({ timeout: 40_000 });
	await expect(map.legend.getByRole('row').nth(2)).toBeVisible();
	await page.getByRole('combobox', { name: zh('shell.search') }).fill('HN-C0');
	await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
	await page.keyboard.press('Escape');
	await context.unroute(tiles);
	await notice.getByRole('button', { name: RETRY }).click();
	await map.drawn();
	await expect(notice).toBeHidden();
	await map.click([123.45, 41.72]);
	await expect(map.title()).toBeVisible();
});

test('missing tiles are asked for again where the view comes to rest, also those that failed ahead of it', async ({
	context,
	page,
	traffic,
}) => {
	traffic.expectFault(/failed: .*\/tiles\/|console: .*ERR_FAILED/);
	const tiles = /\/tiles\/.*\/plan\//;
	await context.route(tiles, (route) => route.abort());
	const map = new MapPage(page);
	const aheadOfItsZoom = page.waitForEvent('requestfailed', (request) => /\/plan\/13\//.test(request.url()));
	await visit(page, '/?c=14/41.72/123.45');
	const notice = page.getByRole('alert').filter({ hasText: zh('map.tilesFailed') });
	await expect(notice).toBeVisible({ timeout: 40_000 });
	await aheadOfItsZoom;
	await context.unroute(tiles);
	await page.getByRole('button', { name: zh('map.zoomOut') }).click();
	await expect(notice).toBeHidden();
	await map.drawn();
});

test('a legend that does not come is said so and can be asked for again', async ({
	context,
	page,
	traffic,
}) => {
	traffic.expectFault(/failed: .*\/legend\?|console: .*ERR_FAILED/);
	await context.route(/\/legend\?/, (route) => route.abort());
	const map = await MapPage.open(page, '?c=14/41.72/123.45');
	await expect(map.legend.getByRole('alert')).toContainText(zh('map.legendFailed'));
	await context.unroute(/\/legend\?/);
	await map.legend.getByRole('button', { name: RETRY }).click();
	await expect(map.legend.getByRole('row').nth(2)).toBeVisible();
	await expect(map.legend.getByRole('alert')).toHaveCount(0);
});

test('a map program that does not come, or a device without WebGL, leaves search and pages usable', async ({
	context,
	page,
	traffic,
	openContext,
	baseURL,
}) => {
	traffic.expectFault(/failed: .*\.js|console: .*(ERR_FAILED|WebGL)/);
	await context.route(/\/_app\/immutable\/chunks\//, async (route) => {
		const response = await route.fetch();
		const isMapLibre = (await response.body()).length > LIBRARY_LEAST_BYTES;
		await (isMapLibre ? route.abort() : route.fulfill({ response }));
	});
	await visit(page, '/');
	await expect(page.getByRole('alert').filter({ hasText: zh('map.mapFailedTitle') })).toBeVisible();
	await page.getByRole('combobox', { name: zh('shell.search') }).fill('HN-C0');
	await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();

	const bare = await openContext({ baseURL, locale: 'zh-CN' });
	await bare.addInitScript(() => {
		HTMLCanvasElement.prototype.getContext = () => null;
	});
	const without = await bare.newPage();
	await visit(without, '/');
	await expect(without.getByRole('alert').filter({ hasText: zh('map.webglTitle') })).toBeVisible();
});

test('a server that is gone while the page is open is said so where it is missed', async ({
	context,
	page,
	origin,
	traffic,
}) => {
	traffic.expectFault(/(failed|console): .*ERR_INTERNET_DISCONNECTED/);
	const [hit] = await new ZoneReader(origin).hits('plan', 'HN-C0');
	const map = await MapPage.open(page, `?${cameraQuery(hit.labelPoint, 15)}`);
	await context.setOffline(true);
	await map.click(hit.labelPoint);
	await expect(map.card.getByRole('alert')).toContainText(zh('map.cardFailed'));
	await page.getByRole('combobox', { name: zh('shell.search') }).fill('HN');
	await expect(page.getByText(zh('shell.searchFailed'))).toBeVisible();
	await context.setOffline(false);
	await map.card.getByRole('button', { name: RETRY }).click();
	await expect(map.title()).toHaveText(zh('map.cardTitle', { code: hit.code }));

	await visit(page, '/balance');
	await page.getByRole('radio', { name: zh('balance.level3') }).check({ force: true });
	await expect(page).toHaveURL(/level=3/);
	await context.setOffline(true);
	// Clicked, not checked: the switch goes with the page that cannot be read.
	await page.getByRole('radio', { name: zh('balance.level2') }).click({ force: true });
	const failed = page.getByRole('alert').filter({ hasText: zh('balance.loadFailed') });
	await expect(failed).toBeVisible();
	await context.setOffline(false);
	await failed.getByRole('button', { name: RETRY }).click();
	await expect(page.getByRole('radio', { name: zh('balance.level2') })).toBeChecked();
	await expect(page.getByText(zh('balance.adds'))).toBeVisible();
});

for (const [locale, t] of [
	['zh', zh],
	['en', en],
] as const) {
	test(`what is not there says so, with a way on: ${locale}`, async ({ context, page, origin, traffic }) => {
		traffic.expectFault(/^404: |console: .*404/);
		await context.addCookies([{ name: 'locale', value: locale, url: origin }]);
		const cases = [
			['/parcel/shenyang/plan/999999', t('parcel.notFound')],
			['/parcel/shenyang/plan/nothing', t('parcel.notFound')],
			['/parcel/nowhere/plan/1', t('parcel.notFound')],
			['/nothing-here', t('shell.errorNotFound')],
			['/?zone=nowhere', t('map.zoneUnknown', { zone: 'nowhere' })],
		] as const;
		for (const [path, title] of cases) {
			const response = await visit(page, path);
			expect(response?.status(), path).toBe(404);
			await expect(page.getByRole('alert'), path).toContainText(title);
			await expect(page.locator('html')).toHaveAttribute('lang', locale === 'zh' ? 'zh-CN' : 'en');
		}
		await page.getByRole('link', { name: t('shell.backToMap') }).click();
		await expect(page.getByRole('heading', { name: t('map.legend') })).toBeVisible();
	});
}
