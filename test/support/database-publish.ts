import { insertRevision } from '../../src/lib/server/db/coverage.ts';
import type { Sql } from '../../src/lib/server/db/connect.ts';
import { closeParcels, insertParcels, lockZone } from '../../src/lib/server/db/parcel-write.ts';
import { loadParcelRows, parcelColumnsOf } from '../../src/lib/server/db/parcel-columns.ts';
import { flattenMultiPolygons, nestFeature, type FlatPolygons } from '../../geo/flat-polygons.ts';
import { PANJIN_ID } from './database-rows.ts';

/** A new version of one plan parcel. */
export interface Edit {
	readonly code: string;
	readonly classCode?: string;
	/** Added to the stored area, in 0.01 m². */
	readonly growDm2?: number;
	/** Moves the shape by whole steps of 1/512 degree of longitude. */
	readonly shiftSteps?: number;
}

/** Publishes edits of a zone's plan as its next revision, the way a service does, and returns the number. */
export async function publishEdits(sql: Sql, edits: readonly Edit[], zoneId = PANJIN_ID): Promise<number> {
	await lockZone(sql, zoneId);
	const [base] = await sql<{ revision: number; parcels: number; totalDm2: number }[]>`
		select revision, parcel_count as parcels, area_total_dm2 as "totalDm2" from revision
		where zone_id = ${zoneId} and coverage_id = 'plan' order by revision desc limit 1`;
	const revision = base.revision + 1;
	const columns = parcelColumnsOf(await loadParcelRows(sql, zoneId, 'plan', base.revision));
	const rows = edits.map((edit) => ({ edit, at: columns.code.indexOf(edit.code) }));
	const parcelNo = Int32Array.from(rows, ({ at }) => columns.parcelNo[at]);
	await closeParcels(sql, zoneId, 'plan', revision, parcelNo);
	await insertParcels(sql, zoneId, 'plan', revision, {
		parcelNo,
		version: Int32Array.from(rows, ({ at }) => columns.version[at] + 1),
		code: edits.map((edit) => edit.code),
		codeStatus: edits.map(() => 'provisional' as const),
		areaDm2: Float64Array.from(rows, ({ edit, at }) => columns.areaDm2[at] + (edit.growDm2 ?? 0)),
		areaMethod: edits.map(() => 'cgcs2000-ellipsoidal'),
		documentAreaDm2: edits.map(() => null),
		planarAreaDm2: Float64Array.from(rows, ({ at }) => columns.planarAreaDm2[at]),
		classKeys: edits.map((edit) => ({
			system: 'cn-land-use',
			version: '2023',
			code: edit.classCode ?? '1401',
		})),
		parkIds: rows.map(({ at }) => columns.parkIds[columns.parkIndex[at]]),
		parkRelations: rows.map(() => 'inside' as const),
		blockIds: rows.map(() => null),
		attributes: rows.map(() => null),
		polygons: flattenMultiPolygons(
			rows.map(({ edit, at }) => shifted(columns.polygons, at, edit.shiftSteps ?? 0)),
		),
	});
	await insertRevision(sql, zoneId, {
		coverageId: 'plan',
		revision,
		baseRevision: base.revision,
		checksum: `${revision}`.padStart(64, '0'),
		publishedAt: new Date(Date.UTC(2026, 0, revision)),
		effectiveOn: null,
		parcelCount: base.parcels,
		areaTotalDm2: base.totalDm2 + edits.reduce((sum, edit) => sum + (edit.growDm2 ?? 0), 0),
		approvalNumber: '示例〔2026〕1号',
		approvalOffice: '示例机关',
		approvedOn: '2026-01-01',
		source: 'test',
	});
	return revision;
}

function shifted(polygons: FlatPolygons, feature: number, steps: number) {
	return nestFeature(polygons, feature).map((rings) =>
		rings.map((ring) => ring.map(([lon, lat]) => [lon + steps / 512, lat] as const)),
	);
}
