import type { StepRing } from './polygon-writer.ts';
import {
	blockKind,
	chance,
	crossingCorner,
	holeKind,
	isBank,
	sideCuts,
	sideStops,
	STEPS_EAST,
	STEPS_NORTH,
	type Side,
	type StepPoint,
	type StreetPlan,
} from './street-plan.ts';

const BANK_BEND_M = 3;
const KINK_M = 0.25;
/** Where two ponds touch, from west to east of the block. */
const PONDS_TOUCH = 0.46;

/** A block between four streets: its corners, sides and what lies within, in grid steps. */
export class StreetBlock {
	private readonly plan: StreetPlan;
	private readonly i: number;
	private readonly j: number;
	private readonly corners: readonly [sw: StepPoint, se: StepPoint, ne: StepPoint, nw: StepPoint];

	constructor(plan: StreetPlan, i: number, j: number) {
		this.plan = plan;
		this.i = i;
		this.j = j;
		this.corners = [
			crossingCorner(plan, i, j, 1, 1),
			crossingCorner(plan, i + 1, j, -1, 1),
			crossingCorner(plan, i + 1, j + 1, -1, -1),
			crossingCorner(plan, i, j + 1, 1, -1),
		];
	}

	/** The vertices of a side from `from` to `to` of it, both included, eastward or northward (backward where from > to). */
	side(side: Side, from = 0, to = 1): number[] {
		const [low, high] = [Math.min(from, to), Math.max(from, to)];
		const stops = sideStops(this.plan, this.i, this.j, side).filter((t) => t >= low && t <= high);
		if (from > to) stops.reverse();
		return stops.flatMap((t) => this.sidePoint(side, t));
	}

	/** The parcels of the block, each as its rings. */
	parcels(): StepRing[][] {
		switch (blockKind(this.plan.seed, this.i, this.j)) {
			case 'rows':
				return this.rows();
			case 'through':
				return this.throughLots();
			case 'fan':
				return this.fan();
			case 'park':
				return this.park();
		}
	}

	private chance(use: number): number {
		return chance(this.plan.seed, this.i, this.j, use);
	}

	/** Bilinear between the corners, rounded; `eastM` and `northM` are added. */
	private at(u: number, v: number, eastM = 0, northM = 0): [number, number] {
		const [sw, se, ne, nw] = this.corners;
		const mix = (k: 0 | 1) =>
			(1 - v) * ((1 - u) * (sw[k] - sw[k]) + u * (se[k] - sw[k])) +
			v * ((1 - u) * (nw[k] - sw[k]) + u * (ne[k] - sw[k]));
		return [
			sw[0] + Math.round(mix(0) + eastM * STEPS_EAST),
			sw[1] + Math.round(mix(1) + northM * STEPS_NORTH),
		];
	}

	private sidePoint(side: Side, t: number): [number, number] {
		if (t === 0 || t === 1) {
			return side === 'south' || side === 'north'
				? this.at(t, side === 'south' ? 0 : 1)
				: this.at(side === 'west' ? 0 : 1, t);
		}
		const phase = 6 * this.chance(40);
		const bend = isBank(this.plan, this.j, side)
			? BANK_BEND_M * Math.sin(Math.PI * t) * Math.sin(8 * Math.PI * t + phase)
			: KINK_M * Math.sin(97 * t + phase);
		switch (side) {
			case 'south':
				return this.at(t, 0, 0, bend);
			case 'north':
				return this.at(t, 1, 0, bend);
			case 'west':
				return this.at(0, t, bend);
			case 'east':
				return this.at(1, t, bend);
		}
	}

	/** Two rows of lots, back to back; cuts of both rows end on the line between them. */
	private rows(): StepRing[][] {
		const cuts = (side: Side) => [0, ...sideCuts(this.plan, this.i, this.j, side), 1];
		const south = cuts('south');
		const north = cuts('north');
		const stops = [...new Set([...south, ...north])].sort((a, b) => a - b);
		const backPoint = (u: number) => {
			if (u === 0) return this.sidePoint('west', 0.5);
			if (u === 1) return this.sidePoint('east', 0.5);
			return this.at(u, 0.5 + 0.02 * Math.sin(60 * u + 6 * this.chance(41)));
		};
		const back = (from: number, to: number) => {
			const between = stops.filter((u) => u >= Math.min(from, to) && u <= Math.max(from, to));
			return (from > to ? between.reverse() : between).flatMap(backPoint);
		};
		return [
			...south.slice(1).map((b, k) => [[...this.side('south', south[k], b), ...back(b, south[k])]]),
			...north.slice(1).map((b, k) => [[...back(north[k], b), ...this.side('north', b, north[k])]]),
		];
	}

	private throughLots(): StepRing[][] {
		const south = [0, ...sideCuts(this.plan, this.i, this.j, 'south'), 1];
		const north = [0, ...sideCuts(this.plan, this.i, this.j, 'north'), 1];
		return south
			.slice(1)
			.map((b, k) => [[...this.side('south', south[k], b), ...this.side('north', north[k + 1], north[k])]]);
	}

	/** Five parcels that meet at one node. */
	private fan(): StepRing[][] {
		const centre = this.at(0.4 + 0.2 * this.chance(42), 0.4 + 0.2 * this.chance(43));
		return [
			this.side('south', 0, 0.5),
			this.side('south', 0.5, 1),
			this.side('east'),
			this.side('north', 1, 0),
			this.side('west', 1, 0),
		].map((stretch) => [[...stretch, ...centre]]);
	}

	/** One parcel round a pond, perhaps with an island, perhaps touching a second pond at one vertex. */
	private park(): StepRing[][] {
		const shell = [
			...this.side('south'),
			...this.side('east').slice(2),
			...this.side('north', 1, 0).slice(2),
			...this.side('west', 1, 0).slice(2, -2),
		];
		const holes = holeKind(this.plan.seed, this.i, this.j);
		const pond = this.pond(0.32, PONDS_TOUCH, 50);
		const rings: StepRing[][] = [[shell, reversed(pond)], [pond]];
		if (holes > 1) {
			const island = this.pond(0.31, 0.36, 90);
			rings[1].push(reversed(island));
			rings.push([island]);
		}
		if (holes > 2) {
			const second = this.pond(0.58, PONDS_TOUCH, 130);
			rings[0].push(reversed(second));
			rings.push([second]);
		}
		return rings;
	}

	/** A ring round (u, 0.5) whose first vertex, to the west or east of the middle, alone is as far off as `tip`. */
	private pond(u: number, tip: number, use: number): number[] {
		const count = 7 + Math.floor(30 * this.chance(use));
		const ring = this.at(tip, 0.5);
		for (let k = 1; k < count; k++) {
			const reach = (tip - u) * (0.9 + 0.09 * this.chance(use + k + 1));
			const angle = (2 * Math.PI * k) / count;
			ring.push(...this.at(u + reach * Math.cos(angle), 0.5 + reach * Math.sin(angle)));
		}
		return ring;
	}
}

function reversed(ring: StepRing): number[] {
	const result: number[] = [];
	for (let k = ring.length - 2; k >= 0; k -= 2) result.push(ring[k], ring[k + 1]);
	return result;
}
