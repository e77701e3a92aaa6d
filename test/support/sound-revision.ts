import { expect } from 'vitest';
import { checkParcelSet } from '../../geo/check/check.ts';
import { ellipsoidalAreasM2 } from '../../geo/area/ellipsoidal.ts';
import { listAuditFaults } from '../../src/lib/server/db/audit-event.ts';
import { asOwner, inScope } from '../../src/lib/server/db/connect.ts';
import { findRevision, listRevisionAreas } from '../../src/lib/server/db/coverage.ts';
import type { CoverageSnapshot } from '../../src/lib/server/tile/snapshot.ts';
import { wholeTable } from '../../src/lib/server/tile/snapshot.ts';
import { PANJIN_ID } from './database-rows.ts';
import type { Workshop } from './changeset-service.ts';

/** As who reads all of the office grade. */
export const READING = { role: 'read', zoneId: PANJIN_ID, grade: 'office' } as const;

/** The snapshot of a revision that must be there. */
export async function snapshotAt(shop: Workshop, contentId: string): Promise<CoverageSnapshot> {
	const snapshot = await shop.as('ann').snapshots.find(contentId);
	if (snapshot === null) throw new Error(`no snapshot of ${contentId}`);
	return snapshot;
}

/** Asserts what holds of every revision: park sums kept to 0.01 m², the whole valid, areas near their shapes, the audit whole. */
export async function expectSoundRevision(
	shop: Workshop,
	revision: number,
	coverageId = 'plan',
): Promise<void> {
	const { sums, checksum } = await inScope(shop.database, READING, async (sql) => ({
		sums: await Promise.all(
			[revision, revision - 1].map((no) => listRevisionAreas(sql, PANJIN_ID, coverageId, no)),
		),
		checksum: (await findRevision(sql, PANJIN_ID, coverageId, revision))?.checksum ?? '',
	}));
	const faults = await asOwner(shop.database, (sql) => listAuditFaults(sql, PANJIN_ID));
	const [is, was] = sums.map((rows) =>
		rows.map(({ parkRelation, parkId, areaDm2 }) => `${parkRelation} ${parkId} ${areaDm2}`).sort(),
	);
	expect(is).toEqual(was);
	expect(faults).toEqual([]);
	const { parcelNo, polygons, areaDm2 } = wholeTable(await snapshotAt(shop, checksum));
	const issues = checkParcelSet({ parcelNos: parcelNo, polygons });
	expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
	ellipsoidalAreasM2(polygons).forEach((areaM2, i) => {
		expect(Math.abs(areaM2 - areaDm2[i] / 100)).toBeLessThan(0.1);
	});
}
