import { changesetError } from '$lib/domain/changeset/issue.ts';
import { addDays, addMonths } from '$lib/domain/calendar/day.ts';
import type { BatchState } from '$lib/domain/supply/batch.ts';
import { dueItems, type DueItem } from '$lib/domain/supply/due.ts';
import { holdingOn, type Holding } from '$lib/domain/supply/holder.ts';
import { pauseCauseOn } from '$lib/domain/supply/land-scan.ts';
import type { SupplyState } from '$lib/domain/supply/life-cycle.ts';
import { correctEvents } from '$lib/domain/supply/fold-record.ts';
import type { SupplyEvent } from '$lib/domain/supply/record.ts';
import { agreedDays } from '$lib/domain/supply/agreed-days.ts';
import { isSupplied, superviseSupply, type Supervision } from '$lib/domain/supply/supervision.ts';
import type { PauseCause } from '$lib/domain/tenure/idle-clock.ts';
import { can } from '../../access/actor.ts';
import type { Sql } from '../../db/connect.ts';
import { listNotes, listSuppliedBatches, type SuppliedBatchRow } from '../../db/land-scan.ts';
import { listRegister, sumRegister, type RegisterRow } from '../../db/plot-register.ts';
import { listCorrectionsOf, listEventsOf } from '../../db/supply-event.ts';
import { listSuppliesOf, listSupplyNos, type SupplyRow } from '../../db/supply.ts';
import { findZone, type ZoneRow } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { dayInZone } from '../zone-record.ts';
import { done, failed, type Outcome } from './outcome.ts';
import { stateOfBatch } from './scan.ts';
import { readSupervised, readZoneLaw, type SupervisedSupply } from './supervision-context.ts';

/** Supplies that are read together, and plots that a ledger holds at most: it is made whole in memory. */
const PAGE = 500;
const MOST_PLOTS = 100_000;
const EVERY_PLOT = {
	...{ parkId: null, mode: null, state: null, words: null, dueFrom: null, dueUntil: null },
	...{ codeStatus: null, isWithdrawn: false, plotNos: null },
} as const;

/** A supply as it stood on the day of the ledger. */
export type LedgerSupply = Pick<SupplyRow, 'supplyNo' | 'plotNo' | 'plotName' | 'parkId' | 'mode'> &
	Holding & {
		readonly state: SupplyState;
		readonly areaDm2: number;
		readonly areaKind: string;
	};

/** Something that happened in the month; money of awards and contracts in fen. */
export interface LedgerEvent {
	readonly supply: LedgerSupply;
	readonly event: SupplyEvent['event'];
	/** Day of the act; of a cancelled or withdrawn offer the day on which that was recorded. */
	readonly onDay: string;
	readonly priceFen: number | null;
	readonly yearlyRentFen: number | null;
	readonly contractNumber: string | null;
}

export interface LedgerAccount {
	readonly supply: LedgerSupply;
	readonly kind: Supervision['accounts'][number]['kind'];
	/** Null: it cannot be told. */
	readonly agreedFen: number | null;
	readonly paidFen: number;
	readonly paidInMonthFen: number;
	readonly overdueFen: number | null;
}

export interface LedgerWorks {
	readonly supply: LedgerSupply;
	readonly startBy: string | null;
	readonly completeBy: string | null;
	readonly works: Supervision['works'];
	readonly idle: Supervision['idle'];
	readonly pauseCause: PauseCause | null;
	readonly verdicts: readonly Supervision['indicators'][number]['verdict'][];
}

/** The ledger (台账) of a month, as things stood on its last day, or stand today where it still runs. */
export interface Ledger {
	/** 'YYYY-MM'. */
	readonly month: string;
	readonly onDate: string;
	/** Last day of what is listed as due. */
	readonly dueUntil: string;
	readonly zone: ZoneRow;
	readonly events: readonly LedgerEvent[];
	readonly plots: readonly (RegisterRow & { readonly standing: SupplyState | null })[];
	readonly batches: readonly { readonly batch: SuppliedBatchRow; readonly state: BatchState }[];
	readonly accounts: readonly LedgerAccount[];
	readonly due: readonly { readonly supply: LedgerSupply; readonly item: DueItem }[];
	readonly works: readonly LedgerWorks[];
}

