import { createHash } from 'node:crypto';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { planarAreasM2 } from '$geo/area/planar.ts';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { flattenMultiPolygons, type FlatPolygons } from '$geo/flat-polygons.ts';
import { snapToGrid } from '$geo/grid.ts';
import { makeWorkCalendar } from '$lib/domain/calendar/working-day.ts';
import { toStoredArea } from '$lib/domain/coverage/stored-area.ts';
import { classKey } from '$lib/domain/land-use/class-key.ts';
import { drawPlot, type DrawnPlot } from '$lib/domain/supply/draw-plot.ts';
import { SUPPLY_RULE_PREFIXES } from '$lib/domain/supply/rule-key.ts';
import { useOfClass } from '$lib/domain/tenure/term.ts';
import { appendAuditEvent } from '$lib/server/db/audit-event.ts';
import { findClassUses } from '$lib/server/db/class-use.ts';
import { asOwner, type Database, type Sql } from '$lib/server/db/connect.ts';
import { listLandUseClasses } from '$lib/server/db/land-use-class.ts';
import { listLawAndRules } from '$lib/server/db/rule-value.ts';
import { findSeedChecksum, lockSeed, putSeedChecksum } from '$lib/server/db/seed-log.ts';
import { readShapes, writeShape } from '$lib/server/db/shape.ts';
import {
	findGroundShapes,
	listPlanGround,
	hasSupplies,
	loadSupplyRows,
	type PlanGroundRow,
} from '$lib/server/db/supply-load.ts';
import { listAnnouncedDays } from '$lib/server/db/work-calendar.ts';
import { findZone, type ZoneRow } from '$lib/server/db/zone.ts';
import { judgeSupply, type DemoLaw, type JudgedSupply } from '../demo/supply/judge-supply.ts';
import { DEMO_DAY, type DemoSupply } from '../demo/supply/play-course.ts';
import { DEMO_BATCHES, demoPlots, type DemoPlot, type GroundParcel } from '../demo/supply/plots.ts';
import { readZoneFile } from './zone-file.ts';

const SEED = 1;
const SOURCE = '示意数据';
/** The demo's people sign for this office. */
const OFFICE = ['sample-bureau', 'municipal_bureau'] as const;

type Ground = GroundParcel & { readonly row: PlanGroundRow };
type Plot = DemoPlot & { readonly plotNo: number; readonly drawn: DrawnPlot };

/**
 * Loads plots and supplies that are made up for a demo zone, once, in one transaction.
 *
 * Needs the zone, the class lists and the law. Does nothing for a zone of real data, nor for one in which there is a plot, a batch or a programme already;
 * returns whether anything was written. What the zone's own rules refuse is left out and reported.
 */
export async function loadDemoSupply(
	database: Database,
	folder: string,
	report: (line: string) => void,
	now = new Date(),
): Promise<boolean> {
	const { zoneId, geometry } = await readZoneFile(folder);
	if (!('demo' in geometry)) return false;
	const seedName = `supply/${zoneId}`;
	return asOwner(database, async (sql) => {
		await lockSeed(sql, seedName);
		if ((await findSeedChecksum(sql, seedName)) !== null) return false;
		const zone = await findZone(sql, zoneId);
		if (zone === null) throw new Error(`there is no zone ${zoneId}`);
		// What people have entered meanwhile stays alone.
		if (await hasSupplies(sql, zoneId)) return false;
		const ground = await readGround(sql, zone);
		const plots = await drawPlots(sql, zoneId, demoPlots(ground, SEED));
		await writePlots(sql, zone, plots);
		const judged = judgeAll(plots, await readLaw(sql, zoneId, ground), report);
		await writeSupplies(sql, zoneId, judged);
		await appendAuditEvent(sql, zoneId, {
			actor: 'system:seed',
			action: 'supply.seeded',
			entity: `zone/${zoneId}`,
			details: { plots: plots.length, source: SOURCE },
			occurredAt: now,
		});
		await putSeedChecksum(sql, seedName, createHash('sha256').update(`${SEED}`).digest('hex'));
		return true;
	});
}

