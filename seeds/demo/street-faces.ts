import type { PointM, RingM } from './frame.ts';
import { ARMS, hasArm, nodeBeyond, stretchAt } from './street-graph.ts';
import { armEnds, sampleArm } from './street-junction.ts';
import type { ArmEnd, Streets } from './street-junction.ts';
import { rootOf } from './union.ts';

/** Points between two nodes, so that streets bend between them. */
const BENDS = 2;

/** A street surface between junctions. Rings of one street are neighbours and share their points. */
export interface StreetSurface {
	/** The stretch that names the street: surfaces of one number are one street. */
	readonly street: number;
	readonly ring: RingM;
}

/** What streets cut the ground into. */
export interface StreetFaces {
	readonly surfaces: readonly StreetSurface[];
	/** The ground between the streets, counter-clockwise; the ground around them all is clockwise. */
	readonly blocks: readonly RingM[];
}

/** The street ends of every node with streets, by 4 · node + arm. */
type Ends = ReadonlyMap<number, ArmEnd>;

/**
 * Cuts the ground by streets.
 *
 * A junction's surface belongs to its widest street; a bend or a joint where nothing crosses makes one street of two
 * stretches. Neighbouring rings have equal points on what they share. O(stretches).
 */
export function streetFaces(streets: Streets): StreetFaces {
	const { graph, halfWidthM } = streets;
	const names = Int32Array.from(graph.kept, (_, stretch) => stretch);
	const ends = new Map<number, ArmEnd>();
	const surfaces: StreetSurface[] = [];
	for (let node = 0; node < graph.columns * graph.rows; node++) {
		const arms = ARMS.filter((arm) => hasArm(graph, node, arm));
		if (arms.length < 2) continue;
		const stretches = arms.map((arm) => stretchAt(graph, node, arm));
		const nodeEnds = armEnds(streets, node, arms);
		arms.forEach((arm, k) => ends.set(4 * node + arm, nodeEnds[k]));
		if (arms.length === 2) names[rootOf(names, stretches[0])] = rootOf(names, stretches[1]);
		const ring = withoutRepeats(nodeEnds.flatMap(({ right, left }) => [right, left]));
		const street = stretches.reduce((best, stretch) =>
			halfWidthM(stretch) > halfWidthM(best) ? stretch : best,
		);
		if (ring.length > 2) surfaces.push({ street, ring });
	}
	for (const start of ends.keys()) {
		const [node, arm] = [start >> 2, start % 4];
		if (arm > 1) continue;
		const right = leftSide(streets, ends, nodeBeyond(graph, node, arm), arm + 2);
		const ring = withoutRepeats([...right.reverse(), ...leftSide(streets, ends, node, arm).reverse()]);
		surfaces.push({ street: stretchAt(graph, node, arm), ring });
	}
	return {
		surfaces: surfaces.map(({ street, ring }) => ({ street: rootOf(names, street), ring })),
		blocks: traceBlocks(streets, ends),
	};
}

/** Walks round every block with the block on the left. */
function traceBlocks(streets: Streets, ends: Ends): RingM[] {
	const { graph } = streets;
	const blocks: RingM[] = [];
	const seen = new Set<number>();
	for (const start of ends.keys()) {
		if (seen.has(start)) continue;
		const ring: PointM[] = [];
		let at = start;
		while (!seen.has(at)) {
			seen.add(at);
			const [node, arm] = [at >> 2, at % 4];
			ring.push(...leftSide(streets, ends, node, arm));
			const beyond = nodeBeyond(graph, node, arm);
			const back = (arm + 2) % 4;
			const turn = [3, 2, 1].map((k) => (back + k) % 4).find((next) => hasArm(graph, beyond, next)) ?? back;
			at = 4 * beyond + turn;
		}
		blocks.push(withoutRepeats(ring));
	}
	return blocks;
}

/** The left side of a street from a node outward; its bends are the same points from either end. */
function leftSide(streets: Streets, ends: Ends, node: number, arm: number): PointM[] {
	const beyond = nodeBeyond(streets.graph, node, arm);
	const here = ends.get(4 * node + arm);
	const there = ends.get(4 * beyond + ((arm + 2) % 4));
	if (!here || !there) throw new Error('a street without an end');
	const bends = arm < 2 ? bendsOf(streets, node, arm, 1) : bendsOf(streets, beyond, arm - 2, -1).reverse();
	return [here.left, ...bends, there.right];
}

function bendsOf(streets: Streets, node: number, arm: number, sign: number): PointM[] {
	const offsetM = sign * streets.halfWidthM(stretchAt(streets.graph, node, arm));
	return Array.from({ length: BENDS }, (_, k): PointM => {
		const { point, left } = sampleArm(streets, node, arm, (k + 1) / (BENDS + 1));
		return [point[0] + left[0] * offsetM, point[1] + left[1] * offsetM];
	});
}

function withoutRepeats(ring: readonly PointM[]): PointM[] {
	return ring.filter((p, k) => {
		const before = ring[(k + ring.length - 1) % ring.length];
		return Math.abs(p[0] - before[0]) > 1e-6 || Math.abs(p[1] - before[1]) > 1e-6;
	});
}
