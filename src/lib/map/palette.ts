import { CONTROL_KINDS, type ControlKind } from '../domain/control/control-kind.ts';
import { controlToken } from './control-line.ts';
import { PLOT_TONES, plotToken, type PlotTone } from './plot-tone.ts';
import { STOCK_LINES, stockToken, type StockLine } from './stock-status.ts';

/** Colours that the map takes from the design tokens, as CSS colours that need no further look-up. */
export interface MapPalette {
	readonly dark: boolean;
	readonly ground: string;
	readonly ink: string;
	readonly inkSoft: string;
	readonly halo: string;
	readonly hairline: string;
	readonly park: string;
	readonly parkCasing: string;
	readonly block: string;
	readonly focus: string;
	readonly focusCasing: string;
	readonly accent: string;
	readonly danger: string;
	readonly warning: string;
	readonly shore: string;
	readonly withheld: string;
	readonly unclassified: string;
	readonly stock: Readonly<Record<StockLine, string>>;
	readonly control: Readonly<Record<ControlKind, string>>;
	readonly plot: Readonly<Record<PlotTone, string>>;
}

/** Reads the palette in force at an element: resolves `light-dark()` as the theme has it. Needs a browser. */
export function readPalette(element: HTMLElement): MapPalette {
	const probe = document.createElement('span');
	probe.hidden = true;
	element.append(probe);
	const read = (token: string): string => {
		probe.style.color = `var(${token})`;
		return getComputedStyle(probe).color;
	};
	const control = Object.fromEntries(CONTROL_KINDS.map((kind) => [kind, read(controlToken(kind))]));
	const stock = Object.fromEntries(STOCK_LINES.map((line) => [line, read(stockToken(line))]));
	const plot = Object.fromEntries(PLOT_TONES.map((tone) => [tone, read(plotToken(tone))]));
	const palette: MapPalette = {
		dark: isDark(),
		ground: read('--map-ground'),
		ink: read('--map-ink'),
		inkSoft: read('--map-ink-soft'),
		halo: read('--map-halo'),
		hairline: read('--map-hairline'),
		park: read('--map-park'),
		parkCasing: read('--map-park-casing'),
		block: read('--map-block'),
		focus: read('--map-focus'),
		focusCasing: read('--map-focus-casing'),
		accent: read('--accent'),
		danger: read('--danger'),
		warning: read('--warning'),
		shore: read('--map-shore'),
		withheld: read('--map-withheld'),
		unclassified: read('--map-unclassified'),
		stock: stock as Record<StockLine, string>,
		control: control as Record<ControlKind, string>,
		plot: plot as Record<PlotTone, string>,
	};
	probe.remove();
	return palette;
}

/** Reads the palette that the light theme has at an element, whatever theme the page shows. Needs a browser. */
export function readLightPalette(element: HTMLElement): MapPalette {
	const { dataset } = document.documentElement;
	const { theme } = dataset;
	// Built style sheets resolve tokens at the root: elsewhere they have no other theme. Nothing is painted in between.
	dataset.theme = 'light';
	const palette = readPalette(element);
	if (theme === undefined) delete dataset.theme;
	else dataset.theme = theme;
	return palette;
}

/** Whether the screen is dark. Needs a browser. */
export function isDark(): boolean {
	const theme = document.documentElement.dataset.theme;
	if (theme === 'light' || theme === 'dark') return theme === 'dark';
	return matchMedia('(prefers-color-scheme: dark)').matches;
}