async function readGround(sql: Sql, zone: ZoneRow): Promise<(Ground & { readonly nationalCode: string })[]> {
	const classes = new Map((await listLandUseClasses(sql)).map((one) => [classKey(one), one]));
	const uses = await findClassUses(sql, zone.landUseSystem, zone.landUseVersion);
	return (await listPlanGround(sql, zone.zoneId)).flatMap((row) => {
		const key = classKey({ system: row.classSystem, version: row.classVersion, code: row.classCode });
		const national = classes.get(key)?.nationalCode ?? null;
		const nationalCode = national ?? row.classCode;
		const use = useOfClass(nationalCode, uses);
		if (use === null) return [];
		return [{ ...row, row, nationalCode, use, isLocalClass: national !== null, areaM2: row.areaDm2 / 100 }];
	});
}

async function readLaw(
	sql: Sql,
	zoneId: string,
	ground: readonly (GroundParcel & { readonly nationalCode: string })[],
): Promise<DemoLaw> {
	const codes = new Map(ground.map(({ parcelNo, nationalCode }) => [parcelNo, nationalCode]));
	return {
		rules: await listLawAndRules(sql, zoneId, SUPPLY_RULE_PREFIXES),
		calendar: makeWorkCalendar(await listAnnouncedDays(sql, 'cn')),
		officeKinds: new Map([OFFICE]),
		nationalCodeOf: ({ parcelNo, classCode }) => codes.get(parcelNo) ?? classCode,
	};
}

/** Draws plots as a planner would make them; two parcels that do not touch make one plot of the first. */
async function drawPlots(sql: Sql, zoneId: string, demo: readonly DemoPlot[]): Promise<Plot[]> {
	const parcelNos = demo.flatMap(({ parcels }) => parcels.map(({ parcelNo }) => parcelNo));
	const coverageId = demo.length === 0 ? '' : rowOf(demo[0].parcels[0]).coverageId;
	const shapes = await findGroundShapes(sql, zoneId, coverageId, parcelNos);
	const draw = ({ parcels, isHalf }: DemoPlot) => {
		const polygons = readShapes(parcels.map(({ parcelNo }) => shapes.get(parcelNo) ?? ''));
		const set = { parcelNos: Int32Array.from(parcels, ({ parcelNo }) => parcelNo), polygons };
		return drawPlot(set, isHalf ? westernHalf(polygons) : null);
	};
	return demo.map((plot, i) => {
		const drawn = draw(plot);
		const isOne = drawn !== null && drawn.polygons.polygonOffsets.length === 2;
		const single = { ...plot, parcels: plot.parcels.slice(0, 1) };
		const kept = isOne || plot.parcels.length === 1 ? plot : single;
		const ground = kept === plot ? drawn : draw(single);
		if (ground === null) throw new Error(`${plot.name}: there is no ground`);
		return {
			...kept,
			name: kept === plot ? plot.name : plot.name.replace(/ 等.*$/, ''),
			plotNo: i + 1,
			drawn: ground,
		};
	});
}

/** The west of a feature's box, as an outline. */
function westernHalf({ coordinates }: FlatPolygons): FlatPolygons {
	const lons = coordinates.filter((_, i) => i % 2 === 0);
	const lats = coordinates.filter((_, i) => i % 2 === 1);
	const [west, east] = [Math.min(...lons), Math.max(...lons)];
	const [south, north] = [Math.min(...lats), Math.max(...lats)];
	const middle = snapToGrid((west + east) / 2);
	const ring = [
		[west, south],
		[middle, south],
		[middle, north],
		[west, north],
	] as const;
	return flattenMultiPolygons([[[ring]]]);
}

function rowOf(parcel: GroundParcel): PlanGroundRow {
	return (parcel as Ground).row;
}

