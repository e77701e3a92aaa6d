import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { planarAreasM2 } from '$geo/area/planar.ts';
import type { GaussKruger } from '$geo/crs/gauss-kruger.ts';
import { insertBlocks } from '$lib/server/db/block.ts';
import type { Sql } from '$lib/server/db/connect.ts';
import { putLandUseClasses, putLandUseSystem } from '$lib/server/db/land-use-class.ts';
import { toStoredArea } from '$lib/domain/coverage/stored-area.ts';
import { insertParkOutline } from '$lib/server/db/park-outline.ts';
import {
	insertLeadIndustries,
	insertNamedProjects,
	insertPark,
	insertParkNominalAreas,
	insertZone,
	insertZoneAreas,
} from '$lib/server/db/zone.ts';
import type { CoverageSource } from './coverage-source.ts';
import type { ZoneFile } from './zone-file.ts';

/** Writes the zone, its local classes, parks, industries, named projects and blocks. */
export async function loadPlaces(sql: Sql, zone: ZoneFile, source: CoverageSource): Promise<void> {
	if (zone.localLandUse !== null) await loadLocalClasses(sql, zone.localLandUse);
	await insertZone(sql, {
		...zone,
		landUseSystem: zone.landUse.system,
		landUseVersion: zone.landUse.version,
	});
	await insertZoneAreas(
		sql,
		zone.zoneId,
		zone.areas.map((area) => ({ ...area, areaKm2: decimal(area.areaKm2) })),
	);
	for (const [index, park] of zone.parks.entries()) {
		await insertPark(sql, zone.zoneId, { ...park, sort: index + 1 });
		const nominalAreas = park.nominalAreas.map((area) => ({ ...area, areaKm2: decimal(area.areaKm2) }));
		await insertParkNominalAreas(sql, zone.zoneId, park.parkId, nominalAreas);
	}
	const industries = zone.leadIndustries.map((industry) => ({
		...industry,
		parkId: industry.parkId ?? null,
		parkKind: industry.parkKind ?? null,
	}));
	await insertLeadIndustries(sql, zone.zoneId, industries);
	await insertNamedProjects(sql, zone.zoneId, zone.namedProjects);
	const blocks = source.blocks.map((block) => ({
		...block,
		polygons: block.polygons ?? null,
		source: zone.source,
	}));
	if (blocks.length > 0) await insertBlocks(sql, zone.zoneId, blocks);
}

/** Writes the official outlines and returns each park's stored outline area in 0.01 m². */
export async function loadOutlines(
	sql: Sql,
	zone: ZoneFile,
	source: CoverageSource,
	projection: GaussKruger,
): Promise<Map<string, number>> {
	const outlineDm2 = new Map<string, number>();
	for (const { parkId, polygons } of source.outlines) {
		const areaDm2 = toStoredArea(ellipsoidalAreasM2(polygons)[0]);
		outlineDm2.set(parkId, areaDm2);
		const outline = {
			parkId,
			outlineNo: 1,
			areaDm2,
			areaMethod: 'cgcs2000-ellipsoidal',
			planarAreaDm2: toStoredArea(planarAreasM2(polygons, projection)[0]),
			validFrom: zone.outlines.validFrom,
			validTo: null,
			isSynthetic: zone.isSynthetic,
			source: zone.outlines.source,
		};
		await insertParkOutline(sql, zone.zoneId, outline, polygons);
	}
	return outlineDm2;
}

async function loadLocalClasses(sql: Sql, local: NonNullable<ZoneFile['localLandUse']>): Promise<void> {
	const { classes, ...system } = local;
	await putLandUseSystem(sql, system);
	const rows = classes.map(({ national, ...landUseClass }, index) => ({
		...landUseClass,
		system: local.system,
		version: local.version,
		level: 1,
		parentCode: null,
		nationalSystem: national.system,
		nationalVersion: national.version,
		nationalCode: national.code,
		sort: index + 1,
	}));
	await putLandUseClasses(sql, rows);
}

function decimal(value: number | null): string | null {
	return value === null ? null : String(value);
}
