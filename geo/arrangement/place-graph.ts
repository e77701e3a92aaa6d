import type { FlatPolygons } from '../flat-polygons.ts';
import { isUsablePosition, toGridSteps } from './grid-position.ts';

/** Places on the grid, in whole steps, each numbered once in order of first mention. O(1) each. */
export class Places {
	readonly x: Float64Array;
	readonly y: Float64Array;
	count = 0;
	readonly #slots: Int32Array;

	/** Room for so many places. */
	constructor(capacity: number) {
		this.x = new Float64Array(capacity);
		this.y = new Float64Array(capacity);
		this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * capacity + 2))).fill(-1);
	}

	/** The number of a place, a new one when it has none. */
	number(x: number, y: number): number {
		const mask = this.#slots.length - 1;
		let slot = Math.imul(Math.imul(x | 0, 0x9e3779b1) ^ (y | 0), 0x85ebca6b);
		slot = (slot ^ (slot >>> 15)) & mask;
		for (;;) {
			const place = this.#slots[slot];
			if (place < 0) break;
			if (this.x[place] === x && this.y[place] === y) return place;
			slot = (slot + 1) & mask;
		}
		this.x[this.count] = x;
		this.y[this.count] = y;
		this.#slots[slot] = this.count;
		return this.count++;
	}
}

/** Which places edges join, either way. O(1) for a place with few edges. */
export class Joins {
	readonly #first: Int32Array;
	readonly #second: Int32Array;
	/** The third and further neighbours of a place. */
	readonly #others = new Map<number, number[]>();

	/** Room for so many places. */
	constructor(capacity: number) {
		this.#first = new Int32Array(capacity).fill(-1);
		this.#second = new Int32Array(capacity).fill(-1);
	}

	has(a: number, b: number): boolean {
		if (this.#first[a] === b || this.#second[a] === b) return true;
		return this.#others.size > 0 && (this.#others.get(a)?.includes(b) ?? false);
	}

	/** Notes an edge that has a length. */
	add(a: number, b: number): void {
		if (a === b || this.has(a, b)) return;
		this.#addTo(a, b);
		this.#addTo(b, a);
	}

	#addTo(a: number, b: number): void {
		if (this.#first[a] < 0) this.#first[a] = b;
		else if (this.#second[a] < 0) this.#second[a] = b;
		else {
			const others = this.#others.get(a);
			if (others === undefined) this.#others.set(a, [b]);
			else others.push(b);
		}
	}

	/** Says whether just two edges meet at a place: it lies along a line. */
	isAlong(a: number): boolean {
		return this.#second[a] >= 0 && !this.#others.has(a);
	}

	/** The first or second neighbour of a place that was noted, −1 when there is none. */
	neighbour(a: number, which: 0 | 1): number {
		return which === 0 ? this.#first[a] : this.#second[a];
	}

	/** Calls back for every place that is joined to one. */
	visitNeighbours(a: number, visit: (b: number) => void): void {
		if (this.#first[a] >= 0) visit(this.#first[a]);
		if (this.#second[a] >= 0) visit(this.#second[a]);
		if (this.#others.size > 0) this.#others.get(a)?.forEach(visit);
	}

	/** Calls back for every edge between the first so many places, once. */
	visitEdges(count: number, visit: (a: number, b: number) => void): void {
		for (let a = 0; a < count; a++) {
			const first = this.#first[a];
			const second = this.#second[a];
			if (first > a) visit(a, first);
			if (second > a) visit(a, second);
		}
		for (const [a, others] of this.#others) for (const b of others) if (b > a) visit(a, b);
	}
}

/**
 * The place of each position of some polygons, snapped to the grid; −1 where it is unusable.
 *
 * `guide` knows edges that the polygons are likely to have: where a ring follows them, nothing is looked up. O(positions).
 */
export function numberPlaces(
	{ coordinates, ringOffsets }: FlatPolygons,
	places: Places,
	guide?: Joins,
): Int32Array {
	const numbers = new Int32Array(coordinates.length / 2).fill(-1);
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		let [before, last] = [-1, -1];
		for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) {
			if (!isUsablePosition(coordinates[2 * i], coordinates[2 * i + 1])) continue;
			const x = toGridSteps(coordinates[2 * i]);
			const y = toGridSteps(coordinates[2 * i + 1]);
			let place = -1;
			if (guide !== undefined && last >= 0) {
				place = guide.neighbour(last, 0);
				if (place === before) place = guide.neighbour(last, 1);
			}
			if (place < 0 || places.x[place] !== x || places.y[place] !== y) place = places.number(x, y);
			numbers[i] = place;
			before = last;
			last = place;
		}
	}
	return numbers;
}

/** Calls back for every ring edge with the places of its ends, past positions that have none. O(positions). */
export function visitRingEdges(
	{ ringOffsets }: FlatPolygons,
	numbers: Int32Array,
	visit: (from: number, to: number) => void,
): void {
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		let [first, last] = [-1, -1];
		for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) {
			const place = numbers[i];
			if (place < 0) continue;
			if (last < 0) first = place;
			else visit(last, place);
			last = place;
		}
		if (last >= 0) visit(last, first);
	}
}
