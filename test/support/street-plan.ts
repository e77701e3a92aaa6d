import { GRID_STEP_DEG } from '../../geo/grid.ts';

/** How a block between streets is cut up. */
export type BlockKind = 'rows' | 'through' | 'fan' | 'park';
export type Side = 'south' | 'east' | 'north' | 'west';
/** A place in whole grid steps. */
export type StepPoint = readonly [x: number, y: number];

/** One zone: columns × rows of blocks, a street before, between and after them, one of them a river. */
export interface StreetPlan {
	readonly seed: number;
	readonly columns: number;
	readonly rows: number;
	/** The row of streets that is a river, −1 for none. */
	readonly riverRow: number;
	/** How many stretches the river's bank has along one block. */
	readonly bankPieces: number;
	/** South-west corner, in grid steps. */
	readonly west: number;
	readonly south: number;
	/** Lots along the south and the north side of each block that has lots, row by row. */
	readonly southLots: Uint16Array;
	readonly northLots: Uint16Array;
}

const stepsPerM = (metresPerDeg: number) => 1 / metresPerDeg / GRID_STEP_DEG;
/** Near 41.8° N. */
export const STEPS_EAST = stepsPerM(83_000);
export const STEPS_NORTH = stepsPerM(111_000);
/** From one street to the next, in metres. */
const PITCH_M = 172;
const STREET_WIDTHS_M = [7, 12, 20, 36];
const RIVER_WIDTH_M = 60;
const PARCELS_PER_BLOCK = 9;
/** Cuts are whole parts of this many of a side. */
const PARTS = 1024;

/** A number in [0, 1) that depends on its arguments alone. */
export function chance(seed: number, i: number, j: number, use: number): number {
	let h = Math.imul(seed + 0x9e37, 0x85ebca6b) ^ Math.imul(i + 0x7f4a, 0xc2b2ae35);
	h = Math.imul(h ^ (h >>> 15) ^ Math.imul(j + 0x165b, 0x27d4eb2f), 0x9e3779b1);
	h = Math.imul(h ^ (h >>> 13) ^ Math.imul(use + 0x51ed, 0x165667b1), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 16), 0xc2b2ae35);
	return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32;
}

/** Lays out a zone of exactly `parcelCount` parcels, at least 30, so that blocks get a lot more where some are missing. */
export function planZone(
	parcelCount: number,
	seed: number,
	[west, south]: StepPoint,
	riverVertices: number,
): StreetPlan {
	if (!(parcelCount >= 30)) throw new RangeError('a zone has 30 parcels or more');
	for (let columns = Math.max(1, Math.round(Math.sqrt(parcelCount / PARCELS_PER_BLOCK))); ; columns--) {
		for (let rows = Math.ceil(parcelCount / PARCELS_PER_BLOCK / columns) + 1; rows > 0; rows--) {
			const riverRow = rows > 1 ? rows >> 1 : -1;
			const lots = {
				southLots: new Uint16Array(columns * rows),
				northLots: new Uint16Array(columns * rows),
			};
			const bankPieces = Math.ceil(riverVertices / (2 * columns));
			const plan = { seed, columns, rows, riverRow, bankPieces, west, south, ...lots };
			const missing = parcelCount - countWithLots(plan);
			if (missing < 0) continue;
			addLots(plan, missing);
			return plan;
		}
	}
}

/** Gives each block its lots; returns how many parcels the zone has then. */
function countWithLots({ seed, columns, rows, riverRow, southLots, northLots }: StreetPlan): number {
	let count = (columns + 1) * (rows + 1) + columns * (rows + 1) + (columns + 1) * rows;
	if (riverRow >= 0) count -= 2 * columns;
	for (let j = 0; j < rows; j++) {
		for (let i = 0; i < columns; i++) {
			const kind = blockKind(seed, i, j);
			const cell = j * columns + i;
			if (kind === 'fan') count += 5;
			else if (kind === 'park') count += 1 + holeKind(seed, i, j);
			else {
				southLots[cell] = 2 + Math.floor(4 * chance(seed, i, j, 1));
				northLots[cell] = kind === 'rows' ? 2 + Math.floor(4 * chance(seed, i, j, 2)) : 0;
				count += southLots[cell] + northLots[cell];
			}
		}
	}
	return count;
}

