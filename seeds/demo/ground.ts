import { isInside, sideOfLineM, smoothCurve } from './curve.ts';
import type { PointM, RingM } from './frame.ts';
import type { BandLayout, ParkLayout } from './park-layout.ts';
import type { StreetMesh } from './street-mesh.ts';

/** Nodes this many cells outside still carry streets, so that the outline never runs out of them. */
const RIM_CELLS = 2;
/** No street runs along a band nearer to its middle than this. */
const CLEARANCE_M: Readonly<Record<BandLayout['kind'], number>> = {
	river: 330,
	expressway: 130,
	railway: 90,
	stream: 50,
};

/** What both coverages of a park are drawn on. */
export interface Ground {
	readonly layout: ParkLayout;
	readonly outline: RingM;
	readonly mesh: StreetMesh;
	readonly near: { readonly inside: Uint8Array; readonly around: Uint8Array };
	/** How far apart the mesh's lines are, about. */
	readonly spacingM: number;
	/** Streets and lots against those of the default parcel count. */
	readonly widthScale: number;
	readonly lotScale: number;
	readonly cellCentre: (column: number, row: number) => PointM;
	/** Says whether a node or one of its eight neighbours lies inside the outline. */
	readonly isNearInside: (column: number, row: number) => boolean;
	/** Says whether a ring has a cell near the park. */
	readonly touchesPark: (ring: RingM) => boolean;
	/** Distance in metres from the park's river course, infinite where there is none. */
	readonly riverDistanceM: (point: PointM) => number;
	readonly courses: readonly { readonly line: readonly PointM[]; readonly clearanceM: number }[];
}

/**
 * Says whether a stretch of street (arm 0 eastward, 1 northward from the node) would run along in a band's ground: within
 * its clearance and nearer to parallel than to crossing. O(points of the park's bands).
 */
export function runsAlongBand({ mesh, courses }: Ground, column: number, row: number, arm: 0 | 1): boolean {
	const at = (t: number) =>
		mesh.at(
			mesh.columnsM[column] + (arm === 0 ? t * (mesh.columnsM[column + 1] - mesh.columnsM[column]) : 0),
			mesh.rowsM[row] + (arm === 1 ? t * (mesh.rowsM[row + 1] - mesh.rowsM[row]) : 0),
		);
	const points = [at(0.1), at(0.5), at(0.9)];
	const lengthM = Math.hypot(points[2][0] - points[0][0], points[2][1] - points[0][1]);
	return courses.some(({ line, clearanceM }) => {
		const sidesM = points.map((point) => sideOfLineM(line, point));
		if (Math.min(...sidesM.map(Math.abs)) > clearanceM) return false;
		return Math.abs(sidesM[0] - sidesM[2]) < 0.55 * lengthM;
	});
}

/** Lays out the ground of a park under a mesh. O(nodes · outline points). */
export function groundOf(
	layout: ParkLayout,
	outline: RingM,
	mesh: StreetMesh,
	scales: { spacingM: number; widthScale: number; lotScale: number },
): Ground {
	const columns = mesh.columnsM.length;
	const rows = mesh.rowsM.length;
	const inside = new Uint8Array(columns * rows);
	for (let node = 0; node < inside.length; node++) {
		const point = mesh.at(mesh.columnsM[node % columns], mesh.rowsM[Math.floor(node / columns)]);
		if (isInside(outline, point)) inside[node] = 1;
	}
	for (const point of outline) {
		const [column, row] = mesh.cellOf(point);
		for (const node of [row * columns + column, (row + 1) * columns + column])
			inside[node] = inside[node + 1] = 1;
	}
	const beside = widened(inside, columns, rows, 1);
	const around = widened(inside, columns, rows, RIM_CELLS);
	const middleOf = (positions: Float64Array, k: number): number => {
		const at = Math.min(positions.length - 2, Math.max(0, k));
		return (positions[at] + positions[at + 1]) / 2;
	};
	const river = layout.bands.find(({ kind }) => kind === 'river');
	const course = river ? smoothCurve(river.line, 500, false) : [];
	return {
		layout,
		outline,
		mesh,
		near: { inside, around },
		...scales,
		cellCentre: (column, row) => mesh.at(middleOf(mesh.columnsM, column), middleOf(mesh.rowsM, row)),
		isNearInside: (column, row) => beside[row * columns + column] === 1,
		riverDistanceM: (point) => Math.abs(sideOfLineM(course, point)),
		courses: layout.bands.map(({ kind, line }) => ({
			line: smoothCurve(line, 900, false),
			clearanceM: CLEARANCE_M[kind],
		})),
		touchesPark: (ring) =>
			ring.some((point) => {
				const [column, row] = mesh.cellOf(point);
				return inside[row * columns + column] || inside[(row + 1) * columns + column + 1];
			}),
	};
}

function widened(marks: Uint8Array, columns: number, rows: number, cells: number): Uint8Array {
	const wide = new Uint8Array(marks.length);
	for (let node = 0; node < marks.length; node++) {
		if (!marks[node]) continue;
		const column = node % columns;
		const row = Math.floor(node / columns);
		for (let r = Math.max(0, row - cells); r <= Math.min(rows - 1, row + cells); r++) {
			const from = Math.max(0, column - cells);
			wide.fill(1, r * columns + from, r * columns + Math.min(columns - 1, column + cells) + 1);
		}
	}
	return wide;
}