async function writePlots(sql: Sql, { zoneId, projectSrid }: ZoneRow, plots: readonly Plot[]): Promise<void> {
	const zone = { zone_id: zoneId };
	const synthetic = { source: SOURCE, is_synthetic: true };
	const projection = gaussKruger(projectSrid);
	const areaOf = ({ drawn }: Plot) => toStoredArea(ellipsoidalAreasM2(drawn.polygons)[0]);
	const rows = plots.map((plot) => ({ plot, first: rowOf(plot.parcels[0]), areaDm2: areaOf(plot) }));
	const batches = DEMO_BATCHES.map(({ approvedOn }, i) => {
		const taken = rows.reduce((sum, { plot, areaDm2 }) => sum + (plot.batchNo === i + 1 ? areaDm2 : 0), 0);
		const approved = Math.max(Math.ceil((taken * (1.05 + 0.06 * (i % 6))) / 1e6) * 1e6, 12e6 + 4e6 * (i % 3));
		return {
			...zone,
			batch_no: i + 1,
			number: `示例批次〔${approvedOn.slice(0, 4)}〕${i + 1}号`,
			title: `示例农用地转用批次（第${i + 1}批）`,
			approved_on: approvedOn,
			approving_office: '示例批准机关',
			approved_area_dm2: approved,
			...synthetic,
		};
	});
	await loadSupplyRows(sql, 'conversion_batch', batches);
	await loadSupplyRows(
		sql,
		'plot',
		rows.map(({ plot, first }) => ({
			...zone,
			plot_no: plot.plotNo,
			client_id: `demo-plot-${plot.plotNo}`,
			name: plot.name,
			park_id: first.parkId,
			class_system: first.classSystem,
			class_version: first.classVersion,
			class_code: first.classCode,
			batch_no: plot.batchNo,
			cadastral_code: plot.cadastralCode,
			code_status: plot.cadastralCode === null ? 'none' : 'provisional',
			is_synthetic: true,
		})),
	);
	await loadSupplyRows(
		sql,
		'plot_version',
		rows.map(({ plot, first, areaDm2 }) => ({
			...zone,
			plot_no: plot.plotNo,
			version: 1,
			geom: writeShape(plot.drawn.polygons),
			area_dm2: areaDm2,
			planar_area_dm2: toStoredArea(planarAreasM2(plot.drawn.polygons, projection)[0]),
			planar_srid: projectSrid,
			// Contracts state whole square metres.
			document_area_dm2: plot.hasDocumentArea ? Math.round(areaDm2 / 100) * 100 : null,
			coverage_id: first.coverageId,
			revision: first.revision,
			reason: SOURCE,
		})),
	);
	await loadSupplyRows(
		sql,
		'plot_parcel',
		rows.flatMap(({ plot: { plotNo, parcels, drawn } }) =>
			drawn.shared.map(({ parcelNo, areaM2, isWhole }) => {
				const row = rowOf(parcels.find((one) => one.parcelNo === parcelNo) ?? parcels[0]);
				return {
					...zone,
					plot_no: plotNo,
					version: 1,
					coverage_id: row.coverageId,
					parcel_no: parcelNo,
					parcel_version: row.version,
					shared_area_dm2: toStoredArea(areaM2),
					is_whole: isWhole,
				};
			}),
		),
	);
	await loadSupplyRows(
		sql,
		'plot_statement',
		plots.flatMap(({ plotNo, statements }) =>
			statements.map(({ item, outcome, statedOn, document }, i) => ({
				...zone,
				plot_no: plotNo,
				statement_no: i + 1,
				item,
				outcome,
				stated_on: statedOn,
				document,
			})),
		),
	);
	await loadSupplyRows(
		sql,
		'plot_permit',
		plots.flatMap(({ plotNo, permits }) =>
			permits.map(({ kind, number, issuedOn }, i) => ({
				...zone,
				plot_no: plotNo,
				permit_no: i + 1,
				kind,
				number,
				office: '示例发证机关',
				issued_on: issuedOn,
			})),
		),
	);
	await loadSupplyRows(
		sql,
		'building',
		rows.flatMap(({ plot: { plotNo, floors }, areaDm2 }) =>
			floors === null
				? []
				: [
						{
							...zone,
							plot_no: plotNo,
							building_no: 1,
							name: '示例厂房',
							industry_floor_dm2: Math.round(floors.industry * areaDm2),
							support_floor_dm2: Math.round(floors.support * areaDm2),
							living_floor_dm2: Math.round(floors.living * areaDm2),
							least_unit_dm2: null,
							stated_on: DEMO_DAY,
							...synthetic,
						},
					],
		),
	);
}

