import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { OUTSIDE_PARKS } from '$lib/domain/balance/parcel-columns.ts';
import type { DraftDifference } from '$lib/domain/changeset/draft-state.ts';
import { shareAreas, type SharedAreas, type StoredGround } from '$lib/domain/changeset/share-areas.ts';
import { findParkPlaces, type ParkOutline } from '$lib/domain/coverage/park-place.ts';
import { listParkOutlines, loadOutlineShapes } from '../../db/park-outline.ts';
import { readShapes } from '../../db/shape.ts';
import { findZone } from '../../db/zone.ts';
import { findRow, type CoverageSnapshot } from '../../tile/snapshot.ts';
import type { ServiceContext } from '../context.ts';
import { asWhole } from '../scope.ts';
import { dayInZone } from '../zone-record.ts';

/** Gives the parcels of a difference their stored areas on the revision that it applies to: see `shareAreas`. */
export async function shareGround(
	context: ServiceContext,
	zoneId: string,
	snapshot: CoverageSnapshot,
	difference: DraftDifference,
): Promise<SharedAreas> {
	const before = new Map<number, StoredGround>();
	for (const change of difference.shapes) {
		if (change.kind === 'noded' || change.before === null) continue;
		const ground = findStoredGround(snapshot, change.parcelNo);
		if (ground === null) throw new Error(`parcel ${change.parcelNo} is not in the revision`);
		before.set(change.parcelNo, ground);
	}
	const parks = new Set([...before.values()].map(({ place }) => `${place.relation} ${place.parkId}`));
	// Where all is of one park, nobody asks for outlines.
	const outlines = parks.size < 2 ? [] : await loadOutlines(context, zoneId);
	return shareAreas(difference, before, (shapes: FlatPolygons) => findParkPlaces(shapes, outlines));
}

/** The stored area and the place of a parcel of a revision; null where it has none of that number. */
export function findStoredGround(snapshot: CoverageSnapshot, parcelNo: number): StoredGround | null {
	const found = findRow(snapshot, parcelNo);
	if (found === null) return null;
	const { table, row } = found;
	const park = table.park[row];
	const relation = park >= 0 ? 'inside' : park === OUTSIDE_PARKS ? 'outside' : 'several';
	return { areaDm2: table.areaDm2[row], place: { parkId: table.parkIds[park] ?? null, relation } };
}

async function loadOutlines({ database, now }: ServiceContext, zoneId: string): Promise<ParkOutline[]> {
	const { outlines, shapes } = await asWhole(database, zoneId, async (sql) => {
		const zone = await findZone(sql, zoneId);
		if (zone === null) throw new Error(`there is no zone ${zoneId}`);
		const found = await listParkOutlines(sql, zoneId, dayInZone(zone, now));
		return { outlines: found, shapes: await loadOutlineShapes(sql, zoneId, found) };
	});
	return outlines.map(({ parkId }, i) => ({ parkId, polygons: readShapes([shapes[i]]) }));
}
