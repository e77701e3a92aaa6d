import type { CoverageBase } from '../coverage/coverage-base.ts';
import { toGridSteps } from '../arrangement/grid-position.ts';
import { passesHotPixel } from '../arrangement/hot-pixel.ts';
import { turn } from '../arrangement/turn.ts';
import { latToWorldY } from '../crs/web-mercator.ts';
import { CostQueue } from './cost-queue.ts';
import { VertexTree } from './vertex-tree.ts';

/**
 * How much each vertex matters to the picture: the tolerance, in degrees of longitude on the Web Mercator plane, from which it is left out.
 *
 * Infinity for nodes and for what must stay. Leaving out all vertices of at most some value, whichever, gives a valid coverage of the same
 * parcels and neighbours in which no boundary lies farther than that value from where it was. So vertices are ranked once for all zooms, each
 * zoom's vertices are among those of the next, and a shared arc stays one arc.
 *
 * Vertices go one by one, the nearest to the chord of its neighbours first, distances added up over what went before. One may go when the
 * triangle with its neighbours holds no vertex that is still there and the chord passes no other's hot pixel: then nothing crosses
 * or touches, and islands stay where they are. Otherwise it waits for the one in its way. Independent of the direction of arcs.
 * O(vertices log vertices) for parcels of like size.
 *
 * Source: after Visvalingam & Whyatt 1993 and Saalfeld, Topologically consistent line simplification, CaGIS 26 (1999).
 */
export function rankVertices(base: CoverageBase): Float64Array {
	return new Ranking(base).run();
}

class Ranking {
	private readonly base: CoverageBase;
	private readonly importance: Float64Array;
	/** Position of a vertex inside an arc, by vertex; of the others any. */
	private readonly positionOf: Uint32Array;
	private readonly arcOfPosition: Uint32Array;
	/** The positions before and after that are left. */
	private readonly previous: Int32Array;
	private readonly next: Int32Array;
	/** How far the stretch from a position to the next one left may lie from the arc. */
	private readonly drift: Float64Array;
	/** How many vertices are left between the ends of each arc. */
	private readonly left: Int32Array;
	private readonly gridX: Float64Array;
	private readonly gridY: Float64Array;
	private readonly mapY: Float64Array;
	private readonly tree: VertexTree;
	private readonly queue: CostQueue;
	/** Lists of the vertices that wait for a vertex to go. */
	private readonly firstWaiting: Int32Array;
	private readonly nextWaiting: Int32Array;
	private readonly nodeOf: Int32Array;

	constructor(base: CoverageBase) {
		const { vertices, arcOffsets, arcVertices } = base;
		const count = vertices.length / 2;
		this.base = base;
		this.importance = new Float64Array(count).fill(Infinity);
		this.positionOf = new Uint32Array(count);
		this.arcOfPosition = new Uint32Array(arcVertices.length);
		this.previous = Int32Array.from(arcVertices, (_, i) => i - 1);
		this.next = Int32Array.from(arcVertices, (_, i) => i + 1);
		this.drift = new Float64Array(arcVertices.length);
		this.left = Int32Array.from(base.arcLeft, (_, a) => arcOffsets[a + 1] - arcOffsets[a] - 2);
		this.gridX = new Float64Array(count);
		this.gridY = new Float64Array(count);
		this.mapY = new Float64Array(count);
		for (let v = 0; v < count; v++) {
			this.gridX[v] = toGridSteps(vertices[2 * v]);
			this.gridY[v] = toGridSteps(vertices[2 * v + 1]);
			this.mapY[v] = -360 * latToWorldY(vertices[2 * v + 1]);
		}
		this.tree = new VertexTree(this.gridX, this.gridY);
		this.queue = new CostQueue(Uint32Array.from({ length: count }, (_, v) => v));
		this.firstWaiting = new Int32Array(count).fill(-1);
		this.nextWaiting = new Int32Array(count).fill(-1);
		this.nodeOf = new Int32Array(count).fill(-1);
		base.nodeVertices.forEach((v, n) => (this.nodeOf[v] = n));
	}

	run(): Float64Array {
		const { arcOffsets, arcVertices } = this.base;
		for (let a = 0; a < this.left.length; a++) {
			this.arcOfPosition.fill(a, arcOffsets[a], arcOffsets[a + 1]);
			for (let i = arcOffsets[a] + 1; i < arcOffsets[a + 1] - 1; i++) {
				this.positionOf[arcVertices[i]] = i;
				this.enqueue(i);
			}
		}
		let level = 0;
		for (let v = this.queue.take(); v >= 0; v = this.queue.take()) {
			if (!this.mayGo(v)) continue;
			level = Math.max(level, this.queue.costOf(v));
			this.importance[v] = level;
			this.leaveOut(v);
		}
		return this.importance;
	}

