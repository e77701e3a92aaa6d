import { makeWorkCalendar } from '$lib/domain/calendar/working-day.ts';
import type { Finding } from '$lib/domain/supply/finding.ts';
import type { GuardContext, SuppliedPlot } from '$lib/domain/supply/guard-context.ts';
import { checkMx } from '$lib/domain/supply/mx.ts';
import { SUPPLY_RULE_PREFIXES } from '$lib/domain/supply/rule-key.ts';
import type { SupplyRecord } from '$lib/domain/supply/record.ts';
import { reservePriceAt } from '$lib/domain/supply/reserve-price.ts';
import { readFraction } from '$lib/domain/rule/measure.ts';
import { useOfClass } from '$lib/domain/tenure/term.ts';
import type { Sql } from '../../db/connect.ts';
import { listBuildings } from '../../db/building.ts';
import { listAnnouncedDays } from '../../db/work-calendar.ts';
import { listLandUseClasses, type LandUseClassRow } from '../../db/land-use-class.ts';
import { listOffices } from '../../db/person.ts';
import { findPlot, type PlotRow } from '../../db/plot.ts';
import { listStatements } from '../../db/plot-record.ts';
import { findPlannedRatios, findPlotStanding } from '../../db/plot-standing.ts';
import { findClassUses } from '../../db/class-use.ts';
import { listLawAndRules } from '../../db/rule-value.ts';
import type { SupplyRow } from '../../db/supply.ts';
import { findEndOfRight, listSupplyEvents } from '../../db/supply-event.ts';
import { sumSuppliedInYear } from '../../db/supplied-land.ts';
import { listSecrets } from '../../db/supply-secret.ts';
import type { ZoneRow } from '../../db/zone.ts';
import { dayInZone } from '../zone-record.ts';

/** What guards and dates of a supply are reckoned from, event and record aside. */
export type SupplySetting = Omit<GuardContext, 'record' | 'event' | 'reservePriceFen'> & {
	readonly plotRow: PlotRow;
	/** The reserve price in force when an event was recorded; null: for what is recorded next. */
	readonly reserveAt: (eventNo: number | null) => number | null;
};

/** Reads what the questions before events of a supply are answered from. */
export async function readSetting(
	sql: Sql,
	zone: ZoneRow,
	supply: Pick<SupplyRow, 'supplyNo' | 'plotNo' | 'year'>,
	now: Date,
): Promise<SupplySetting | null> {
	const { zoneId } = zone;
	const plotRow = await findPlot(sql, zoneId, supply.plotNo);
	if (plotRow === null) return null;
	const [secrets, events, offices, rules, days] = [
		await listSecrets(sql, zoneId, supply.supplyNo),
		await listSupplyEvents(sql, zoneId, supply.supplyNo),
		await listOffices(sql, zoneId),
		await listLawAndRules(sql, zoneId, SUPPLY_RULE_PREFIXES),
		await listAnnouncedDays(sql, 'cn'),
	];
	const onDate = dayInZone(zone, now);
	return {
		plotRow,
		plot: await readSuppliedPlot(sql, zone, plotRow, rules, onDate),
		programmeYear: supply.year,
		rules,
		calendar: makeWorkCalendar(days),
		officeKinds: new Map(offices.map(({ officeId, kind }) => [officeId, kind])),
		reserveAt: (eventNo) => reservePriceAt(secrets, events, eventNo),
		onDate,
	};
}

/** The context of the questions before one event: that which is recorded next, or one that stands, with its number. */
export function guardContext(
	{ plotRow: _, reserveAt, ...setting }: SupplySetting,
	record: SupplyRecord,
	event: GuardContext['event'],
	eventNo: number | null = null,
): GuardContext {
	return { ...setting, reservePriceFen: reserveAt(eventNo), record, event };
}

