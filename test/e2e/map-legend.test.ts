import { decimalParts } from '$lib/i18n/decimal-parts.ts';
import { convertArea, type AreaUnit } from '$lib/i18n/format-area.ts';
import { groupDecimal } from '$lib/i18n/format-number.ts';
import { classIndex, type ClassIndex } from '$lib/map/class-index.ts';
import { legendGroups, legendRows, type LegendRow } from '$lib/map/legend.ts';
import { over, readColour, readPagePalette, readPixels, shareOf } from './canvas-colour.ts';
import { cameraQuery, MapPage, zh } from './map-page.ts';
import { roomPx } from './parcel-sample.ts';
import { expect, test } from './watched-test.ts';
import { codeOf, ZoneReader } from './zone-reader.ts';

const ZOOM = 14.5;

test.use({ viewport: { width: 1100, height: 640 } });

/** The cells of the legend's lines as they stand on screen, without its heads: code and name, area, share. */
async function readLegend(map: MapPage): Promise<string[][]> {
	const rows = map.legend.getByRole('row');
	const texts = await rows.evaluateAll((elements) =>
		elements.map((row) =>
			[...row.querySelectorAll('[role="cell"]')].map(
				(cell) => cell.textContent?.replace(/[ \t\n]+/g, ' ').trim() ?? '',
			),
		),
	);
	return texts.filter((cells) => cells.length === 3);
}

/** What the lines shall say, under their heads: figures that add up to the total as it is written. */
function written(
	rows: readonly LegendRow[],
	index: ClassIndex,
	nameOf: (row: LegendRow) => string,
	totalM2: number,
	unit: AreaUnit,
): string[][] {
	const weights = rows.map((row) => row.areaM2);
	const total = convertArea(totalM2, unit, 'summary');
	const areas = decimalParts(total, weights);
	const shares = decimalParts('100.0', weights);
	const order = legendGroups(rows, index).flatMap((group) => group.entries);
	const lines = order.map((i) => [nameOf(rows[i]), areas.text([i]), `${shares.text([i])}%`]);
	return [...lines, [zh('map.legendTotal'), groupDecimal(total), '100%']];
}

test('the legend shows the numbers of the API for the view, in every unit', async ({ page, origin }) => {
	const reader = new ZoneReader(origin);
	const index = classIndex(await reader.classes());
	const asked = page.waitForRequest(/\/legend\?bbox=/);
	const map = await MapPage.open(page, '?c=14/41.72/123.45');
	const bbox = new URL((await asked).url()).searchParams.get('bbox') ?? '';
	const legend = await reader.legend('plan', bbox);
	const rows = legendRows(legend, index);
	expect(rows.length).toBeGreaterThan(5);
	expect(rows.reduce((sum, row) => sum + row.areaM2, 0)).toBeCloseTo(legend.totalM2, 3);
	for (const unit of ['ha', 'mu', 'km2', 'm2'] as const) {
		await page.getByRole('combobox', { name: zh('shell.unit') }).selectOption(unit);
		const nameOf = ({ subject }: LegendRow): string => {
			if (subject.kind !== 'class') throw new Error(`${subject.kind} in the middle of Hunnan`);
			return `${subject.landUseClass.code} ${subject.landUseClass.nameZh}`;
		};
		await expect.poll(() => readLegend(map)).toEqual(written(rows, index, nameOf, legend.totalM2, unit));
	}
});

test('the legend follows the view', async ({ page, origin }) => {
	const map = await MapPage.open(page);
	const whole = await readLegend(map);
	const zone = await new ZoneReader(origin).zone();
	const total = Number(whole.at(-1)?.[1].replaceAll('\u202f', ''));
	expect(total).toBeCloseTo(100 * (zone.managedAreaKm2 ?? 0), 1);
	await page.getByRole('button', { name: zh('map.zoomIn') }).click();
	await expect.poll(async () => (await readLegend(map)).at(-1)).not.toEqual(whole.at(-1));
	await page.getByRole('button', { name: zh('map.wholeZone') }).click();
	await expect.poll(async () => (await readLegend(map)).at(-1)).toEqual(whole.at(-1));
	// As much fits into a window that is much wider than high.
	await page.setViewportSize({ width: 1900, height: 400 });
	await page.getByRole('button', { name: zh('map.zoomIn') }).click();
	await expect.poll(async () => (await readLegend(map)).at(-1)).not.toEqual(whole.at(-1));
	await page.getByRole('button', { name: zh('map.wholeZone') }).click();
	await expect.poll(async () => (await readLegend(map)).at(-1)).toEqual(whole.at(-1));
});

