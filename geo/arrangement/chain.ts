import Flatbush from 'flatbush';
import type { FlatPolygons } from '../flat-polygons.ts';
import { fromGridSteps, isUsablePosition, toGridSteps } from './grid-position.ts';
import type { Polyline } from './lines.ts';
import { Joins, numberPlaces, Places, visitRingEdges } from './place-graph.ts';

/** A stretch of two edges or more that meets nothing on its way and is kept as one edge. */
export interface Chain {
	/** Its ends, in whole grid steps. */
	readonly from: readonly [x: number, y: number];
	readonly to: readonly [x: number, y: number];
	/** The vertices between, from `from` to `to`: longitude, latitude in degrees on the grid. */
	readonly inner: Float64Array;
	/** The rings along it, ascending, repeated when one runs along it more than once. */
	readonly rings: number[];
}

/** Layers whose rings leave out the inner vertices of chains. */
export interface ChainedLayers {
	readonly layers: readonly FlatPolygons[];
	/** For each position of each layer the chain that its ring edge is, −1 for a plain edge. */
	readonly chainAt: readonly Int32Array[];
	readonly chains: readonly Chain[];
}

/** A box in degrees (EPSG:4490). */
export type GroundBox = readonly [minLon: number, minLat: number, maxLon: number, maxLat: number];

/** Layers of fewer positions are not worth the search. */
const FEW_POSITIONS = 400;

/** What lies within so many steps of an edge may be noded with it. */
const REACH_STEPS = 2;

/**
 * Gathers the edges of layers that arranging cannot change to chains; null where it is not worth it.
 *
 * `clean` are polygons whose edges, all together, arranging leaves as they are: parcels of a coverage. An edge that none of them has, and every
 * drawn line, is *foreign*; what does not come near one is far. A chain runs along far edges, through vertices where no third edge meets.
 * Nothing that comes near the box `whole` becomes part of one either. O(positions + near edges log near edges).
 *
 * Why arranging the chained layers is arranging the layers: a clean edge passes no hot pixel of a clean vertex and crosses no clean edge. A
 * foreign edge, however it is bent, stays in its box, and so do its crossings, rounded, to half a step. So a clean edge whose box is two steps away from all
 * foreign boxes is neither bent nor crossed: only near ones are. A near edge, bent, stays in its own box, and the pixels that
 * it may pass are those of foreign vertices, of crossings, and of clean vertices in that box: edges that come near a near one are kept too. Snap rounding lines
 * that do not cross makes none that do, so a bent clean edge crosses no clean one. The rest of the arrangement asks of far edges only how they hang together, in
 * what order they leave a vertex, and (of rings and components) for the smallest vertex: vertices with other than two edges, the first and the
 * smallest of each ring and the neighbours of these are kept. Rays and rings look into chains (`face.ts`, `region.ts`).
 */
export function chainLayers(
	layers: readonly FlatPolygons[],
	drawn: readonly Polyline[],
	clean: readonly FlatPolygons[],
	whole?: GroundBox,
): ChainedLayers | null {
	const total = positionCount(layers);
	if (total < FEW_POSITIONS) return null;
	const room = total + positionCount(clean.filter((set) => !layers.includes(set)));
	const places = new Places(room);
	const joins = new Joins(room);
	const placesOf = new Map<FlatPolygons, Int32Array>();
	for (const set of clean) {
		const numbers = numberPlaces(set, places);
		placesOf.set(set, numbers);
		visitRingEdges(set, numbers, (a, b) => joins.add(a, b));
	}
	const foreign: number[] = [];
	for (const layer of layers) {
		if (placesOf.has(layer)) continue;
		const numbers = numberPlaces(layer, places, joins);
		if (numbers.includes(-1)) return null;
		placesOf.set(layer, numbers);
		visitRingEdges(layer, numbers, (a, b) => {
			if (a !== b && !joins.has(a, b)) foreign.push(a, b);
		});
	}
	const boxes = new Boxes();
	for (let i = 0; i < foreign.length; i += 2) {
		const [a, b] = [foreign[i], foreign[i + 1]];
		boxes.add(places.x[a], places.y[a], places.x[b], places.y[b]);
		joins.add(a, b);
	}
	for (const line of drawn) {
		for (let i = 0; i + 3 < line.length; i += 2) {
			if (!isUsablePosition(line[i], line[i + 1]) || !isUsablePosition(line[i + 2], line[i + 3])) return null;
			boxes.add(...([0, 1, 2, 3].map((k) => toGridSteps(line[i + k])) as [number, number, number, number]));
		}
	}
	if (whole !== undefined) boxes.add(...(whole.map(toGridSteps) as [number, number, number, number]));
	if (4 * boxes.count > total) return null;

	const isKept = markNear(places, joins, boxes);
	const ringPlaces = layers.map((layer) => placesOf.get(layer) ?? new Int32Array(0));
	markCorners(layers, ringPlaces, places, joins, isKept);
	return leaveOut(layers, ringPlaces, places, isKept);
}

