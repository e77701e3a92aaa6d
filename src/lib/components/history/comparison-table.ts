import { formatSteps, parseSteps } from '$geo/area/unit.ts';
import type { WireComparison } from '$lib/api/history.ts';

/** Areas are sent in m² with two decimals: whole 0.01 m² inside. */
const DECIMALS = 2;

/** A class, or a named line, whose ground is otherwise; areas are exact decimals in m². */
export interface ComparedRow {
	/** Index in the comparison's lines. */
	readonly line: number;
	readonly before: string;
	readonly after: string;
	/** After less before, with a sign where it is less. */
	readonly gain: string;
	/** What became of it, in the order of the table's rows. */
	readonly became: readonly string[];
}

/** The rows of two revisions' comparison that something happened to; the columns are the same lines. */
export interface ComparedTable {
	readonly rows: readonly ComparedRow[];
	/** What all gains add up to. */
	readonly gainTotal: string;
}

/**
 * Sums up one matrix of a comparison, or all of them, over the lines that gave or took ground.
 *
 * Exact in 0.01 m²; lines that kept all of their ground and took none are left out. O(cells + rows²).
 */
export function comparedTable({ lines, matrices }: WireComparison, matrix: number | null): ComparedTable {
	const cells = matrices.filter((_, i) => matrix === null || i === matrix).flatMap((one) => one.cells);
	const areas = new Map<string, number>();
	const before = lines.map(() => 0);
	const after = lines.map(() => 0);
	const isTouched = lines.map(() => false);
	for (const { from, to, areaM2 } of cells) {
		const area = parseSteps(areaM2, DECIMALS);
		before[from] += area;
		after[to] += area;
		areas.set(`${from} ${to}`, (areas.get(`${from} ${to}`) ?? 0) + area);
		if (from !== to) isTouched[from] = isTouched[to] = true;
	}
	const touched = lines.flatMap((_, line) => (isTouched[line] ? [line] : []));
	const text = (area: number) => formatSteps(area, DECIMALS);
	const rows = touched.map((line) => ({
		line,
		before: text(before[line]),
		after: text(after[line]),
		gain: text(after[line] - before[line]),
		became: touched.map((to) => text(areas.get(`${line} ${to}`) ?? 0)),
	}));
	return { rows, gainTotal: text(touched.reduce((sum, line) => sum + after[line] - before[line], 0)) };
}
