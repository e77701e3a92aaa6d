import type { DraftDifference } from '$lib/domain/changeset/draft-state.ts';
import { findRow } from '../../tile/snapshot.ts';
import type { WorkingCoverage } from './working-coverage.ts';

/** The parks in which a difference changes parcels, null for land in none or across several; nodes on edges change nothing. */
export function parksTouched(
	{ snapshot }: WorkingCoverage,
	{ shapes, facts }: DraftDifference,
): (string | null)[] {
	const parcelNos = [
		...shapes.filter(({ kind }) => kind !== 'noded').map(({ parcelNo }) => parcelNo),
		...facts.map(({ parcelNo }) => parcelNo),
	];
	const parks = new Set<string | null>();
	for (const parcelNo of parcelNos) {
		const found = findRow(snapshot, parcelNo);
		if (found !== null) parks.add(found.table.parkIds[found.table.park[found.row]] ?? null);
	}
	return [...parks];
}
