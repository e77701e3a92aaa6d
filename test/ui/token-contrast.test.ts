import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONTROL_KINDS } from '$lib/domain/control/control-kind.ts';
import { darkened } from '$lib/map/class-color.ts';
import { controlToken } from '$lib/map/control-line.ts';
import { MOSAIC_OPACITY } from '$lib/map/style-watermark.ts';

const CSS = readFileSync(join(import.meta.dirname, '../../src/lib/styles/tokens.css'), 'utf8');
const THEMES = ['light', 'dark'] as const;
const INKS = ['ink', 'ink-muted', 'ink-faint', 'accent'];
const GROUNDS = ['ground', 'surface', 'surface-raised', 'surface-sunken', 'surface-hover'];
const TONES = ['info', 'success', 'warning', 'danger'];
/** WCAG 2.2, 1.4.3: text smaller than 24 px. */
const LEAST = 4.5;

function colourOf(token: string, theme: (typeof THEMES)[number]): string {
	const match = new RegExp(`--${token}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(CSS);
	if (match === null) throw new Error(`no colour --${token}`);
	return match[theme === 'light' ? 1 : 2];
}

function luminance(hex: string): number {
	const [red, green, blue] = [1, 3, 5].map((at) => {
		const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
	const [dark, light] = [luminance(a), luminance(b)].sort((one, other) => one - other);
	return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.2, 1.4.11: what shows a state, beside what it lies on. */
const LEAST_OF_STATE = 3;
const CLASS_COLOURS = readFileSync(
	join(import.meta.dirname, '../../seeds/land-use/cn-land-use-2023.csv'),
	'utf8',
).match(/#[0-9A-F]{6}/g);

/** So much stands the mark of synthetic data off its halo where lots are as fine as its strokes. */
const LEAST_OF_MARK = 2;

/** A colour at an opacity, 0 to 1, over another. */
function over(color: string, ground: string, opacity: number): string {
	const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
	const under = channels(ground);
	const mixed = channels(color).map((channel, i) => Math.round(opacity * channel + (1 - opacity) * under[i]));
	return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** A class colour at 80 % over the map's ground. */
function fillOf(color: string, theme: (typeof THEMES)[number]): string {
	return over(theme === 'dark' ? darkened(color) : color, colourOf('map-ground', theme), 0.8);
}

describe.each(THEMES)('the %s theme', (theme) => {
	it('shows the selected parcel on every class colour, by its line or its casing', () => {
		const [line, casing] = ['map-focus', 'map-focus-casing'].map((token) => colourOf(token, theme));
		expect(contrast(line, casing)).toBeGreaterThanOrEqual(LEAST);
		for (const color of new Set(CLASS_COLOURS)) {
			const fill = fillOf(color, theme);
			const seen = Math.max(contrast(line, fill), contrast(casing, fill));
			expect(seen, color).toBeGreaterThanOrEqual(LEAST_OF_STATE);
		}
	});

	it('shows the mark of synthetic data in its halo on every class colour, where whole parks are seen', () => {
		const [ink, halo] = ['map-ink', 'map-halo'].map((token) => colourOf(token, theme));
		for (const color of new Set(CLASS_COLOURS)) {
			const [stroke, edge] = [ink, halo].map((one) => over(one, fillOf(color, theme), MOSAIC_OPACITY));
			expect(contrast(stroke, edge), color).toBeGreaterThanOrEqual(LEAST_OF_MARK);
		}
	});

	it('writes labels and names of parks and blocks so that they are read in their halo', () => {
		for (const ink of ['map-ink', 'map-park', 'map-block']) {
			expect(contrast(colourOf(ink, theme), colourOf('map-halo', theme)), ink).toBeGreaterThanOrEqual(LEAST);
		}
	});

	it('shows control lines and writes their names on their casing', () => {
		for (const kind of CONTROL_KINDS) {
			const color = colourOf(controlToken(kind).slice(2), theme);
			expect(contrast(color, colourOf('map-halo', theme)), kind).toBeGreaterThanOrEqual(LEAST);
		}
	});

	it.each(INKS)('reads --%s on every ground', (ink) => {
		for (const ground of GROUNDS) {
			expect(contrast(colourOf(ink, theme), colourOf(ground, theme)), ground).toBeGreaterThanOrEqual(LEAST);
		}
	});

	it.each(TONES)('reads --%s on its own soft ground and on the page', (tone) => {
		for (const ground of [`${tone}-soft`, 'ground', 'surface']) {
			expect(contrast(colourOf(tone, theme), colourOf(ground, theme)), ground).toBeGreaterThanOrEqual(LEAST);
		}
	});
});
