import { expectedClassRows, readClassRows, section } from './balance-screen.ts';
import { MapPage, zh } from './map-page.ts';
import { expect, test } from './watched-test.ts';
import { ZoneReader } from './zone-reader.ts';

/** What our own JavaScript on the map page may weigh, compressed, beside MapLibre. */
const OWN_LIMIT_BYTES = 120_000;
/** MapLibre and its worker are single files far larger than any of ours. */
const LIBRARY_LEAST_BYTES = 100_000;

test('the shell is in the HTML of the server: title, navigation and content need no JavaScript', async ({
	openContext,
	baseURL,
	origin,
	traffic,
}) => {
	// What a browser says of scripts that it was told not to run.
	traffic.expectFault(/failed: .*\.js csp$/);
	const context = await openContext({ baseURL, javaScriptEnabled: false, locale: 'zh-CN' });
	const page = await context.newPage();
	const reader = new ZoneReader(origin);
	const zone = await reader.zone();

	await page.goto('/');
	await expect(page).toHaveTitle(new RegExp(`${zone.nameZh}.*${zh('shell.productName')}`));
	const navigation = page.getByRole('navigation', { name: zh('shell.mainNavigation') });
	await expect(navigation.getByRole('link')).toHaveText([
		zh('shell.navMap'),
		zh('shell.navBalance'),
		zh('shell.navAbout'),
	]);
	await expect(page.getByRole('banner')).toBeVisible();
	await expect(page.getByRole('main')).toContainText(zone.nameZh);
	await expect(page.getByRole('heading', { level: 1 })).toContainText(zone.nameZh);
	// Text inside <noscript> is found by its own elements only.
	const notice = page.locator('noscript p').filter({ hasText: zh('map.needsScript') });
	await expect(notice.first()).toBeVisible();
	await expect(page.locator('noscript .chip')).toContainText(zh('shell.synthetic'));
	for (const control of [zh('shell.theme'), zh('map.zoomIn')]) {
		await expect(page.getByRole('button', { name: control })).toHaveCount(0);
	}

	await navigation.getByRole('link', { name: zh('shell.navBalance') }).click();
	const { tables } = await reader.balance('level=1&unit=ha');
	expect(await readClassRows(page)).toEqual(expectedClassRows(tables[0], tables[1]));
	await expect(section(page, 'totals').getByRole('row')).toHaveCount(2 + zone.parks.length + 1);
	await expect(section(page, 'change').getByRole('grid')).toBeVisible();

	await page.goto('/parcel/shenyang/plan/1');
	const parcel = await reader.parcel('plan', 1);
	await expect(page.getByRole('heading', { level: 1 })).toContainText(parcel.code);
	await page.goto('/about');
	for (const park of zone.parks) await expect(page.getByText(park.nameZh).first()).toBeVisible();
});

test('our own JavaScript on the map page stays small beside MapLibre', async ({ page }) => {
	const urls = new Set<string>();
	page.context().on('request', (request) => {
		if (request.resourceType() === 'script') urls.add(request.url());
	});
	await MapPage.open(page);
	const weights = { own: 0, maplibre: 0 };
	for (const url of urls) {
		const sent = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
		const weight = Number(sent.headers.get('content-length'));
		const text = await sent.text();
		if (text.length > 1024) expect(sent.headers.get('content-encoding'), url).toBe('gzip');
		expect(weight, url).toBeGreaterThan(0);
		const isMapLibre = weight > LIBRARY_LEAST_BYTES && /maplibre/i.test(text);
		weights[isMapLibre ? 'maplibre' : 'own'] += weight;
	}
	const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
	const description = `own ${kilobytes(weights.own)}, MapLibre ${kilobytes(weights.maplibre)}, compressed, ${urls.size} files`;
	test.info().annotations.push({ type: 'weight', description });
	process.stdout.write(`    JavaScript of the map page: ${description}\n`);
	expect(weights.maplibre).toBeGreaterThan(300_000);
	expect(weights.own).toBeLessThan(OWN_LIMIT_BYTES);
});
