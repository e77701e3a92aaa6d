import type { ParcelSet } from '../../geo/parcel-set.ts';
import type { FlatPolygons } from '../../geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '../../geo/grid.ts';
import { PolygonWriter } from './polygon-writer.ts';
import { StreetBlock } from './street-block.ts';
import { crossingCorner, planZone, zoneWidthSteps, type StepPoint, type StreetPlan } from './street-plan.ts';

/** A made-up coverage of towns: clean, on the grid, numbered 1 … n from the south-west, rings as a coverage writes them. */
export interface StreetCoverage {
	readonly set: ParcelSet;
	/** One feature with one polygon per zone. */
	readonly outline: FlatPolygons;
	/** Parcels of each sort. Streets are stretches and crossings; `holed` have enclaves; `rivers` are the longest of all. */
	readonly streetNos: readonly number[];
	readonly riverNos: readonly number[];
	readonly holedNos: readonly number[];
	/** The streets round the blocks in the south-west of each zone: merged they are one parcel with a hole for each block. */
	readonly networkNos: readonly (readonly number[])[];
}

export interface StreetOptions {
	readonly seed?: number;
	/** How many vertices the river of a zone has at least. */
	readonly riverVertices?: number;
}

const PARCELS_PER_ZONE = 100_000;
/** A network goes round so many columns and rows of blocks, less where the river comes first. */
const NETWORK_BLOCKS = 10;
const ORIGIN: StepPoint = [122.5 / GRID_STEP_DEG, 41.5 / GRID_STEP_DEG];

/**
 * Makes a coverage of exactly `parcelCount` parcels (30 or more), the same for the same seed.
 *
 * Streets of several widths end at their crossings; the blocks between them hold lots in two rows or through, five parcels round one node, or a
 * park with ponds, islands and ponds that touch; no angle is right; T-junctions are vertices on both sides. Each zone of up to 100,000
 * parcels (about 360 km²) has a river through all of it; more parcels are more zones side by side. Time and memory linear.
 */
export function streetCoverage(
	parcelCount: number,
	{ seed = 1, riverVertices = 10_000 }: StreetOptions = {},
): StreetCoverage {
	const polygons = new PolygonWriter();
	const outline = new PolygonWriter();
	const nos = {
		streetNos: [] as number[],
		riverNos: [] as number[],
		holedNos: [] as number[],
		networkNos: [] as number[][],
	};
	let count = 0;
	const add = (rings: readonly (readonly number[])[]) => {
		polygons.add(rings);
		count++;
		if (rings.length > 1) nos.holedNos.push(count);
		return count;
	};
	const zones = Math.ceil(parcelCount / PARCELS_PER_ZONE);
	let [west] = ORIGIN;
	for (let zone = 0; zone < zones; zone++) {
		const until = Math.floor((parcelCount * (zone + 1)) / zones);
		const plan = planZone(until - count, seed + zone, [west, ORIGIN[1]], riverVertices);
		addZone(plan, add, nos);
		outline.addPolygon([zoneOutline(plan)]);
		west += zoneWidthSteps(plan);
	}
	outline.endFeature();
	const parcelNos = Int32Array.from({ length: count }, (_, f) => f + 1);
	return { set: { parcelNos, polygons: polygons.finish() }, outline: outline.finish(), ...nos };
}

function addZone(
	plan: StreetPlan,
	add: (rings: readonly (readonly number[])[]) => number,
	nos: { streetNos: number[]; riverNos: number[]; networkNos: number[][] },
): void {
	const { columns, rows, riverRow } = plan;
	const network: number[] = [];
	nos.networkNos.push(network);
	/** Adds a street whose last crossing is that of column i and row j. */
	const addStreet = (ring: readonly number[], i: number, j: number) => {
		const no = add([ring]);
		nos.streetNos.push(no);
		const isBeforeRiver = riverRow < 0 || j < riverRow;
		if (i <= NETWORK_BLOCKS && j <= NETWORK_BLOCKS && isBeforeRiver) network.push(no);
	};
	const corner = (i: number, j: number, east: number, north: number) =>
		crossingCorner(plan, i, j, east, north);
	const block = (i: number, j: number) =>
		i < 0 || j < 0 || i >= columns || j >= rows ? null : new StreetBlock(plan, i, j);
	/** The vertices between the ends of a side; none where no block is. */
	const inner = (stretch: number[] | undefined) => stretch?.slice(2, -2) ?? [];
	for (let j = 0; j <= rows; j++) {
		const ahead = Array.from({ length: columns }, (_, i) => block(i, j));
		const behind = Array.from({ length: columns }, (_, i) => block(i, j - 1));
		/** The south side of the street from crossing i to the next, eastward, and its north side, westward, ends included. */
		const southSide = (i: number) => [
			...corner(i, j, 1, -1),
			...inner(behind[i]?.side('north')),
			...corner(i + 1, j, -1, -1),
		];
		const northSide = (i: number) => [
			...corner(i + 1, j, -1, 1),
			...inner(ahead[i]?.side('south', 1, 0)),
			...corner(i, j, 1, 1),
		];
		if (j === riverRow) {
			const ring = [...corner(0, j, -1, -1)];
			for (let i = 0; i < columns; i++) ring.push(...southSide(i));
			ring.push(...corner(columns, j, 1, -1), ...corner(columns, j, 1, 1));
			for (let i = columns - 1; i >= 0; i--) ring.push(...northSide(i));
			ring.push(...corner(0, j, -1, 1));
			nos.riverNos.push(add([ring]));
		}
		for (let i = 0; i <= columns; i++) {
			if (j !== riverRow) {
				const crossing = [corner(i, j, -1, -1), corner(i, j, 1, -1), corner(i, j, 1, 1), corner(i, j, -1, 1)];
				addStreet(crossing.flat(), i, j);
				if (i < columns) addStreet([...southSide(i), ...northSide(i)], i + 1, j);
			}
			if (j === rows) continue;
			const street = [
				...corner(i, j, -1, 1),
				...corner(i, j, 1, 1),
				...inner(ahead[i]?.side('west')),
				...corner(i, j + 1, 1, -1),
				...corner(i, j + 1, -1, -1),
				...inner(ahead[i - 1]?.side('east', 1, 0)),
			];
			addStreet(street, i, j + 1);
			for (const rings of ahead[i]?.parcels() ?? []) add(rings);
		}
	}
}

function zoneOutline(plan: StreetPlan): number[] {
	const { columns, rows } = plan;
	const corner = (i: number, j: number, east: number, north: number) =>
		crossingCorner(plan, i, j, east, north);
	const ring: number[] = [];
	for (let i = 0; i <= columns; i++) ring.push(...corner(i, 0, -1, -1), ...corner(i, 0, 1, -1));
	for (let j = 0; j <= rows; j++)
		ring.push(...(j > 0 ? corner(columns, j, 1, -1) : []), ...corner(columns, j, 1, 1));
	for (let i = columns; i >= 0; i--)
		ring.push(...(i < columns ? corner(i, rows, 1, 1) : []), ...corner(i, rows, -1, 1));
	for (let j = rows; j >= 0; j--)
		ring.push(...(j < rows ? corner(0, j, -1, 1) : []), ...(j > 0 ? corner(0, j, -1, -1) : []));
	return ring;
}
