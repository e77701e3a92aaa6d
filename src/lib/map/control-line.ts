import type { ControlKind } from '../domain/control/control-kind.ts';

/** Width of a control line in CSS pixels, where it is widest. */
export const CONTROL_LINE_PX = 2;

/** Dashes and gaps of the line of each kind, in line widths; empty: drawn through. */
export const CONTROL_DASHES: Readonly<Record<ControlKind, readonly number[]>> = {
	urban_growth_boundary: [6, 1.5, 1, 1.5],
	permanent_basic_farmland: [3, 1.5],
	ecological_red_line: [],
	industrial_land_line: [1, 1.2],
	colour_line: [5, 1.5],
	administrative_district: [6, 1.5, 1, 1.5, 1, 1.5],
	other: [2, 2],
};

/** The CSS custom property with the colour of a kind of control lines. */
export function controlToken(kind: ControlKind): string {
	return `--control-${kind.replaceAll('_', '-')}`;
}
