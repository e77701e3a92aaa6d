import { lonToWorldX, worldXToLon } from '$geo/crs/web-mercator.ts';
import type { WireParcel } from '$lib/api/parcel.ts';
import { isLike, readColour, readPagePalette, readPixels, type Colour } from './canvas-colour.ts';
import { cameraQuery, MapPage, zh } from './map-page.ts';
import { roomPx, sampleHits, sampleViews, type SampledView } from './parcel-sample.ts';
import { expect, test } from './watched-test.ts';
import { codeOf, ZoneReader } from './zone-reader.ts';

const ZOOM = 14.5;
const WINDOW = { zoom: ZOOM, widthPx: 420, heightPx: 420 };
/** How far the picked parcels lie left of the map's centre: beside the open card, so that the map need not fly. */
const ASIDE_PX = 220;
const PICKED = 4;
/** Tiles hold no single parcels here. */
const FAR_ZOOM = 10.5;

test.use({ viewport: { width: 1366, height: 700 } });

async function pickable(origin: string, coverageId: string): Promise<SampledView> {
	const reader = new ZoneReader(origin);
	const hits = await sampleHits(reader, coverageId);
	const [view] = await sampleViews(reader, hits, WINDOW, { count: 1, minRoomPx: 6 });
	return view;
}

function besideTheCard({ centre: [lon, lat] }: SampledView): string {
	const shift = ASIDE_PX / (512 * 2 ** ZOOM);
	return cameraQuery([worldXToLon(lonToWorldX(lon) + shift), lat], ZOOM);
}

/** A spread of classes: roads and local classes first, as they are drawn differently. */
function spread(parcels: readonly WireParcel[]): WireParcel[] {
	const first = parcels.filter((parcel) => /^(1207|1202|17|MX)/.test(codeOf(parcel.classKey)));
	return [...new Set([...first, ...parcels])].slice(0, PICKED);
}

for (const coverageId of ['plan', 'current'] as const) {
	test(`a click on a parcel opens its card: ${coverageId}`, async ({ page, origin }) => {
		const view = await pickable(origin, coverageId);
		const map = await MapPage.open(page, `?${besideTheCard(view)}&layer=${coverageId}`);
		const picked = spread(view.parcels);
		expect(picked.length).toBe(PICKED);
		for (const parcel of picked) {
			await map.click(parcel.labelPoint);
			await expect(map.title()).toHaveText(zh('map.cardTitle', { code: parcel.code }));
			await expect(map.card).toContainText(codeOf(parcel.classKey));
			await expect(page).toHaveURL(new RegExp(`sel=${coverageId}:${parcel.parcelNo}(&|$)`));
			await map.drawn();
		}
		await map.canvas.focus();
		await page.keyboard.press('Escape');
		await expect(map.card).toBeHidden();
		await expect(page).not.toHaveURL(/sel=/);
	});
}

test('the card says what the API says, and its button clears the selection', async ({ page, origin }) => {
	const reader = new ZoneReader(origin);
	const zone = await reader.zone();
	const [hit] = await reader.hits('plan', 'HN-');
	const parcel = await reader.parcel('plan', hit.parcelNo);
	const map = await MapPage.open(page, `?sel=plan:${parcel.parcelNo}`);
	await expect(map.title()).toHaveText(zh('map.cardTitle', { code: parcel.code }));
	const digits = (await map.card.innerText()).replaceAll('\u202f', '');
	const hectares = (Number(parcel.ellipsoidalAreaM2) / 10_000).toFixed(4);
	expect(digits).toContain(`${hectares}\u00a0公顷`);
	expect(digits).toContain(zone.parks.find((park) => park.parkId === parcel.parkId)?.nameZh);
	expect(digits).toContain(parcel.blockNameZh);
	await map.card.getByRole('button', { name: zh('map.closeCard') }).click();
	await expect(map.card).toBeHidden();
});

