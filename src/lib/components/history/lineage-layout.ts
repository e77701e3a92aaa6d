import type { WireParcelHistory } from '$lib/api/history.ts';

type Lineage = WireParcelHistory['lineage'];
type Related = Lineage['parcels'][number];

/** A column of a lineage: parcels as many steps from the one that it is about, ancestors below 0. */
export interface LineageColumn {
	readonly generation: number;
	readonly parcels: readonly Related[];
}

/** Where an arrow begins and ends: column and place in it, from 0. */
export interface LineageArrow {
	readonly from: { readonly column: number; readonly row: number };
	readonly to: { readonly column: number; readonly row: number };
	readonly revision: number;
}

/**
 * Lays the lineage of a parcel out in columns, from its farthest ancestors to its farthest descendants.
 *
 * A parcel stands behind all that gave it ground; one that is ancestor and descendant, as after a restore, is a descendant.
 * O(edges log edges).
 */
export function lineageLayout(
	parcelNo: number,
	{ parcels, edges }: Lineage,
): { readonly columns: readonly LineageColumn[]; readonly arrows: readonly LineageArrow[] } {
	const generations = new Map([[parcelNo, 0]]);
	const ascending = [...edges].sort((a, b) => a.revision - b.revision);
	const place = (near: number, far: number, side: 1 | -1) => {
		const at = generations.get(near);
		const before = generations.get(far) ?? 0;
		if (at === undefined || at * side < 0 || far === parcelNo || before * side < 0) return;
		generations.set(far, side * Math.max(before * side, at * side + 1));
	};
	for (const { from, to } of ascending) place(from, to, 1);
	for (const { from, to } of ascending.reverse()) place(to, from, -1);
	const columns = [...new Set(generations.values())]
		.sort((a, b) => a - b)
		.map((generation) => ({
			generation,
			parcels: parcels.filter((parcel) => generations.get(parcel.parcelNo) === generation),
		}))
		.filter((column) => column.parcels.length > 0);
	const placeOf = (wanted: number) => {
		for (const [column, { parcels: inColumn }] of columns.entries()) {
			const row = inColumn.findIndex((parcel) => parcel.parcelNo === wanted);
			if (row >= 0) return { column, row };
		}
		return null;
	};
	const arrows = edges.flatMap(({ from, to, revision }) => {
		const [start, end] = [placeOf(from), placeOf(to)];
		return start === null || end === null ? [] : [{ from: start, to: end, revision }];
	});
	return { columns, arrows };
}
