import type { PointM } from './frame.ts';
import { stretchAt } from './street-graph.ts';
import type { StreetGraph } from './street-graph.ts';
import type { StreetMesh } from './street-mesh.ts';

/** Streets with their widths. */
export interface Streets {
	readonly mesh: StreetMesh;
	readonly graph: StreetGraph;
	/** Half the width of a stretch. */
	readonly halfWidthM: (stretch: number) => number;
	/** How far corners are cut back for sight. */
	readonly cornerM: number;
}

/** Where a street's sides end at a node, seen from the node outward. */
export interface ArmEnd {
	readonly left: PointM;
	readonly right: PointM;
}

/** The point at share t of an arm's stretch, and the unit normal to the left of the way outward. */
export function sampleArm(
	{ mesh: { at, columnsM, rowsM }, graph }: Streets,
	node: number,
	arm: number,
	t: number,
): { point: PointM; left: PointM } {
	const column = node % graph.columns;
	const row = Math.floor(node / graph.columns);
	const alongU = arm % 2 === 0;
	const sign = arm < 2 ? 1 : -1;
	const u =
		alongU && t > 0 ? columnsM[column] + (columnsM[column + sign] - columnsM[column]) * t : columnsM[column];
	const v = !alongU && t > 0 ? rowsM[row] + (rowsM[row + sign] - rowsM[row]) * t : rowsM[row];
	const [du, dv] = alongU ? [sign, 0] : [0, sign];
	const before = at(u - du, v - dv);
	const after = at(u + du, v + dv);
	const [east, north] = [after[0] - before[0], after[1] - before[1]];
	const length = Math.hypot(east, north);
	return { point: at(u, v), left: [-north / length, east / length] };
}

/**
 * The ends of all streets at a node, in the order of its `arms` (two or more, counter-clockwise).
 *
 * Between two arms that meet at an angle the sides meet in a corner, cut back where the angle is a block's; where one street
 * runs straight past another's mouth, it ends square before and behind the mouth.
 */
export function armEnds(streets: Streets, node: number, arms: readonly number[]): ArmEnd[] {
	const samples = arms.map((arm) => sampleArm(streets, node, arm, 0));
	const widths = arms.map((arm) => streets.halfWidthM(stretchAt(streets.graph, node, arm)));
	const { point } = samples[0];
	const lefts: PointM[] = [];
	const rights: PointM[] = [];
	arms.forEach((arm, k) => {
		const next = (k + 1) % arms.length;
		const gap = (arms[next] - arm + 4) % 4;
		const [a, b] = [samples[k].left, samples[next].left];
		let corner: PointM;
		let backM = gap === 1 ? streets.cornerM : 0;
		if (gap === 2) {
			corner = [point[0] + a[0] * widths[k], point[1] + a[1] * widths[k]];
			const mouth = arms.findIndex((other) => (other - arm + 4) % 4 === 3);
			if (mouth >= 0) backM = widths[mouth] + streets.cornerM;
		} else {
			corner = crossingOf(point, a, widths[k], [-b[0], -b[1]], widths[next]);
		}
		lefts[k] = [corner[0] + a[1] * backM, corner[1] - a[0] * backM];
		rights[next] = [corner[0] + b[1] * backM, corner[1] - b[0] * backM];
	});
	return arms.map((_, k) => ({ left: lefts[k], right: rights[k] }));
}

/** The point at distance wa from `point` along normal a and wb along normal b. */
function crossingOf(point: PointM, a: PointM, wa: number, b: PointM, wb: number): PointM {
	const det = a[0] * b[1] - a[1] * b[0];
	return [point[0] + (wa * b[1] - wb * a[1]) / det, point[1] + (wb * a[0] - wa * b[0]) / det];
}
