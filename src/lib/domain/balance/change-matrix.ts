import { fitToMargins } from '$geo/area/fit-to-margins.ts';
import type { ParcelColumns } from './parcel-columns.ts';
import { UNCLASSIFIED } from './parcel-columns.ts';

/** Pieces of the overlay of two coverages: each carries an entry index per coverage (−1: none there) and its area in m². */
export interface OverlayPieces {
	readonly plan: Int32Array;
	readonly current: Int32Array;
	readonly areaM2: Float64Array;
}

/** A row or column of a change matrix; `uncovered` is land of the other coverage that this one has not, or counts elsewhere. */
export interface ChangeAxisEntry {
	readonly line: 'class' | 'unclassified' | 'uncovered';
	readonly landUse: number | null;
}

/** Planned (rows) against current (columns), integers of 0.01 m². Margins are the coverages' own stored sums. */
export interface ChangeMatrix {
	readonly rows: readonly ChangeAxisEntry[];
	readonly columns: readonly ChangeAxisEntry[];
	readonly cellsDm2: readonly (readonly number[])[];
	readonly rowTotalsDm2: readonly number[];
	readonly columnTotalsDm2: readonly number[];
	readonly totalDm2: number;
}

const UNCOVERED = -2;

/** Builds the matrix of planned against current land use for one park, or for the zone.
 *
 * `park` is a park index, or null for everything. `planLine` and `currentLine` map a class to the class it counts as.
 * The overlay's real areas are fitted to the integer sums of the stored parcel areas, so every row total is the plan's figure
 * and every column total the current coverage's figure, to 0.01 m². Where one coverage lacks land of the other an `uncovered`
 * line takes it. O(pieces + rows × columns).
 */
export function changeMatrix(
	pieces: OverlayPieces,
	plan: ParcelColumns,
	current: ParcelColumns,
	lineOf: Int32Array,
	park: number | null,
): ChangeMatrix {
	const inPark = (parcels: ParcelColumns, i: number) => i >= 0 && (park === null || parcels.park[i] === park);
	const lineKey = (parcels: ParcelColumns, i: number) => {
		if (!inPark(parcels, i)) return UNCOVERED;
		return parcels.landUse[i] === UNCLASSIFIED ? UNCLASSIFIED : lineOf[parcels.landUse[i]];
	};
	const planSums = marginSums(plan, lineOf, (i) => inPark(plan, i));
	const currentSums = marginSums(current, lineOf, (i) => inPark(current, i));
	const areas = new Map<string, number>();
	let planOnly = 0;
	let currentOnly = 0;
	for (let i = 0; i < pieces.areaM2.length; i++) {
		const row = lineKey(plan, pieces.plan[i]);
		const column = lineKey(current, pieces.current[i]);
		if (row === UNCOVERED && column === UNCOVERED) continue;
		const areaDm2 = pieces.areaM2[i] * 100;
		if (column === UNCOVERED) planOnly += areaDm2;
		if (row === UNCOVERED) currentOnly += areaDm2;
		const key = `${row}|${column}`;
		areas.set(key, (areas.get(key) ?? 0) + areaDm2);
	}
	closeMargins(planSums, currentSums, planOnly, currentOnly);
	const rowKeys = axisKeys(planSums);
	const columnKeys = axisKeys(currentSums);
	const rowTotalsDm2 = rowKeys.map((key) => planSums.get(key) ?? 0);
	const columnTotalsDm2 = columnKeys.map((key) => currentSums.get(key) ?? 0);
	const real = rowKeys.map((row) => columnKeys.map((column) => areas.get(`${row}|${column}`) ?? 0));
	const fit = fitToMargins(real, rowTotalsDm2, columnTotalsDm2);
	if (!fit.ok) throw new Error(`the overlay cannot be fitted to the stored areas: ${fit.code}`);
	return {
		rows: rowKeys.map(axisEntry),
		columns: columnKeys.map(axisEntry),
		cellsDm2: fit.cells,
		rowTotalsDm2,
		columnTotalsDm2,
		totalDm2: rowTotalsDm2.reduce((sum, value) => sum + value, 0),
	};
}

function marginSums(parcels: ParcelColumns, lineOf: Int32Array, counts: (i: number) => boolean) {
	const sums = new Map<number, number>();
	for (let i = 0; i < parcels.parcelNo.length; i++) {
		if (!counts(i)) continue;
		const landUse = parcels.landUse[i];
		const key = landUse === UNCLASSIFIED ? UNCLASSIFIED : lineOf[landUse];
		sums.set(key, (sums.get(key) ?? 0) + parcels.areaDm2[i]);
	}
	return sums;
}

/** Makes both sides add up to the same whole: land of one coverage only goes to the other's `uncovered` line. */
function closeMargins(
	planSums: Map<number, number>,
	currentSums: Map<number, number>,
	planOnlyDm2: number,
	currentOnlyDm2: number,
): void {
	const sum = (sums: Map<number, number>) => [...sums.values()].reduce((total, value) => total + value, 0);
	let planUncovered = Math.round(currentOnlyDm2);
	let currentUncovered = Math.round(planOnlyDm2);
	const misfit = sum(planSums) + planUncovered - (sum(currentSums) + currentUncovered);
	if (misfit > 0) currentUncovered += misfit;
	else planUncovered -= misfit;
	if (planUncovered > 0) planSums.set(UNCOVERED, planUncovered);
	if (currentUncovered > 0) currentSums.set(UNCOVERED, currentUncovered);
}

function axisKeys(sums: Map<number, number>): number[] {
	const rank = (key: number) => (key >= 0 ? key : Number.MAX_SAFE_INTEGER + key);
	return [...sums.keys()].sort((a, b) => rank(a) - rank(b));
}

function axisEntry(key: number): ChangeAxisEntry {
	if (key === UNCOVERED) return { line: 'uncovered', landUse: null };
	if (key === UNCLASSIFIED) return { line: 'unclassified', landUse: null };
	return { line: 'class', landUse: key };
}
