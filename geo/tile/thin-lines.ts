import { FaceGroups } from '../arrangement/face-group.ts';
import type { CoverageBase } from '../coverage/coverage-base.ts';
import { polygonsOfArcs } from './arc-polygons.ts';
import { CostQueue } from './cost-queue.ts';
import { dissolveArcs } from './dissolve-arcs.ts';
import { measurePolygons, type Measures } from './measure-arcs.ts';
import { simplifyArcs } from './simplify-arcs.ts';

/** A coverage in which each piece of a line is a polygon of its own; the label of each polygon, and whether it is such a piece. */
export interface LinePieces {
	readonly base: CoverageBase;
	readonly labels: Int32Array;
	/** The label of lines; what bears it and is no piece is theirs too, but stays. */
	readonly net: number;
	readonly isPiece: Uint8Array;
}

/** Of a label's area, what lines must be for it to be one of lines. */
const MOSTLY = 0.5;

/**
 * Unites the parcels of each label but leaves apart those that are pieces of lines, such as streets, and simplifies what comes out.
 *
 * `united` is the same base with all parcels of a label united. Lines are less wide on average than `widthDeg`: a label is one of lines where most of its
 * area lies in united polygons that are, and of several the one of most; its parcels that are half as wide or less are the pieces: main roads stay. Null: there is none.
 * Degrees of longitude on the Web Mercator plane. O(vertices log vertices).
 */
export function cutLines(
	base: CoverageBase,
	labels: Int32Array,
	united: CoverageBase,
	widthDeg: number,
	toleranceDeg: number,
): LinePieces | null {
	const net = labelOfNet(united, widthDeg);
	if (net === null) return null;
	const measures = measurePolygons(base);
	const first = 1 + labels.reduce((most, label) => Math.max(most, label), 0);
	const numbers = labels.map((label, parcel) => {
		const polygon = base.parcelOffsets[parcel];
		const isAlone = base.parcelOffsets[parcel + 1] - polygon === 1;
		return label === net && isAlone && isNarrow(measures, polygon, widthDeg / 2) ? first + parcel : label;
	});
	const cut = simplifyArcs(dissolveArcs(base, numbers), toleranceDeg);
	const numberOf = new Int32Array(cut.polygonOffsets.length - 1);
	for (let i = 0; i < cut.parcelNos.length; i++)
		numberOf.fill(cut.parcelNos[i], cut.parcelOffsets[i], cut.parcelOffsets[i + 1]);
	return {
		base: cut,
		net,
		labels: numberOf.map((number) => (number < first ? number : labels[number - first])),
		isPiece: Uint8Array.from(numberOf, (number) => Number(number >= first)),
	};
}

/** The label with most area in narrow polygons, of those that have most of theirs in such; null: there is none. */
function labelOfNet(united: CoverageBase, widthDeg: number): number | null {
	const measures = measurePolygons(united);
	let net: number | null = null;
	let most = 0;
	for (let i = 0; i < united.parcelNos.length; i++) {
		let [all, narrow] = [0, 0];
		for (let p = united.parcelOffsets[i]; p < united.parcelOffsets[i + 1]; p++) {
			all += measures.areas[p];
			if (isNarrow(measures, p, widthDeg)) narrow += measures.areas[p];
		}
		if (narrow <= Math.max(most, MOSTLY * all)) continue;
		net = united.parcelNos[i];
		most = narrow;
	}
	return net;
}

function isNarrow({ areas, perimeters }: Measures, polygon: number, widthDeg: number): boolean {
	return 2 * areas[polygon] < widthDeg * perimeters[polygon];
}

/**
 * Gives pieces of lines to what lies beside them, so that at most the share `mostLost` of the area of lines goes; returns the label of each polygon after it.
 *
 * What lines enclose is a *cell*. Pieces go where the cells on their sides are smallest together, so that cells become alike in size, and with a piece what
 * it leaves as a dead end. A piece that joins two lines goes only where the ground on its two sides is not joined yet, so that no line comes apart
 * from another that it was joined with; pieces where three lines meet stay. A piece takes the label with which it shares most boundary. Nothing moves. O(arcs log pieces) as long
 * as pieces have few arcs.
 */
