import { between, chance } from './chance.ts';
import { distanceToRingM, ringAreaM2 } from './curve.ts';
import type { PointM, RingM } from './frame.ts';
import { crossingsOf, cutCorners, cutLane, cutRing, extentAlong, mainDirection } from './ring-cut.ts';
import type { LineM } from './ring-cut.ts';

/** Streets across an avenue face each other when they are no farther out of line than this share of a block. */
const IN_LINE = 0.34;
/** A street on the other side of a road at most this wide can go on. */
const ROAD_M = 70;

/** Where a street of a quarter opens onto a band, and which way it comes (a unit vector). */
export interface Mouth {
	readonly point: PointM;
	readonly direction: PointM;
}

/** The streets of a quarter as lines: `long` run along `axis`, `short` across it; offsets are from the frame's origin. */
export interface StreetGrid {
	readonly axis: PointM;
	readonly long: readonly number[];
	readonly short: readonly number[];
}

/** How a quarter's streets lie. */
export interface StreetRule {
	/** Block length along the quarter's main direction and depth across it. */
	readonly lengthM: number;
	readonly depthM: number;
	/** Half widths of secondary and branch streets. */
	readonly halfM: number;
	readonly branchHalfM: number;
	/** How often a street between two blocks is left out. */
	readonly openings: number;
	/** How far corners are cut back. */
	readonly cornerM: number;
}

/** The pieces of a quarter. */
export interface QuarterPieces {
	readonly blocks: readonly RingM[];
	readonly streets: readonly RingM[];
	/** Small bits of street that belong to the street beside them. */
	readonly corners: readonly RingM[];
	readonly mouths: readonly Mouth[];
}

/** Lays the lines of a quarter's streets along its sides; lines go on from mouths across the road where they can. O(points · mouths). */
export function streetGrid(
	ring: RingM,
	{ lengthM, depthM }: Pick<StreetRule, 'lengthM' | 'depthM'>,
	mouths: readonly Mouth[],
	seed: number,
	k: number,
): StreetGrid {
	const axis = mainDirection(ring);
	const normal: PointM = [-axis[1], axis[0]];
	const beside = mouthsBeside(ring, mouths);
	const offsets = (across: PointM, along: PointM, spacingM: number, salt: number): number[] => {
		const [low, high] = extentAlong(ring, across);
		const count = Math.max(1, Math.round((high - low) / spacingM));
		const open = beside
			.filter(({ direction: [x, y] }) => Math.abs(x * along[0] + y * along[1]) > 0.94)
			.map(({ point: [x, y] }) => x * across[0] + y * across[1]);
		return Array.from({ length: count - 1 }, (_, i) => {
			const shift = between(-0.16, 0.16, seed, salt, k, i);
			const wanted = low + ((high - low) * (i + 1 + shift)) / count;
			const nearest = open.reduce(
				(best, t) => (Math.abs(t - wanted) < Math.abs(best - wanted) ? t : best),
				Infinity,
			);
			return Math.abs(nearest - wanted) < IN_LINE * spacingM ? nearest : wanted;
		}).sort((a, b) => a - b);
	};
	return { axis, long: offsets(normal, axis, depthM, 31), short: offsets(axis, normal, lengthM, 32) };
}

/** The mouths that a ring's streets can go on from. O(mouths + those in its box · points). */
export function mouthsBeside(ring: RingM, mouths: readonly Mouth[]): Mouth[] {
	const [west, east] = extentAlong(ring, [1, 0]);
	const [south, north] = extentAlong(ring, [0, 1]);
	return mouths.filter(
		({ point: [x, y] }) =>
			x > west - ROAD_M &&
			x < east + ROAD_M &&
			y > south - ROAD_M &&
			y < north + ROAD_M &&
			distanceToRingM(ring, [x, y]) < ROAD_M,
	);
}

/**
 * Cuts a quarter by the streets of a grid; each street piece ends where the next one crosses.
 *
 * Short streets run from long street to long street, some of them left out, so that there are junctions of three and four arms.
 * O(points · streets).
 */
export function cutQuarter(
	ring: RingM,
	grid: StreetGrid,
	rule: StreetRule,
	seed: number,
	k: number,
): QuarterPieces {
	const { axis, long, short } = grid;
	const normal: PointM = [-axis[1], axis[0]];
	const longLines = long.map((t): LineM => ({ point: [normal[0] * t, normal[1] * t], direction: axis }));
	const shortLines = short.map((t): LineM => ({ point: [axis[0] * t, axis[1] * t], direction: normal }));
	const streets: RingM[] = [];
	const mouths: Mouth[] = [];
	let strips: readonly RingM[] = [ring];
	longLines.forEach((line, i) => {
		const halfM = i % 2 === k % 2 ? rule.halfM : (rule.halfM + rule.branchHalfM) / 2;
		const lanes: RingM[] = [];
		strips = strips.flatMap((strip) => {
			const cut = cutLane(strip, line, halfM);
			lanes.push(...(cut?.lanes ?? []));
			return cut?.rest ?? [strip];
		});
		for (const lane of lanes) {
			streets.push(...cutAtLines(lane, shortLines));
			mouths.push(...mouthsOf(lane, line, ring));
		}
	});
	const blocks: RingM[] = [];
	strips.forEach((strip, s) => {
		let parts: readonly RingM[] = [strip];
		shortLines.forEach((line, i) => {
			if (chance(seed, 33, 97 * k + s, i) < rule.openings) return;
			const halfM = chance(seed, 34, k, i) < 0.45 ? rule.halfM : rule.branchHalfM;
			parts = parts.flatMap((part) => {
				const cut = cutLane(part, line, halfM);
				if (!cut || cut.rest.length !== 2 || cut.lanes.length !== 1) return [part];
				if (cut.rest.some((rest) => ringAreaM2(rest) < 0.12 * rule.lengthM * rule.depthM)) return [part];
				streets.push(...cut.lanes);
				mouths.push(...cut.lanes.flatMap((lane) => mouthsOf(lane, line, ring)));
				return cut.rest;
			});
		});
		blocks.push(...parts);
	});
	const cornered = blocks.map((block) => cutCorners(block, rule.cornerM));
	return {
		blocks: cornered.map((block) => block.ring),
		streets,
		corners: cornered.flatMap(({ corners }) => corners),
		mouths,
	};
}

function cutAtLines(lane: RingM, lines: readonly LineM[]): RingM[] {
	let pieces: RingM[] = [lane];
	for (const line of lines) {
		pieces = pieces.flatMap((piece) => {
			const halves = cutRing(piece, line, 2);
			return halves ? [...halves.left, ...halves.right] : [piece];
		});
	}
	return pieces;
}

function mouthsOf(lane: RingM, line: LineM, quarter: RingM): Mouth[] {
	const { point, direction } = line;
	return crossingsOf(lane, line)
		.map((t): PointM => [point[0] + direction[0] * t, point[1] + direction[1] * t])
		.filter((end) => distanceToRingM(quarter, end) < 1)
		.map((end) => ({ point: end, direction }));
}
