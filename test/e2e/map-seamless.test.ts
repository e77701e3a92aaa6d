import type { Page } from '@playwright/test';
import { cameraQuery, MapPage, zh } from './map-page.ts';
import { expect, test } from './watched-test.ts';

test.use({ viewport: { width: 1100, height: 640 } });

/** Two grounds: where a picture differs by them, the ground shows. */
const GROUNDS = ['#ff00ff', '#00ff00'];
/** In the midst of the largest park. */
const MIDST = [123.45, 41.7] as const;
/** Zooms, with the part of the window around the midst that lies within the park. */
const VIEWS = [
	{ zoom: 9, width: 100, height: 60 },
	{ zoom: 11, width: 420, height: 240 },
	{ zoom: 13, width: 640, height: 480 },
	{ zoom: 15, width: 640, height: 480 },
	{ zoom: 17, width: 640, height: 480 },
];
/** Of 255: what rounding leaves of a difference. */
const NOTHING = 2;

/** Lays another ground under a map without names and codes: the style reads it when it is made anew. */
async function layGround(map: MapPage, colour: string): Promise<void> {
	await map.page.evaluate(
		(value) => document.documentElement.style.setProperty('--map-ground', value),
		colour,
	);
	const [labels, parks] = (['map.showLabels', 'map.showParks'] as const).map((name) =>
		map.page.getByRole('checkbox', { name: zh(name) }),
	);
	await parks.uncheck();
	await labels.check();
	await labels.uncheck();
	await map.drawn();
}

/** Compares two pictures: pixels with ground on them, and the colours in the first of which the map is made. */
async function groundOn(
	page: Page,
	pictures: readonly Buffer[],
): Promise<{ ground: number; colours: number }> {
	return page.evaluate(
		async ({ sources, nothing }) => {
			const [one, other] = await Promise.all(
				sources.map(async (source) => {
					const bytes = Uint8Array.from(atob(source), (letter) => letter.charCodeAt(0));
					const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
					const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
					if (context === null) throw new Error('no canvas to read the picture with');
					context.drawImage(image, 0, 0);
					return context.getImageData(0, 0, image.width, image.height).data;
				}),
			);
			let ground = 0;
			const colours = new Set<number>();
			for (let i = 0; i < one.length; i += 4) {
				const differs = [0, 1, 2].some((c) => Math.abs(one[i + c] - other[i + c]) > nothing);
				if (differs) ground++;
				colours.add(one[i] * 65536 + one[i + 1] * 256 + one[i + 2]);
			}
			return { ground, colours: colours.size };
		},
		{ sources: pictures.map((picture) => picture.toString('base64')), nothing: NOTHING },
	);
}

test('no ground shows between parcels that meet, from the whole zone to a single street', async ({
	page,
}) => {
	test.setTimeout(120_000);
	for (const { zoom, width, height } of VIEWS) {
		const map = await MapPage.open(page, `?${cameraQuery(MIDST, zoom)}&fill=100`);
		const { x, y } = await map.pixelOf(MIDST);
		const clip = { x: x - width / 2, y: y - height / 2, width, height };
		const pictures: Buffer[] = [];
		for (const colour of GROUNDS) {
			await layGround(map, colour);
			pictures.push(await page.screenshot({ clip, animations: 'disabled' }));
		}
		const { ground, colours } = await groundOn(page, pictures);
		expect([zoom, ground]).toEqual([zoom, 0]);
		expect(colours).toBeGreaterThan(5);
	}
});

test('the ground shows through a weak fill, so that it would be seen', async ({ page }) => {
	const map = await MapPage.open(page, `?${cameraQuery(MIDST, 15)}&fill=50`);
	const pictures: Buffer[] = [];
	for (const colour of GROUNDS) {
		await layGround(map, colour);
		const { x, y } = await map.pixelOf(MIDST);
		const clip = { x: x - 50, y: y - 50, width: 100, height: 100 };
		pictures.push(await page.screenshot({ clip, animations: 'disabled' }));
	}
	expect((await groundOn(page, pictures)).ground).toBeGreaterThan(5000);
});