export function thinLines(pieces: LinePieces, mostLost: number): Int32Array {
	return new Thinning(pieces, mostLost).run();
}

/** Stands for lines among groups of ground. */
const LINE = -1;

/** What lies around a piece: how often lines and ground meet it in turn, the cells, and the pieces. */
interface Surroundings {
	readonly lines: number;
	readonly grounds: number;
	readonly cells: ReadonlySet<number>;
	readonly pieces: readonly number[];
}

/** A dead end goes where a piece between cells of so much less area would. */
const DEAD_END = 1 / 8;

class Thinning {
	private readonly base: CoverageBase;
	private readonly labels: Int32Array;
	private readonly net: number;
	private readonly isPiece: Uint8Array;
	private readonly measures: Measures;
	/** One more than the polygon on each side of an arc; 0: the outside. */
	private readonly left: Uint32Array;
	private readonly right: Uint32Array;
	/** Ground that is joined: by polygon, one more than its number, 0 the outside. */
	private readonly groups: FaceGroups;
	/** The same as if the outside joined nothing, and the area of each group at its root. */
	private readonly cells: FaceGroups;
	private readonly sizes: Float64Array;
	/** The area that lines can still spare. */
	private spare = 0;
	private readonly nodeOf: Int32Array;
	private readonly queue: CostQueue;

	constructor({ base, labels, net, isPiece }: LinePieces, mostLost: number) {
		this.base = base;
		this.labels = labels.slice();
		this.net = net;
		this.isPiece = isPiece;
		this.measures = measurePolygons(base);
		({ left: this.left, right: this.right } = polygonsOfArcs(base));
		this.groups = new FaceGroups(labels.length + 1);
		this.cells = new FaceGroups(labels.length + 1);
		this.sizes = new Float64Array(labels.length + 1);
		this.sizes.set(this.measures.areas, 1);
		this.nodeOf = new Int32Array(base.vertices.length / 2);
		base.nodeVertices.forEach((vertex, node) => (this.nodeOf[vertex] = node));
		this.queue = new CostQueue(Uint32Array.from(labels, (_, p) => p));
		labels.forEach((label, p) => {
			if (label === net) this.spare += mostLost * this.measures.areas[p];
		});
	}

	run(): Int32Array {
		const { left, right, isPiece, queue } = this;
		for (let a = 0; a < left.length; a++)
			if (!this.isLine(left[a]) && !this.isLine(right[a])) this.join(left[a], right[a]);
		for (let p = 0; p < isPiece.length; p++) if (isPiece[p] === 1) queue.put(p, this.costOf(this.around(p)));
		for (let p = queue.take(); p >= 0; p = queue.take()) {
			const around = this.around(p);
			const cost = this.costOf(around);
			if (!this.isLine(p + 1)) continue;
			if (cost > queue.costOf(p)) queue.put(p, cost);
			else if (around.lines > 0 && around.lines <= 2 && this.giveAway(p, around))
				this.giveDeadEnds(around.pieces);
		}
		return this.labels;
	}

	/** Gives away pieces that end blindly, and those that do so then. */
	private giveDeadEnds(pieces: readonly number[]): void {
		const waiting = [...pieces];
		for (let p = waiting.pop(); p !== undefined; p = waiting.pop()) {
			if (this.isPiece[p] === 0 || !this.isLine(p + 1)) continue;
			const around = this.around(p);
			if (around.lines <= 1 && this.giveAway(p, around)) waiting.push(...around.pieces);
		}
	}

	/** Gives a piece to what lies beside it where that parts no lines and they can spare it. */
	private giveAway(piece: number, { grounds, cells }: Surroundings): boolean {
		const left = this.spare - this.measures.areas[piece];
		const groups = new Set([...cells].map((face) => this.groups.find(face)));
		if (left < 0 || groups.size < grounds) return false;
		const label = this.labelBeside(piece);
		if (label === null) return false;
		this.spare = left;
		this.labels[piece] = label;
		for (const face of cells) this.join(face, piece + 1);
		return true;
	}

