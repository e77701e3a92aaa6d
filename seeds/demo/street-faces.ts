import type { PointM, RingM } from './frame.ts';
import { ARMS, hasArm, lineOf, nodeBeyond, stretchAt } from './street-graph.ts';
import type { StreetGraph } from './street-graph.ts';
import type { StreetMesh } from './street-mesh.ts';

/** Points between two nodes, so that streets bend between them. */
const BENDS = 2;

/** A street surface between junctions. Rings of one street are neighbours and share their points. */
export interface StreetSurface {
	/** The stretch that names the street: streets of one number are one street. */
	readonly street: number;
	readonly ring: RingM;
}

/** What a street graph cuts the ground into. */
export interface StreetFaces {
	readonly surfaces: readonly StreetSurface[];
	/** The ground between the streets, counter-clockwise. */
	readonly blocks: readonly RingM[];
}

interface ArmEnd {
	readonly left: PointM;
	readonly right: PointM;
}

/**
 * Cuts the ground by the streets of a graph, each as wide as `halfWidthM(line, family)` says to both sides.
 *
 * Corners are cut back by `cornerM` for sight; a junction's surface belongs to its widest street, and a bend or a joint
 * where nothing crosses makes one street of two stretches. O(stretches).
 */
export function streetFaces(
	mesh: StreetMesh,
	graph: StreetGraph,
	halfWidthM: (line: number, alongU: boolean) => number,
	cornerM: number,
): StreetFaces {
	const ends = new Map<number, ArmEnd>();
	const streets = Int32Array.from(graph.kept, (_, stretch) => stretch);
	const surfaces: StreetSurface[] = [];
	const width = (stretch: number): number =>
		halfWidthM(lineOf(graph, stretch), stretch < graph.columns * graph.rows);
	const sample = (node: number, arm: number, t: number): { point: PointM; left: PointM } =>
		sampleStretch(mesh, graph, node, arm, t);

	for (let node = 0; node < graph.columns * graph.rows; node++) {
		const arms = ARMS.filter((arm) => hasArm(graph, node, arm));
		if (arms.length < 2) continue;
		const stretches = arms.map((arm) => stretchAt(graph, node, arm));
		const normals = arms.map((arm) => sample(node, arm, 0).left);
		const { point } = sample(node, arms[0], 0);
		const lefts: PointM[] = [];
		const rights: PointM[] = [];
		arms.forEach((arm, k) => {
			const next = (k + 1) % arms.length;
			const gap = (arms[next] - arm + 4) % 4;
			const [a, b] = [normals[k], normals[next]];
			const wa = width(stretches[k]);
			let corner: PointM;
			let [backA, backB] = [0, 0];
			if (gap === 2) {
				corner = [point[0] + a[0] * wa, point[1] + a[1] * wa];
				const across = arms.find((other) => (other - arm + 4) % 4 === 3);
				if (across !== undefined) backA = backB = width(stretches[arms.indexOf(across)]) + cornerM;
			} else {
				corner = crossingOf(point, a, wa, [-b[0], -b[1]], width(stretches[next]));
				if (gap === 1) backA = backB = cornerM;
			}
			lefts[k] = [corner[0] + a[1] * backA, corner[1] - a[0] * backA];
			rights[next] = [corner[0] + b[1] * backB, corner[1] - b[0] * backB];
		});
		arms.forEach((arm, k) => ends.set(4 * node + arm, { left: lefts[k], right: rights[k] }));
		if (arms.length === 2) streets[rootOf(streets, stretches[0])] = rootOf(streets, stretches[1]);
		const widest = stretches.reduce((best, stretch) => (width(stretch) > width(best) ? stretch : best));
		const ring = withoutRepeats(arms.flatMap((_, k) => [rights[k], lefts[k]]));
		if (ring.length > 2) surfaces.push({ street: widest, ring });
	}

	const side = (node: number, arm: number, sign: 1 | -1): PointM[] => {
		const offset = sign * width(stretchAt(graph, node, arm));
		return Array.from({ length: BENDS }, (_, k) => {
			const { point, left } = sample(node, arm, (k + 1) / (BENDS + 1));
			return [point[0] + left[0] * offset, point[1] + left[1] * offset];
		});
	};
	const endOf = (node: number, arm: number): ArmEnd => {
		const end = ends.get(4 * node + arm);
		if (!end) throw new Error('a street without an end');
		return end;
	};
	const leftSide = (node: number, arm: number): PointM[] => {
		const beyond = endOf(nodeBeyond(graph, node, arm), (arm + 2) % 4);
		return [endOf(node, arm).left, ...canonical(node, arm, 1), beyond.right];
	};
	const canonical = (node: number, arm: number, sign: 1 | -1): PointM[] =>
		arm < 2
			? side(node, arm, sign)
			: side(nodeBeyond(graph, node, arm), arm - 2, sign === 1 ? -1 : 1).reverse();

	const blocks: RingM[] = [];
	const seen = new Set<number>();
	for (const start of ends.keys()) {
		if (start % 4 < 2) {
			const [node, arm] = [start >> 2, start % 4];
			const beyond = nodeBeyond(graph, node, arm);
			const ring = [...leftSide(node, arm), ...leftSide(beyond, arm + 2)];
			surfaces.push({ street: stretchAt(graph, node, arm), ring: withoutRepeats(ring).reverse() });
		}
		if (seen.has(start)) continue;
		const ring: PointM[] = [];
		for (let at = start; !seen.has(at);) {
			seen.add(at);
			const [node, arm] = [at >> 2, at % 4];
			ring.push(...leftSide(node, arm));
			const beyond = nodeBeyond(graph, node, arm);
			const back = (arm + 2) % 4;
			const turn = [3, 2, 1, 0].map((k) => (back + k) % 4).find((a) => hasArm(graph, beyond, a)) ?? back;
			at = 4 * beyond + turn;
		}
		blocks.push(withoutRepeats(ring));
	}
	return { surfaces: surfaces.map((s) => ({ street: rootOf(streets, s.street), ring: s.ring })), blocks };
}

