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
	const total = await map.legend.getByRole('row').last().textContent();
	const viewsAsked: string[] = [];
	page.on('request', (request) => {
		const { pathname, searchParams } = new URL(request.url());
		if (pathname.endsWith('/legend')) viewsAsked.push(searchParams.get('bbox') ?? '');
	});
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
	// The layout of the sheet moves the map under it: that is no view to speak of.
	await expect.poll(async () => (await map.canvas.boundingBox())?.width ?? 0).toBeLessThan(100);
	await map.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
	expect(await paper.getByRole('row').last().textContent()).toBe(total);
	await page.emulateMedia({ media: 'screen' });

	await page.evaluate(() => dispatchEvent(new Event('afterprint')));
	await expect(paper).toHaveCount(0);
	await map.drawn();
	await expect(map.legend.getByRole('row').last()).toHaveText(total ?? '');
	const widthsDeg = viewsAsked
		.map((bbox) => bbox.split(',').map(Number))
		.map(([west, , east]) => east - west);
	expect(widthsDeg.filter((widthDeg) => widthDeg < 0.01)).toEqual([]);
	expect(new URL(page.url()).origin).toBe(origin);
});