/**
 * Reads the ledger of a month: what happened in it, the stock of plots, batches, money, what is due to the end of the next month, works and indicators.
 *
 * Of a month that is over only what was recorded by its last day counts, what came with a load by its own day; plots, their areas, and what was signed of batches are those of today.
 * An event stands in the month of its day, one that was recorded in a later month in that. Reserve prices and bidders are not read.
 * Refuses `ledger.month-ahead`, `ledger.too-large` beyond 100,000 plots. O(supplies + plots), supplies page by page.
 */
export async function readLedger(
	context: ServiceContext,
	zoneId: string,
	month: string,
	mostPlots = MOST_PLOTS,
): Promise<Outcome<Ledger>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return failed('forbidden', []);
	return asActor(context, zoneId, async (sql): Promise<Outcome<Ledger>> => {
		const zone = await findZone(sql, zoneId);
		if (zone === null) return failed('forbidden', []);
		const today = dayInZone(zone, now);
		const firstOn = `${month}-01`;
		if (firstOn > today) return failed('refused', [changesetError('ledger.month-ahead', { month })]);
		const { total } = await sumRegister(sql, zoneId, EVERY_PLOT);
		if (total > mostPlots)
			return failed('refused', [changesetError('ledger.too-large', { plots: total, most: mostPlots })]);
		const lastOn = addDays(addMonths(firstOn, 1), -1);
		const onDate = lastOn < today ? lastOn : today;
		const dueUntil = addDays(addMonths(firstOn, 2), -1);
		const law = { ...(await readZoneLaw(sql, zone, now)), onDate };
		const isKnown = (at: Date) => onDate === today || dayInZone(zone, at) <= onDate;
		const read: Read = { events: [], accounts: [], due: [], works: [], standing: new Map() };
		for (let after = 0; ;) {
			const nos = await listSupplyNos(sql, zoneId, after, PAGE);
			const last = nos.at(-1);
			if (last === undefined) break;
			const rows = (await listSuppliesOf(sql, zoneId, nos)).filter(
				({ userId, recordedAt }) => userId === null || isKnown(recordedAt),
			);
			const supplies = await readSupervised(sql, zoneId, rows, law, isKnown);
			for (const one of supplies) describe(one, firstOn, dueUntil, read);
			await addEvents(sql, zone, supplies, { firstOn, lastOn: onDate, isKnown }, read);
			after = last;
		}
		return done({
			...{ month, onDate, dueUntil, zone },
			...{ events: read.events, accounts: read.accounts, due: read.due, works: read.works },
			plots: await readStock(sql, zoneId, read),
			batches: await readBatches(sql, zone, law, onDate === today),
		});
	});
}

interface Read {
	readonly events: LedgerEvent[];
	readonly accounts: LedgerAccount[];
	readonly due: { supply: LedgerSupply; item: DueItem }[];
	readonly works: LedgerWorks[];
	/** Of each plot the supply that was entered last. */
	readonly standing: Map<number, LedgerSupply>;
}

function describe(supervised: SupervisedSupply, firstOn: string, dueUntil: string, read: Read): void {
	const { context, row } = supervised;
	const { record, payments, onDate } = context;
	const supply = supplyOf(supervised);
	const { accounts, works, idle, indicators } = superviseSupply(context);
	read.standing.set(row.plotNo, supply);
	for (const { kind, state, plan } of accounts) {
		const booked = payments.filter((one) => one.kind === kind && one.bookedOn <= onDate);
		const sum = (rows: typeof booked) => rows.reduce((all, { amountFen }) => all + amountFen, 0);
		read.accounts.push({
			supply,
			kind,
			agreedFen: plan === null ? 0 : (plan.value?.reduce((all, { amountFen }) => all + amountFen, 0) ?? null),
			paidFen: sum(booked),
			paidInMonthFen: sum(booked.filter(({ bookedOn }) => bookedOn >= firstOn)),
			overdueFen: state?.overdueFen ?? null,
		});
	}
	for (const item of dueItems(context, row, dueUntil))
		if (item.on <= dueUntil) read.due.push({ supply, item });
	if (!isSupplied(record)) return;
	const { startBy, completeBy } = agreedDays(record);
	read.works.push({
		...{ supply, works, idle, startBy: startBy?.on ?? null, completeBy: completeBy?.on ?? null },
		pauseCause: pauseCauseOn(context),
		verdicts: indicators.map(({ verdict }) => verdict),
	});
}

