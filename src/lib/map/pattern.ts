/** How a class pattern is drawn: one square that repeats, as an SVG path with a stroke. */
export interface PatternDrawing {
	/** Path on a square of `PATTERN_SIZE` that joins its neighbours without a seam. */
	readonly path: string;
	readonly strokeWidth: number;
	readonly cap: 'butt' | 'round';
}

/** Side of the repeating square, in CSS pixels. */
export const PATTERN_SIZE = 12;

const RISING = 'M-3 3 3 -3M0 12 12 0M9 15 15 9';
const FALLING = 'M-3 9 3 15M0 0 12 12M9 -3 15 3';

const line = (path: string): PatternDrawing => ({ path, strokeWidth: 1, cap: 'butt' });
const dot = (path: string, strokeWidth: number): PatternDrawing => ({ path, strokeWidth, cap: 'round' });

const DRAWINGS: Readonly<Record<string, PatternDrawing>> = {
	dots: dot('M3 3h0.01M9 9h0.01', 2.2),
	'dots-dense': dot('M3 3h0.01M9 3h0.01M3 9h0.01M9 9h0.01', 2),
	'lines-right': line(RISING),
	'lines-left': line(FALLING),
	'lines-horizontal': line('M0 3H12M0 9H12'),
	'lines-vertical': line('M3 0V12M9 0V12'),
	cross: line('M0 6H12M6 0V12'),
	'cross-diagonal': line(RISING + FALLING),
	dashes: line('M1 3H7M7 9H12M0 9H1'),
	waves: line('M0 4Q3 0 6 4T12 4M0 10Q3 6 6 10T12 10'),
};

/** Pattern of parcels whose class is withheld from the reader. */
export const WITHHELD_PATTERN = 'lines-right';

/** Pattern of parcels without a class. */
export const UNCLASSIFIED_PATTERN = 'cross-diagonal';

/** A white class is told from paper by a line along the inside of its edge, not by marks on its face. */
export const OUTLINE_PATTERN = 'outline';

/** The drawing of a pattern; an unknown name gets rising lines, null and `outline` get none. */
export function patternDrawing(pattern: string | null): PatternDrawing | null {
	if (pattern === null || pattern === OUTLINE_PATTERN) return null;
	return DRAWINGS[pattern] ?? DRAWINGS[WITHHELD_PATTERN];
}
