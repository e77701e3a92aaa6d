import type { PlacedLine, PlacedState } from './life-cycle-layout.ts';

/** Width of the picture, in units that are pixels where there is room for it. */
export const WIDTH = 352;
export const NODE_HEIGHT = 28;
const ROW = 54;
const TOP = 22;
const SPINE_X = 172;
const SPINE_WIDTH = 108;
const SIDE_X = 304;
const SIDE_WIDTH = 92;
/** Lines back: next to the spine, and round those. */
const BACK_X = [104, 10];
const SKIP_X = 248;
const left = SPINE_X - SPINE_WIDTH / 2;
const right = SPINE_X + SPINE_WIDTH / 2;

export const rowY = ({ row }: PlacedState) => TOP + row * ROW;

export function heightOf(rows: number): number {
	return TOP * 2 + (rows - 1) * ROW;
}

/** Middle and width of a state's box. */
export function boxOf({ lane }: PlacedState): { readonly x: number; readonly width: number } {
	return lane === 'spine' ? { x: SPINE_X, width: SPINE_WIDTH } : { x: SIDE_X, width: SIDE_WIDTH };
}

/** The line as an SVG path. */
export function pathOf({ from, to, way, depth }: PlacedLine): string {
	const half = NODE_HEIGHT / 2;
	switch (way) {
		case 'down':
			return `M${SPINE_X} ${rowY(from) + half}V${rowY(to) - half - 1}`;
		case 'aside':
			return `M${right} ${rowY(from)}H${SIDE_X}V${rowY(to) - half - 1}`;
		case 'back':
			return `M${left} ${rowY(from) - 5}H${BACK_X[depth]}V${rowY(to) + (depth === 0 ? 5 : -5)}H${left - 1}`;
		case 'skip':
			return from.lane === 'side'
				? `M${SIDE_X} ${rowY(from) + half}V${rowY(to) + 6}H${right + 1}`
				: `M${right} ${rowY(from) + 6}H${SKIP_X}V${rowY(to) - 6}H${right + 1}`;
		case 'loop':
			return '';
	}
}

/** Where the names of a line's events begin, and to which side they go. */
export function labelOf({ from, to, way, depth, events }: PlacedLine) {
	const middle = (rowY(from) + rowY(to)) / 2 + 4;
	switch (way) {
		case 'down':
			return { x: SPINE_X + 6, y: middle, anchor: 'start' };
		case 'aside':
			return { x: right + 6, y: rowY(from) - 5, anchor: 'start' };
		case 'back':
			return depth === 0
				? { x: BACK_X[0] - 5, y: middle - (events.length - 1) * 7, anchor: 'end' }
				: { x: left - 6, y: rowY(from) - 10, anchor: 'end' };
		case 'skip':
			return from.lane === 'side'
				? { x: SIDE_X + 5, y: rowY(from) + NODE_HEIGHT / 2 + 18, anchor: 'start' }
				: { x: SKIP_X + 5, y: rowY(from) + 10, anchor: 'start' };
		case 'loop':
			return { x: left - 6, y: rowY(from) + 4, anchor: 'end' };
	}
}