function supplyOf({ row, context: { record, area, facts, onDate } }: SupervisedSupply): LedgerSupply {
	const { supplyNo, plotNo, plotName, parkId, mode } = row;
	const { state, award } = record;
	const holding = holdingOn(award?.holder ?? null, facts, onDate);
	return { ...{ supplyNo, plotNo, plotName, parkId, mode }, ...area, state, ...holding };
}

/** Days of which events are told, and which instants count. */
interface Span {
	readonly firstOn: string;
	readonly lastOn: string;
	readonly isKnown: (at: Date) => boolean;
}

async function addEvents(
	sql: Sql,
	zone: ZoneRow,
	supplies: readonly SupervisedSupply[],
	{ firstOn, lastOn, isKnown }: Span,
	read: Read,
): Promise<void> {
	const nos = supplies.map(({ row }) => row.supplyNo);
	const corrections = (await listCorrectionsOf(sql, zone.zoneId, nos, false)).filter(({ occurredAt }) =>
		isKnown(occurredAt),
	);
	const events = await listEventsOf(sql, zone.zoneId, nos, false);
	for (const one of supplies) {
		const supply = supplyOf(one);
		const { supplyNo } = supply;
		const own = events.filter((event) => event.supplyNo === supplyNo);
		const corrected = correctEvents(
			own,
			corrections.filter((correction) => correction.supplyNo === supplyNo),
		);
		for (const [i, { event, facts }] of corrected.entries()) {
			const recordedOn = dayInZone(zone, own[i].occurredAt);
			const onDay = dayOfAct(facts) ?? recordedOn;
			const toldOn = onDay > recordedOn ? onDay : recordedOn;
			if (toldOn < firstOn || toldOn > lastOn) continue;
			const told = facts as { priceFen?: number | null; yearlyRentFen?: number | null; number?: string };
			const { priceFen = null, yearlyRentFen = null, number = null } = told;
			read.events.push({ supply, event, onDay, priceFen, yearlyRentFen, contractNumber: number });
		}
	}
}

const DAYS_OF_ACTS = [
	...['noticeOn', 'closedOn', 'awardedOn', 'signedOn', 'handedOverOn', 'openedOn', 'passedOn', 'failedOn'],
	...['decidedOn', 'appliedOn', 'endedOn'],
];

/** The day of an act by what is recorded of it; null: it has none. */
function dayOfAct(facts: object): string | null {
	const told = facts as Readonly<Record<string, unknown>>;
	const day = DAYS_OF_ACTS.map((field) => told[field]).find((value) => typeof value === 'string');
	return typeof day === 'string' ? day : null;
}

async function readStock(sql: Sql, zoneId: string, { standing }: Read): Promise<Ledger['plots']> {
	const order = { sort: 'plot', order: 'up', offset: 0, limit: MOST_PLOTS } as const;
	const rows = await listRegister(sql, zoneId, EVERY_PLOT, order);
	return rows.map((row) => {
		const { supplyNo = null, mode = null, state = null } = standing.get(row.plotNo) ?? {};
		return { ...row, supplyNo, mode, standing: state };
	});
}

async function readBatches(
	sql: Sql,
	{ zoneId, timeZone }: ZoneRow,
	{ rules, onDate }: Awaited<ReturnType<typeof readZoneLaw>>,
	isToday: boolean,
): Promise<Ledger['batches']> {
	const until = isToday ? undefined : { day: onDate, timeZone };
	const notes = await listNotes(sql, zoneId, 'approved_not_supplied', undefined, until);
	return (await listSuppliedBatches(sql, zoneId, onDate))
		.filter(({ approvedOn }) => approvedOn <= onDate)
		.map((batch) => {
			const note = notes.find(({ batchNo }) => batchNo === batch.batchNo) ?? null;
			return { batch, state: stateOfBatch(batch, note, rules, onDate) };
		});
}
