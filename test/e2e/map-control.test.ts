import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { lonToWorldX, latToWorldY } from '$geo/crs/web-mercator.ts';
import { isLike, over, readColour, readPagePalette, readPixels } from './canvas-colour.ts';
import { cameraQuery, MapPage, zh, type Pixel } from './map-page.ts';
import { expect, test } from './watched-test.ts';
import { ZoneReader } from './zone-reader.ts';

test.use({ viewport: { width: 1366, height: 768 } });

const SAMPLES = 40;

/** Middles of some straight stretches of blocks' boundaries in the tile of a place, away from its edges. */
async function boundaryPlaces(
	origin: string,
	template: string,
	z: number,
	[lon, lat]: readonly [number, number],
) {
	const [x, y] = [lonToWorldX(lon), latToWorldY(lat)].map((world) => Math.floor(world * 2 ** z));
	const path = template.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y));
	const bytes = await (await fetch(origin + path)).arrayBuffer();
	const { block } = new VectorTile(new PbfReader(new Uint8Array(bytes))).layers;
	const places: [number, number][] = [];
	for (let i = 0; i < block.length; i++) {
		const { geometry } = block.feature(i).toGeoJSON(x, y, z);
		if (geometry.type !== 'Polygon') continue;
		for (const [k, [east, north]] of geometry.coordinates[0].slice(1).entries()) {
			const [west, south] = geometry.coordinates[0][k];
			const isLong = Math.hypot(east - west, north - south) > 0.0005;
			if (isLong) places.push([(west + east) / 2, (south + north) / 2]);
		}
	}
	const step = Math.ceil(places.length / SAMPLES);
	return places.filter((_, k) => k % step === 0);
}

/** Expects the line of blocks at places, as far as they are in view; some lie under codes. */
async function expectLines(map: MapPage, places: readonly (readonly [number, number])[]): Promise<void> {
	const { block, halo } = await readPagePalette(map.page);
	const inked = Array.from({ length: 11 }, (_, i) =>
		over(readColour(block), readColour(halo), 0.5 + 0.05 * i),
	);
	const seen: Pixel[] = [];
	for (const place of places) {
		const pixel = await map.pixelOf(place);
		if (await map.isOpen(pixel)) seen.push(pixel);
	}
	expect(seen.length).toBeGreaterThan(10);
	const drawn = (await readPixels(map.page, seen, 2)).filter((around) =>
		around.some((pixel) => inked.some((ink) => isLike(pixel, ink))),
	);
	expect(drawn.length / seen.length).toBeGreaterThan(0.8);
}

test('control lines and planning units are put on the map one by one, stay with the link, and are on paper', async ({
	page,
	origin,
	traffic,
}) => {
	const { controlLayers, tiles } = await new ZoneReader(origin).zone();
	const urban = controlLayers.find(({ kind }) => kind === 'urban_growth_boundary');
	const blocks = tiles.find(({ theme }) => theme === 'blocks');
	if (urban === undefined || blocks === undefined)
		throw new Error('the demo has an urban growth boundary and blocks');
	const asked = (theme: string) =>
		traffic.urls.filter((url) => url.startsWith(`${origin}/tiles/`) && url.includes(`/${theme}/`));
	const at = [123.45, 41.7] as const;
	const map = await MapPage.open(page, `?${cameraQuery(at, 14)}&fill=0`);
	expect([asked('control'), asked('blocks')]).toEqual([[], []]);
	await page.locator('summary', { hasText: zh('map.controlLines') }).click();
	await page.getByRole('checkbox', { name: urban.nameZh }).check();
	await page.getByRole('checkbox', { name: zh('map.showBlocks') }).check();
	await expect.poll(() => map.view().controlLayerIds).toEqual([urban.controlLayerId]);
	await expect.poll(() => map.view().showBlocks).toBe(true);
	await expect.poll(() => Math.min(asked('control').length, asked('blocks').length)).toBeGreaterThan(0);
	await map.drawn();
	const contentId = urban.tiles.url.split('/')[3];
	expect(asked('control').every((url) => url.includes(contentId))).toBe(true);

	await page.reload();
	await map.drawn();
	await expect(page.getByRole('checkbox', { name: urban.nameZh })).toBeChecked();
	await expect(page.getByRole('checkbox', { name: zh('map.showBlocks') })).toBeChecked();
	await expectLines(map, await boundaryPlaces(origin, blocks.url, 14, at));

	await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
	await page.emulateMedia({ media: 'print' });
	await expect(page.locator('.paper').getByText(urban.nameZh)).toBeVisible();
	await expect(page.locator('.paper').getByText(zh('map.showBlocks'))).toBeVisible();
});
