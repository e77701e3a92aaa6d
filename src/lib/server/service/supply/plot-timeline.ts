import { timelineOf, type TimelineDate } from '$lib/domain/supply/timeline.ts';
import { can } from '../../access/actor.ts';
import { findPlot } from '../../db/plot.ts';
import {
	listCorrectionsOf,
	listEventsOf,
	type CorrectionRow,
	type SupplyEventRow,
} from '../../db/supply-event.ts';
import {
	listIdleSteps,
	listSupplyFacts,
	type IdleStepRow,
	type SupplyFactRow,
} from '../../db/supply-fact.ts';
import { listPaymentsOf, type PaymentRow } from '../../db/supply-payment.ts';
import { listSupplies } from '../../db/supply.ts';
import { findZone } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { done, noPlot, type Outcome } from './outcome.ts';
import { readSupervised, readZoneLaw } from './supervision-context.ts';

/** Supplies of a plot whose days are told, from the newest down. */
const SUPPLIES_TOLD = 20;

/** What was and will be of a supply, by which its days are told. */
export interface TimedSupply {
	readonly supplyNo: number;
	readonly timeline: readonly TimelineDate[];
	readonly events: readonly SupplyEventRow[];
	readonly corrections: readonly CorrectionRow[];
	readonly payments: readonly PaymentRow[];
	readonly facts: readonly SupplyFactRow[];
	readonly idleSteps: readonly IdleStepRow[];
}

/** Reads the days of a plot's supplies, the newest supplies of it first, where the reader may; nothing in them is secret. One query for each kind of rows. */
export async function readPlotTimeline(
	context: ServiceContext,
	zoneId: string,
	plotNo: number,
): Promise<Outcome<TimedSupply[]>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noPlot(plotNo);
	return asActor(context, zoneId, async (sql): Promise<Outcome<TimedSupply[]>> => {
		const zone = await findZone(sql, zoneId);
		if (zone === null || (await findPlot(sql, zoneId, plotNo)) === null) return noPlot(plotNo);
		const rows = await listSupplies(sql, zoneId, { plotNo, limit: SUPPLIES_TOLD });
		const law = await readZoneLaw(sql, zone, now);
		const nos = rows.map(({ supplyNo }) => supplyNo);
		const events = await listEventsOf(sql, zoneId, nos);
		const corrections = await listCorrectionsOf(sql, zoneId, nos);
		const payments = await listPaymentsOf(sql, zoneId, nos);
		const facts = await listSupplyFacts(sql, zoneId, nos);
		const idleSteps = await listIdleSteps(sql, zoneId, nos);
		const supervised = await readSupervised(sql, zoneId, rows, law);
		return done(
			supervised.map(({ row: { supplyNo, parkId }, context: { record } }) => {
				const ofIt = <Row extends { readonly supplyNo: number }>(found: readonly Row[]) =>
					found.filter((one) => one.supplyNo === supplyNo);
				return {
					supplyNo,
					timeline: timelineOf(record, parkId, law.rules, law.calendar),
					events: ofIt(events),
					corrections: ofIt(corrections),
					payments: ofIt(payments),
					facts: ofIt(facts),
					idleSteps: ofIt(idleSteps),
				};
			}),
		);
	});
}
