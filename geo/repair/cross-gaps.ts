import Flatbush from 'flatbush';
import type { LonLat } from '../flat-polygons.ts';
import { arrange, soleFeature } from '../arrangement/arrange.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import { findGaps } from './find-gaps.ts';
import { lengthOfHalfEdge } from '../arrangement/ground-piece.ts';
import type { Polyline } from '../arrangement/lines.ts';
import { distanceM, footShare, metresPerDegree, placeBetween } from '../arrangement/metres.ts';
import type { MetresPerDegree } from '../arrangement/metres.ts';
import { turn } from '../arrangement/turn.ts';

/** A neighbour's corner that juts into a gap: the cosine of a turn of 60°. */
const SHARP = 0.5;

/** A place across a gap is at least this many times as far along its boundary as straight. */
const DETOUR = 4;

/** What lies beyond the outline, as a neighbour of gaps. */
const OUTSIDE = -3;

/**
 * Cuts gaps across where their neighbours change, so that each neighbour can have what lies in front of it.
 *
 * Given whole to one neighbour, a long gap would become an arm of it along all the others. Lines are drawn from every node of a gap's boundary
 * between two neighbours, and from every corner of a neighbour that juts into the gap, to the nearest places of the other
 * neighbours that are at most `reachM` away and across the gap, not beside the node. Layer 0 is the parcels, layer 1 (if any) the outline. Returns an arrangement
 * of the same layers with these lines drawn; what is narrow is not asked here. Depends on the geometry alone. O(half-edges · log), and
 * the arrangement once more where there is a line to draw.
 */
export function crossGaps(plain: Arrangement, reachM: number): Arrangement {
	const lines = reachM > 0 ? linesAcross(plain, reachM) : [];
	return lines.length === 0 ? plain : arrange(plain.layers, lines);
}

/** The half-edges with a gap on their left, the neighbour on their right, and where along its ring each begins. */
interface GapBoundary {
	readonly halves: readonly number[];
	/** By half-edge of the arrangement. */
	readonly placeOf: Int32Array;
	readonly neighbours: Int32Array;
	readonly ringOf: Int32Array;
	/** Metres from the start of the ring. */
	readonly startM: Float64Array;
	/** By ring. */
	readonly ringLengthM: readonly number[];
}

function walkGaps(arrangement: Arrangement): GapBoundary {
	const {
		faceOf,
		halfEdges: { next },
		covers: [parcels],
	} = arrangement;
	const gaps = findGaps(arrangement, parcels.offsets);
	const halves: number[] = [];
	const placeOf = new Int32Array(faceOf.length).fill(-1);
	const rings: number[] = [];
	const starts: number[] = [];
	const ringLengthM: number[] = [];
	for (let first = 0; first < faceOf.length; first++) {
		if (placeOf[first] >= 0 || gaps[faceOf[first]] === 0) continue;
		let lengthM = 0;
		for (let half = first; placeOf[half] < 0; half = next[half]) {
			placeOf[half] = halves.push(half) - 1;
			rings.push(ringLengthM.length);
			starts.push(lengthM);
			lengthM += lengthOfHalfEdge(arrangement, half);
		}
		ringLengthM.push(lengthM);
	}
	const neighbours = Int32Array.from(halves, (half) => {
		const face = faceOf[half ^ 1];
		const feature = soleFeature(parcels, face);
		return feature === -1 && gaps[face] === 0 ? OUTSIDE : feature;
	});
	return {
		halves,
		placeOf,
		neighbours,
		ringOf: Int32Array.from(rings),
		startM: Float64Array.from(starts),
		ringLengthM,
	};
}

function linesAcross(arrangement: Arrangement, reachM: number): Polyline[] {
	const {
		coordinates: c,
		halfEdges: { next, origin },
	} = arrangement;
	const boundary = walkGaps(arrangement);
	const { halves, placeOf, neighbours } = boundary;
	if (halves.length === 0) return [];
	const index = indexHalves(arrangement, halves);
	const lines: Polyline[] = [];
	halves.forEach((half, before) => {
		const after = placeOf[next[half]];
		if (neighbours[before] === neighbours[after] && !jutsIn(arrangement, half, next[half])) return;
		const node = 2 * origin[next[half]];
		const scale = metresPerDegree(c[node + 1]);
		const near = index.search(
			c[node] - reachM / scale.east,
			c[node + 1] - reachM / scale.north,
			c[node] + reachM / scale.east,
			c[node + 1] + reachM / scale.north,
		);
		for (const [lon, lat] of nearestAcross(arrangement, boundary, { before, after, scale, near, reachM }))
			lines.push(Float64Array.of(c[node], c[node + 1], lon, lat));
	});
	return lines;
}

