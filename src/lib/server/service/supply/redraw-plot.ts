import { changesetError } from '$lib/domain/changeset/issue.ts';
import { findPromise } from '$lib/domain/supply/promised-ground.ts';
import { auditName, can, userIdOf } from '../../access/actor.ts';
import { appendAuditEvent } from '../../db/audit-event.ts';
import type { Sql } from '../../db/connect.ts';
import {
	findPlot,
	findPlotShape,
	insertPlotVersion,
	listPlotParcels,
	type PlotRow,
	type PlotVersionChange,
} from '../../db/plot.ts';
import { listPlotVersions } from '../../db/plot-version.ts';
import { findSentBefore } from '../../db/sent-before.ts';
import { listSupplies, lockSupplies } from '../../db/supply.ts';
import { findZone } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asWriter } from '../scope.ts';
import { done, failed, noPlot, sentOtherwise, type Failure, type Outcome } from './outcome.ts';
import { findFarArea, measureGround, readPlotGround, type GroundOrder } from './plot-ground.ts';
import { findTakenGround } from './taken-ground.ts';

/** What a version says beside its shape, and the version that its writer saw. */
interface VersionWords {
	readonly clientId: string;
	readonly expectedVersion: number;
	readonly documentAreaDm2: number | null;
	/** That the document's area is right, however far it lies from the drawn one. */
	readonly isAreaConfirmed?: boolean;
	readonly reason: string;
}

export type RedrawOrder = VersionWords & GroundOrder;

export interface AreaOrder extends VersionWords {
	readonly documentAreaDm2: number;
	/** Number of the document that states it. */
	readonly document: string;
}

/**
 * Brings a plot to a new version made of parcels of the newest published plan, by the same checks as a new plot; sent twice it is made once.
 *
 * The version before stays with its shape, areas and day; the plot takes the class of the new parcels. Refuses what `readPlotGround` refuses,
 * `plot.park-moved` (its park is what its rights hang on), `plot.withdrawn`, `plot.version-moved` where somebody else changed it meanwhile, `plot.on-offer` and `plot.ground-agreed`
 * (see `findPromise`), `plot.version-same`, `plot.ground-taken` and `plot.document-area-far`.
 */
export async function redrawPlot(
	context: ServiceContext,
	zoneId: string,
	plotNo: number,
	order: RedrawOrder,
): Promise<Outcome<PlotRow>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noPlot(plotNo);
	if (!can(actor, 'supply.manage', zoneId))
		return failed('forbidden', [changesetError('supply.not-permitted')]);
	const ground = await readPlotGround(context, zoneId, order);
	if (!ground.ok) return ground;
	const { parkId, classKey, drawn } = ground.value;
	return asWriter(context, zoneId, async (sql): Promise<Outcome<PlotRow>> => {
		await lockSupplies(sql, zoneId);
		const [zone, plot] = [await findZone(sql, zoneId), await findPlot(sql, zoneId, plotNo)];
		if (plot === null || zone === null) return noPlot(plotNo);
		if (!can(actor, 'supply.manage', zoneId, [plot.parkId]))
			return failed('forbidden', [changesetError('supply.not-permitted')]);
		const { documentAreaDm2, reason, clientId } = order;
		const { figures, shape, parcels } = measureGround(ground.value, zone.projectSrid);
		const said = { kind: 'redrawn', area_dm2: figures.areaDm2, document_area_dm2: documentAreaDm2, reason };
		const sent = await findSent(sql, context, zoneId, plotNo, clientId, said);
		if (sent !== null) return sent === 'same' ? done(plot) : sent;
		if (parkId !== plot.parkId) return failed('refused', [changesetError('plot.park-moved')]);
		const stale = refuseStale(plot, order.expectedVersion);
		if (stale !== null) return stale;
		const promise = findPromise(await listSupplies(sql, zoneId, { plotNo, limit: 100 }));
		if (promise !== null) return failed('refused', [promise]);
		const drawnBefore = (await findPlotShape(sql, zoneId, plotNo))?.toLowerCase();
		if (drawnBefore === shape && (await isOnSame(sql, zoneId, plot, parcels)))
			return failed('refused', [changesetError('plot.version-same')]);
		const overlap = await findTakenGround(sql, zoneId, drawn.polygons, 'standing', plotNo);
		if (overlap !== null) return failed('refused', [overlap]);
		const far =
			order.isAreaConfirmed === true
				? null
				: await findFarArea(sql, zone, { documentAreaDm2, areaDm2: figures.areaDm2, parkId, now });
		if (far !== null) return failed('refused', [far]);
		const change: PlotVersionChange = { kind: 'redrawn', clientId, document: null, classKey };
		const version = { shape, ...figures, documentAreaDm2, reason };
		await insertPlotVersion(sql, zoneId, plotNo, version, parcels, change);
		const details = { before: figuresOf(plot), ...figures, documentAreaDm2, classCode: classKey[2], reason };
		return told(sql, context, zoneId, plotNo, 'plot.redrawn', { ...details, parcels });
	});
}

/**
 * Records the area that a document states of a plot's ground, or corrects it, as a version of the same shape; sent twice it is recorded once.
 *
 * The one before stays in its version. While the ground is on offer or agreed, one that stands is corrected by who decides, and by another than
 * who recorded it: refused are `plot.area-decided` and `plot.area-another`; further `plot.withdrawn`, `plot.version-moved`, `plot.area-same` and `plot.document-area-far`.
 */
