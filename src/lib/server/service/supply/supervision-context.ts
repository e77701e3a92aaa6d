import { makeWorkCalendar, type WorkCalendar } from '$lib/domain/calendar/working-day.ts';
import type { RuleValue } from '$lib/domain/rule/rule-value.ts';
import { firstDueOn } from '$lib/domain/supply/due.ts';
import { foldRecord } from '$lib/domain/supply/fold-record.ts';
import { SUPPLY_RULE_PREFIXES } from '$lib/domain/supply/rule-key.ts';
import type { SupplyRecord } from '$lib/domain/supply/record.ts';
import type { BookedPayment, SupervisionContext } from '$lib/domain/supply/supervision.ts';
import { useOfClass, type ClassUse } from '$lib/domain/tenure/term.ts';
import { findClassUses } from '../../db/class-use.ts';
import type { Sql } from '../../db/connect.ts';
import { listLandUseClasses, type LandUseClassRow } from '../../db/land-use-class.ts';
import { listPlotsOf, type PlotRow } from '../../db/plot.ts';
import { listLawAndRules } from '../../db/rule-value.ts';
import { listCorrectionsOf, listEventsOf } from '../../db/supply-event.ts';
import { listIdleSteps, listSupplyFacts } from '../../db/supply-fact.ts';
import { listPaymentsOf, type PaymentRow } from '../../db/supply-payment.ts';
import { findSupply, updateDueDay, type SupplyRow } from '../../db/supply.ts';
import { listAnnouncedDays } from '../../db/work-calendar.ts';
import { findZone, type ZoneRow } from '../../db/zone.ts';
import { dayInZone } from '../zone-record.ts';
import { nationalClassOf } from './guard-facts.ts';

/** What is the same for all supplies of a zone on a day. */
export interface ZoneLaw {
	readonly rules: readonly RuleValue[];
	readonly calendar: WorkCalendar;
	readonly classes: readonly LandUseClassRow[];
	readonly uses: ReadonlyMap<string, ClassUse>;
	readonly onDate: string;
}

/** A supply with its plot and all that its supervision is reckoned from. */
export interface SupervisedSupply {
	readonly row: SupplyRow;
	readonly plot: PlotRow;
	readonly context: SupervisionContext;
}

export async function readZoneLaw(sql: Sql, zone: ZoneRow, now: Date): Promise<ZoneLaw> {
	return {
		rules: await listLawAndRules(sql, zone.zoneId, SUPPLY_RULE_PREFIXES),
		calendar: makeWorkCalendar(await listAnnouncedDays(sql, 'cn')),
		classes: await listLandUseClasses(sql),
		uses: await findClassUses(sql, zone.landUseSystem, zone.landUseVersion),
		onDate: dayInZone(zone, now),
	};
}

/**
 * Reads all that the supervision of some supplies is reckoned from, in their order; one query for each kind of rows.
 *
 * `isKnown` tells of which instants what was recorded counts: all, or those up to a day that is past.
 */
export async function readSupervised(
	sql: Sql,
	zoneId: string,
	rows: readonly SupplyRow[],
	law: ZoneLaw,
	isKnown: (recordedAt: Date) => boolean = () => true,
): Promise<SupervisedSupply[]> {
	const known = <Row extends { readonly occurredAt: Date }>(found: readonly Row[]) =>
		found.filter(({ occurredAt }) => isKnown(occurredAt));
	const nos = rows.map(({ supplyNo }) => supplyNo);
	const plots = new Map(
		(await listPlotsOf(sql, zoneId, [...new Set(rows.map(({ plotNo }) => plotNo))])).map((plot) => [
			plot.plotNo,
			plot,
		]),
	);
	const events = bySupply(known(await listEventsOf(sql, zoneId, nos, false)));
	const corrections = bySupply(known(await listCorrectionsOf(sql, zoneId, nos, false)));
	const facts = bySupply(known(await listSupplyFacts(sql, zoneId, nos, false)));
	const idleSteps = bySupply(known(await listIdleSteps(sql, zoneId, nos, false)));
	// What came with a load was recorded before anything was, and counts by its own day.
	const payments = bySupply(
		(await listPaymentsOf(sql, zoneId, nos)).filter(
			({ recordedAt }) => recordedAt === null || isKnown(recordedAt),
		),
	);
	return rows.flatMap((row) => {
		const plot = plots.get(row.plotNo);
		if (plot === undefined) return [];
		const of = <Row>(found: ReadonlyMap<number, Row[]>) => found.get(row.supplyNo) ?? [];
		const record = foldRecord(row.mode, row.userId ?? '', of(events), of(corrections));
		const context = contextOf(record, plot, law, {
			facts: of(facts),
			idleSteps: of(idleSteps),
			payments: of(payments).map(bookedOf),
		});
		return [{ row, plot, context }];
	});
}

/** Reckons anew the first day on which something of a supply is due, as all that is recorded of it stands now. */
export async function refreshDueDay(sql: Sql, zoneId: string, supplyNo: number, now: Date): Promise<void> {
	const zone = await findZone(sql, zoneId);
	const row = await findSupply(sql, zoneId, supplyNo);
	if (zone === null || row === null) return;
	const supervised = await readOneSupervised(sql, zone, row, now);
	if (supervised !== null) await updateDueDay(sql, zoneId, supplyNo, firstDueOn(supervised.context, row));
}

/** Reads all that the supervision of one supply is reckoned from; null where its plot is gone. */
export async function readOneSupervised(
	sql: Sql,
	zone: ZoneRow,
	row: SupplyRow,
	now: Date,
): Promise<SupervisedSupply | null> {
	const [supervised] = await readSupervised(sql, zone.zoneId, [row], await readZoneLaw(sql, zone, now));
	return supervised ?? null;
}

function contextOf(
	record: SupplyRecord,
	plot: PlotRow,
	{ rules, calendar, classes, uses, onDate }: ZoneLaw,
	recorded: Pick<SupervisionContext, 'facts' | 'idleSteps' | 'payments'>,
): SupervisionContext {
	const { documentAreaDm2, areaDm2 } = plot;
	return {
		...recorded,
		record,
		parkId: plot.parkId,
		use: useOfClass(nationalClassOf(plot, classes).classCode, uses),
		area:
			documentAreaDm2 === null
				? { areaDm2, areaKind: 'ellipsoidal' }
				: { areaDm2: documentAreaDm2, areaKind: 'document' },
		rules,
		calendar,
		onDate,
	};
}

function bookedOf({ kind, paymentNo, paidOn, amountFen, correctsNo }: PaymentRow): BookedPayment {
	return { kind, entryNo: paymentNo, bookedOn: paidOn, amountFen, reverses: correctsNo };
}

function bySupply<Row extends { readonly supplyNo: number }>(rows: readonly Row[]): Map<number, Row[]> {
	const found = new Map<number, Row[]>();
	for (const row of rows) {
		const of = found.get(row.supplyNo);
		if (of === undefined) found.set(row.supplyNo, [row]);
		else of.push(row);
	}
	return found;
}
