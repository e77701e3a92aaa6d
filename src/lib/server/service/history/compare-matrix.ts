import type { ChangeAxisEntry } from '$lib/domain/balance/change-matrix.ts';
import { OUTSIDE_PARKS } from '$lib/domain/balance/parcel-columns.ts';
import { revisionMatrices, type RevisionSides } from '$lib/domain/balance/revision-matrix.ts';
import { areaText, axisOf } from '../balance-table.ts';
import type { ZoneRecord } from '../zone-record.ts';

export type ComparedMatrices = ReturnType<typeof matricesOf>;

/** The matrices of two revisions with their lines; classes that are not for the reader are one named line. */
export function matricesOf(
	record: ZoneRecord,
	lines: Int32Array,
	withheld: readonly boolean[],
	sides: RevisionSides,
) {
	const hidden = withheld.indexOf(true);
	const lineOf = lines.map((line, landUse) => (withheld[landUse] ? hidden : line));
	const matrices = revisionMatrices(sides, lineOf, record.parks.length);
	const entries = new Map<string, ChangeAxisEntry>();
	for (const { cells } of matrices)
		for (const { from, to } of cells) for (const entry of [from, to]) entries.set(keyOf(entry), entry);
	const ordered = [...entries.values()].sort((a, b) => rankOf(a) - rankOf(b));
	const indexOf = new Map(ordered.map((entry, index) => [keyOf(entry), index]));
	const at = (entry: ChangeAxisEntry) => indexOf.get(keyOf(entry)) ?? -1;
	return {
		lines: ordered.map((entry) =>
			entry.landUse !== null && withheld[entry.landUse]
				? axisOf(record, { line: 'withheld' as const, landUse: null })
				: axisOf(record, entry),
		),
		matrices: matrices.map(({ place, cells }) => ({
			place: placeOf(place),
			parkId: record.parks[place]?.parkId ?? null,
			cells: cells.map(({ from, to, areaDm2 }) => ({
				from: at(from),
				to: at(to),
				areaM2: areaText(areaDm2),
			})),
			totalM2: areaText(cells.reduce((sum, { areaDm2 }) => sum + areaDm2, 0)),
		})),
	};
}

function placeOf(place: number): 'inside' | 'outside' | 'several' {
	if (place >= 0) return 'inside';
	return place === OUTSIDE_PARKS ? 'outside' : 'several';
}

function keyOf({ line, landUse }: ChangeAxisEntry): string {
	return `${line} ${landUse}`;
}

/** Classes in the order of their list, then the named lines. */
function rankOf({ line, landUse }: ChangeAxisEntry): number {
	if (landUse !== null) return landUse;
	return Number.MAX_SAFE_INTEGER - (line === 'unclassified' ? 1 : 0);
}
