import type { ExpressionSpecification } from 'maplibre-gl';
import type { WireLandUseClass } from '$lib/api/zone.ts';
import { classIndex } from '$lib/map/class-index.ts';
import type { MapPalette } from '$lib/map/palette.ts';
import { OUTLINE_PATTERN } from '$lib/map/pattern.ts';
import { PARCEL_FILL_LAYER, type StyleInput } from '$lib/map/style-input.ts';
import { NO_STATUS, STOCK_PATTERNS, stockStatusOf } from '$lib/map/stock-status.ts';
import { landUseLayers, stockLayers } from '$lib/map/style-parcels.ts';
import { DEFAULT_OPACITY_PCT } from '$lib/map/view-url.ts';
import {
	over,
	readColour,
	readPagePalette,
	readPixels,
	shareOf,
	underMark,
	type Colour,
} from './canvas-colour.ts';
import { cameraQuery, MapPage, zh } from './map-page.ts';
import { roomPx, sampleHits, sampleViews, type SampledView } from './parcel-sample.ts';
import { expect, test } from './watched-test.ts';
import { codeOf, ZoneReader } from './zone-reader.ts';

/** Below the zoom where codes are written over the label points. */
const ZOOM = 14.5;
const WINDOW = { zoom: ZOOM, widthPx: 600, heightPx: 480 };
/** Half a pattern's square as it is drawn between two zooms, so that every sample holds a whole one. */
const RADIUS_PX = 9;
/** The least part of a sample that has the fill's plain colour, with or without the mark of synthetic data: boundaries and a pattern take the rest. */
const PLAIN_SHARE = 0.4;
const PATTERNED_SHARE = 0.25;

test.use({ viewport: { width: 1100, height: 700 } });

function styleInput(
	palette: MapPalette,
	classes: readonly WireLandUseClass[],
	opacityPct: number,
): StyleInput {
	return {
		palette,
		classes: classIndex(classes),
		tiles: [],
		origin: '',
		layer: 'plan',
		hidden: [],
		hiddenStatuses: [],
		statusNames: {},
		opacityPct,
		parks: [],
		showParks: true,
		showBlocks: false,
		showLabels: true,
		controlLayers: [],
		today: '2026-11-22',
		selection: { type: 'FeatureCollection', features: [] },
		watermark: null,
	};
}

/** What a `match` expression of the style gives for a value. */
function matched(expression: ExpressionSpecification, value: number | string): string {
	const [, , ...branches] = expression as unknown as (string | number)[];
	for (let i = 0; i + 1 < branches.length; i += 2) {
		if (branches[i] === value) return String(branches[i + 1]);
	}
	return String(branches.at(-1));
}

/** The colour of the fill layer for a value, laid over the ground as the style has it. */
function expectedColour(input: StyleInput, layer: 'land-use' | 'stock', value: number | string): Colour {
	const layers = layer === 'stock' ? stockLayers(input) : landUseLayers(input);
	const fill = layers.find((one) => one.id === PARCEL_FILL_LAYER);
	if (fill?.type !== 'fill') throw new Error('the style has no fill layer');
	const { 'fill-color': colour, 'fill-opacity': opacity } = fill.paint ?? {};
	const drawn = readColour(matched(colour as unknown as ExpressionSpecification, value));
	return over(drawn, readColour(input.palette.ground), Number(opacity));
}

/** Waits until every sampled parcel has its class colour on the canvas, and patterned ones their marks. */
async function expectClassColours(
	map: MapPage,
	view: SampledView,
	classes: readonly WireLandUseClass[],
	opacityPct = DEFAULT_OPACITY_PCT,
): Promise<string[]> {
	await map.drawn();
	const input = styleInput(await readPagePalette(map.page), classes, opacityPct);
	const places = await Promise.all(view.parcels.map((parcel) => map.pixelOf(parcel.labelPoint)));
	const open = await Promise.all(places.map((place) => map.isOpen(place)));
	const parcels = view.parcels.filter((_, i) => open[i]);
	const seen = places.filter((_, i) => open[i]);
	const wrong = async () => {
		const pictures = await readPixels(map.page, seen, RADIUS_PX);
		return parcels.flatMap((parcel, i) => {
			const index = classes.findIndex((one) => one.key === parcel.classKey);
			const { code, pattern } = classes[index];
			const fill = expectedColour(input, 'land-use', index);
			const share = shareOf(pictures[i], ...underMark(fill, readColour(input.palette.ink)));
			const marked = pattern !== null && pattern !== OUTLINE_PATTERN;
			if (share < (marked ? PATTERNED_SHARE : PLAIN_SHARE))
				return [`${code} ${parcel.code}: ${share} of the fill`];
			return marked && share > 0.99 ? [`${code} ${parcel.code}: no pattern`] : [];
		});
	};
	await expect.poll(wrong, { timeout: 30_000 }).toEqual([]);
	return parcels.map((parcel) => codeOf(parcel.classKey));
}