test('the pointer marks the parcel under it, and the mark goes with it', async ({ page, origin }) => {
	const { centre, parcels } = await pickable(origin, 'plan');
	const parcel = parcels.find((one) => !/^(12|17)/.test(codeOf(one.classKey)));
	if (parcel === undefined) throw new Error('no lot in view');
	const map = await MapPage.open(page, `?${cameraQuery(centre, ZOOM)}`);
	const { focusCasing } = await readPagePalette(page);
	const casing = readColour(focusCasing);
	const [[ring]] = parcel.geometry.coordinates;
	const edges = await Promise.all(ring.map((position) => map.pixelOf(position)));
	const onMap = edges.filter(({ x, y }) => x > 360 && x < 1260 && y > 70 && y < 640);
	expect(onMap.length).toBeGreaterThan(3);
	const cased = async () => {
		const squares = await readPixels(page, onMap, 3);
		const has = (square: Colour[]) => square.some((pixel) => isLike(pixel, casing));
		return squares.filter(has).length;
	};
	const before = await cased();
	const { x, y } = await map.pixelOf(parcel.labelPoint);
	await page.mouse.move(x, y);
	const tip = page.locator('.tip');
	await expect(tip).toContainText(codeOf(parcel.classKey));
	await expect(map.canvas).toHaveCSS('cursor', 'pointer');
	await expect.poll(cased).toBeGreaterThan(before + 2);
	await page.mouse.move(5, 5);
	await expect(tip).toBeHidden();
	await expect.poll(cased).toBe(before);
});

test('where tiles draw parcels together, the server says which one the pointer is on', async ({
	page,
	origin,
	traffic,
}) => {
	traffic.expectFault(/failed: .*\/parcels\?at=|console: .*ERR_FAILED/);
	const reader = new ZoneReader(origin);
	const hits = await sampleHits(reader, 'plan');
	const cards = await Promise.all(hits.slice(0, 60).map((hit) => reader.parcel('plan', hit.parcelNo)));
	const parcel = cards.reduce((best, one) => (roomPx(one, FAR_ZOOM) > roomPx(best, FAR_ZOOM) ? one : best));
	const map = await MapPage.open(page, `?${cameraQuery(parcel.labelPoint, FAR_ZOOM)}`);
	const { x, y } = await map.pixelOf(parcel.labelPoint);
	await page.mouse.move(x, y);
	const tip = page.locator('.tip');
	await expect(tip).toContainText(parcel.code);
	await expect(tip).toContainText(codeOf(parcel.classKey));
	await page.mouse.click(x, y);
	await expect(map.title()).toHaveText(zh('map.cardTitle', { code: parcel.code }));
	expect(map.camera().zoom).toBe(FAR_ZOOM);
	await map.drawn();
	await page.route('**/parcels?at=*', (route) => route.abort());
	await map.click(parcel.labelPoint);
	await expect(page.getByText(zh('map.zoomForParcel'))).toBeVisible();
	await expect.poll(() => map.camera().zoom).toBe(15);
});

test('a click beside all parcels says that there is none', async ({ page, origin }) => {
	const [, south, east] = (await new ZoneReader(origin).zone()).bbox;
	const map = await MapPage.open(page);
	await map.click([east, south]);
	await expect(page.getByText(zh('map.noParcelHere'))).toBeVisible();
	await expect(map.card).toBeHidden();
	await page.getByRole('button', { name: zh('shell.close') }).click();
	await expect(page.getByText(zh('map.noParcelHere'))).toBeHidden();
});

test('a parcel that is picked where its card opens comes out from under it', async ({ page, origin }) => {
	const view = await pickable(origin, 'plan');
	const parcel = view.parcels.find((one) => !/^(12|17)/.test(codeOf(one.classKey))) ?? view.parcels[0];
	const aside = 400 / (512 * 2 ** ZOOM);
	const [lon, lat] = parcel.labelPoint;
	const map = await MapPage.open(page, `?${cameraQuery([worldXToLon(lonToWorldX(lon) - aside), lat], ZOOM)}`);
	await map.click(parcel.labelPoint);
	await expect(map.title()).toHaveText(zh('map.cardTitle', { code: parcel.code }));
	await expect.poll(async () => map.isOpen(await map.pixelOf(parcel.labelPoint))).toBe(true);
	await map.drawn();
	const [west, south, east, north] = parcel.bbox;
	for (const corner of [
		[west, south],
		[east, north],
	] as const) {
		expect(await map.isOpen(await map.pixelOf(corner))).toBe(true);
	}
	expect(map.camera().zoom).toBe(ZOOM);
});

test('the tip stays on the map: off the card, and inside the window', async ({ page, origin }) => {
	const view = await pickable(origin, 'plan');
	const map = await MapPage.open(page, `?${besideTheCard(view)}`);
	await map.click(view.parcels[0].labelPoint);
	await expect(map.card).toBeVisible();
	await map.drawn();
	const card = await map.card.boundingBox();
	if (card === null) throw new Error('no card');
	await page.mouse.move(card.x - 4, card.y + card.height - 4);
	const tip = page.locator('.tip');
	await expect(tip).toBeVisible();
	await expect
		.poll(async () => {
			const box = await tip.boundingBox();
			return box !== null && box.x + box.width <= card.x && box.y + box.height <= card.y + card.height;
		})
		.toBe(true);
});
