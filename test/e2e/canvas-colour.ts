import type { Page } from '@playwright/test';
import type { MapPalette } from '$lib/map/palette.ts';
import { CONTROL_KINDS, type ControlKind } from '$lib/domain/control/control-kind.ts';
import { controlToken } from '$lib/map/control-line.ts';
import { PLOT_TONES, plotToken, type PlotTone } from '$lib/map/plot-tone.ts';
import { STOCK_LINES, stockToken, type StockLine } from '$lib/map/stock-status.ts';
import { MARK_OPACITY } from '$lib/map/style-watermark.ts';
import type { Pixel } from './map-page.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/** Differences of a channel that blending in eight bits may leave. */
const TOLERANCE = 3;

/** Reads a CSS colour, as `#rrggbb` or `rgb(…)`. */
export function readColour(text: string): Colour {
	const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
	const [red, green, blue] = hex
		? hex.slice(1).map((part) => Number.parseInt(part, 16))
		: (text.match(/[\d.]+/g) ?? []).map(Number);
	return [red, green, blue];
}

/** A colour laid over another. */
export function over(colour: Colour, ground: Colour, opacity: number): Colour {
	const blend = (channel: 0 | 1 | 2) => colour[channel] * opacity + ground[channel] * (1 - opacity);
	return [blend(0), blend(1), blend(2)];
}

export function isLike(a: Colour, b: Colour): boolean {
	return a.every((channel, i) => Math.abs(channel - b[i]) <= TOLERANCE);
}

/** The part of the pixels, 0 to 1, that have one of some colours. */
export function shareOf(pixels: readonly Colour[], ...colours: readonly Colour[]): number {
	return pixels.filter((pixel) => colours.some((colour) => isLike(pixel, colour))).length / pixels.length;
}

/** A fill as it is, and as it shows under the mark of synthetic data and its soft edges. */
export function underMark(fill: Colour, ink: Colour): Colour[] {
	const steps = Math.ceil(
		(Math.max(...fill.map((channel, i) => Math.abs(channel - ink[i]))) * MARK_OPACITY) / TOLERANCE,
	);
	return Array.from({ length: steps + 1 }, (_, i) =>
		over(ink, fill, (MARK_OPACITY * i) / Math.max(1, steps)),
	);
}

/** The pixels around each place as they are on screen now: a square of `2 · radius + 1`. */
export async function readPixels(page: Page, places: readonly Pixel[], radius: number): Promise<Colour[][]> {
	const picture = await page.screenshot({ animations: 'disabled' });
	return page.evaluate(
		async ({ base64, at, reach }) => {
			const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
			const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
			const canvas = new OffscreenCanvas(image.width, image.height);
			const context = canvas.getContext('2d', { willReadFrequently: true });
			if (context === null) throw new Error('no canvas to read the picture with');
			context.drawImage(image, 0, 0);
			const side = 2 * reach + 1;
			return at.map(({ x, y }) => {
				const { data } = context.getImageData(Math.round(x) - reach, Math.round(y) - reach, side, side);
				return Array.from({ length: side * side }, (_, i): [number, number, number] => [
					data[4 * i],
					data[4 * i + 1],
					data[4 * i + 2],
				]);
			});
		},
		{ base64: picture.toString('base64'), at: places, reach: radius },
	);
}

/** Design tokens of the map, by their names in the palette. */
const TOKENS = {
	ground: '--map-ground',
	ink: '--map-ink',
	inkSoft: '--map-ink-soft',
	halo: '--map-halo',
	hairline: '--map-hairline',
	park: '--map-park',
	parkCasing: '--map-park-casing',
	block: '--map-block',
	focus: '--map-focus',
	focusCasing: '--map-focus-casing',
	accent: '--accent',
	danger: '--danger',
	warning: '--warning',
	shore: '--map-shore',
	withheld: '--map-withheld',
	unclassified: '--map-unclassified',
} as const;

/** The palette that the page's theme has in force. */
export async function readPagePalette(page: Page): Promise<MapPalette> {
	const lines = STOCK_LINES.map((line) => [line, stockToken(line)] as const);
	const read = (tokens: Readonly<Record<string, string>>) =>
		page.evaluate((names) => {
			const probe = document.body.appendChild(document.createElement('span'));
			const colours = Object.entries(names).map(([name, token]) => {
				probe.style.color = `var(${token})`;
				return [name, getComputedStyle(probe).color];
			});
			probe.remove();
			return Object.fromEntries(colours) as Record<string, string>;
		}, tokens);
	const dark = await page.evaluate(() => document.documentElement.dataset['theme'] === 'dark');
	const colours = (await read(TOKENS)) as Record<keyof typeof TOKENS, string>;
	const stock = await read(Object.fromEntries(lines));
	const control = await read(Object.fromEntries(CONTROL_KINDS.map((kind) => [kind, controlToken(kind)])));
	const plot = await read(Object.fromEntries(PLOT_TONES.map((tone) => [tone, plotToken(tone)])));
	return {
		...colours,
		dark,
		stock: stock as Record<StockLine, string>,
		control: control as Record<ControlKind, string>,
		plot: plot as Record<PlotTone, string>,
	};
}
