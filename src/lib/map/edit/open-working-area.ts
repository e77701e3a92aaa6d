import type { WireWorkingParcels } from '$lib/api/changeset.ts';
import { workingAreaOf, type WorkingArea } from '$lib/domain/changeset/working-area.ts';
import { shapeFromWire } from '$lib/domain/changeset/wire-difference.ts';

/** Lays out the parcels that the server sends for a working area. O(positions). */
export function openWorkingArea(
	{ box: [minLon, minLat, maxLon, maxLat], coverageKind, parcels }: WireWorkingParcels,
	hasClass: (landUse: string) => boolean,
): WorkingArea {
	const working = parcels.map(({ parcelNo, shape, landUse, code, condition }) => ({
		parcelNo,
		shape: shapeFromWire(shape),
		facts: { landUse, code, condition },
	}));
	return workingAreaOf({ minLon, minLat, maxLon, maxLat }, working, { coverageKind, hasClass });
}
