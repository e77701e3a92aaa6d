import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { planarAreasM2 } from '$geo/area/planar.ts';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { joinFeatures, type FlatPolygons } from '$geo/flat-polygons.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { toStoredArea } from '$lib/domain/coverage/stored-area.ts';
import { checkPlotCodes } from '$lib/domain/supply/check-codes.ts';
import { checkDocumentArea, DOCUMENT_AREA_KEY } from '$lib/domain/supply/document-area.ts';
import { drawPlot, type DrawnPlot } from '$lib/domain/supply/draw-plot.ts';
import { auditName, can } from '../../access/actor.ts';
import { appendAuditEvent } from '../../db/audit-event.ts';
import { listCoverages } from '../../db/coverage.ts';
import {
	findPlot,
	findPlotByClient,
	hasBatch,
	insertPlot,
	insertPlotVersion,
	isCadastralCodeTaken,
	type NewPlot,
	type PlotRow,
} from '../../db/plot.ts';
import type { Sql } from '../../db/connect.ts';
import { writeShape } from '../../db/shape.ts';
import { lockSupplies } from '../../db/supply.ts';
import { listLawAndRules } from '../../db/rule-value.ts';
import { findZone, type ZoneRow } from '../../db/zone.ts';
import { shapeAt, type TableRow } from '../../tile/parcel-table.ts';
import { findRow } from '../../tile/snapshot.ts';
import type { ServiceContext } from '../context.ts';
import { dayInZone } from '../zone-record.ts';
import { findOpenCoverage, type OpenCoverage } from '../current-coverage.ts';
import { asActor, asWriter } from '../scope.ts';
import { done, failed, type Outcome } from './outcome.ts';
import { findTakenGround } from './taken-ground.ts';

/** What a plot is made of; class and park are its parcels'. */
export interface PlotOrder extends Omit<NewPlot, 'parkId' | 'classSystem' | 'classVersion' | 'classCode'> {
	readonly parcelNos: readonly number[];
	/** What of them it holds, degrees (EPSG:4490) on the grid; null: all. */
	readonly within: FlatPolygons | null;
	readonly documentAreaDm2: number | null;
	/** That the document's area is right, however far it lies from the drawn one. */
	readonly isAreaConfirmed?: boolean;
	readonly reason: string;
}

interface Ground {
	readonly open: OpenCoverage;
	readonly rows: readonly TableRow[];
	readonly parkId: string;
	readonly classKey: readonly [system: string, version: string, code: string];
	readonly drawn: DrawnPlot;
}

/**
 * Makes a plot of parcels of the newest published plan: one, several or a part; sent twice it is made once.
 *
 * Refuses `plan.none`, `plot.parcel-unknown`, `plot.several-classes`, `plot.several-parks` and `plot.park-missing` (a plot has one class and
 * one park), `plot.code-taken`, `plot.batch-unknown`, `plot.empty` where nothing is left within the outline, `plot.ground-taken` where another
 * plot has some of the ground and not all of its supplies are over, `plot.document-area-far` where the document's area is unlike the drawn one and nobody confirmed it, codes that are not well-formed (`plot.code-…`), and `supply.not-permitted`.
 */
export async function makePlot(
	context: ServiceContext,
	zoneId: string,
	order: PlotOrder,
): Promise<Outcome<PlotRow>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.manage', zoneId))
		return failed('forbidden', [changesetError('supply.not-permitted')]);
	const codes = checkPlotCodes(order);
	if (codes.length > 0) return failed('refused', codes);
	const ground = await readGround(context, zoneId, order);
	if (!ground.ok) return ground;
	const { open, parkId, classKey, drawn } = ground.value;
	if (!can(actor, 'supply.manage', zoneId, [parkId]))
		return failed('forbidden', [changesetError('supply.not-permitted')]);
	const { revision } = open.revision;
	const { coverageId } = open.coverage;
	return asWriter(context, zoneId, async (sql): Promise<Outcome<PlotRow>> => {
		await lockSupplies(sql, zoneId);
		const before = await findPlotByClient(sql, zoneId, order.clientId);
		if (before !== null) return done(before);
		const taken = await findTaken(sql, zoneId, order);
		if (taken !== null) return failed('refused', [taken]);
		const overlap = await findTakenGround(sql, zoneId, drawn.polygons, 'standing');
		if (overlap !== null) return failed('refused', [overlap]);
		const zone = await findZone(sql, zoneId);
		if (zone === null) throw new Error(`there is no zone ${zoneId}`);
		const areaDm2 = toStoredArea(ellipsoidalAreasM2(drawn.polygons)[0]);
		const far =
			order.isAreaConfirmed === true
				? null
				: await findFarArea(sql, zone, { ...order, areaDm2, parkId, now });
		if (far !== null) return failed('refused', [far]);
		const [classSystem, classVersion, classCode] = classKey;
		const plotNo = await insertPlot(sql, zoneId, { ...order, parkId, classSystem, classVersion, classCode });
		const version = {
			shape: writeShape(drawn.polygons),
			areaDm2,
			planarAreaDm2: toStoredArea(planarAreasM2(drawn.polygons, gaussKruger(zone.projectSrid))[0]),
			planarSrid: zone.projectSrid,
			documentAreaDm2: order.documentAreaDm2,
			coverageId,
			revision,
			reason: order.reason,
		};
		const versions = new Map(
			ground.value.rows.map(({ table, row }) => [table.parcelNo[row], table.version[row]]),
		);
		const parcels = drawn.shared.map(({ parcelNo, areaM2, isWhole }) => ({
			coverageId,
			parcelNo,
			parcelVersion: versions.get(parcelNo) ?? 1,
			sharedAreaDm2: toStoredArea(areaM2),
			isWhole,
		}));
		await insertPlotVersion(sql, zoneId, plotNo, version, parcels);
		const { shape: _, ...figures } = version;
		await appendAuditEvent(sql, zoneId, {
			actor: auditName(actor),
			action: 'plot.made',
			entity: `plot/${plotNo}`,
			details: { name: order.name, parkId, classCode, ...figures, parcels },
			occurredAt: now,
		});
		const made = await findPlot(sql, zoneId, plotNo);
		if (made === null) throw new Error(`plot ${plotNo} is gone`);
		return done(made);
	});
}

/** What stands against the area of the document that a plot is to have; null: nothing, or it has none. */
async function findFarArea(
	sql: Sql,
	zone: ZoneRow,
	{
		documentAreaDm2,
		areaDm2,
		parkId,
		now,
	}: Pick<PlotOrder, 'documentAreaDm2'> & {
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

/** What of an order is taken, or is not there. */
async function findTaken(
	sql: Sql,
	zoneId: string,
	{ cadastralCode, batchNo }: PlotOrder,
): Promise<ChangesetIssue | null> {
	if (cadastralCode !== null && (await isCadastralCodeTaken(sql, zoneId, cadastralCode)))
		return changesetError('plot.code-taken', { code: cadastralCode });
	return batchNo === null || (await hasBatch(sql, zoneId, batchNo))
		? null
		: changesetError('plot.batch-unknown', { batchNo });
}

/** Reads the parcels of an order from the newest plan, and draws the plot. */
async function readGround(
	context: ServiceContext,
	zoneId: string,
	{ parcelNos, within }: PlotOrder,
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
