import type { TileFrame } from './clip.ts';
import { EdgeBands } from './edge-bands.ts';
import { FrameChains, isBeyondOneSide, placeIn } from './frame-chains.ts';
import { FrameSides } from './frame-sides.ts';
import { HotPixels } from './hot-pixels.ts';
import { RUN, type LatticePolygons } from './lattice.ts';
import { retraceRings, type PixelRing } from './retrace.ts';
import { RingBuffer } from './ring-buffer.ts';
import { RingContacts } from './ring-contacts.ts';
import { untangle } from './untangle.ts';

const INSIDE = 0;

/**
 * Cuts polygons on a lattice to the frame of a tile: first all that reach over it are noted, then each is cut.
 *
 * What the frame does not cross stays as it is. Edges are bent only where they come to the frame, by half a unit there at most, and what comes out is
 * valid and as free of overlaps and gaps as the lattice is (see `FrameSides`).
 */
export class LatticeCutter {
	/** Where the pixels are that the rings number. */
	readonly hot: HotPixels;
	/** The rings of the polygon last cut, and those to be written: each shell followed by its holes. */
	readonly rings = new RingBuffer();
	readonly order: number[] = [];
	private readonly lattice: LatticePolygons;
	private readonly frame: TileFrame;
	private readonly sides: FrameSides;
	private readonly chains: FrameChains;
	private readonly contacts = new RingContacts();
	private readonly shells = new RingBuffer();
	/** The edges of `shells`. */
	private readonly bands = new EdgeBands();

	constructor(lattice: LatticePolygons, frame: TileFrame) {
		this.lattice = lattice;
		this.frame = frame;
		this.hot = new HotPixels(frame);
		this.hot.freeze();
		this.sides = new FrameSides(frame);
		this.chains = new FrameChains(frame, this.hot);
	}

	/** Notes where the edges of a polygon cross the frame. O(its runs + positions near the frame). */
	note(polygon: number): void {
		const { positions, ringOffsets, polygonOffsets } = this.lattice;
		const { originX, originY } = this.frame;
		for (let r = polygonOffsets[polygon]; r < polygonOffsets[polygon + 1]; r++) {
			const [from, end] = [ringOffsets[r], ringOffsets[r + 1]];
			let x = positions[2 * end - 2] - originX;
			let y = positions[2 * end - 1] - originY;
			for (let i = from; i < end; i++) {
				i = this.passOver(r, i, end, x, y);
				const nextX = positions[2 * i] - originX;
				const nextY = positions[2 * i + 1] - originY;
				this.sides.note(x, y, nextX, nextY);
				x = nextX;
				y = nextY;
			}
		}
	}

	/** Cuts a polygon: the rings of its parts stand in `rings`, as `order` says. O(its positions), more where parts touch. */
	cut(polygon: number): void {
		const { rings, order, chains, lattice } = this;
		rings.clear();
		chains.clear();
		order.length = 0;
		const whole: number[] = [];
		const shell = lattice.polygonOffsets[polygon];
		for (let r = shell; r < lattice.polygonOffsets[polygon + 1]; r++) if (!this.walkRing(r)) whole.push(r);
		if (chains.count > 0) chains.link(rings);
		else if (whole[0] !== shell && this.isAround(polygon, whole)) chains.writeFrame(rings);
		const linked = rings.count;
		if (linked === 0 && whole[0] !== shell) return;
		for (const r of whole) this.writeWhole(r);
		if (linked > 0) this.setInOrder(linked);
		else for (let r = 0; r < rings.count; r++) order.push(r);
	}

	/** Orders rings of which the first so many are shells and the others holes, once those that touch one of these are traced anew with it. */
	private setInOrder(linked: number): void {
		const { rings, hot, order } = this;
		const { count } = rings;
		const isTouching = this.contacts.touching(rings, hot.count, linked);
		const parts: number[][] = [];
		for (let r = 0; r < linked; r++) if (isTouching[r] === 0) parts.push([r]);
		if (isTouching.includes(1))
			this.traceAnew(
				rings.toRings((r) => isTouching[r] === 1),
				parts,
			);
		const isOne = parts.length === 1;
		if (!isOne) {
			this.shells.copy(
				rings,
				parts.map(([shell]) => shell),
			);
			this.bands.gather(this.shells, hot.xs, hot.ys);
		}
		for (let r = linked; r < count; r++)
			if (isTouching[r] === 0) parts[isOne ? 0 : this.shellAround(r)].push(r);
		for (const part of parts) order.push(...part);
	}

