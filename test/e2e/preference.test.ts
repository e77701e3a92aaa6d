import { en, MapPage, zh } from './map-page.ts';
import { expect, listening, test, visit } from './watched-test.ts';
import { aboutTranslator } from '$lib/i18n/about-text.ts';

test.use({ viewport: { width: 1366, height: 700 } });

test('the language switches at once, on every page, and is kept over a reload', async ({ context, page }) => {
	// The browser stores a cookie beside the page that sets it; a reload by the driver may be quicker.
	const kept = (locale: string) =>
		expect
			.poll(async () => (await context.cookies()).find(({ name }) => name === 'locale')?.value)
			.toBe(locale);
	await visit(page, '/about');
	const html = page.locator('html');
	await expect(html).toHaveAttribute('lang', 'zh-CN');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(aboutTranslator('zh')('title'));
	await page.getByRole('button', { name: 'English' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(aboutTranslator('en')('title'));
	await expect(html).toHaveAttribute('lang', 'en');
	await kept('en');
	await page.reload();
	await listening(page);
	await expect(html).toHaveAttribute('lang', 'en');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(aboutTranslator('en')('title'));
	await page.getByRole('link', { name: en('shell.navBalance') }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText(en('balance.title'));
	await page.getByRole('link', { name: en('shell.navMap'), exact: true }).click();
	await expect(page.getByRole('heading', { name: en('map.legend') })).toBeVisible();
	await expect(page.getByText('规划', { exact: true })).toHaveCount(0);
	await page.getByRole('button', { name: '中文' }).click();
	await expect(page.getByRole('heading', { name: zh('map.legend') })).toBeVisible();
	await kept('zh');
	await page.reload();
	await listening(page);
	await expect(page.getByRole('heading', { name: zh('map.legend') })).toBeVisible();
});

test('an English page has no Chinese sentence left', async ({ context, page, origin }) => {
	await context.addCookies([{ name: 'locale', value: 'en', url: origin }]);
	for (const path of ['/', '/balance', '/parcel/shenyang/plan/1']) {
		await visit(page, path);
		const text = await page.locator('body').innerText();
		// Names of units and legal terms stand in brackets behind the English; sources are cited as they are written.
		const sentences = text
			.split('\n')
			.filter((line) => !/[(（].*[)）]/.test(line))
			.filter((line) => /\p{Script=Han}{5,}/u.test(line));
		expect(sentences, path).toEqual([]);
	}
});

test('light and dark are chosen by the reader or the system, and are kept over a reload', async ({
	page,
}) => {
	await page.emulateMedia({ colorScheme: 'dark' });
	await visit(page, '/balance');
	const brightness = () =>
		page.evaluate(() => {
			const canvas = document.createElement('canvas').getContext('2d');
			if (canvas === null) throw new Error('no canvas');
			canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
			canvas.fillRect(0, 0, 1, 1);
			const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
			return (red + green + blue) / 3;
		});
	await expect.poll(brightness).toBeLessThan(64);
	const button = page.getByRole('button', { name: zh('shell.theme') });
	await button.click();
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
	await expect.poll(brightness).toBeGreaterThan(200);
	await page.reload();
	await listening(page);
	await expect.poll(brightness).toBeGreaterThan(200);
	await button.click();
	await page.reload();
	await listening(page);
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	await page.emulateMedia({ colorScheme: 'light' });
	await expect.poll(brightness).toBeLessThan(64);
	await button.click();
	await expect.poll(brightness).toBeGreaterThan(200);
});

test('the area unit is kept over pages and reloads', async ({ page }) => {
	await visit(page, '/parcel/shenyang/plan/1');
	await page.getByRole('combobox', { name: zh('shell.unit') }).selectOption('mu');
	await page.reload();
	await listening(page);
	await expect(page.getByRole('combobox', { name: zh('shell.unit') })).toHaveValue('mu');
	await page.getByRole('link', { name: zh('shell.navBalance') }).click();
	await expect(
		page.getByRole('radiogroup', { name: zh('balance.unit') }).getByRole('radio', { name: '亩' }),
	).toBeChecked();
});

test('panels fold and stay folded', async ({ page }) => {
	await MapPage.open(page);
	await page.getByRole('button', { name: zh('map.foldDock') }).click();
	await expect(page.getByRole('heading', { name: zh('map.legend') })).toBeHidden();
	await page.reload();
	await listening(page);
	await expect(page.getByRole('button', { name: zh('map.unfoldLayers') })).toBeVisible();
	await expect(page.getByRole('heading', { name: zh('map.legend') })).toBeHidden();
	await page.getByRole('button', { name: zh('map.unfoldLayers') }).click();
	await expect(page.getByRole('heading', { name: zh('map.legend') })).toBeVisible();
});
