import { formatArea } from '$geo/area/unit.ts';
import { nestFeature } from '$geo/flat-polygons.ts';
import { labelPoint } from '$geo/tile/label-point.ts';
import { gradeIn, mayRead } from '../access/actor.ts';
import { listBlocks } from '../db/block.ts';
import { findToldVersion } from '../db/parcel-history.ts';
import { findParcel, searchParcelsByCode, type PlanningConditionRow } from '../db/parcel.ts';
import { findZone, listParks } from '../db/zone.ts';
import type { TableRow } from '../tile/parcel-table.ts';
import { findRow } from '../tile/snapshot.ts';
import type { ServiceContext } from './context.ts';
import { findOpenCoverage, isWithheld, type OpenCoverage } from './current-coverage.ts';
import type { StateChoice } from './past-state.ts';
import { publicDecimals, roundCoordinate, roundedBox } from './public-precision.ts';
import { asActor } from './scope.ts';

type Position = [number, number];

/** Searches current parcels of a coverage by the beginning of their code, letter case aside; null: no such coverage. */
export async function searchParcels(
	context: ServiceContext,
	zoneId: string,
	coverageId: string,
	query: string,
	limit: number,
) {
	const open = await findOpenCoverage(context, zoneId, coverageId);
	if (open === null) return null;
	const prefix = query.trim();
	const hits =
		prefix === ''
			? []
			: await asActor(context, zoneId, (sql) =>
					searchParcelsByCode(sql, zoneId, coverageId, {
						prefix,
						limit: limit + 1,
						revision: open.revision.revision,
					}),
				);
	const decimals = publicDecimals(context.actor, zoneId);
	return {
		query: prefix,
		more: hits.length > limit,
		hits: hits.slice(0, limit).flatMap((hit) => {
			const found = findRow(open.snapshot, hit.parcelNo);
			return found === null ? [] : [{ ...hit, labelPoint: labelPointOf(found, decimals) }];
		}),
	};
}

/** Finds the card of a parcel; withheld ones without class, code and conditions. Maybe none. */
export async function findParcelCard(
	context: ServiceContext,
	zoneId: string,
	coverageId: string,
	parcelNo: number,
	choice: StateChoice = {},
) {
	const open = await findOpenCoverage(context, zoneId, coverageId, choice);
	const at = open === null ? null : findRow(open.snapshot, parcelNo);
	if (open === null || at === null) return null;
	const { table, row } = at;
	const grade = gradeIn(context.actor, zoneId);
	const found = await asActor(context, zoneId, async (sql) => {
		const parcel = await findParcel(sql, zoneId, parcelNo, open.revision.revision);
		const blocks = parcel?.blockId === null || parcel === null ? [] : await listBlocks(sql, zoneId);
		return {
			parcel,
			// A version that is told nowhere is no version for who may not know what is in it.
			told: parcel === null || mayRead(grade, 'office') ? null : await findToldVersion(sql, zoneId, parcel),
			block: blocks.find((block) => block.blockId === parcel?.blockId) ?? null,
			zone: await findZone(sql, zoneId),
			parks: await listParks(sql, zoneId),
		};
	});
	const { parcel, told, block } = found;
	if (found.zone === null) return null;
	const shown = {
		...placeOf(context, zoneId, open, at),
		zoneId,
		planarSrid: found.zone.projectSrid,
		// Where withheld land lies is no secret: its shape is published.
		parkId: found.parks[table.park[row]]?.parkId ?? null,
		ellipsoidalAreaM2: squareMetres(table.areaDm2[row]),
	};
	if (parcel === null || isWithheld(at, grade)) return { ...shown, ...WITHHELD };
	return {
		...shown,
		withheld: false,
		version: told?.version ?? parcel.version,
		code: parcel.code,
		codeStatus: parcel.codeStatus,
		classKey:
			parcel.classCode === null ? null : `${parcel.classSystem}/${parcel.classVersion}/${parcel.classCode}`,
		revisionFrom: told?.revFrom ?? parcel.revFrom,
		blockId: block?.blockId ?? null,
		blockNameZh: block?.nameZh ?? null,
		blockNameEn: block?.nameEn ?? null,
		planarAreaM2: squareMetres(parcel.planarAreaDm2),
		documentAreaM2: parcel.documentAreaDm2 === null ? null : squareMetres(parcel.documentAreaDm2),
		areaMethod: parcel.areaMethod,
		stockStatus: parcel.stockStatus,
		conditions: parcel.condition === null ? null : conditionsOf(parcel.condition),
	};
}

/** What a card says of a parcel whose class is not for the reader. */
const WITHHELD = {
	withheld: true,
	code: '',
	codeStatus: 'provisional' as const,
	classKey: null,
	revisionFrom: 0,
	blockId: null,
	blockNameZh: null,
	blockNameEn: null,
	planarAreaM2: null,
	documentAreaM2: null,
	areaMethod: 'cgcs2000-ellipsoidal',
	stockStatus: null,
	conditions: null,
};

function placeOf(
	context: ServiceContext,
	zoneId: string,
	{ coverage, revision }: OpenCoverage,
	at: TableRow,
) {
	const { table, row } = at;
	const decimals = publicDecimals(context.actor, zoneId);
	return {
		coverageId: coverage.coverageId,
		parcelNo: table.parcelNo[row],
		version: table.version[row],
		revision: revision.revision,
		publishedAt: revision.publishedAt.toISOString(),
		synthetic: coverage.isSynthetic,
		labelPoint: labelPointOf(at, decimals),
		bbox: roundedBox(table.boxes, row, decimals),
		geometry: { type: 'MultiPolygon' as const, coordinates: shapeOf(at, decimals) },
		coordinateDecimals: decimals,
	};
}

/** A point inside the parcel; the corner of its box where it has no inside. */
function labelPointOf({ table, row }: TableRow, decimals: number | null): Position {
	const { polygons, boxes } = table;
	return rounded(labelPoint(polygons, row) ?? [boxes[4 * row], boxes[4 * row + 1]], decimals);
}

function shapeOf({ table, row }: TableRow, decimals: number | null): Position[][][] {
	return nestFeature(table.polygons, row).map((rings) =>
		rings.map((ring) => ring.map((position) => rounded(position, decimals))),
	);
}

function rounded([lon, lat]: readonly [number, number], decimals: number | null): Position {
	return [roundCoordinate(lon, decimals), roundCoordinate(lat, decimals)];
}

function squareMetres(areaDm2: number): string {
	return formatArea(areaDm2, 'm2', 2);
}

function conditionsOf(row: PlanningConditionRow) {
	return {
		floorAreaRatioMin: row.farMin,
		floorAreaRatioMax: row.farMax,
		buildingCoverageMaxPct: row.buildingCoverageMaxPct,
		heightMaxM: row.heightMaxM,
		greenRatioMinPct: row.greenRatioMinPct,
		supportingShareMaxPct: row.supportShareMaxPct,
		source: row.source,
		status: row.status,
	};
}