function indexHalves(
	{ coordinates: c, halfEdges: { origin } }: Arrangement,
	halves: readonly number[],
): Flatbush {
	const index = new Flatbush(halves.length);
	for (const half of halves) {
		const a = 2 * origin[half];
		const b = 2 * origin[half ^ 1];
		index.add(
			Math.min(c[a], c[b]),
			Math.min(c[a + 1], c[b + 1]),
			Math.max(c[a], c[b]),
			Math.max(c[a + 1], c[b + 1]),
		);
	}
	index.finish();
	return index;
}

/** Says whether a gap's boundary turns right sharply from one half-edge to the next: the gap is on the left. */
function jutsIn({ coordinates: c, halfEdges: { origin } }: Arrangement, half: number, next: number): boolean {
	const a = 2 * origin[half];
	const b = 2 * origin[next];
	const d = 2 * origin[next ^ 1];
	if (turn(c[a], c[a + 1], c[b], c[b + 1], c[d], c[d + 1]) >= 0) return false;
	const { east, north } = metresPerDegree(c[b + 1]);
	const [ax, ay] = [(c[b] - c[a]) * east, (c[b + 1] - c[a + 1]) * north];
	const [bx, by] = [(c[d] - c[b]) * east, (c[d + 1] - c[b + 1]) * north];
	return ax * bx + ay * by < SHARP * Math.hypot(ax, ay) * Math.hypot(bx, by);
}

/** A node of a gap's boundary, between two half-edges of it, and the half-edges near by. */
interface Surroundings {
	readonly before: number;
	readonly after: number;
	readonly scale: MetresPerDegree;
	readonly near: readonly number[];
	readonly reachM: number;
}

/** The nearest place across the gap of each neighbour other than the two that meet at the node. */
function nearestAcross(
	{ coordinates: c, halfEdges: { origin } }: Arrangement,
	{ halves, neighbours, ringOf, startM, ringLengthM }: GapBoundary,
	{ before, after, scale, near, reachM }: Surroundings,
): LonLat[] {
	const placeOfNode = (node: number): LonLat => [c[2 * node], c[2 * node + 1]];
	const node = origin[halves[after]];
	const at = placeOfNode(node);
	const nearest = new Map<number, { place: LonLat; byM: number }>();
	for (const other of near) {
		const neighbour = neighbours[other];
		if (neighbour === neighbours[before] || neighbour === neighbours[after]) continue;
		const half = halves[other];
		// From the lower end always, so that it does not matter from which side one looks.
		const [low, high] = [half & ~1, half | 1].map((side) => origin[side]);
		if (low === node || high === node) continue;
		const [from, to] = [placeOfNode(low), placeOfNode(high)];
		const share = Math.min(1, Math.max(0, footShare(scale, at, from, to)));
		const place = placeBetween(from, to, share);
		const byM = distanceM(scale, at, place);
		const known = nearest.get(neighbour);
		if (byM > reachM || (known !== undefined && !comesFirst(place, byM, known))) continue;
		if (ringOf[other] === ringOf[after]) {
			const thereM = startM[other] + distanceM(scale, placeOfNode(origin[half]), place);
			const walkM = Math.abs(thereM - startM[after]);
			// What is as near along the boundary as through the gap lies beside the node, not across.
			if (Math.min(walkM, ringLengthM[ringOf[other]] - walkM) < DETOUR * byM) continue;
		}
		nearest.set(neighbour, { place, byM });
	}
	return Array.from(nearest.values(), ({ place }) => place);
}

function comesFirst(place: LonLat, byM: number, known: { place: LonLat; byM: number }): boolean {
	return (byM - known.byM || place[0] - known.place[0] || place[1] - known.place[1]) < 0;
}
