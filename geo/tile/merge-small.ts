import { OUTSIDE } from '../coverage/coverage-base.ts';
import type { CoverageBase } from '../coverage/coverage-base.ts';
import { polygonsOfArcs } from './arc-polygons.ts';
import { CostQueue } from './cost-queue.ts';
import { measureArc, measurePolygons } from './measure-arcs.ts';
import { settleAreas, shareGained, unfit, type Balance, type Union } from './settle-areas.ts';

/** What is too small to be drawn, on the Web Mercator plane measured in degrees of longitude (see `unitsAtZoomDeg`). */
export interface SmallestDrawn {
	/** Polygons of less area go into a neighbour. */
	readonly areaDeg2: number;
	/** Polygons of more area but less width on average are lines, such as streets: nothing goes into them. */
	readonly widthDeg: number;
}

/** What the numbers' areas shall be, and the share of it that each may have more or less. */
export interface KeptAreas {
	readonly areas: ReadonlyMap<number, number>;
	readonly mostOff: number;
}

/**
 * Gives polygons that are too small to be drawn to a neighbour, the smallest first; returns the parcel number of each polygon after it.
 *
 * One goes to a neighbour with which it shares much boundary, of several to the one whose number lost most area so far. Where both
 * are small the two bear the number whose area that keeps nearer to what it was, and in the end what small polygons have made together
 * may change to another of their numbers (`settleAreas`). So each number's total changes little while its small polygons go; `kept` says what
 * it shall be, what it is in `base` when not given. A polygon that has no neighbours but lines stays, and with `kept` one that its number
 * cannot spare, or all its neighbours' have too much with. Nothing moves: `dissolvePolygons` of the result leaves boundaries out and is valid as any dissolving is.
 * O(arcs log polygons) as long as small polygons have few arcs.
 */
export function mergeSmall(base: CoverageBase, smallest: SmallestDrawn, kept?: KeptAreas): Int32Array {
	return new Merging(base, smallest, kept).run();
}

/** The area that the parcels of each number have on the Web Mercator plane, in square degrees of longitude. O(vertices). */
export function mapAreas(base: CoverageBase): Map<number, number> {
	const { arcOffsets, arcVertices, arcLeft, arcRight, parcelNos, vertices } = base;
	const areas = new Map(Array.from(parcelNos, (no) => [no, 0]));
	const add = (parcel: number, area: number) => {
		if (parcel === OUTSIDE) return;
		areas.set(parcelNos[parcel], (areas.get(parcelNos[parcel]) ?? 0) + area);
	};
	for (let a = 0; a + 1 < arcOffsets.length; a++) {
		const { area } = measureArc(vertices, arcVertices, arcOffsets[a], arcOffsets[a + 1]);
		add(arcLeft[a], area);
		add(arcRight[a], -area);
	}
	return areas;
}

/** Of the longest contact, what another must have to be chosen before it. */
const MUCH = 0.5;

class Merging {
	private readonly smallest: SmallestDrawn;
	private readonly lengths: Float64Array;
	/** The polygon on the left of arc a at 2a, on the right at 2a + 1, one more than its number; 0 for none. */
	private readonly sides: Uint32Array;
	/** The sides of arcs that a polygon has, those of what went into it included: linked lists. */
	private readonly firstSide: Int32Array;
	private readonly lastSide: Int32Array;
	private readonly nextSide: Int32Array;
	/** The polygon that another went into, itself while it stands. */
	private readonly into: Uint32Array;
	private readonly numbers: Int32Array;
	/** What each polygon was before: its number, and whether it was not small. */
	private readonly given: Int32Array;
	private readonly isLarge: Uint8Array;
	private readonly mostOff: number;
	private readonly areas: Float64Array;
	private readonly perimeters: Float64Array;
	private readonly balances = new Map<number, Balance>();
	/** Boundary shared with the polygon at work, by neighbour; 0 for others. */
	private readonly shared: Float64Array;
	private readonly queue: CostQueue;

	constructor(base: CoverageBase, smallest: SmallestDrawn, kept?: KeptAreas) {
		const { parcelOffsets, parcelNos } = base;
		const arcs = base.arcOffsets.length - 1;
		const count = base.polygonOffsets.length - 1;
		const { left, right } = polygonsOfArcs(base);
		this.smallest = smallest;
		({ lengths: this.lengths, areas: this.areas, perimeters: this.perimeters } = measurePolygons(base));
		this.sides = new Uint32Array(2 * arcs);
		this.firstSide = new Int32Array(count).fill(-1);
		this.lastSide = new Int32Array(count).fill(-1);
		this.nextSide = new Int32Array(2 * arcs).fill(-1);
		this.into = Uint32Array.from({ length: count }, (_, p) => p);
		this.numbers = new Int32Array(count);
		for (let i = 0; i < parcelNos.length; i++)
			this.numbers.fill(parcelNos[i], parcelOffsets[i], parcelOffsets[i + 1]);
		this.shared = new Float64Array(count);
		for (let a = 0; a < arcs; a++) {
			for (const [side, polygon] of [
				[2 * a, left[a]],
				[2 * a + 1, right[a]],
			]) {
				this.sides[side] = polygon;
				if (polygon > 0) this.append(polygon - 1, side, side);
			}
		}
		this.given = this.numbers.slice();
		this.isLarge = Uint8Array.from(this.areas, (area) => Number(area >= smallest.areaDeg2));
		this.queue = new CostQueue(Uint32Array.from({ length: count }, (_, p) => p));
		this.mostOff = kept?.mostOff ?? Infinity;
		for (const [number, area] of kept?.areas ?? mapAreas(base))
			this.balances.set(number, { should: area, gain: -area });
		for (let p = 0; p < count; p++) this.balanceOf(this.numbers[p]).gain += this.areas[p];
	}

