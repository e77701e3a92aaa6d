import { cameraQuery, MapPage, zh } from './map-page.ts';
import { expect, test, visit } from './watched-test.ts';
import { ZoneReader } from './zone-reader.ts';
import { aboutTranslator } from '$lib/i18n/about-text.ts';

test.use({ viewport: { width: 1366, height: 700 } });

/** The watch of every test refuses requests to elsewhere, errors and refused policies; this one goes everywhere once. */
test('a whole session asks its own server only, workers and fonts included', async ({
	page,
	origin,
	traffic,
}) => {
	test.setTimeout(120_000);
	const [hit] = await new ZoneReader(origin).hits('plan', 'HN-C0');
	const map = await MapPage.open(page);
	await visit(page, `/?${cameraQuery(hit.labelPoint, 16.6)}`);
	await map.drawn();
	await map.click(hit.labelPoint);
	await expect(map.title()).toBeVisible();
	for (const layer of [zh('map.coverageCurrent'), zh('map.coverageStock'), zh('map.coveragePlan')]) {
		await page.getByRole('radio', { name: layer }).check();
		await map.drawn();
	}
	await page.getByRole('button', { name: zh('shell.theme') }).click();
	await page.getByRole('button', { name: 'English' }).click();
	await page.getByRole('button', { name: '中文' }).click();
	await map.drawn();
	await map.card.getByRole('link', { name: zh('map.openRecord') }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText(hit.code);
	await page.getByRole('link', { name: zh('shell.navBalance') }).click();
	await page.getByRole('radio', { name: zh('balance.level3') }).check({ force: true });
	await expect(page).toHaveURL(/level=3/);
	const arrives = page.waitForEvent('download');
	await page.getByRole('link', { name: zh('balance.csv') }).click();
	const download = await arrives;
	expect(new URL(download.url()).origin).toBe(origin);
	await download.delete();
	await page.getByRole('link', { name: zh('shell.navAbout') }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(aboutTranslator('zh')('title'));

	const paths = traffic.urls.filter((url) => url.startsWith(origin)).map((url) => new URL(url).pathname);
	expect(paths.length).toBe(traffic.urls.filter((url) => !/^(blob|data):/.test(url)).length);
	const kinds = [
		/\/workers\/.*\.js$/,
		/^\/tiles\/office\/.*\/plan\//,
		/\/labels-plan\//,
		/\/current\//,
		/\/stock\//,
	];
	for (const kind of [...kinds, /^\/api\/v1\/zones\/shenyang\/coverages\/plan\/legend$/]) {
		expect(paths.filter((path) => kind.test(path)).length, String(kind)).toBeGreaterThan(0);
	}
	const fonts = await page.evaluate(() => [...document.fonts].map((font) => font.family));
	expect(fonts).toEqual([]);
});

test('pages come with a policy that lets nothing in from elsewhere', async ({ page }) => {
	for (const path of ['/', '/balance', '/parcel/shenyang/plan/1', '/about']) {
		const response = await visit(page, path);
		const policy = response?.headers()['content-security-policy'] ?? '';
		expect(policy).toContain("default-src 'self'");
		expect(policy).toContain("worker-src 'self'");
		expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline/);
	}
});
