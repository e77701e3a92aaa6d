import { EdgeBands } from './edge-bands.ts';
import { RingBuffer } from './ring-buffer.ts';

/** A ring of pixel numbers, open; positive doubled area for shells, negative for holes, in the order in which they are written. */
export type PixelRing = readonly number[];

/** A ring of positive area, and the holes in it. */
interface Shell {
	readonly ring: number[];
	readonly area: number;
	readonly holes: number[][];
}

/** Directed edges between the pixels of one feature, numbered for it alone. */
interface Edges {
	readonly pixels: readonly number[];
	readonly from: readonly number[];
	readonly to: readonly number[];
	/** The edges that leave a pixel: the first, and from each the next, −1 after the last. */
	readonly firstOut: Int32Array;
	readonly nextOut: Int32Array;
}

/**
 * Traces rings anew that run into one another: what is run there and back vanishes, and every ring that is left is simple.
 *
 * `rings` are the routed rings of one feature, its ground on the side of positive area; they may collapse, touch and share edges,
 * not cross. Returns shells each followed by its holes, valid in the OGC sense; null where the rings bound no ground (they cross or cover
 * twice). O(n log n), times the touching rings.
 */
export function retraceRings(
	rings: readonly PixelRing[],
	xs: Int32Array,
	ys: Int32Array,
): PixelRing[] | null {
	const edges = edgesOnce(rings);
	if (edges === null) return null;
	const shells: Shell[] = [];
	const loose: number[][] = [];
	const isVisited = new Uint8Array(edges.from.length);
	for (let e = 0; e < edges.from.length; e++) {
		if (isVisited[e] === 1) continue;
		const loops = walk(edges, e, isVisited, xs, ys);
		if (loops === null) return null;
		const areas = loops.map((loop) => doubledAreaOf(loop, xs, ys));
		const holes = loops.filter((_, k) => areas[k] < 0);
		const shell = areas.findIndex((area) => area > 0);
		if (holes.length + (shell < 0 ? 0 : 1) !== loops.length) return null;
		if (shell < 0) loose.push(...holes);
		else shells.push({ ring: loops[shell], area: areas[shell], holes });
	}
	if (loose.length > 0 && !nestLoose(shells, loose, xs, ys)) return null;
	return shells.flatMap(({ ring, holes }) => [ring, ...holes]);
}

/** Puts holes that touch no shell into the least shell round each; false where there is none. */
function nestLoose(
	shells: readonly Shell[],
	loose: readonly number[][],
	xs: Int32Array,
	ys: Int32Array,
): boolean {
	const buffer = new RingBuffer();
	buffer.replace(shells.map(({ ring }) => ring));
	const bands = new EdgeBands();
	bands.gather(buffer, xs, ys);
	for (const hole of loose) {
		// Half way along an edge: on no other ring.
		const around = bands.ringsAround(xs[hole[0]] + xs[hole[1]], ys[hole[0]] + ys[hole[1]], -1, xs, ys);
		if (around.length === 0) return false;
		const owner = around.reduce((least, ring) => (shells[ring].area < shells[least].area ? ring : least));
		shells[owner].holes.push(hole);
	}
	return true;
}

/** Twice the signed area of a ring of pixels; positive when clockwise with y down. O(pixels). */
function doubledAreaOf(ring: PixelRing, xs: ArrayLike<number>, ys: ArrayLike<number>): number {
	let doubled = 0;
	let last = ring[ring.length - 1];
	for (const p of ring) {
		doubled += xs[last] * ys[p] - xs[p] * ys[last];
		last = p;
	}
	return doubled;
}

/** The edges that remain when there-and-back is struck out; null when some ground is covered twice. */
function edgesOnce(rings: readonly PixelRing[]): Edges | null {
	const numberOf = new Map<number, number>();
	const pixels: number[] = [];
	const number = (pixel: number) => {
		let found = numberOf.get(pixel);
		if (found === undefined) {
			found = pixels.push(pixel) - 1;
			numberOf.set(pixel, found);
		}
		return found;
	};
	const paths = rings.map((ring) => ring.map(number));
	const count = pixels.length;
	const net = new Map<number, number>();
	for (const path of paths) {
		path.forEach((u, k) => {
			const v = path[k + 1 < path.length ? k + 1 : 0];
			const key = u < v ? u * count + v : v * count + u;
			net.set(key, (net.get(key) ?? 0) + (u < v ? 1 : -1));
		});
	}
	const from: number[] = [];
	const to: number[] = [];
	for (const [key, times] of net) {
		if (times > 1 || times < -1) return null;
		if (times === 0) continue;
		const low = Math.floor(key / count);
		const high = key % count;
		from.push(times > 0 ? low : high);
		to.push(times > 0 ? high : low);
	}
	const firstOut = new Int32Array(count).fill(-1);
	const nextOut = new Int32Array(from.length).fill(-1);
	from.forEach((u, e) => {
		nextOut[e] = firstOut[u];
		firstOut[u] = e;
	});
	return { pixels, from, to, firstOut, nextOut };
}

/** Follows the boundary of the ground left of an edge until it closes, cut where it comes to a pixel again. */
function walk(
	edges: Edges,
	start: number,
	isVisited: Uint8Array,
	xs: ArrayLike<number>,
	ys: ArrayLike<number>,
): number[][] | null {
	const { pixels, from, to } = edges;
	const loops: number[][] = [];
	const path: number[] = [];
	const placeOf = new Map<number, number>();
	const close = (loop: number[]) => {
		for (const v of loop) placeOf.delete(v);
		loops.push(loop.map((v) => pixels[v]));
	};
	let edge = start;
	do {
		if (isVisited[edge] === 1) return null;
		isVisited[edge] = 1;
		const place = placeOf.get(from[edge]);
		if (place !== undefined) close(path.splice(place));
		placeOf.set(from[edge], path.length);
		path.push(from[edge]);
		edge = nextEdge(edges, from[edge], to[edge], xs, ys);
		if (edge < 0) return null;
	} while (edge !== start);
	close(path);
	return loops;
}

/** The edge out of v that is first clockwise from where the walk came from, u. */
function nextEdge(
	{ pixels, to, firstOut, nextOut }: Edges,
	u: number,
	v: number,
	xs: ArrayLike<number>,
	ys: ArrayLike<number>,
): number {
	let best = firstOut[v];
	if (best < 0 || nextOut[best] < 0) return best;
	const vx = xs[pixels[v]];
	const vy = ys[pixels[v]];
	const rx = xs[pixels[u]] - vx;
	const ry = ys[pixels[u]] - vy;
	let [bestX, bestY, bestHalf] = [0, 0, -1];
	for (let e = best; e >= 0; e = nextOut[e]) {
		const x = xs[pixels[to[e]]] - vx;
		const y = ys[pixels[to[e]]] - vy;
		const cross = rx * y - ry * x;
		const half = cross > 0 ? 0 : cross === 0 ? 1 : 2;
		if (half < bestHalf || (half === bestHalf && bestX * y - bestY * x <= 0)) continue;
		[best, bestX, bestY, bestHalf] = [e, x, y, half];
	}
	return best;
}
