import type { Page } from '@playwright/test';
import { axeFindings } from './axe-findings.ts';
import { cameraQuery, MapPage } from './map-page.ts';
import { expect, test, visit } from './watched-test.ts';
import { ZoneReader } from './zone-reader.ts';

const FOLDER = 'test/output/screenshots';
const SIZES = { laptop: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } };
/** Each language and each theme, which are looked at for accessibility too; with PICTURES=all both languages in both. */
const LOOKS =
	process.env['PICTURES'] === 'all'
		? ['zh-light', 'zh-dark', 'en-light', 'en-dark']
		: ['zh-light', 'en-dark'];

/** Nothing may be wider than the screen: tables scroll in their own frame. */
async function expectToFit(page: Page, what: string): Promise<void> {
	const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	expect(over, what).toBeLessThanOrEqual(0);
}

for (const [size, viewport] of Object.entries(SIZES)) {
	test(`pictures of every page to look at, nothing is wider than the screen, nothing stands in a reader’s way: ${size}`, async ({
		openContext,
		baseURL,
		origin,
	}) => {
		test.setTimeout(240_000);
		const [hit] = (await new ZoneReader(origin).hits('plan', 'HN-C06')).filter(({ classKey }) =>
			classKey?.endsWith('/MX'),
		);
		const maps = {
			'map-zone': '/',
			'map-13': '/?c=13/41.72/123.45',
			'map-selected': `/?${cameraQuery(hit.labelPoint, 15.5)}&sel=plan:${hit.parcelNo}`,
		};
		const pages = {
			balance: '/balance',
			parcel: `/parcel/shenyang/plan/${hit.parcelNo}`,
			about: '/about',
		};
		for (const look of LOOKS) {
			const [locale, theme] = look.split('-');
			const context = await openContext({ baseURL, viewport, locale: 'zh-CN' });
			await context.addCookies([
				{ name: 'locale', value: locale, url: origin },
				{ name: 'theme', value: theme, url: origin },
			]);
			const page = await context.newPage();
			const picture = async (name: string, fullPage: boolean) => {
				await expectToFit(page, `${name} ${look}`);
				await page.screenshot({ path: `${FOLDER}/${name}-${look}-${size}.png`, fullPage });
			};
			const expectAccessible = async (name: string) =>
				expect(await axeFindings(page, 'moderate'), `${name} ${look}`).toEqual([]);
			for (const [name, path] of Object.entries(maps)) {
				const map = await MapPage.open(page, path.slice(1));
				if (name === 'map-selected') await expect(map.title()).toContainText(hit.code);
				if (size === 'laptop') await expect(map.legend.getByRole('row').nth(2)).toBeVisible();
				await picture(name, false);
				if (size === 'laptop' && name === 'map-selected') await expectAccessible(name);
			}
			for (const [name, path] of Object.entries(pages)) {
				await visit(page, path);
				await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
				await picture(name, true);
				if (size === 'laptop') await expectAccessible(name);
			}
		}
	});
}
