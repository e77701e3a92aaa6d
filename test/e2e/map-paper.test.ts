import { MapPage, zh } from './map-page.ts';
import { expect, test } from './watched-test.ts';

/** The map's ground in the light theme, red first in memory. */
const LIGHT_GROUND = 0xffeff0ee;

test.use({ colorScheme: 'dark' });

test('the map on paper: a light picture from a dark screen, its scale and north, the legend of the view, the source', async ({
	page,
	origin,
}) => {
	const map = await MapPage.open(page, '?c=12.5/41.71/123.44');
	await expect(map.legend.getByRole('row').nth(2)).toBeVisible();
	await page.getByRole('button', { name: zh('map.print') }).click();
	const paper = page.locator('.paper');
	await expect(paper).toHaveCount(1);
	await page.emulateMedia({ media: 'print' });
	const picture = paper.getByRole('img', { name: zh('map.title') });
	const colours = await picture.evaluate(async (image) => {
		const context = new OffscreenCanvas(40, 40).getContext('2d');
		if (context === null || !(image instanceof HTMLImageElement)) throw new Error('no picture');
		await image.decode();
		context.drawImage(image, 0, 0, 40, 40);
		return [...new Set(new Uint32Array(context.getImageData(0, 0, 40, 40).data.buffer))];
	});
	expect(colours.length).toBeGreaterThan(100);
	expect(colours).toContain(LIGHT_GROUND);
	await expect(paper).toContainText(zh('shell.synthetic'));
	await expect(paper).toContainText(zh('map.north'));
	await expect(paper).toContainText(/≈ 1:\d/);
	await expect(paper).toContainText(zh('map.coveragePlan'));
	await expect(paper.getByRole('row').nth(2)).toBeVisible();
	await expect(page.getByRole('banner')).toBeHidden();

	await page.evaluate(() => dispatchEvent(new Event('afterprint')));
	await expect(paper).toHaveCount(0);
	expect(new URL(page.url()).origin).toBe(origin);
});
