import type { Page } from '@playwright/test';
import { cameraQuery, MapPage, zh } from './map-page.ts';
import { expect, test, visit } from './watched-test.ts';
import { ZoneReader } from './zone-reader.ts';

test.use({ viewport: { width: 1366, height: 640 } });

interface Stop {
	readonly name: string;
	/** Something about it, or about what is drawn for it, shows that it has the focus. */
	readonly visible: boolean;
}

/** Where the focus is, and whether the reader can see it. */
function readStop(page: Page): Promise<Stop> {
	return page.evaluate(() => {
		const element = document.activeElement;
		if (!(element instanceof HTMLElement)) return { name: '', visible: false };
		const drawn = [element, element.nextElementSibling, element.parentElement, element.closest('label')];
		const hasRing = (candidate: Element | null | undefined) => {
			if (!candidate) return false;
			const { outlineStyle, outlineWidth, boxShadow, backgroundImage } = getComputedStyle(candidate);
			const outlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
			return outlined || (candidate === element && (boxShadow !== 'none' || backgroundImage !== 'none'));
		};
		const { width, height } = element.getBoundingClientRect();
		const name = element.getAttribute('aria-label') ?? element.textContent?.replace(/\s+/g, ' ').trim() ?? '';
		return { name: `${element.tagName} ${name}`, visible: drawn.some(hasRing) && width > 0 && height > 0 };
	});
}

async function tabThrough(page: Page, until: (stop: Stop) => boolean, most = 60): Promise<Stop[]> {
	const stops: Stop[] = [];
	while (stops.length < most) {
		await page.keyboard.press('Tab');
		const stop = await readStop(page);
		stops.push(stop);
		if (until(stop)) return stops;
	}
	throw new Error(`not reached by Tab: ${stops.map(({ name }) => name).join(' · ')}`);
}

test('Tab goes through the shell to the map, and the focus is always seen', async ({ page }) => {
	const map = await MapPage.open(page, '?c=16/41.72/123.45');
	await expect(map.legend.getByRole('row').nth(2)).toBeVisible();
	const stops = await tabThrough(page, ({ name }) => name.startsWith('CANVAS'));
	expect(stops.filter((stop) => !stop.visible)).toEqual([]);
	const names = stops.map(({ name }) => name).join('\n');
	const expected = [
		zh('shell.skipToContent'),
		zh('shell.navMap'),
		zh('shell.navBalance'),
		zh('shell.navAbout'),
		zh('shell.search'),
		zh('shell.theme'),
		zh('map.tabLayers'),
		zh('map.foldDock'),
	];
	for (const one of expected) expect(names).toContain(one);
});

test('the first Tab offers to skip to the content', async ({ page }) => {
	await visit(page, '/balance');
	await page.keyboard.press('Tab');
	const skip = page.getByRole('link', { name: zh('shell.skipToContent') });
	await expect(skip).toBeFocused();
	await expect(skip).toBeInViewport();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('main')).toBeFocused();
});

test('the map and the selected parcel are two Tabs from its skip link, however long the legend', async ({
	page,
	origin,
}) => {
	const [hit] = await new ZoneReader(origin).hits('plan', 'HN-C0');
	const map = await MapPage.open(page, `?sel=plan:${hit.parcelNo}`);
	await expect(map.title()).toBeVisible();
	for (const key of ['Tab', 'Enter', 'Tab']) await page.keyboard.press(key);
	const toMap = page.getByRole('button', { name: zh('map.skipToMap') });
	await expect(toMap).toBeFocused();
	await expect(toMap).toBeInViewport();
	await page.keyboard.press('Enter');
	await expect(map.canvas).toBeFocused();
	await page.getByRole('button', { name: zh('map.skipToCard') }).focus();
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	await expect(map.card.getByRole('button').first()).toBeFocused();
});

test('the slash goes to the search, but not while writing', async ({ page }) => {
	await visit(page, '/about');
	await page.keyboard.press('/');
	const search = page.getByRole('combobox', { name: zh('shell.search') });
	await expect(search).toBeFocused();
	await expect(search).toHaveValue('');
	await page.keyboard.type('a/b');
	await expect(search).toHaveValue('a/b');
	await page.keyboard.press('Escape');
	await page.keyboard.press('Escape');
	await expect(search).toHaveValue('');
});

test('the map goes by the keyboard: arrows move, signs zoom, Enter selects the middle, Esc lets go', async ({
	page,
	origin,
}) => {
	const reader = new ZoneReader(origin);
	const [hit] = await reader.hits('plan', 'HN-C0');
	const map = await MapPage.open(page, `?${cameraQuery(hit.labelPoint, 16)}`);
	await map.canvas.focus();
	await page.keyboard.press('Enter');
	await expect(map.title()).toHaveText(zh('map.cardTitle', { code: hit.code }));
	await map.drawn();
	// The card has taken a side of the map; the cross stays on what it picked.
	await expect.poll(() => map.camera().lon).toBeCloseTo(hit.labelPoint[0], 4);
	expect(map.camera().lat).toBeCloseTo(hit.labelPoint[1], 4);
	await page.keyboard.press('Escape');
	await expect(map.card).toBeHidden();
	await expect(map.canvas).toBeFocused();

	const camera = () => map.camera();
	const start = camera();
	await page.keyboard.press('ArrowRight');
	await expect.poll(() => camera().lon).toBeGreaterThan(start.lon);
	await map.drawn();
	await page.keyboard.press('ArrowUp');
	await expect.poll(() => camera().lat).toBeGreaterThan(start.lat);
	await map.drawn();
	await page.keyboard.press('Minus');
	await expect.poll(() => camera().zoom).toBe(start.zoom - 1);
	await map.drawn();
	await page.keyboard.press('Equal');
	await expect.poll(() => camera().zoom).toBe(start.zoom);
});

test('the matrix of planned against current goes by arrow keys', async ({ page }) => {
	await visit(page, '/balance');
	const cells = page.getByRole('grid').locator('td[data-cell]');
	await cells.first().focus();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowDown');
	await expect(page.locator('td[data-cell="1.1"]')).toBeFocused();
	const stop = await readStop(page);
	expect(stop.visible).toBe(true);
});