	run(): Int32Array {
		for (let p = 0; p < this.areas.length; p++) this.enqueue(p);
		for (let p = this.queue.take(); p >= 0; p = this.queue.take()) {
			if (this.into[p] === p) this.giveAway(p);
		}
		settleAreas(this.unions(), this.numbers, this.balances);
		return this.numbers.map((_, p) => this.numbers[this.standing(p)]);
	}

	/** What was united of small polygons of several numbers, and no large one: it may bear the number of any of them. */
	private unions(): Union[] {
		const { given, isLarge, areas } = this;
		const numbersIn = new Map<number, Set<number>>();
		const hasLarge = new Uint8Array(areas.length);
		given.forEach((number, p) => {
			const whole = this.standing(p);
			hasLarge[whole] |= isLarge[p];
			numbersIn.set(whole, (numbersIn.get(whole) ?? new Set()).add(number));
		});
		return Array.from(numbersIn, ([polygon, numbers]) => ({
			polygon,
			area: areas[polygon],
			numbers: [...numbers],
		}))
			.filter(({ polygon, numbers }) => numbers.length > 1 && hasLarge[polygon] === 0)
			.sort((p, q) => q.area - p.area || p.polygon - q.polygon);
	}

	private enqueue(polygon: number): void {
		if (this.areas[polygon] < this.smallest.areaDeg2) this.queue.put(polygon, this.areas[polygon]);
	}

	/** Gives a small polygon to the best of its neighbours, if it has any that is no line: one of its own number before all. */
	private giveAway(polygon: number): void {
		const { shared, numbers } = this;
		const all = this.measureContacts(polygon);
		const same = all.filter((other) => numbers[other] === numbers[polygon]);
		const open = same.length > 0 ? same : all.filter((other) => !this.isLine(other));
		const longest = open.reduce((most, other) => Math.max(most, shared[other]), 0);
		let best = -1;
		let least = Infinity;
		for (const other of open) {
			if (shared[other] < MUCH * longest || !this.isSpared(polygon, other)) continue;
			const gain = shareGained(this.balanceOf(numbers[other]));
			if (gain > least || (gain === least && other > best)) continue;
			best = other;
			least = gain;
		}
		const contact = best < 0 ? 0 : shared[best];
		for (const other of all) shared[other] = 0;
		if (best >= 0) this.unite(polygon, best, contact);
	}

	/** Says whether uniting two polygons leaves the number that loses by it enough, and the other not too much. */
	private isSpared(small: number, large: number): boolean {
		const { areas, numbers, mostOff } = this;
		if (numbers[small] === numbers[large]) return true;
		const number = this.numberOfBoth(small, large);
		const [from, to] = number === numbers[large] ? [small, large] : [large, small];
		const [loses, wins] = [this.balanceOf(numbers[from]), this.balanceOf(numbers[to])];
		const area = areas[from];
		return loses.gain - area >= -mostOff * loses.should && wins.gain + area <= mostOff * wins.should;
	}

	private unite(small: number, large: number, contact: number): void {
		const { areas, perimeters, numbers } = this;
		const number = this.numberOfBoth(small, large);
		this.balanceOf(numbers[small]).gain -= areas[small];
		this.balanceOf(numbers[large]).gain -= areas[large];
		this.balanceOf(number).gain += areas[small] + areas[large];
		this.into[small] = large;
		numbers[large] = number;
		areas[large] += areas[small];
		perimeters[large] += perimeters[small] - 2 * contact;
		this.append(large, this.firstSide[small], this.lastSide[small]);
		this.enqueue(large);
	}

	/** The number that two polygons shall bear together: the larger's, unless both are small and the smaller's lost more so far. */
	private numberOfBoth(small: number, large: number): number {
		const { areas, numbers } = this;
		if (areas[large] >= this.smallest.areaDeg2) return numbers[large];
		const one = this.balanceOf(numbers[small]);
		const other = this.balanceOf(numbers[large]);
		const asLarge = unfit(one, -areas[small]) + unfit(other, areas[small]);
		const asSmall = unfit(one, areas[large]) + unfit(other, -areas[large]);
		return asSmall < asLarge ? numbers[small] : numbers[large];
	}

	private balanceOf(number: number): Balance {
		const balance = this.balances.get(number);
		if (balance === undefined) throw new Error(`no area is given for number ${number}`);
		return balance;
	}

	private isLine(polygon: number): boolean {
		const { areaDeg2, widthDeg } = this.smallest;
		const area = this.areas[polygon];
		return area >= areaDeg2 && 2 * area < widthDeg * this.perimeters[polygon];
	}

	/** The neighbours of a polygon; `shared` holds the length of each contact. */
	private measureContacts(polygon: number): number[] {
		const { sides, shared, nextSide } = this;
		const neighbours: number[] = [];
		for (let side = this.firstSide[polygon]; side >= 0; side = nextSide[side]) {
			if (sides[side ^ 1] === 0) continue;
			const other = this.standing(sides[side ^ 1] - 1);
			if (other === polygon) continue;
			if (shared[other] === 0) neighbours.push(other);
			shared[other] += this.lengths[side >> 1];
		}
		return neighbours;
	}

	private standing(polygon: number): number {
		const { into } = this;
		while (into[polygon] !== polygon) {
			into[polygon] = into[into[polygon]];
			polygon = into[polygon];
		}
		return polygon;
	}

	private append(polygon: number, first: number, last: number): void {
		if (this.firstSide[polygon] < 0) this.firstSide[polygon] = first;
		else this.nextSide[this.lastSide[polygon]] = first;
		this.lastSide[polygon] = last;
	}
}
