import { between, chance, pick } from './chance.ts';
import { distanceToRingM, ringAreaM2, ringCentroid } from './curve.ts';
import type { PointM, RingM } from './frame.ts';
import { cutRing, extentAlong, mainDirection } from './ring-cut.ts';
import { cutStar } from './star.ts';
import type { Star, StarArm } from './star.ts';
import { cutQuarter, mouthsBeside, streetGrid } from './street-grid.ts';
import type { Mouth, QuarterPieces, StreetGrid, StreetRule } from './street-grid.ts';

/** Ground of more blocks than this has streets that part it, whatever way its sides lie; of fewer, never. */
const BLOCKS = { most: 26, least: 8 };
/** How often ground between the two has a star. */
const STARS = 0.25;
const TRIES = 6;
/** No sector is smaller than this share of a block. */
const LEAST_SECTOR = 0.8;
/** Ground this much longer than wide is parted by a street across it. */
const LONG = 1.9;

/** How often streets that part ground end in one point by two, three, four or five. */
const ARMS: readonly (readonly [arms: number, weight: number])[] = [
	[2, 5],
	[3, 2],
	[4, 3],
	[5, 1],
];

/** The streets of a quarter: a grid, or a star with the streets of each of its sectors. */
export type StreetPlan = StreetGrid | { readonly star: Star; readonly sectors: readonly StreetPlan[] };

/** A quarter with its streets. */
export interface Streets {
	readonly plan: StreetPlan;
	readonly pieces: QuarterPieces;
}

/**
 * Lays the streets of a quarter and cuts it by them; with a `known` plan it is cut by that, as far as it fits the ring.
 *
 * However many blocks a quarter has, its grids are as small as those of the default: streets with bends and oblique junctions
 * part it first. Streets go on from `mouths` across the roads round it where they can. O(points · streets), and the mouths near it.
 */
export function layStreets(
	ring: RingM,
	rule: StreetRule,
	mouths: readonly Mouth[],
	seed: number,
	k: number,
	known?: StreetPlan,
): Streets {
	const parted = known ? partedBy(ring, rule, known) : partedByChance(ring, rule, seed, k);
	if (!parted) {
		const plan = known ? gridOf(known) : streetGrid(ring, rule, mouths, seed, k);
		return { plan, pieces: cutQuarter(ring, plan, rule, seed, k) };
	}
	const { star, arms, sectors } = parted;
	const beside: Mouth[] = [...mouthsBeside(ring, mouths)];
	const laid = sectors.map((sector, s) => {
		const salt = Math.floor(chance(seed, 35, k, s) * 2 ** 30);
		const streets = layStreets(sector, rule, beside, seed, salt, parted.plans?.[s]);
		beside.push(...streets.pieces.mouths);
		return streets;
	});
	const pieces = laid.map((streets) => streets.pieces);
	const opened = [...pieces.flatMap((piece) => piece.mouths)];
	return {
		plan: { star, sectors: laid.map(({ plan }) => plan) },
		pieces: {
			blocks: pieces.flatMap(({ blocks }) => blocks),
			streets: [
				...pieces.flatMap(({ streets }) => streets),
				...arms.flatMap((arm) => cutAtMouths(arm, star.centre, opened, rule)),
			],
			corners: pieces.flatMap(({ corners }) => corners),
			mouths: [
				...arms.map(({ end, direction }) => ({ point: end, direction })),
				...opened.filter(({ point }) => distanceToRingM(ring, point) < 1),
			],
		},
	};
}

function partedBy(ring: RingM, { halfM }: StreetRule, plan: StreetPlan) {
	if (!('star' in plan)) return null;
	const cut = cutStar(ring, plan.star, halfM);
	return cut && { ...cut, star: plan.star, plans: plan.sectors };
}

/** The first grid of a plan. */
function gridOf(plan: StreetPlan): StreetGrid {
	return 'star' in plan ? gridOf(plan.sectors[0]) : plan;
}

function partedByChance(ring: RingM, { lengthM, depthM, halfM }: StreetRule, seed: number, k: number) {
	const areaM2 = ringAreaM2(ring);
	const blocks = areaM2 / (lengthM * depthM);
	const isLarge = blocks > BLOCKS.most;
	if (!isLarge && (blocks < BLOCKS.least || chance(seed, 36, k) >= STARS)) return null;
	for (let attempt = 0; attempt < TRIES; attempt++) {
		const star = starIn(ring, Math.sqrt(areaM2), isLarge ? null : 5, seed, 10 * k + attempt);
		const cut = cutStar(ring, star, halfM);
		if (cut?.sectors.every((sector) => ringAreaM2(sector) > LEAST_SECTOR * lengthM * depthM))
			return { ...cut, star, plans: null };
	}
	return null;
}

/** Streets from a point near the middle, square neither to each other nor to the sides. */
function starIn(ring: RingM, sideM: number, arms: number | null, seed: number, salt: number): Star {
	const [x, y] = ringCentroid(ring);
	const shiftM = (a: number) => 0.12 * sideM * between(-1, 1, seed, 37, salt, a);
	const axis = mainDirection(ring);
	const normal: PointM = [-axis[1], axis[0]];
	const [alongM, acrossM] = [axis, normal].map((way) => {
		const [low, high] = extentAlong(ring, way);
		return high - low;
	});
	const isLong = Math.max(alongM, acrossM) > LONG * Math.min(alongM, acrossM);
	const count = isLong ? 2 : (arms ?? pick(ARMS, chance(seed, 38, salt)));
	const [dx, dy] = alongM > acrossM ? normal : axis;
	const oblique = between(0.12, 0.4, seed, 39, salt) * (chance(seed, 40, salt) < 0.5 ? 1 : -1);
	const turn = Math.atan2(dy, dx) + oblique;
	const spread = count === 2 ? 0.5 : 0.3;
	return {
		centre: [x + shiftM(1), y + shiftM(2)],
		anglesRad: Array.from({ length: count }, (_, a) => {
			const bend = spread * between(-0.5, 0.5, seed, 43, salt, a);
			return turn + (2 * Math.PI * a) / count + bend;
		}),
	};
}

/** The pieces of an arm between the streets that open onto it, none shorter than it is wide twice over. */
function cutAtMouths(arm: StarArm, [x, y]: PointM, mouths: readonly Mouth[], rule: StreetRule): RingM[] {
	const [dx, dy] = arm.direction;
	const leastM = 0.3 * rule.depthM;
	const breaks = [0, arm.lengthM];
	const opened = mouths.flatMap(({ point }) => {
		const [px, py] = [point[0] - x, point[1] - y];
		const asideM = Math.abs(px * dy - py * dx);
		return Math.abs(asideM - rule.halfM) < 1 ? [px * dx + py * dy] : [];
	});
	for (const at of opened.sort((a, b) => a - b))
		if (at > 0 && at < arm.lengthM && breaks.every((other) => Math.abs(other - at) >= leastM))
			breaks.push(at);
	let pieces: RingM[] = [arm.ring];
	for (const at of breaks.slice(2)) {
		const line = { point: [x + dx * at, y + dy * at] as PointM, direction: [-dy, dx] as PointM };
		pieces = pieces.flatMap((piece) => {
			const halves = cutRing(piece, line, 2);
			return halves ? [...halves.left, ...halves.right] : [piece];
		});
	}
	return pieces;
}