async function readSuppliedPlot(
	sql: Sql,
	zone: ZoneRow,
	plot: PlotRow,
	rules: GuardContext['rules'],
	onDate: string,
): Promise<SuppliedPlot> {
	const { zoneId } = zone;
	const standing = await findPlotStanding(sql, zoneId, plot.plotNo, plot.version);
	const [classes, uses, statements] = [
		await listLandUseClasses(sql),
		await findClassUses(sql, zone.landUseSystem, zone.landUseVersion),
		await listStatements(sql, zoneId, plot.plotNo),
	];
	const { classCode, isLocalClass } = nationalClassOf(plot, classes);
	return {
		parkId: plot.parkId,
		classCode,
		isLocalClass,
		use: useOfClass(classCode, uses),
		area:
			plot.documentAreaDm2 === null
				? { areaDm2: plot.areaDm2, areaKind: 'ellipsoidal' }
				: { areaDm2: plot.documentAreaDm2, areaKind: 'document' },
		statements: new Map(statements.map(({ item, ...stated }) => [item, stated])),
		heldUntil: await findEndOfRight(sql, zoneId, plot.plotNo),
		parcels: standing.parcels,
		parcelsWithConditions: standing.withConditions,
		agreesWithPlan: standing.parcels === 0 ? null : standing.changed === 0,
		mx: isLocalClass ? await askMx(sql, zoneId, plot, rules, onDate) : [],
	};
}

/** The national class as which a plot counts, and whether its own is a local one. */
export function nationalClassOf(
	plot: Pick<PlotRow, 'classSystem' | 'classVersion' | 'classCode'>,
	classes: readonly LandUseClassRow[],
): { readonly classCode: string; readonly isLocalClass: boolean } {
	const own = classes.find(
		({ system, version, code }) =>
			system === plot.classSystem && version === plot.classVersion && code === plot.classCode,
	);
	const nationalCode = own?.nationalCode ?? null;
	return { classCode: nationalCode ?? plot.classCode, isLocalClass: nationalCode !== null };
}

const readRatio = (text: string | null) => (text === null ? null : readFraction(text));

/** What the rule set of MX land says of a plot; before anything is stated of its buildings the ratios are those of planning conditions, and floors are missing. */
async function askMx(
	sql: Sql,
	zoneId: string,
	plot: PlotRow,
	rules: GuardContext['rules'],
	onDate: string,
): Promise<Finding[]> {
	const buildings = await listBuildings(sql, zoneId, plot.plotNo);
	const isBuilt = buildings.length > 0;
	const sum = (key: 'industryFloorDm2' | 'supportFloorDm2' | 'livingFloorDm2') =>
		buildings.reduce((floor, building) => floor + building[key], 0);
	const units = buildings.flatMap(({ leastUnitDm2 }) => (leastUnitDm2 === null ? [] : [leastUnitDm2]));
	const notSplit = isBuilt ? 'none' : null;
	const stated = (key: 'splitFloorDm2' | 'selfHeldFloorDm2') =>
		isBuilt && buildings.every((one) => one[key] !== null)
			? buildings.reduce((floor, one) => floor + (one[key] ?? 0), 0)
			: null;
	const areaKind = plot.documentAreaDm2 === null ? 'ellipsoidal' : 'document';
	const ratios = isBuilt ? null : await findPlannedRatios(sql, zoneId, plot.plotNo, plot.version);
	const facts = {
		plotDm2: isBuilt ? (plot.documentAreaDm2 ?? plot.areaDm2) : null,
		areaKind,
		industryFloorDm2: sum('industryFloorDm2'),
		supportFloorDm2: sum('supportFloorDm2'),
		livingFloorDm2: sum('livingFloorDm2'),
		leastUnitDm2: units.length === 0 ? notSplit : Math.min(...units),
		splitFloorDm2: stated('splitFloorDm2'),
		selfHeldFloorDm2: stated('selfHeldFloorDm2'),
		suppliedInYearDm2: await sumSuppliedInYear(sql, zoneId, plot, areaKind, Number(onDate.slice(0, 4))),
		planned: ratios === null ? null : { least: readRatio(ratios.least), most: readRatio(ratios.most) },
	} as const;
	return checkMx(facts, rules, onDate, plot.parkId);
}
