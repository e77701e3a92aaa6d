import { changesetError } from '$lib/domain/changeset/issue.ts';
import { auditName, can } from '../../access/actor.ts';
import { appendAuditEvent } from '../../db/audit-event.ts';
import { findPlot, findPlotShape } from '../../db/plot.ts';
import { readShapes } from '../../db/shape.ts';
import {
	findSupply,
	findSupplyByClient,
	insertSupply,
	listSupplies,
	lockSupplies,
	type NewSupply,
	type SupplyRow,
} from '../../db/supply.ts';
import { isOver, SUPPLY_STATES } from '$lib/domain/supply/life-cycle.ts';
import { findProgramme } from '../../db/supply-programme.ts';
import type { ServiceContext } from '../context.ts';
import { asWriter } from '../scope.ts';
import { done, failed, noPlot, type Outcome } from './outcome.ts';
import { refreshDueDay } from './supervision-context.ts';
import { findTakenGround } from './taken-ground.ts';

const OPEN = SUPPLY_STATES.filter((state) => !isOver(state));

/**
 * Enters a supply of a plot in a year's programme; sent twice it is entered once.
 *
 * Refuses `plot.not-found`, `plot.withdrawn`, `supply.not-permitted`, `supply.no-programme` where the year has none that stands, and as conflict `supply.plot-taken` where
 * the plot is in another open supply, which it names, and `plot.ground-taken` where another plot of some of its ground is in one.
 */
export async function enterSupply(
	context: ServiceContext,
	zoneId: string,
	supply: NewSupply,
): Promise<Outcome<SupplyRow>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noPlot(supply.plotNo);
	return asWriter(context, zoneId, async (sql): Promise<Outcome<SupplyRow>> => {
		await lockSupplies(sql, zoneId);
		const before = await findSupplyByClient(sql, zoneId, supply.clientId);
		if (before !== null) return done(before);
		const plot = await findPlot(sql, zoneId, supply.plotNo);
		if (plot === null) return noPlot(supply.plotNo);
		if (!can(actor, 'supply.manage', zoneId, [plot.parkId]))
			return failed('forbidden', [changesetError('supply.not-permitted')]);
		if (plot.isWithdrawn) return failed('refused', [changesetError('plot.withdrawn')]);
		if ((await findProgramme(sql, zoneId, supply.year))?.isWithdrawn !== false)
			return failed('refused', [changesetError('supply.no-programme', { year: String(supply.year) })]);
		const [open] = await listSupplies(sql, zoneId, { plotNo: supply.plotNo, states: OPEN, limit: 1 });
		if (open !== undefined)
			return failed('conflict', [
				changesetError('supply.plot-taken', { supplyNo: open.supplyNo, state: open.state }),
			]);
		const shape = await findPlotShape(sql, zoneId, supply.plotNo);
		if (shape === null) throw new Error(`plot ${supply.plotNo} has no shape`);
		const overlap = await findTakenGround(sql, zoneId, readShapes([shape]), 'supplied', supply.plotNo);
		if (overlap !== null) return failed('conflict', [overlap]);
		const supplyNo = await insertSupply(sql, zoneId, supply);
		await refreshDueDay(sql, zoneId, supplyNo, now);
		await appendAuditEvent(sql, zoneId, {
			actor: auditName(actor),
			action: 'supply.entered',
			entity: `supply/${supplyNo}`,
			details: { ...supply },
			occurredAt: now,
		});
		const entered = await findSupply(sql, zoneId, supplyNo);
		if (entered === null) throw new Error(`supply ${supplyNo} is gone`);
		return done(entered);
	});
}