function positionCount(sets: readonly FlatPolygons[]): number {
	return sets.reduce((sum, { coordinates }) => sum + coordinates.length / 2, 0);
}

/** Marks the ends of the edges that come near a foreign one, and of those that come near these. */
function markNear({ x, y, count }: Places, joins: Joins, foreign: Boxes): Uint8Array {
	const near = new Boxes();
	foreign.finish();
	joins.visitEdges(count, (a, b) => {
		if (foreign.meet(x[a], y[a], x[b], y[b])) near.add(x[a], y[a], x[b], y[b]);
	});
	near.finish();
	const isKept = new Uint8Array(count);
	joins.visitEdges(count, (a, b) => {
		if (near.meet(x[a], y[a], x[b], y[b])) isKept[a] = isKept[b] = 1;
	});
	return isKept;
}

/** Marks what is no plain vertex along a line, the first and the smallest vertex of each ring, and the neighbours of all these. */
function markCorners(
	layers: readonly FlatPolygons[],
	ringPlaces: readonly Int32Array[],
	{ x, y, count }: Places,
	joins: Joins,
	isKept: Uint8Array,
): void {
	const keep = (place: number) => (isKept[place] = 1);
	const keepCorner = (place: number) => {
		isKept[place] = 1;
		joins.visitNeighbours(place, keep);
	};
	for (let place = 0; place < count; place++) if (!joins.isAlong(place)) keepCorner(place);
	layers.forEach(({ ringOffsets }, l) => {
		const numbers = ringPlaces[l];
		for (let r = 0; r + 1 < ringOffsets.length; r++) {
			const [from, end] = [ringOffsets[r], ringOffsets[r + 1]];
			if (from === end) continue;
			let least = numbers[from];
			for (let i = from; i < end; i++) {
				const place = numbers[i];
				const before = numbers[i === from ? end - 1 : i - 1];
				const after = numbers[i + 1 === end ? from : i + 1];
				if (x[place] < x[least] || (x[place] === x[least] && y[place] < y[least])) least = place;
				// The ring stands still or turns back.
				if (place === after || before === after) keepCorner(place);
			}
			keepCorner(numbers[from]);
			keepCorner(least);
		}
	});
}

