import { compareDays } from '$lib/domain/calendar/day.ts';
import { dueItems, dueMonth, type DueItem } from '$lib/domain/supply/due.ts';
import { can } from '../../access/actor.ts';
import { listSuppliesDue, type SupplyRow } from '../../db/supply.ts';
import { findZone } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { failed, done, type Outcome } from './outcome.ts';
import type { DueFilter } from './supervise.ts';
import { readSupervised, readZoneLaw } from './supervision-context.ts';

/** Every supply, so many in one go. */
const ALL = { most: Infinity, chunk: 500 };

/** All that is due up to a day, in order of days. */
export interface WholeDue {
	readonly onDate: string;
	readonly items: readonly (DueItem & { readonly supply: SupplyRow })[];
	/** Whether first due days are being reckoned anew, so that what is found rests on those before. */
	readonly isReckoning: boolean;
	/** Whether there were more supplies than were to be reckoned. */
	readonly isCut: boolean;
}

/** How much is due in a month; null: what is late. */
export interface DueMonth {
	readonly month: string | null;
	readonly count: number;
	readonly openFen: number;
}

/**
 * Lists all that is due in a zone up to a day, late things first, of so many supplies at most, those with the oldest first due day.
 *
 * Reckons every supply of which something is due: what asks for a few of many takes `listDue`.
 */
export async function listWholeDue(
	context: ServiceContext,
	zoneId: string,
	{ until, parkId, kinds }: Pick<DueFilter, 'until' | 'parkId' | 'kinds'>,
	{ most = ALL.most, chunk = ALL.chunk }: Partial<typeof ALL> = ALL,
): Promise<Outcome<WholeDue>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return failed('forbidden', []);
	const isReckoning = await context.dueDays.beginDay(zoneId, now);
	return asActor(context, zoneId, async (sql): Promise<Outcome<WholeDue>> => {
		const zone = await findZone(sql, zoneId);
		if (zone === null) return failed('forbidden', []);
		const law = await readZoneLaw(sql, zone, now);
		const items: WholeDue['items'][number][] = [];
		let after: DueFilter['after'];
		let left = most;
		for (;;) {
			const limit = Math.min(chunk, left);
			const rows = await listSuppliesDue(sql, zoneId, { until, after, parkId, limit: limit + 1 });
			const page = rows.slice(0, limit);
			for (const { row, context: of } of await readSupervised(sql, zoneId, page, law))
				for (const item of dueItems(of, row, until))
					if (item.on <= until && kinds?.includes(item.kind) !== false) items.push({ ...item, supply: row });
			left -= page.length;
			const last = page.at(-1);
			const hasMore = rows.length > limit;
			if (hasMore && left > 0 && last !== undefined && last.dueOn !== null)
				after = { dueOn: last.dueOn, supplyNo: last.supplyNo };
			else {
				items.sort((a, b) => compareDays(a.on, b.on) || a.supply.supplyNo - b.supply.supplyNo);
				return done({ onDate: law.onDate, items, isReckoning, isCut: hasMore });
			}
		}
	});
}

/** Counts what is due by month, what is late as one, in order. */
export function sumByMonth(items: WholeDue['items']): DueMonth[] {
	const found = new Map<string | null, { count: number; openFen: number }>();
	for (const item of items) {
		const month = dueMonth(item);
		const { count, openFen } = found.get(month) ?? { count: 0, openFen: 0 };
		found.set(month, { count: count + 1, openFen: openFen + (item.openFen ?? 0) });
	}
	return Array.from(found, ([month, sums]) => ({ month, ...sums }));
}