function addLots({ southLots }: StreetPlan, missing: number): void {
	const blocks = [...southLots.keys()].filter((cell) => southLots[cell] > 0);
	const each = Math.floor(missing / blocks.length);
	blocks.forEach((cell, b) => (southLots[cell] += each + (b < missing % blocks.length ? 1 : 0)));
}

export function blockKind(seed: number, i: number, j: number): BlockKind {
	if (i === 0 && j === 0) return 'rows';
	const at = chance(seed, i, j, 0);
	return at < 0.62 ? 'rows' : at < 0.8 ? 'through' : at < 0.9 ? 'fan' : 'park';
}

/** How many parcels lie in the holes of a park: a pond; a pond with an island; with a second pond that it touches too. */
export function holeKind(seed: number, i: number, j: number): number {
	return 1 + Math.floor(3 * chance(seed, i, j, 3));
}

/** A corner of the crossing of street column i and street row j; `east` and `north` are −1 or 1. */
export function crossingCorner(
	plan: StreetPlan,
	i: number,
	j: number,
	east: number,
	north: number,
): StepPoint {
	const { seed, riverRow } = plan;
	const jitter = (use: number) => 0.24 * (chance(seed, i, j, use) - 0.5);
	const skew = (use: number) => 0.85 + 0.3 * chance(seed, i, j, use + 2 * east + north);
	const streetWidth = (use: number, k: number) => STREET_WIDTHS_M[Math.floor(4 * chance(seed, k, 0, use))];
	const northWidth = j === riverRow ? RIVER_WIDTH_M : streetWidth(11, j);
	const x = PITCH_M * (i + 0.15 * j + jitter(12)) + (east * streetWidth(10, i) * skew(20)) / 2;
	const y = PITCH_M * (j + 0.1 * i + jitter(13)) + (north * northWidth * skew(30)) / 2;
	return [plan.west + Math.round(x * STEPS_EAST), plan.south + Math.round(y * STEPS_NORTH)];
}

/** How far east the next zone begins, in grid steps. */
export function zoneWidthSteps({ columns }: StreetPlan): number {
	return Math.round((columns + 2) * PITCH_M * STEPS_EAST);
}

/** Where lots are cut along a side of a block, ascending in (0, 1). */
export function sideCuts(plan: StreetPlan, i: number, j: number, side: Side): number[] {
	const kind = blockKind(plan.seed, i, j);
	const cell = j * plan.columns + i;
	if (kind === 'rows' && (side === 'west' || side === 'east')) return [0.5];
	if (kind === 'fan' && side === 'south') return [0.5];
	if (kind === 'park' || kind === 'fan' || side === 'west' || side === 'east') return [];
	const lots = kind === 'rows' && side === 'north' ? plan.northLots[cell] : plan.southLots[cell];
	return Array.from({ length: lots - 1 }, (_, k) => {
		const shift = 0.5 * (chance(plan.seed, i, j, 100 + 2 * k + (side === 'north' ? 1 : 0)) - 0.5);
		return Math.round((PARTS * (k + 1 + shift)) / lots) / PARTS;
	});
}

/** All vertices along a side of a block, ends included: cuts, and the bends of the river's bank. */
export function sideStops(plan: StreetPlan, i: number, j: number, side: Side): number[] {
	const stops = new Set([0, ...sideCuts(plan, i, j, side), 1]);
	if (isBank(plan, j, side)) for (let k = 1; k < plan.bankPieces; k++) stops.add(k / plan.bankPieces);
	return [...stops].sort((a, b) => a - b);
}

export function isBank({ riverRow }: StreetPlan, j: number, side: Side): boolean {
	return (side === 'south' && j === riverRow) || (side === 'north' && j + 1 === riverRow);
}
