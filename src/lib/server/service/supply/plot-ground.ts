import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { planarAreasM2 } from '$geo/area/planar.ts';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { joinFeatures, type FlatPolygons } from '$geo/flat-polygons.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { toStoredArea } from '$lib/domain/coverage/stored-area.ts';
import { checkDocumentArea, DOCUMENT_AREA_KEY } from '$lib/domain/supply/document-area.ts';
import { drawPlot, type DrawnPlot } from '$lib/domain/supply/draw-plot.ts';
import type { Sql } from '../../db/connect.ts';
import { listCoverages } from '../../db/coverage.ts';
import { listLawAndRules } from '../../db/rule-value.ts';
import { writeShape } from '../../db/shape.ts';
import type { ZoneRow } from '../../db/zone.ts';
import { shapeAt, type TableRow } from '../../tile/parcel-table.ts';
import { findRow } from '../../tile/snapshot.ts';
import type { ServiceContext } from '../context.ts';
import { findOpenCoverage, type OpenCoverage } from '../current-coverage.ts';
import { asActor } from '../scope.ts';
import { dayInZone } from '../zone-record.ts';
import { done, failed, type Outcome } from './outcome.ts';

/** Of which parcels a plot is to be, and what of them it holds. */
export interface GroundOrder {
	readonly parcelNos: readonly number[];
	/** Degrees (EPSG:4490) on the grid; null: all. */
	readonly within: FlatPolygons | null;
}

/** Ground of the newest published plan, with the class and park of its parcels. */
export interface Ground {
	readonly open: OpenCoverage;
	readonly rows: readonly TableRow[];
	readonly parkId: string;
	readonly classKey: readonly [system: string, version: string, code: string];
	readonly drawn: DrawnPlot;
}

/** The areas of ground, its shape as the database takes it, and the parcels on which it lies. */
export function measureGround({ open, rows, drawn }: Ground, srid: number) {
	const { coverageId } = open.coverage;
	const versions = new Map(rows.map(({ table, row }) => [table.parcelNo[row], table.version[row]]));
	return {
		shape: writeShape(drawn.polygons),
		figures: {
			areaDm2: toStoredArea(ellipsoidalAreasM2(drawn.polygons)[0]),
			planarAreaDm2: toStoredArea(planarAreasM2(drawn.polygons, gaussKruger(srid))[0]),
			planarSrid: srid,
			coverageId,
			revision: open.revision.revision,
		},
		parcels: drawn.shared.map(({ parcelNo, areaM2, isWhole }) => ({
			coverageId,
			parcelNo,
			parcelVersion: versions.get(parcelNo) ?? 1,
			sharedAreaDm2: toStoredArea(areaM2),
			isWhole,
		})),
	};
}

/** What stands against the area of the document that a plot is to have; null: nothing, or it has none. */
export async function findFarArea(
	sql: Sql,
	zone: ZoneRow,
	{
		documentAreaDm2,
		areaDm2,
		parkId,
		now,
	}: {
		readonly documentAreaDm2: number | null;
		readonly areaDm2: number;
		readonly parkId: string;
		readonly now: Date;
	},
): Promise<ChangesetIssue | null> {
	if (documentAreaDm2 === null) return null;
	const rules = await listLawAndRules(sql, zone.zoneId, [DOCUMENT_AREA_KEY]);
	const areas = { documentDm2: documentAreaDm2, drawnDm2: areaDm2 };
	const found = checkDocumentArea(areas, rules, dayInZone(zone, now), parkId);
	if (found?.outcome !== 'fail') return null;
	const { limit, ...params } = found.params;
	return changesetError('plot.document-area-far', { ...params, most: limit }, found.rule?.source);
}

/**
 * Reads parcels from the newest published plan, and draws the ground of a plot.
 *
 * Refuses `plan.none`, `plot.parcel-unknown`, `plot.several-classes`, `plot.several-parks`, `plot.park-missing` and `plot.empty`.
 */
export async function readPlotGround(
	context: ServiceContext,
	zoneId: string,
	{ parcelNos, within }: GroundOrder,
): Promise<Outcome<Ground>> {
	const coverages = await asActor(context, zoneId, (sql) => listCoverages(sql, zoneId));
	const plan = coverages.find(({ kind }) => kind === 'plan');
	const open = plan === undefined ? null : await findOpenCoverage(context, zoneId, plan.coverageId);
	if (open === null) return failed('refused', [changesetError('plan.none')]);
	const rows: TableRow[] = [];
	for (const parcelNo of new Set(parcelNos)) {
		const row = findRow(open.snapshot, parcelNo);
		if (row === null) return failed('refused', [changesetError('plot.parcel-unknown', { parcelNo })]);
		rows.push(row);
	}
	const classes = new Set(rows.map(({ table, row }) => table.classes.keys[table.landUse[row]] ?? ''));
	if (classes.size > 1 || classes.has(''))
		return failed('refused', [changesetError('plot.several-classes', { classes: [...classes].join('、') })]);
	const parks = new Set(rows.map(({ table, row }) => table.parkIds[table.park[row]] ?? ''));
	if (parks.size > 1) return failed('refused', [changesetError('plot.several-parks')]);
	const [parkId] = parks;
	if (parkId === '') return failed('refused', [changesetError('plot.park-missing')]);
	const set: ParcelSet = {
		parcelNos: Int32Array.from(rows, ({ table, row }) => table.parcelNo[row]),
		polygons: joinFeatures(rows.map((row) => shapeAt(row, null))),
	};
	const drawn = drawPlot(set, within);
	if (drawn === null) return failed('refused', [changesetError('plot.empty')]);
	const [system, version, code] = [...classes][0].split('/');
	return done({ open, rows, parkId, classKey: [system, version, code], drawn });
}