	/** Puts a position inside an arc into the queue. */
	private enqueue(position: number): void {
		const { arcVertices } = this.base;
		const before = this.previous[position];
		const drift = Math.max(this.drift[before], this.drift[position]);
		const vertex = arcVertices[position];
		const distance = this.distance(vertex, arcVertices[before], arcVertices[this.next[position]]);
		this.queue.put(vertex, drift + distance);
	}

	private leaveOut(vertex: number): void {
		const { arcOffsets } = this.base;
		const position = this.positionOf[vertex];
		const arc = this.arcOfPosition[position];
		const before = this.previous[position];
		const after = this.next[position];
		this.drift[before] = this.queue.costOf(vertex);
		this.next[before] = after;
		this.previous[after] = before;
		this.left[arc]--;
		this.tree.remove(vertex);
		if (before > arcOffsets[arc]) this.enqueue(before);
		if (after < arcOffsets[arc + 1] - 1) this.enqueue(after);
		for (let w = this.firstWaiting[vertex]; w >= 0;) {
			const following = this.nextWaiting[w];
			this.nextWaiting[w] = -1;
			if (this.importance[w] === Infinity) this.enqueue(this.positionOf[w]);
			w = following;
		}
	}

	/** Says whether a vertex may go now; if not, and a vertex in its way may go later, it waits for that one. */
	private mayGo(vertex: number): boolean {
		const { arcOffsets, arcVertices } = this.base;
		const position = this.positionOf[vertex];
		const arc = this.arcOfPosition[position];
		const start = arcVertices[arcOffsets[arc]];
		const end = arcVertices[arcOffsets[arc + 1] - 1];
		if (start === end ? this.left[arc] <= 2 : this.left[arc] === 1 && this.isJoined(start, end)) return false;
		const blocker = this.blocker(
			arcVertices[this.previous[position]],
			vertex,
			arcVertices[this.next[position]],
		);
		if (blocker < 0) return true;
		this.nextWaiting[vertex] = this.firstWaiting[blocker];
		this.firstWaiting[blocker] = vertex;
		return false;
	}

	/** Says whether an arc runs straight from one node to another. */
	private isJoined(start: number, end: number): boolean {
		const { arcOffsets, arcVertices, nodeOffsets, nodeArcs } = this.base;
		const node = this.nodeOf[start];
		for (let i = nodeOffsets[node]; i < nodeOffsets[node + 1]; i++) {
			const arc = nodeArcs[i] < 0 ? ~nodeArcs[i] : nodeArcs[i];
			if (this.left[arc] > 0) continue;
			const far = nodeArcs[i] < 0 ? arcOffsets[arc] : arcOffsets[arc + 1] - 1;
			if (arcVertices[far] === end) return true;
		}
		return false;
	}

	/** A vertex left in the triangle a–b–c or whose hot pixel a–c passes; −1 for none. */
	private blocker(a: number, b: number, c: number): number {
		const { gridX: x, gridY: y } = this;
		const [ax, ay, bx, by, cx, cy] = [x[a], y[a], x[b], y[b], x[c], y[c]];
		return this.tree.find(
			Math.min(ax, bx, cx),
			Math.min(ay, by, cy),
			Math.max(ax, bx, cx),
			Math.max(ay, by, cy),
			(p) => {
				if (p === a || p === b || p === c) return false;
				if (passesHotPixel(ax, ay, cx, cy, x[p], y[p])) return true;
				const first = turn(ax, ay, bx, by, x[p], y[p]);
				const second = turn(bx, by, cx, cy, x[p], y[p]);
				if (first > 0 ? second < 0 : first < 0 && second > 0) return false;
				const third = turn(cx, cy, ax, ay, x[p], y[p]);
				return first >= 0 && second >= 0 ? third >= 0 : third <= 0;
			},
		);
	}

	/** Distance on the map from vertex b to the line between vertices a and c, in degrees of longitude. */
	private distance(b: number, a: number, c: number): number {
		const { vertices } = this.base;
		// From the lower end, so that direction leaves no trace in the rounding.
		const low = Math.min(a, c);
		const high = Math.max(a, c);
		const dx = vertices[2 * high] - vertices[2 * low];
		const dy = this.mapY[high] - this.mapY[low];
		const x = vertices[2 * b] - vertices[2 * low];
		const y = this.mapY[b] - this.mapY[low];
		const length2 = dx * dx + dy * dy;
		const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / length2));
		return Math.hypot(x - along * dx, y - along * dy);
	}
}
