import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { asOwner, type Database, type Sql } from '$lib/server/db/connect.ts';
import { appendAuditEvent } from '$lib/server/db/audit-event.ts';
import { insertControlLayer } from '$lib/server/db/control-layer.ts';
import { insertRuleValues } from '$lib/server/db/rule-value.ts';
import { findSeedChecksum, lockSeed, putSeedChecksum } from '$lib/server/db/seed-log.ts';
import type { CoverageSource } from './coverage-source.ts';
import { folderChecksum } from './folder-checksum.ts';
import { readGeoJsonSource } from './geojson-source.ts';
import { loadCoverage } from './load-coverage.ts';
import type { LoadReport } from './load-report.ts';
import { loadOutlines, loadPlaces } from './load-places.ts';
import { readZoneFile, zoneFileOf, type ZoneFile } from './zone-file.ts';
import { ZoneFolderError } from './zone-folder-error.ts';

/** `changed`: the zone is there, from another state of the folder; what was published stays as it is. */
export type LoadOutcome = 'loaded' | 'present' | 'changed';

const SEED_ACTOR = 'system:seed';

/**
 * Loads the zone of a folder in one transaction: all of it or nothing, also after a kill.
 *
 * A zone that is there already is left alone. Needs the class lists (`loadLandUse`) first. Throws a ZoneFolderError when the
 * folder cannot be read, or when its data break a rule of the schema (the database's error is its cause).
 */
export async function loadZone(
	database: Database,
	folder: string,
	options: { report?: LoadReport; now?: Date } = {},
): Promise<LoadOutcome> {
	const report = options.report ?? (() => {});
	const now = options.now ?? new Date();
	const zone = await readZoneFile(folder);
	const checksum = await folderChecksum(folder);
	const seedName = `zone/${zone.zoneId}`;
	const known = await asOwner(database, (sql) => findSeedChecksum(sql, seedName));
	if (known !== null) return known === checksum ? 'present' : 'changed';
	report({ task: 'geometry' });
	const source = await readSource(folder, zone);
	return asOwner(database, async (sql) => {
		await lockSeed(sql, seedName);
		if ((await findSeedChecksum(sql, seedName)) !== null) return 'present';
		await writeZone(sql, zone, source, { zoneFile: zoneFileOf(folder), now, report });
		await putSeedChecksum(sql, seedName, checksum);
		return 'loaded' as const;
	}).catch((error: unknown) => {
		throw brokenRule(folder, error) ?? error;
	});
}

/** The refusal for data that break a constraint of the schema; null for any other failure. */
function brokenRule(folder: string, error: unknown): ZoneFolderError | null {
	if (!(error instanceof Error) || !('constraint_name' in error)) return null;
	const detail = 'detail' in error ? `: ${String(error.detail)}` : '';
	const line = `the data break the rule ${String(error.constraint_name)}${detail}`;
	return new ZoneFolderError(folder, line.replaceAll(/\s+/g, ' '), error);
}

async function readSource(folder: string, zone: ZoneFile): Promise<CoverageSource> {
	if ('files' in zone.geometry) return readGeoJsonSource(folder, zone, zone.geometry.files);
	const { generateDemoZone } = await import('../demo/generate.ts');
	const { demo } = zone.geometry;
	return generateDemoZone(zone.localLandUse === null ? demo : { ...demo, localList: zone.localLandUse });
}

async function writeZone(
	sql: Sql,
	zone: ZoneFile,
	source: CoverageSource,
	{ zoneFile, now, report }: { zoneFile: string; now: Date; report: LoadReport },
): Promise<void> {
	const projection = gaussKruger(zone.projectSrid);
	report({ task: 'zone' });
	await loadPlaces(sql, zone, source);
	const outlineDm2 = await loadOutlines(sql, zone, source, projection);
	await insertRuleValues(sql, zone.zoneId, zone.rules);
	for (const { polygons, areaNames, ...layer } of source.controlLayers)
		await insertControlLayer(
			sql,
			zone.zoneId,
			{ ...layer, isSynthetic: zone.isSynthetic },
			polygons,
			areaNames,
		);
	await appendAuditEvent(sql, zone.zoneId, {
		actor: SEED_ACTOR,
		action: 'zone.seeded',
		entity: `zone/${zone.zoneId}`,
		details: { source: zone.source },
		occurredAt: now,
	});
	let firstNo = 1;
	for (const layer of source.coverages) {
		const revision = await loadCoverage(sql, zone, layer, {
			zoneFile,
			outlines: source.outlines,
			outlineDm2,
			projection,
			firstNo,
			now,
			report,
		});
		firstNo = revision.nextNo;
		await appendAuditEvent(sql, zone.zoneId, {
			actor: SEED_ACTOR,
			action: 'revision.published',
			entity: `revision/${layer.kind}/1`,
			details: {
				checksum: revision.checksum,
				parcels: revision.parcelCount,
				areaDm2: revision.areaTotalDm2,
			},
			occurredAt: now,
		});
	}
}
