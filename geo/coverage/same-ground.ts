import type { FlatPolygons } from '../flat-polygons.ts';
import { numberPlaces, Places, visitRingEdges } from '../arrangement/place-graph.ts';

/**
 * Says whether polygons have just the ground of others, and none of it twice, from their edges alone.
 *
 * Each polygon of both must be valid, shells counter-clockwise and holes clockwise, and those of `before` share no ground. `false` proves nothing. O(positions).
 *
 * Why: the winding number of a polygon's rings is 1 inside and 0 outside, and winding numbers of a sum of paths are summed. Where every edge is run
 * along by both sets as often, forward less backward, the sums are the same everywhere: 1 on the ground of `before`, 0 elsewhere.
 */
export function haveSameGround(before: FlatPolygons, after: FlatPolygons): boolean {
	const places = new Places((before.coordinates.length + after.coordinates.length) / 2);
	const [was, is] = [before, after].map((polygons) => numberPlaces(polygons, places));
	const runs = new EdgeRuns(places.count);
	visitRingEdges(before, was, (a, b) => runs.add(a, b, -1));
	visitRingEdges(after, is, (a, b) => runs.add(a, b, 1));
	return runs.areEven();
}

/** How often edges between places are run along, forward less backward. O(1) for a place with few edges. */
class EdgeRuns {
	/** Two edges of each place to a higher one, and their counts. */
	readonly #to: Int32Array;
	readonly #count: Int32Array;
	/** The third and further edges of a place. */
	readonly #others = new Map<string, number>();

	constructor(placeCount: number) {
		this.#to = new Int32Array(2 * placeCount).fill(-1);
		this.#count = new Int32Array(2 * placeCount);
	}

	add(a: number, b: number, times: number): void {
		if (a > b) {
			this.add(b, a, -times);
			return;
		}
		for (let slot = 2 * a; slot <= 2 * a + 1; slot++) {
			if (this.#to[slot] >= 0 && this.#to[slot] !== b) continue;
			this.#to[slot] = b;
			this.#count[slot] += times;
			return;
		}
		const key = `${a} ${b}`;
		this.#others.set(key, (this.#others.get(key) ?? 0) + times);
	}

	areEven(): boolean {
		return this.#count.every((count) => count === 0) && [...this.#others.values()].every((n) => n === 0);
	}
}
