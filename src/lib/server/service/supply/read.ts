import { recordSteps } from '$lib/domain/supply/fold-record.ts';
import { holdingOn, type Holding } from '$lib/domain/supply/holder.ts';
import { lifeCycleOf, type SupplyEventKind, type SupplyTransition } from '$lib/domain/supply/life-cycle.ts';
import { pathOf } from '$lib/domain/supply/mode.ts';
import type { SupplyRecord } from '$lib/domain/supply/record.ts';
import { timelineOf, type TimelineDate } from '$lib/domain/supply/timeline.ts';
import { can } from '../../access/actor.ts';
import type { SupplyRow } from '../../db/supply.ts';
import {
	listCorrections,
	listSupplyEvents,
	type CorrectionRow,
	type SupplyEventRow,
} from '../../db/supply-event.ts';
import { listSupplyFacts } from '../../db/supply-fact.ts';
import { listPayments, type PaymentRow } from '../../db/supply-payment.ts';
import { listSecrets, type SecretRow } from '../../db/supply-secret.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { dayInZone } from '../zone-record.ts';
import { mayRecord, openSupply } from './act.ts';
import { correctableEvents, type CorrectableEvent } from './correct.ts';
import { done, noSupply, type Outcome } from './outcome.ts';

/** A supply with all that hangs on it. */
export interface ReadSupply {
	readonly supply: SupplyRow;
	readonly record: SupplyRecord;
	/** Who holds it today. */
	readonly holding: Holding;
	readonly events: readonly SupplyEventRow[];
	readonly corrections: readonly CorrectionRow[];
	readonly payments: readonly PaymentRow[];
	/** What this reader may see of it. */
	readonly secrets: readonly SecretRow[];
	readonly timeline: readonly TimelineDate[];
	readonly lifeCycle: readonly SupplyTransition[];
	/** What this reader may record now. */
	readonly possible: readonly SupplyEventKind[];
	/** What of its events this reader may correct. */
	readonly correctable: readonly CorrectableEvent[];
	/** Whether this reader may record payments of it. */
	readonly mayManage: boolean;
}

/** Reads a supply, where the reader may. */
export async function readSupply(
	context: ServiceContext,
	zoneId: string,
	supplyNo: number,
): Promise<Outcome<ReadSupply>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noSupply(supplyNo);
	return asActor(context, zoneId, async (sql): Promise<Outcome<ReadSupply>> => {
		const open = await openSupply(sql, context, zoneId, supplyNo);
		if (open === null) return noSupply(supplyNo);
		const { zone, row, record, setting } = open;
		const mayManage = can(actor, 'supply.manage', zoneId, [row.parkId]);
		const lifeCycle = lifeCycleOf(pathOf(row.mode));
		const events = await listSupplyEvents(sql, zoneId, supplyNo);
		const corrections = await listCorrections(sql, zoneId, supplyNo);
		const facts = await listSupplyFacts(sql, zoneId, [supplyNo], false);
		const steps = recordSteps(row.mode, row.userId ?? '', events, corrections);
		return done({
			supply: row,
			record,
			holding: holdingOn(record.award?.holder ?? null, facts, dayInZone(zone, now)),
			events,
			corrections,
			payments: await listPayments(sql, zoneId, supplyNo),
			secrets: await listSecrets(sql, zoneId, supplyNo),
			timeline: timelineOf(record, row.parkId, setting.rules, setting.calendar),
			lifeCycle,
			possible: lifeCycle
				.filter(
					(one) =>
						one.from === row.state &&
						mayRecord(actor, zoneId, row, record, one) &&
						(one.by === 'anyone' || record.lastUserId !== actor.userId),
				)
				.map(({ event }) => event),
			correctable: correctableEvents(actor, zoneId, row, steps),
			mayManage,
		});
	});
}