test('a line of the legend switches its class on the map off and on', async ({ page, origin }) => {
	const reader = new ZoneReader(origin);
	const classes = await reader.classes();
	const hits = (await reader.hits('plan', 'HN-C0')).filter((hit) => codeOf(hit.classKey) === '1401');
	const cards = await Promise.all(hits.slice(0, 6).map((hit) => reader.parcel('plan', hit.parcelNo)));
	const parcel = cards.reduce((best, card) => (roomPx(card, ZOOM) > roomPx(best, ZOOM) ? card : best));
	const map = await MapPage.open(page, `?${cameraQuery(parcel.labelPoint, ZOOM)}`);
	const ground = readColour((await readPagePalette(page)).ground);
	const green = readColour(classes.find((one) => one.key === parcel.classKey)?.color ?? '');
	const place = await map.pixelOf(parcel.labelPoint);
	const shares = async () => {
		const [square] = await readPixels(page, [place], 5);
		return [shareOf(square, over(green, ground, 0.8)), shareOf(square, ground)].map((share) => share > 0.5);
	};
	await expect.poll(shares).toEqual([true, false]);
	const line = map.legend.getByRole('button', { name: /^1401/ });
	await line.click();
	await expect(line).toHaveAttribute('aria-pressed', 'false');
	await expect(page).toHaveURL(/[?&]off=1401(&|$)/);
	await expect.poll(shares).toEqual([false, true]);
	await line.click();
	await expect(line).toHaveAttribute('aria-pressed', 'true');
	await expect(page).not.toHaveURL(/off=/);
	await expect.poll(shares).toEqual([true, false]);

	await map.legend.getByRole('button', { name: zh('map.legendHideAll') }).click();
	await expect.poll(shares).toEqual([false, true]);
	await expect(map.legend.getByRole('button', { pressed: true })).toHaveCount(0);
	await map.legend.getByRole('button', { name: zh('map.legendShowAll') }).click();
	await expect(map.legend.getByRole('cell').getByRole('button', { pressed: false })).toHaveCount(0);
	await expect.poll(shares).toEqual([true, false]);
});

test('stock statuses have areas and switches of their own', async ({ page, origin }) => {
	const asked = page.waitForRequest(/\/legend\?bbox=.*by=stock/);
	const map = await MapPage.open(page, '?layer=stock');
	const bbox = new URL((await asked).url()).searchParams.get('bbox') ?? '';
	const reader = new ZoneReader(origin);
	const legend = await reader.legend('current', bbox, 'stock');
	const index = classIndex(await reader.classes());
	const rows = legendRows(legend, index);
	expect(rows.length).toBeGreaterThan(5);
	const nameOf = ({ subject }: LegendRow): string => {
		if (subject.kind !== 'stock') throw new Error(`a line of ${subject.kind}`);
		return zh(`map.stock_${subject.stock}`);
	};
	await expect.poll(() => readLegend(map)).toEqual(written(rows, index, nameOf, legend.totalM2, 'ha'));

	const line = map.legend.getByRole('button', { name: zh('map.stock_inefficient') });
	await line.click();
	await expect(line).toHaveAttribute('aria-pressed', 'false');
	await expect(page).toHaveURL(/[?&]off=inefficient(&|$)/);
	await page.getByRole('radio', { name: zh('map.coverageCurrent') }).check();
	await expect(page).not.toHaveURL(/off=/);
	await expect(map.legend.getByRole('cell').getByRole('button', { pressed: false })).toHaveCount(0);
});

test('a link may name the only lines that are drawn', async ({ page }) => {
	const map = await MapPage.open(page, '?c=14/41.72/123.45&only=070102');
	const shown = map.legend.getByRole('cell').getByRole('button', { pressed: true });
	await expect(shown).toHaveText([/070102/]);
	await map.legend.getByRole('button', { name: /^1401/ }).click();
	await expect(shown).toHaveText([/070102/, /1401/]);
	await expect(page).toHaveURL(/[?&]only=070102,1401(&|$)/);
});

test('a link that names no line there is shows all of them, and forgets the name', async ({ page }) => {
	const map = await MapPage.open(page, '?c=14/41.72/123.45&only=nothing');
	await expect(map.legend.getByRole('cell').getByRole('button', { pressed: true })).not.toHaveCount(0);
	await expect(map.legend.getByRole('cell').getByRole('button', { pressed: false })).toHaveCount(0);
	await expect(page).not.toHaveURL(/only=/);
});

test('lines stand under the first level of their classes, which folds and switches them', async ({
	page,
}) => {
	const map = await MapPage.open(page, '?c=13/41.72/123.45');
	const group = map.legend.getByRole('rowgroup').filter({ hasText: '居住用地' });
	const lines = group.getByRole('cell').getByRole('button');
	const fold = group.getByRole('button', { name: /^07 居住用地/ });
	await expect(lines).not.toHaveCount(0);
	const count = await lines.count();
	await group.getByRole('button', { name: zh('map.legendToggleGroup', { name: '07 居住用地' }) }).click();
	await expect(lines.and(page.locator('[aria-pressed="false"]'))).toHaveCount(count);
	await expect(page).toHaveURL(/[?&]off=0701\d\d,/);
	await fold.click();
	await expect(fold).toHaveAttribute('aria-expanded', 'false');
	await expect(lines).toHaveCount(0);
	await fold.click();
	await map.legend.getByRole('searchbox').fill('1207');
	await expect(map.legend.getByRole('cell').getByRole('button')).toHaveText([/1207/]);
});