	/** Traces rings that touch anew; adds what comes of them to the rings and the parts. */
	private traceAnew(touching: readonly PixelRing[], parts: number[][]): void {
		const { rings, hot } = this;
		for (const ring of retraceRings(touching, hot.xs, hot.ys) ?? untangle(touching, hot)) {
			for (const pixel of ring) rings.append(pixel);
			rings.endRing();
			const last = rings.count - 1;
			if (rings.doubledArea(last, hot.xs, hot.ys) > 0) parts.push([last]);
			else parts[parts.length - 1].push(last);
		}
	}

	/** Which of `shells` a hole lies in. */
	private shellAround(hole: number): number {
		const { rings, bands } = this;
		const { xs, ys } = this.hot;
		const [first, second] = rings.pixels.subarray(rings.offsets[hole], rings.offsets[hole] + 2);
		// Half way along an edge: on no other ring.
		const [shell = 0] = bands.ringsAround(xs[first] + xs[second], ys[first] + ys[second], -1, xs, ys);
		return shell;
	}

	/** Follows a ring and keeps its chains inside the frame; false where the frame does not meet it and all of it lies inside. */
	private walkRing(ring: number): boolean {
		const { positions, ringOffsets } = this.lattice;
		const { originX, originY } = this.frame;
		const [from, end] = [ringOffsets[ring], ringOffsets[ring + 1]];
		let start = from;
		let where = INSIDE;
		for (; start < end; start++) {
			where = placeIn(this.frame, positions[2 * start] - originX, positions[2 * start + 1] - originY);
			if (where !== INSIDE) break;
		}
		if (start === end) return false;
		this.chains.begin(positions[2 * start] - originX, positions[2 * start + 1] - originY, where);
		this.follow(ring, start + 1, end);
		this.follow(ring, from, start + 1);
		return true;
	}

	/** Goes on with the positions [from, to) of a ring. */
	private follow(ring: number, from: number, to: number): void {
		const { positions } = this.lattice;
		const { originX, originY } = this.frame;
		const { sides, chains, frame } = this;
		for (let i = from; i < to; i++) {
			i = this.passOver(ring, i, to, chains.x, chains.y);
			const x = positions[2 * i] - originX;
			const y = positions[2 * i + 1] - originY;
			const where = placeIn(frame, x, y);
			if ((chains.where !== INSIDE || where !== INSIDE) && !isBeyondOneSide(chains.where, where)) {
				const count = sides.findRoute(chains.x, chains.y, x, y);
				for (let s = 0; s < 2 * count; s += 2) {
					const [atX, atY] = [sides.route[s], sides.route[s + 1]];
					chains.goTo(atX, atY, placeIn(frame, atX, atY));
				}
			}
			chains.goTo(x, y, where);
		}
	}

	/** The last position of the run that begins at position i where it lies beyond one side, as x, y before it does; else i itself. */
	private passOver(ring: number, i: number, to: number, x: number, y: number): number {
		const { ringOffsets, runOffsets, runBounds } = this.lattice;
		const passed = i - ringOffsets[ring];
		if (passed % RUN !== 0) return i;
		const { originX, originY, min, max } = this.frame;
		const run = 4 * (runOffsets[ring] + passed / RUN);
		const isBeyond =
			(x < min && runBounds[run + 2] - originX < min) ||
			(y < min && runBounds[run + 3] - originY < min) ||
			(x > max && runBounds[run] - originX > max) ||
			(y > max && runBounds[run + 1] - originY > max);
		return isBeyond ? Math.min(i + RUN, to) - 1 : i;
	}

	/** Says whether the frame lies in a polygon no ring of which crosses it, other than round the rings that lie inside as a whole. */
	private isAround(polygon: number, whole: readonly number[]): boolean {
		const inside = new Set(whole);
		const { positions, ringOffsets, polygonOffsets } = this.lattice;
		const { originX, originY, min } = this.frame;
		// Half a unit inside the corner: on no edge.
		const [x, y] = [originX + min + 0.5, originY + min + 0.5];
		let isInside = false;
		for (let r = polygonOffsets[polygon]; r < polygonOffsets[polygon + 1]; r++) {
			if (inside.has(r)) continue;
			let last = ringOffsets[r + 1] - 1;
			for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; last = i++) {
				const ay = positions[2 * last + 1] - y;
				const by = positions[2 * i + 1] - y;
				if (ay > 0 === by > 0) continue;
				const cross = (positions[2 * last] - x) * by - (positions[2 * i] - x) * ay;
				if (cross > 0 !== by > ay) isInside = !isInside;
			}
		}
		return isInside;
	}

	private writeWhole(ring: number): void {
		const { positions, ringOffsets } = this.lattice;
		const { originX, originY } = this.frame;
		for (let i = ringOffsets[ring]; i < ringOffsets[ring + 1]; i++)
			this.rings.append(this.hot.add(positions[2 * i] - originX, positions[2 * i + 1] - originY));
		this.rings.endRing();
	}
}
