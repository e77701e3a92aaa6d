import { latToWorldY, lonToWorldX } from '$geo/crs/web-mercator.ts';
import type { Locator, Page } from '@playwright/test';
import { translator } from '$lib/i18n/translate.ts';
import { readView, type Camera } from '$lib/map/view-url.ts';
import { expect, visit } from './watched-test.ts';

export const zh = translator('zh');
export const en = translator('en');

/** MapLibre's zoom counts from a world of 512 CSS pixels. */
const WORLD_PX = 512;

export interface Pixel {
	readonly x: number;
	readonly y: number;
}

/** The map page as its reader knows it: canvas, card, legend, address. */
export class MapPage {
	readonly page: Page;
	readonly canvas: Locator;
	readonly card: Locator;
	readonly legend: Locator;

	constructor(page: Page) {
		this.page = page;
		this.canvas = page.locator('canvas.maplibregl-canvas');
		this.card = page.locator('section[aria-label]').and(page.locator('.dock.right'));
		this.legend = page.locator('section[aria-labelledby="legend-title"]');
	}

	/** Goes to the map and waits until it is drawn. */
	static async open(page: Page, query = ''): Promise<MapPage> {
		const map = new MapPage(page);
		await visit(page, `/${query}`);
		await map.drawn();
		return map;
	}

	async drawn(): Promise<void> {
		await expect(this.page.locator('[data-state="idle"] canvas')).toBeVisible({ timeout: 40_000 });
	}

	/** What the address says. */
	view() {
		return readView(new URL(this.page.url()).searchParams);
	}

	camera(): Camera {
		const { camera } = this.view();
		if (camera === null) throw new Error(`no camera in ${this.page.url()}`);
		return camera;
	}

	/** The pixel of the page on which a position lies, by the camera of the address: the middle of what the card leaves free. */
	async pixelOf([lon, lat]: readonly [number, number]): Promise<Pixel> {
		const box = await this.canvas.boundingBox();
		if (box === null) throw new Error('the map is not on the page');
		const card = (await this.card.isVisible()) ? await this.card.boundingBox() : null;
		const besides = card !== null && card.height > box.height / 2;
		const width = box.width - (besides ? (card?.width ?? 0) : 0);
		const height = box.height - (besides ? 0 : (card?.height ?? 0));
		const at = this.camera();
		const scale = WORLD_PX * 2 ** at.zoom;
		return {
			x: box.x + width / 2 + (lonToWorldX(lon) - lonToWorldX(at.lon)) * scale,
			y: box.y + height / 2 + (latToWorldY(lat) - latToWorldY(at.lat)) * scale,
		};
	}

	/** Whether a pixel lies on the map and under nothing else. */
	async isOpen({ x, y }: Pixel): Promise<boolean> {
		return this.page.evaluate(
			([left, top]) => document.elementFromPoint(left, top)?.closest('[data-state]') !== null,
			[x, y] as const,
		);
	}

	async click(lonLat: readonly [number, number]): Promise<void> {
		const { x, y } = await this.pixelOf(lonLat);
		await this.page.mouse.click(x, y);
	}

	/** The title of the open card. */
	title(): Locator {
		return this.card.getByRole('heading', { level: 2 });
	}
}

/** A link's query for a place and a zoom. */
export function cameraQuery([lon, lat]: readonly [number, number], zoom: number): string {
	return `c=${zoom}/${lat.toFixed(5)}/${lon.toFixed(5)}`;
}