function sampleStretch(
	mesh: StreetMesh,
	graph: StreetGraph,
	node: number,
	arm: number,
	t: number,
): { point: PointM; left: PointM } {
	const column = node % graph.columns;
	const row = Math.floor(node / graph.columns);
	const { columnsM, rowsM } = mesh;
	const alongU = arm % 2 === 0;
	const sign = arm < 2 ? 1 : -1;
	const u =
		alongU && t > 0 ? columnsM[column] + (columnsM[column + sign] - columnsM[column]) * t : columnsM[column];
	const v = !alongU && t > 0 ? rowsM[row] + (rowsM[row + sign] - rowsM[row]) * t : rowsM[row];
	const step = alongU ? [sign, 0] : [0, sign];
	const before = mesh.at(u - step[0], v - step[1]);
	const after = mesh.at(u + step[0], v + step[1]);
	const [east, north] = [after[0] - before[0], after[1] - before[1]];
	const length = Math.hypot(east, north);
	return { point: mesh.at(u, v), left: [-north / length, east / length] };
}

/** The point at distance wa from `point` along normal a and wb along normal b. */
function crossingOf(point: PointM, a: PointM, wa: number, b: PointM, wb: number): PointM {
	const det = a[0] * b[1] - a[1] * b[0];
	return [point[0] + (wa * b[1] - wb * a[1]) / det, point[1] + (wb * a[0] - wa * b[0]) / det];
}

function withoutRepeats(ring: readonly PointM[]): PointM[] {
	return ring.filter((p, k) => {
		const before = ring[(k + ring.length - 1) % ring.length];
		return Math.abs(p[0] - before[0]) > 1e-6 || Math.abs(p[1] - before[1]) > 1e-6;
	});
}

function rootOf(parents: Int32Array, item: number): number {
	let root = item;
	while (parents[root] !== root) root = parents[root];
	parents[item] = root;
	return root;
}
