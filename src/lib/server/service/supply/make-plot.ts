import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { checkCounty, checkPlotCodes, countCounties } from '$lib/domain/supply/check-codes.ts';
import { auditName, can } from '../../access/actor.ts';
import { appendAuditEvent } from '../../db/audit-event.ts';
import type { Sql } from '../../db/connect.ts';
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
import { listCodedPlots } from '../../db/plot-version.ts';
import { lockSupplies } from '../../db/supply.ts';
import { findZone } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asWriter } from '../scope.ts';
import { done, failed, type Outcome } from './outcome.ts';
import { findFarArea, measureGround, readPlotGround, type GroundOrder } from './plot-ground.ts';
import { findTakenGround } from './taken-ground.ts';

/** What a plot is made of; class and park are its parcels'. */
export interface PlotOrder
	extends Omit<NewPlot, 'parkId' | 'classSystem' | 'classVersion' | 'classCode'>, GroundOrder {
	readonly documentAreaDm2: number | null;
	/** That the document's area is right, however far it lies from the drawn one. */
	readonly isAreaConfirmed?: boolean;
	/** That its code is of this county, whatever others of its park begin with. */
	readonly isCodeConfirmed?: boolean;
	readonly reason: string;
}

/**
 * Makes a plot of parcels of the newest published plan: one, several or a part; sent twice it is made once.
 *
 * Refuses `plan.none`, `plot.parcel-unknown`, `plot.several-classes`, `plot.several-parks` and `plot.park-missing` (a plot has one class and
 * one park), `plot.code-taken`, `plot.batch-unknown`, `plot.empty` where nothing is left within the outline, `plot.ground-taken` where another
 * plot has some of the ground and not all of its supplies are over, `plot.document-area-far` where the document's area is unlike the drawn one and nobody confirmed it, `plot.code-county` likewise, codes that are not well-formed (`plot.code-…`), and `supply.not-permitted`.
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
	const ground = await readPlotGround(context, zoneId, order);
	if (!ground.ok) return ground;
	const { parkId, classKey, drawn } = ground.value;
	if (!can(actor, 'supply.manage', zoneId, [parkId]))
		return failed('forbidden', [changesetError('supply.not-permitted')]);
	return asWriter(context, zoneId, async (sql): Promise<Outcome<PlotRow>> => {
		await lockSupplies(sql, zoneId);
		const before = await findPlotByClient(sql, zoneId, order.clientId);
		if (before !== null) return done(before);
		const taken = await findTaken(sql, zoneId, parkId, order);
		if (taken !== null) return failed('refused', [taken]);
		const overlap = await findTakenGround(sql, zoneId, drawn.polygons, 'standing');
		if (overlap !== null) return failed('refused', [overlap]);
		const zone = await findZone(sql, zoneId);
		if (zone === null) throw new Error(`there is no zone ${zoneId}`);
		const { figures, shape, parcels } = measureGround(ground.value, zone.projectSrid);
		const { areaDm2 } = figures;
		const far =
			order.isAreaConfirmed === true
				? null
				: await findFarArea(sql, zone, { ...order, areaDm2, parkId, now });
		if (far !== null) return failed('refused', [far]);
		const [classSystem, classVersion, classCode] = classKey;
		const plotNo = await insertPlot(sql, zoneId, { ...order, parkId, classSystem, classVersion, classCode });
		const { documentAreaDm2, reason } = order;
		const version = { shape, ...figures, documentAreaDm2, reason };
		await insertPlotVersion(sql, zoneId, plotNo, version, parcels, {
			...{ kind: 'made', clientId: null, document: null, classKey },
		});
		await appendAuditEvent(sql, zoneId, {
			actor: auditName(actor),
			action: 'plot.made',
			entity: `plot/${plotNo}`,
			details: { name: order.name, parkId, classCode, ...figures, documentAreaDm2, reason, parcels },
			occurredAt: now,
		});
		const made = await findPlot(sql, zoneId, plotNo);
		if (made === null) throw new Error(`plot ${plotNo} is gone`);
		return done(made);
	});
}

/** What of an order is taken, or is not there. */
async function findTaken(
	sql: Sql,
	zoneId: string,
	parkId: string,
	{ cadastralCode, unitCode, batchNo, isCodeConfirmed }: PlotOrder,
): Promise<ChangesetIssue | null> {
	if (cadastralCode !== null && (await isCadastralCodeTaken(sql, zoneId, cadastralCode)))
		return changesetError('plot.code-taken', { code: cadastralCode });
	const code = cadastralCode ?? unitCode;
	const elsewhere =
		code === null || isCodeConfirmed === true
			? null
			: checkCounty(code, parkId, countCounties(await listCodedPlots(sql, zoneId)));
	if (elsewhere !== null) return elsewhere;
	return batchNo === null || (await hasBatch(sql, zoneId, batchNo))
		? null
		: changesetError('plot.batch-unknown', { batchNo });
}