	/** The label with which a piece shares most boundary; null: there is none but lines. */
	private labelBeside(piece: number): number | null {
		const shared = new Map<number, number>();
		for (const [arc, face] of this.sidesOf(piece)) {
			if (face === 0 || this.isLine(face)) continue;
			const label = this.labels[face - 1];
			shared.set(label, (shared.get(label) ?? 0) + this.measures.lengths[arc]);
		}
		let best: number | null = null;
		for (const [label, length] of shared) if (best === null || length > (shared.get(best) ?? 0)) best = label;
		return best;
	}

	private around(piece: number): Surroundings {
		const { polygonOffsets, ringOffsets, ringArcs } = this.base;
		let [lines, grounds] = [0, 0];
		const cells = new Set<number>();
		const pieces: number[] = [];
		for (let r = polygonOffsets[piece]; r < polygonOffsets[piece + 1]; r++) {
			// What is met in turn: the group of ground, LINE for lines.
			const met: number[] = [];
			const meet = (face: number) => {
				if (!this.isLine(face)) cells.add(face === 0 ? 0 : this.cells.find(face));
				const group = this.isLine(face) ? LINE : this.groups.find(face);
				if (met[met.length - 1] !== group) met.push(group);
			};
			for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) {
				const face = this.beyond(ringArcs[i]);
				const next = this.beyond(ringArcs[i + 1 < ringOffsets[r + 1] ? i + 1 : ringOffsets[r]]);
				meet(face);
				if (!this.isLine(face)) continue;
				pieces.push(face - 1);
				if (this.isLine(next)) this.groundAtEnd(ringArcs[i]).forEach(meet);
			}
			if (met.length > 1 && met[met.length - 1] === met[0]) met.pop();
			for (const group of met) {
				if (group === LINE) lines++;
				else grounds++;
			}
		}
		return { lines, grounds, cells, pieces };
	}

	/** The ground that lies at the end of an arc: it parts two lines that meet a piece there. */
	private groundAtEnd(reference: number): number[] {
		const { arcOffsets, arcVertices, nodeOffsets, nodeArcs } = this.base;
		const arc = reference < 0 ? ~reference : reference;
		const node = this.nodeOf[arcVertices[reference < 0 ? arcOffsets[arc] : arcOffsets[arc + 1] - 1]];
		for (let i = nodeOffsets[node]; i < nodeOffsets[node + 1]; i++) {
			const face = this.beyond(nodeArcs[i]);
			if (!this.isLine(face)) return [face];
		}
		return [];
	}

	private costOf({ lines, cells }: Surroundings): number {
		let size = 0;
		for (const face of cells) if (face > 0) size += this.sizes[face];
		return lines > 1 ? size : DEAD_END * size;
	}

	private join(face: number, other: number): void {
		this.groups.join(face, other);
		if (face === 0 || other === 0) return;
		const [a, b] = [this.cells.find(face), this.cells.find(other)];
		if (a === b) return;
		this.sizes[Math.min(a, b)] += this.sizes[Math.max(a, b)];
		this.cells.join(a, b);
	}

	/** The arcs of a polygon, each with what lies beyond it. */
	private *sidesOf(polygon: number): Generator<[number, number]> {
		const { polygonOffsets, ringOffsets, ringArcs } = this.base;
		for (let i = ringOffsets[polygonOffsets[polygon]]; i < ringOffsets[polygonOffsets[polygon + 1]]; i++)
			yield [ringArcs[i] < 0 ? ~ringArcs[i] : ringArcs[i], this.beyond(ringArcs[i])];
	}

	private beyond(reference: number): number {
		return reference < 0 ? this.left[~reference] : this.right[reference];
	}

	private isLine(face: number): boolean {
		return face > 0 && this.labels[face - 1] === this.net;
	}
}
