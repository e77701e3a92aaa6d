import { changeMatrix, type ChangeAxisEntry, type OverlayPieces } from './change-matrix.ts';
import { OUTSIDE_PARKS, SEVERAL_PARKS, UNCLASSIFIED, type ParcelColumns } from './parcel-columns.ts';

/** What became of what in one place: integers of 0.01 m². */
export interface RevisionCell {
	readonly from: ChangeAxisEntry;
	readonly to: ChangeAxisEntry;
	readonly areaDm2: number;
}

/** Two revisions of a coverage in one park, outside every park, or across several: cells that are not zero. */
export interface RevisionMatrix {
	/** Index of the park, OUTSIDE_PARKS or SEVERAL_PARKS. */
	readonly place: number;
	readonly cells: readonly RevisionCell[];
}

/** What two revisions have otherwise, and what they have in common. */
export interface RevisionSides {
	readonly before: ParcelColumns;
	readonly after: ParcelColumns;
	/** The ground of `before` (as `plan`) and `after` (as `current`) cut by each other. */
	readonly pieces: OverlayPieces;
	/** The parcels that are the same in both. */
	readonly kept: ParcelColumns;
}

/**
 * Makes the matrices of classes before and after, one for each place that has land.
 *
 * Rows add up to the stored areas of the earlier revision, columns to those of the later one, to 0.01 m²: what changed is fitted to its own
 * stored sums (`changeMatrix`), what did not is on the diagonal as it is stored. Where a place has not the same land in both, a line
 * `uncovered` takes the rest. `lineOf` maps a class to the class that it counts as. O(parcels + pieces × places).
 */
export function revisionMatrices(
	{ before, after, pieces, kept }: RevisionSides,
	lineOf: Int32Array,
	parkCount: number,
): RevisionMatrix[] {
	const places = [...Array(parkCount).keys(), OUTSIDE_PARKS, SEVERAL_PARKS];
	return places
		.map((place) => {
			const cells = new Map<string, RevisionCell>();
			const add = (from: ChangeAxisEntry, to: ChangeAxisEntry, areaDm2: number) => {
				const key = `${from.line} ${from.landUse} ${to.line} ${to.landUse}`;
				cells.set(key, { from, to, areaDm2: (cells.get(key)?.areaDm2 ?? 0) + areaDm2 });
			};
			for (let i = 0; i < kept.parcelNo.length; i++) {
				if (kept.park[i] !== place) continue;
				const entry = entryOf(kept.landUse[i], lineOf);
				add(entry, entry, kept.areaDm2[i]);
			}
			if (before.park.includes(place) || after.park.includes(place)) {
				const { rows, columns, cellsDm2 } = changeMatrix(pieces, before, after, lineOf, place);
				rows.forEach((from, r) =>
					columns.forEach((to, c) => {
						if (cellsDm2[r][c] !== 0) add(from, to, cellsDm2[r][c]);
					}),
				);
			}
			return { place, cells: [...cells.values()] };
		})
		.filter(({ cells }) => cells.length > 0);
}

function entryOf(landUse: number, lineOf: Int32Array): ChangeAxisEntry {
	return landUse === UNCLASSIFIED
		? { line: 'unclassified', landUse: null }
		: { line: 'class', landUse: lineOf[landUse] };
}