/** Leaves the vertices out that are not kept, null where that is less than half of them. */
function leaveOut(
	layers: readonly FlatPolygons[],
	ringPlaces: readonly Int32Array[],
	{ x, y, count }: Places,
	isKept: Uint8Array,
): ChainedLayers | null {
	const keptCounts = ringPlaces.map((numbers) => numbers.reduce((sum, place) => sum + isKept[place], 0));
	const kept = keptCounts.reduce((sum, n) => sum + n, 0);
	if (2 * kept > positionCount(layers)) return null;
	const chains: Chain[] = [];
	const chainOfEnds = new Map<number, number>();
	/** The chain along positions (from, end) of a layer, from one place to another. */
	const chainAlong = (numbers: Int32Array, from: number, end: number, next: number, ring: number) => {
		const [a, b] = [numbers[from], numbers[next]];
		const key = Math.min(a, b) * count + Math.max(a, b);
		let chain = chainOfEnds.get(key);
		if (chain === undefined) {
			const inner = new Float64Array(2 * (end - from - 1));
			for (let i = from + 1, o = 0; i < end; i++) {
				inner[o++] = fromGridSteps(x[numbers[i]]);
				inner[o++] = fromGridSteps(y[numbers[i]]);
			}
			chain = chains.push({ from: [x[a], y[a]], to: [x[b], y[b]], inner, rings: [] }) - 1;
			chainOfEnds.set(key, chain);
		}
		chains[chain].rings.push(ring);
		return chain;
	};
	let ring = 0;
	const chained = layers.map((layer, l) => {
		const numbers = ringPlaces[l];
		const coordinates = new Float64Array(2 * keptCounts[l]);
		const ringOffsets = new Uint32Array(layer.ringOffsets.length);
		const chainAt = new Int32Array(keptCounts[l]).fill(-1);
		let at = 0;
		for (let r = 0; r + 1 < layer.ringOffsets.length; r++, ring++) {
			const [from, end] = [layer.ringOffsets[r], layer.ringOffsets[r + 1]];
			// The first position is kept, so no chain runs across it.
			for (let i = from; i < end;) {
				coordinates[2 * at] = layer.coordinates[2 * i];
				coordinates[2 * at + 1] = layer.coordinates[2 * i + 1];
				let next = i + 1;
				while (next < end && isKept[numbers[next]] === 0) next++;
				if (next > i + 1) chainAt[at] = chainAlong(numbers, i, next, next < end ? next : from, ring);
				at++;
				i = next;
			}
			ringOffsets[r + 1] = at;
		}
		return { layer: { ...layer, coordinates, ringOffsets }, chainAt };
	});
	return {
		layers: chained.map(({ layer }) => layer),
		chainAt: chained.map(({ chainAt }) => chainAt),
		chains,
	};
}

/** Boxes in grid steps, and whether one comes within reach of any. */
class Boxes {
	readonly #sides: number[] = [];
	#index: Flatbush | null = null;
	#minX = Infinity;
	#minY = Infinity;
	#maxX = -Infinity;
	#maxY = -Infinity;

	get count(): number {
		return this.#sides.length / 4;
	}

	/** Adds the box of a line from a to b. */
	add(ax: number, ay: number, bx: number, by: number): void {
		const [minX, maxX] = ax < bx ? [ax, bx] : [bx, ax];
		const [minY, maxY] = ay < by ? [ay, by] : [by, ay];
		this.#sides.push(minX, minY, maxX, maxY);
		this.#minX = Math.min(this.#minX, minX);
		this.#minY = Math.min(this.#minY, minY);
		this.#maxX = Math.max(this.#maxX, maxX);
		this.#maxY = Math.max(this.#maxY, maxY);
	}

	/** To be called between adding and asking. */
	finish(): void {
		if (this.count === 0) return;
		this.#index = new Flatbush(this.count);
		for (let i = 0; i < this.#sides.length; i += 4)
			this.#index.add(this.#sides[i], this.#sides[i + 1], this.#sides[i + 2], this.#sides[i + 3]);
		this.#index.finish();
	}

	/** Says whether the box of a line from a to b comes within REACH_STEPS of one. */
	meet(ax: number, ay: number, bx: number, by: number): boolean {
		const minX = (ax < bx ? ax : bx) - REACH_STEPS;
		const maxX = (ax < bx ? bx : ax) + REACH_STEPS;
		const minY = (ay < by ? ay : by) - REACH_STEPS;
		const maxY = (ay < by ? by : ay) + REACH_STEPS;
		if (minX > this.#maxX || maxX < this.#minX || minY > this.#maxY || maxY < this.#minY) return false;
		return this.#index?.collides(minX, minY, maxX, maxY, () => true) ?? false;
	}
}
