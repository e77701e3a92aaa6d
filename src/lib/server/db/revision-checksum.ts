import { createHash } from 'node:crypto';
import { featureCount } from '$geo/flat-polygons.ts';
import type { NewParcels } from './parcel-write.ts';
import { writeShape } from './shape.ts';

/**
 * Names the content of a coverage's first revision: SHA-256, hex, over its place and every fact of every parcel.
 * Independent of the order of features: parcels are taken by number. O(positions).
 */
export function firstRevisionChecksum(zoneId: string, coverageId: string, parcels: NewParcels): string {
	const hash = createHash('sha256');
	hash.update(`${zoneId}\n${coverageId}\n1\n${parcels.areaMethod}\n`);
	const order = Array.from({ length: featureCount(parcels.polygons) }, (_, i) => i);
	order.sort((a, b) => parcels.parcelNo[a] - parcels.parcelNo[b]);
	for (const i of order) {
		const facts = [
			parcels.parcelNo[i],
			parcels.version[i],
			parcels.code[i],
			parcels.codeStatus,
			parcels.areaDm2[i],
			parcels.planarAreaDm2[i],
			parcels.classKeys[i],
			parcels.parkIds[i],
			parcels.parkRelations[i],
			parcels.blockIds[i],
			parcels.attributes[i],
			writeShape(parcels.polygons, i),
		];
		hash.update(`${JSON.stringify(facts)}\n`);
	}
	return hash.digest('hex');
}
