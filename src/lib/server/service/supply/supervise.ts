import { compareDays } from '$lib/domain/calendar/day.ts';
import type { DueItem, DueKind } from '$lib/domain/supply/due.ts';
import { dueItems, nearDue } from '$lib/domain/supply/due.ts';
import { IDLE_PROCEEDINGS, idleStateOf, type IdleStepKind } from '$lib/domain/supply/idle-proceeding.ts';
import { supervisedDates, type SupervisedDate } from '$lib/domain/supply/supervised-date.ts';
import { superviseSupply, type Supervision, isSupplied } from '$lib/domain/supply/supervision.ts';
import { can } from '../../access/actor.ts';
import {
	listIdleSteps,
	listSupplyFacts,
	type IdleStepRow,
	type SupplyFactRow,
} from '../../db/supply-fact.ts';
import { findSupply, listSuppliesDue, type SupplyRow } from '../../db/supply.ts';
import type { PricedArea } from '$lib/domain/tenure/price.ts';
import { findZone } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { done, failed, noSupply, type Outcome } from './outcome.ts';
import { readSupervised, readZoneLaw } from './supervision-context.ts';

/** The supervision of a supply, with what it was reckoned from. */
export interface ReadSupervision {
	readonly supply: SupplyRow;
	readonly onDate: string;
	readonly dates: readonly SupervisedDate[];
	readonly supervision: Supervision;
	/** What prices rest on. */
	readonly area: PricedArea;
	/** What is late, due within twelve months, and the next of each kind beyond. */
	readonly due: readonly DueItem[];
	readonly facts: readonly SupplyFactRow[];
	readonly idleSteps: readonly IdleStepRow[];
	/** Steps of idle proceedings that this reader may record now. */
	readonly possibleSteps: readonly IdleStepKind[];
	readonly mayRecord: boolean;
	/** Whether this reader may record what one decides who is no officer. */
	readonly mayDecide: boolean;
}

/** Reads the supervision of a supply as it is today, where the reader may. */
export async function readSupervision(
	context: ServiceContext,
	zoneId: string,
	supplyNo: number,
): Promise<Outcome<ReadSupervision>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noSupply(supplyNo);
	return asActor(context, zoneId, async (sql): Promise<Outcome<ReadSupervision>> => {
		const zone = await findZone(sql, zoneId);
		const row = await findSupply(sql, zoneId, supplyNo);
		if (zone === null || row === null) return noSupply(supplyNo);
		const law = await readZoneLaw(sql, zone, now);
		const [supervised] = await readSupervised(sql, zoneId, [row], law);
		if (supervised === undefined) return noSupply(supplyNo);
		const idleSteps = await listIdleSteps(sql, zoneId, [supplyNo]);
		const [state, last] = [idleStateOf(idleSteps), idleSteps.at(-1)];
		const may = (permission: 'supply.manage' | 'supply.decide') =>
			can(actor, permission, zoneId, [row.parkId]);
		// Proceedings are about land that somebody holds.
		const mayBegin = state !== 'none' || isSupplied(supervised.context.record);
		return done({
			supply: row,
			onDate: law.onDate,
			dates: supervisedDates(supervised.context),
			supervision: superviseSupply(supervised.context),
			area: supervised.context.area,
			due: nearDue(dueItems(supervised.context, row, law.onDate), law.onDate),
			facts: await listSupplyFacts(sql, zoneId, [supplyNo]),
			idleSteps,
			possibleSteps: IDLE_PROCEEDINGS.filter(
				({ from, permission, by }) =>
					mayBegin && from === state && may(permission) && (by === 'anyone' || last?.userId !== actor.userId),
			).map(({ step }) => step),
			mayRecord: may('supply.manage'),
			mayDecide: may('supply.decide'),
		});
	});
}

/** Which due things are listed. */
export interface DueFilter {
	/** Last day that is looked at. */
	readonly until: string;
	readonly parkId?: string | undefined;
	readonly kinds?: readonly DueKind[] | undefined;
	/** Where the page before ended. */
	readonly after?: { readonly dueOn: string; readonly supplyNo: number } | undefined;
	/** How many supplies a page looks at. */
	readonly limit: number;
}

export interface DueList {
	readonly onDate: string;
	readonly items: readonly (DueItem & { readonly supply: SupplyRow })[];
	/** Whether first due days are being reckoned anew, so that what is found rests on those before. */
	readonly isReckoning: boolean;
	/** Where the next page goes on; null: there is none. */
	readonly next: { readonly dueOn: string; readonly supplyNo: number } | null;
}

/**
 * Lists what is due in a zone up to a day, late things first.
 *
 * Pages go by supplies in order of their first due day; the things of a page are in order of their days. What is found rests on the stored first due day, which each act
 * on a supply reckons anew, and for all of a zone a change of its rules and the first read of a day.
 */
export async function listDue(
	context: ServiceContext,
	zoneId: string,
	{ until, parkId, kinds, after, limit }: DueFilter,
): Promise<Outcome<DueList>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return failed('forbidden', []);
	const isReckoning = await context.dueDays.beginDay(zoneId, now);
	return asActor(context, zoneId, async (sql): Promise<Outcome<DueList>> => {
		const zone = await findZone(sql, zoneId);
		if (zone === null) return failed('forbidden', []);
		const law = await readZoneLaw(sql, zone, now);
		const rows = await listSuppliesDue(sql, zoneId, { until, after, parkId, limit: limit + 1 });
		const page = rows.slice(0, limit);
		const items = (await readSupervised(sql, zoneId, page, law)).flatMap(({ row, context: of }) =>
			dueItems(of, row, until)
				.filter(({ on, kind }) => on <= until && (kinds === undefined || kinds.includes(kind)))
				.map((item) => ({ ...item, supply: row })),
		);
		const last = page.at(-1);
		return done({
			onDate: law.onDate,
			isReckoning,
			items: items.sort((a, b) => compareDays(a.on, b.on) || a.supply.supplyNo - b.supply.supplyNo),
			next:
				rows.length > limit && last !== undefined && last.dueOn !== null
					? { dueOn: last.dueOn, supplyNo: last.supplyNo }
					: null,
		});
	});
}