async function chooseTheme(map: MapPage, theme: 'light' | 'dark'): Promise<void> {
	const button = map.page.getByRole('button', { name: zh('shell.theme') });
	const html = map.page.locator('html');
	while ((await html.getAttribute('data-theme')) !== theme) await button.click();
}

/** Local, white, withheld and water classes, which are drawn in ways of their own. */
const isSpecial = (classKey: string | null): boolean => /^(MX|16|15|17)/.test(codeOf(classKey));

test('parcels of the plan have their class colours over the ground, light and dark', async ({
	page,
	origin,
}) => {
	test.setTimeout(120_000);
	const reader = new ZoneReader(origin);
	const classes = await reader.classes();
	const hits = await sampleHits(reader, 'plan');
	const special = hits.filter((hit) => isSpecial(hit.classKey));
	const streets = hits.filter((hit) => codeOf(hit.classKey) === '1207');
	const cards = await Promise.all(streets.slice(0, 200).map((hit) => reader.parcel('plan', hit.parcelNo)));
	const avenue = cards.reduce((best, card) => (roomPx(card, ZOOM) > roomPx(best, ZOOM) ? card : best));
	const demand = { count: 1, minRoomPx: RADIUS_PX + 3 };
	const views = [
		...(await sampleViews(reader, hits, WINDOW, demand)),
		...(await sampleViews(reader, special, WINDOW, demand)),
		{ centre: avenue.labelPoint, parcels: [avenue] },
	];
	const sampled = new Set<string>();
	for (const view of views) {
		const map = await MapPage.open(page, `?${cameraQuery(view.centre, ZOOM)}`);
		for (const theme of ['light', 'dark'] as const) {
			await chooseTheme(map, theme);
			for (const code of await expectClassColours(map, view, classes)) sampled.add(code);
		}
	}
	expect([...sampled]).toEqual(expect.arrayContaining(['MX', '1207', '1401']));
	expect(sampled.size).toBeGreaterThanOrEqual(12);
	const patterned = classes.filter((one) => sampled.has(one.code) && one.pattern !== null);
	expect(patterned.length).toBeGreaterThanOrEqual(5);
});

test('water has its colour, and a weaker fill lets more of the ground through', async ({ page, origin }) => {
	const reader = new ZoneReader(origin);
	const classes = await reader.classes();
	const hits = await sampleHits(reader, 'plan');
	const water = hits.filter((hit) => codeOf(hit.classKey).startsWith('17'));
	const [view] = await sampleViews(reader, water, WINDOW, { count: 1, minRoomPx: RADIUS_PX + 3 });
	expect(view.parcels.length).toBeGreaterThan(0);
	const map = await MapPage.open(page, `?${cameraQuery(view.centre, ZOOM)}`);
	await expectClassColours(map, view, classes);
	const slider = page.getByRole('slider', { name: zh('map.opacity') });
	await slider.focus();
	for (let step = 0; step < 8; step++) await page.keyboard.press('ArrowLeft');
	await expect(slider).toHaveValue('40');
	await expect(page).toHaveURL(/[?&]fill=40(&|$)/);
	await expectClassColours(map, view, classes, 40);
});

test('current land use and stock status have theirs', async ({ page, origin }) => {
	const reader = new ZoneReader(origin);
	const classes = await reader.classes();
	const hits = await sampleHits(reader, 'current');
	const [view] = await sampleViews(reader, hits, WINDOW, { count: 1, minRoomPx: RADIUS_PX + 3 });
	const map = await MapPage.open(page, `?${cameraQuery(view.centre, ZOOM)}&layer=current`);
	const sampled = await expectClassColours(map, view, classes);
	expect(sampled.length).toBeGreaterThanOrEqual(6);

	await page.getByRole('radio', { name: zh('map.coverageStock') }).check();
	await map.drawn();
	const input = styleInput(await readPagePalette(page), classes, DEFAULT_OPACITY_PCT);
	const places = await Promise.all(view.parcels.map((parcel) => map.pixelOf(parcel.labelPoint)));
	const wrong = async () => {
		const pictures = await readPixels(page, places, RADIUS_PX);
		return view.parcels.flatMap((parcel, i) => {
			const colour = expectedColour(input, 'stock', parcel.stockStatus ?? '');
			const share = shareOf(pictures[i], ...underMark(colour, readColour(input.palette.ink)));
			const marked = STOCK_PATTERNS[stockStatusOf(parcel.stockStatus) ?? NO_STATUS] !== null;
			const isRight = marked ? share >= PATTERNED_SHARE && share <= 0.99 : share >= PLAIN_SHARE;
			return isRight ? [] : [`${parcel.code} ${parcel.stockStatus}: ${share} of the fill`];
		});
	};
	await expect.poll(wrong, { timeout: 30_000 }).toEqual([]);
	expect(new Set(view.parcels.map((parcel) => parcel.stockStatus)).size).toBeGreaterThan(1);
});