export async function statePlotArea(
	context: ServiceContext,
	zoneId: string,
	plotNo: number,
	order: AreaOrder,
): Promise<Outcome<PlotRow>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noPlot(plotNo);
	return asWriter(context, zoneId, async (sql): Promise<Outcome<PlotRow>> => {
		await lockSupplies(sql, zoneId);
		const [zone, plot] = [await findZone(sql, zoneId), await findPlot(sql, zoneId, plotNo)];
		if (plot === null || zone === null) return noPlot(plotNo);
		const [mayManage, mayDecide] = (['supply.manage', 'supply.decide'] as const).map((permission) =>
			can(actor, permission, zoneId, [plot.parkId]),
		);
		if (!mayManage && !mayDecide) return failed('forbidden', [changesetError('supply.not-permitted')]);
		const { documentAreaDm2, document, reason, clientId } = order;
		const said = { kind: 'document', document_area_dm2: documentAreaDm2, document, reason };
		const sent = await findSent(sql, context, zoneId, plotNo, clientId, said);
		if (sent !== null) return sent === 'same' ? done(plot) : sent;
		const stale = refuseStale(plot, order.expectedVersion);
		if (stale !== null) return stale;
		if (plot.documentAreaDm2 === documentAreaDm2)
			return failed('refused', [changesetError('plot.area-same')]);
		const promise = findPromise(await listSupplies(sql, zoneId, { plotNo, limit: 100 }));
		if (plot.documentAreaDm2 !== null && promise !== null) {
			if (!mayDecide) return failed('forbidden', [changesetError('plot.area-decided', promise.params)]);
			const versions = await listPlotVersions(sql, zoneId, plotNo);
			if (versions.at(-1)?.userId === actor.userId)
				return failed('forbidden', [changesetError('plot.area-another')]);
		} else if (!mayManage) return failed('forbidden', [changesetError('supply.not-permitted')]);
		const far =
			order.isAreaConfirmed === true ? null : await findFarArea(sql, zone, { ...plot, documentAreaDm2, now });
		if (far !== null) return failed('refused', [far]);
		const shape = await findPlotShape(sql, zoneId, plotNo);
		if (shape === null) throw new Error(`plot ${plotNo} has no shape`);
		const parcels = await listPlotParcels(sql, zoneId, plotNo, plot.version);
		const change: PlotVersionChange = { kind: 'document', clientId, document, classKey: classOf(plot) };
		const version = { ...plot, shape, documentAreaDm2, reason };
		await insertPlotVersion(sql, zoneId, plotNo, version, parcels, change);
		const details = { documentAreaDm2, before: plot.documentAreaDm2, document, reason };
		return told(sql, context, zoneId, plotNo, 'plot.area-stated', details);
	});
}

/** How an order that is sent stands to what was recorded under its id. */
async function findSent(
	sql: Sql,
	context: ServiceContext,
	zoneId: string,
	plotNo: number,
	clientId: string,
	said: Readonly<Record<string, unknown>>,
): Promise<'same' | Failure | null> {
	const row = { plot_no: plotNo, ...said, user_id: userIdOf(context.actor) };
	const sent = await findSentBefore(sql, 'plot_version', zoneId, clientId, row);
	return sent === 'other' ? sentOtherwise() : sent;
}

function refuseStale({ isWithdrawn, version }: PlotRow, expectedVersion: number): Failure | null {
	if (isWithdrawn) return failed('refused', [changesetError('plot.withdrawn')]);
	return version === expectedVersion ? null : failed('conflict', [changesetError('plot.version-moved')]);
}

/** Whether a plot lies on the same versions of the same parcels as it would, of the same class. */
async function isOnSame(
	sql: Sql,
	zoneId: string,
	plot: PlotRow,
	parcels: readonly { readonly parcelNo: number; readonly parcelVersion: number }[],
): Promise<boolean> {
	const key = (one: { readonly parcelNo: number; readonly parcelVersion: number }) =>
		`${one.parcelNo}/${one.parcelVersion}`;
	const before = (await listPlotParcels(sql, zoneId, plot.plotNo, plot.version)).map(key);
	return before.length === parcels.length && parcels.every((one) => before.includes(key(one)));
}

const classOf = (plot: PlotRow) => [plot.classSystem, plot.classVersion, plot.classCode] as const;

function figuresOf({ version, areaDm2, planarAreaDm2, documentAreaDm2, revision, classCode }: PlotRow) {
	return { version, areaDm2, planarAreaDm2, documentAreaDm2, revision, classCode };
}

/** Tells the audit what was done, and answers how the plot stands. */
async function told(
	sql: Sql,
	{ actor, now }: ServiceContext,
	zoneId: string,
	plotNo: number,
	action: string,
	details: Readonly<Record<string, unknown>>,
): Promise<Outcome<PlotRow>> {
	const entry = { actor: auditName(actor), action, entity: `plot/${plotNo}`, details, occurredAt: now };
	await appendAuditEvent(sql, zoneId, entry);
	const plot = await findPlot(sql, zoneId, plotNo);
	return plot === null ? noPlot(plotNo) : done(plot);
}
