import { CONTROL_KINDS, type ControlKind } from '../../src/lib/domain/control/control-kind.ts';
import type { MapPalette } from '../../src/lib/map/palette.ts';
import { STOCK_LINES, type StockLine } from '../../src/lib/map/stock-status.ts';

const stock = Object.fromEntries(STOCK_LINES.map((line) => [line, '#123456'])) as Record<StockLine, string>;
const control = Object.fromEntries(CONTROL_KINDS.map((kind, i) => [kind, `#12345${i}`])) as Record<
	ControlKind,
	string
>;
/** A palette whose colours are told apart. */
export const palette: MapPalette = {
	dark: false,
	ground: '#eeeeee',
	ink: '#111111',
	inkSoft: '#555555',
	halo: '#ffffff',
	hairline: '#222222',
	park: '#333333',
	parkCasing: '#ffffff',
	block: '#005566',
	focus: '#000000',
	focusCasing: '#ffffff',
	accent: '#0a6a7c',
	danger: '#b3261e',
	warning: '#85520a',
	shore: '#225588',
	withheld: '#cccccc',
	unclassified: '#ffddff',
	stock,
	control,
	plot: {
		none: '#111111',
		1: '#111112',
		2: '#111113',
		3: '#111114',
		4: '#111115',
		5: '#111116',
		6: '#111117',
	},
};