interface JudgedPlot {
	readonly plot: Plot;
	readonly supply: DemoSupply;
	readonly judged: JudgedSupply;
}

/** The supplies that the zone's rules admit; one that they refuse is told and left out, its plot stays without a supply. */
function judgeAll(plots: readonly Plot[], law: DemoLaw, report: (line: string) => void): JudgedPlot[] {
	return plots.flatMap((plot) => {
		if (plot.supply === null) return [];
		const judged = judgeSupply(plot, plot.supply, law);
		if (judged.ok) return [{ plot, supply: plot.supply, judged }];
		report(`demo supply left out: ${judged.refused}`);
		return [];
	});
}

async function writeSupplies(sql: Sql, zoneId: string, entered: readonly JudgedPlot[]): Promise<void> {
	const zone = { zone_id: zoneId };
	const supplies = entered.map((one, i) => ({ ...one, supplyNo: i + 1 }));
	const years = [...new Set(supplies.map(({ supply }) => supply.year))].sort();
	await loadSupplyRows(
		sql,
		'supply_programme',
		years.map((year) => ({
			...zone,
			year,
			number: `示例供地计划〔${year}〕`,
			approved_on: `${year}-01-10` > DEMO_DAY ? null : `${year}-01-10`,
			source: SOURCE,
			is_synthetic: true,
		})),
	);
	await loadSupplyRows(
		sql,
		'supply',
		supplies.map(({ plot, supply, judged, supplyNo }) => ({
			...zone,
			supply_no: supplyNo,
			client_id: `demo-supply-${supplyNo}`,
			plot_no: plot.plotNo,
			mode: supply.mode,
			year: supply.year,
			quarter: supply.quarter,
			due_on: judged.dueOn,
		})),
	);
	// Before the offers that they are for.
	await loadSupplyRows(
		sql,
		'supply_secret',
		supplies.flatMap(({ supply, supplyNo }) =>
			supply.secrets.map(({ kind, amountFen, bidder, statedOn }, i) => ({
				...zone,
				supply_no: supplyNo,
				secret_no: i + 1,
				kind,
				amount_fen: amountFen,
				bidder,
				stated_on: statedOn,
			})),
		),
	);
	const longest = Math.max(0, ...supplies.map(({ supply }) => supply.events.length));
	for (let i = 0; i < longest; i++)
		await loadSupplyRows(
			sql,
			'supply_event',
			supplies.flatMap(({ supply, judged, supplyNo }) => {
				const event = supply.events[i];
				if (event === undefined) return [];
				const { facts, onDay } = event;
				const unknowns = judged.unknowns[i];
				return [
					{
						...zone,
						supply_no: supplyNo,
						event: event.event,
						facts,
						unknowns,
						occurred_at: `${onDay}T01:30:00Z`,
					},
				];
			}),
		);
	await loadSupplyRows(
		sql,
		'supply_fact',
		supplies.flatMap(({ supply, supplyNo }) =>
			supply.facts.map(({ kind, facts, document, onDay }) => ({
				...zone,
				supply_no: supplyNo,
				kind,
				facts,
				document,
				is_void: false,
				occurred_at: `${onDay}T02:00:00Z`,
			})),
		),
	);
	await loadSupplyRows(
		sql,
		'supply_payment',
		supplies.flatMap(({ supply, supplyNo }) =>
			supply.payments.map(({ kind, amountFen, paidOn, reference, correctsNo }, i) => ({
				...zone,
				supply_no: supplyNo,
				payment_no: i + 1,
				kind,
				amount_fen: amountFen,
				paid_on: paidOn,
				reference,
				corrects_no: correctsNo,
			})),
		),
	);
}
