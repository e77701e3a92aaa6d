import { planarAreasM2 } from '$geo/area/planar.ts';
import type { GaussKruger } from '$geo/crs/gauss-kruger.ts';
import { featureCount } from '$geo/flat-polygons.ts';
import { provisionalCode } from '$lib/domain/coverage/provisional-code.ts';
import { findParkPlaces, type ParkPlace } from '$lib/domain/coverage/park-place.ts';
import { adjustedAreas, toStoredArea } from '$lib/domain/coverage/stored-area.ts';
import { insertCoverage, insertRevision } from '$lib/server/db/coverage.ts';
import type { Sql } from '$lib/server/db/connect.ts';
import {
	deferOverlapCheck,
	insertParcels,
	insertPlanningConditions,
	insertStockStatuses,
	type NewParcels,
} from '$lib/server/db/parcel-write.ts';
import { firstRevisionChecksum } from '$lib/server/db/revision-checksum.ts';
import type {
	ClassKey,
	CoverageLayerSource,
	ParkOutlineSource,
	PlanningConditionSource,
} from './coverage-source.ts';
import type { LoadReport } from './load-report.ts';
import type { ZoneFile } from './zone-file.ts';
import { ZoneFolderError } from './zone-folder-error.ts';

interface Surroundings {
	/** The file that describes the zone, for refusals. */
	readonly zoneFile: string;
	readonly outlines: readonly ParkOutlineSource[];
	/** Stored outline area of each park in 0.01 m². */
	readonly outlineDm2: ReadonlyMap<string, number>;
	readonly projection: GaussKruger;
	/** First parcel number that is free in the zone. */
	readonly firstNo: number;
	readonly now: Date;
	readonly report: LoadReport;
}

interface FirstRevision {
	readonly checksum: string;
	readonly parcelCount: number;
	/** In 0.01 m². */
	readonly areaTotalDm2: number;
	/** First parcel number that is free after it. */
	readonly nextNo: number;
}

const AREA_METHOD = 'cgcs2000-ellipsoidal' as const;

/** Writes a coverage with its parcels and seals them as revision 1. */
export async function loadCoverage(
	sql: Sql,
	zone: ZoneFile,
	layer: CoverageLayerSource,
	around: Surroundings,
): Promise<FirstRevision> {
	const { kind } = layer;
	const about = zone.coverages.find((coverage) => coverage.kind === kind);
	if (about === undefined)
		throw new ZoneFolderError(around.zoneFile, `coverages: the ${kind} coverage is not described`);
	const foreign = layer.classKeys.find((key) => key !== null && !isOfZone(zone, key));
	if (foreign)
		throw new ZoneFolderError(
			around.zoneFile,
			`the ${kind} coverage has the class ${Object.values(foreign).join('/')}, of a list that is neither landUse nor localLandUse`,
		);
	await insertCoverage(sql, zone.zoneId, { ...about, coverageId: kind, isSynthetic: zone.isSynthetic });
	const parcels = makeParcels(layer, around);
	const facts = recordedFacts(zone, layer, parcels);
	const checksum = firstRevisionChecksum(zone.zoneId, kind, parcels, facts);
	await deferOverlapCheck(sql);
	await insertParcels(sql, zone.zoneId, kind, 1, parcels, (done, total) =>
		around.report({ task: kind, done, total }),
	);
	await insertPlanningConditions(sql, zone.zoneId, kind, facts.conditions);
	await insertStockStatuses(sql, zone.zoneId, kind, facts.stockStatuses);
	around.report({ task: `${kind} check` });
	const parcelCount = featureCount(parcels.polygons);
	const areaTotalDm2 = parcels.areaDm2.reduce((sum, areaDm2) => sum + areaDm2, 0);
	await insertRevision(sql, zone.zoneId, {
		coverageId: kind,
		revision: 1,
		baseRevision: null,
		checksum,
		publishedAt: around.now,
		effectiveOn: about.effectiveOn,
		parcelCount,
		areaTotalDm2,
		approvalNumber: null,
		approvalOffice: null,
		approvedOn: null,
		source: about.source,
	});
	const nextNo = parcels.parcelNo.reduce((next, no) => Math.max(next, no + 1), around.firstNo);
	return { checksum, parcelCount, areaTotalDm2, nextNo };
}

function isOfZone({ landUse, localLandUse }: ZoneFile, { system, version }: ClassKey): boolean {
	return [landUse, localLandUse].some((list) => list?.system === system && list.version === version);
}

function makeParcels(layer: CoverageLayerSource, around: Surroundings): NewParcels {
	const { polygons } = layer;
	const count = featureCount(polygons);
	const parcelNo = layer.parcelNos ?? Int32Array.from({ length: count }, (_, i) => around.firstNo + i);
	const places = parkPlaces(layer, around.outlines);
	const none = Array.from({ length: count }, () => null);
	return {
		parcelNo,
		version: new Int32Array(count).fill(1),
		code: Array.from(parcelNo, (no, i) => layer.codes?.[i] ?? provisionalCode(layer.kind, no)),
		codeStatus: Array.from({ length: count }, () => 'provisional' as const),
		documentAreaDm2: none,
		areaDm2: adjustedAreas(polygons, places, around.outlineDm2),
		areaMethod: Array.from({ length: count }, () => AREA_METHOD),
		planarAreaDm2: planarAreasM2(polygons, around.projection).map(toStoredArea),
		classKeys: layer.classKeys,
		parkIds: places.map((place) => place.parkId),
		parkRelations: places.map((place) => place.relation),
		blockIds: layer.blockIds ?? none,
		attributes: layer.attributes ?? none,
		polygons,
	};
}

/** The parks that the source names; where it names none, geometry says whether the parcel is outside or across. */
function parkPlaces(layer: CoverageLayerSource, outlines: readonly ParkOutlineSource[]): ParkPlace[] {
	const { parkIds, polygons } = layer;
	const named = parkIds?.map((parkId) => (parkId === null ? null : { parkId, relation: 'inside' as const }));
	if (named !== undefined && named.every((place) => place !== null)) return named;
	const found = findParkPlaces(polygons, outlines);
	return named === undefined ? found : named.map((place, i) => place ?? unplaced(found[i]));
}

function unplaced(found: ParkPlace): ParkPlace {
	return { parkId: null, relation: found.relation === 'outside' ? 'outside' : 'several' };
}

function recordedFacts(zone: ZoneFile, layer: CoverageLayerSource, { parcelNo }: NewParcels) {
	return {
		conditions: (layer.planningConditions ?? []).flatMap((condition, i) =>
			condition === null || isEmpty(condition)
				? []
				: [
						{
							parcelNo: parcelNo[i],
							version: 1,
							farMin: condition.farMin ?? null,
							farMax: condition.farMax ?? null,
							buildingCoverageMaxPct: condition.buildingCoverageMaxPct ?? null,
							heightMaxM: condition.heightMaxM ?? null,
							greenRatioMinPct: condition.greenRatioMinPct ?? null,
							supportShareMaxPct: condition.supportShareMaxPct ?? null,
							...zone.planningConditions,
						},
					],
		),
		stockStatuses: (layer.stockStatuses ?? []).flatMap((stockStatus, i) =>
			stockStatus === null ? [] : [{ parcelNo: parcelNo[i], version: 1, stockStatus, ...zone.stockStatus }],
		),
	};
}

function isEmpty(condition: PlanningConditionSource): boolean {
	return Object.values(condition).every((limit) => limit === null || limit === undefined);
}
