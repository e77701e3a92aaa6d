import { MapPage, zh } from './map-page.ts';
import { expect, test } from './watched-test.ts';

test('the map on paper: the picture, its scale and north, the legend of the view, the source', async ({
	page,
	origin,
}) => {
	const map = await MapPage.open(page, '?c=12.5/41.71/123.44');
	await expect(map.legend.getByRole('row').nth(2)).toBeVisible();
	// As browsers do: the page hears of the print before it is laid out for paper.
	await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
	await page.emulateMedia({ media: 'print' });
	const paper = page.locator('.paper');
	const colours = await paper.getByRole('img', { name: zh('map.title') }).evaluate((image) => {
		const canvas = new OffscreenCanvas(40, 40);
		const context = canvas.getContext('2d');
		if (context === null || !(image instanceof HTMLImageElement)) throw new Error('no picture');
		return image.decode().then(() => {
			context.drawImage(image, 0, 0, 40, 40);
			const words = new Uint32Array(context.getImageData(0, 0, 40, 40).data.buffer);
			return new Set(words).size;
		});
	});
	expect(colours).toBeGreaterThan(100);
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
