import { checkReserve } from '$lib/domain/supply/reserve.ts';
import { sharedGroundM2 } from '$lib/domain/supply/shared-ground.ts';
import { can } from '../../access/actor.ts';
import { findPlotStanding, listPlotsAstray } from '../../db/plot-standing.ts';
import { findPlot, findPlotShape, listPlotParcels, listPlots, type PlotRow } from '../../db/plot.ts';
import { listPermits, listStatements } from '../../db/plot-record.ts';
import { listParcelsNear, listPlotVersions } from '../../db/plot-version.ts';
import { listLandCorrections } from '../../db/land-correction.ts';
import { readShapes } from '../../db/shape.ts';
import { countSupplies, listSupplies, type SupplyFilter, type SupplyRow } from '../../db/supply.ts';
import { findEndOfRight } from '../../db/supply-event.ts';
import { listLawAndRules } from '../../db/rule-value.ts';
import { findZone } from '../../db/zone.ts';
import { listProgrammes } from '../../db/supply-programme.ts';
import type { Sql } from '../../db/connect.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { dayInZone } from '../zone-record.ts';
import { done, failed, noPlot, type Outcome } from './outcome.ts';

/** A page of a list, and from where the next goes on; null: there is none. */
export interface Page<Row> {
	readonly rows: readonly Row[];
	readonly next: number | null;
}

/** Lists supplies from the newest down, for somebody who may read them. */
export async function listSupplyPage(
	context: ServiceContext,
	zoneId: string,
	filter: SupplyFilter,
): Promise<Outcome<Page<SupplyRow>>> {
	const { actor } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return failed('forbidden', []);
	const rows = await asActor(context, zoneId, (sql) =>
		listSupplies(sql, zoneId, { ...filter, limit: filter.limit + 1 }),
	);
	return done(pageOf(rows, filter.limit, ({ supplyNo }) => supplyNo));
}

/** Counts supplies by mode, state and park, with the areas of their plots, and lists the programmes. */
export async function readSupplyTotals(context: ServiceContext, zoneId: string) {
	const { actor } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return failed('forbidden', []);
	return asActor(context, zoneId, async (sql) =>
		done({
			counts: await countSupplies(sql, zoneId),
			programmes: await listProgrammes(sql, zoneId),
			plotsAstray: await listPlotsAstray(sql, zoneId),
		}),
	);
}

/** Lists the numbers of plots that no longer agree with the published plan, for somebody who may read them. */
export async function readPlotsAstray(
	context: ServiceContext,
	zoneId: string,
): Promise<Outcome<readonly number[]>> {
	const { actor } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return failed('forbidden', []);
	return asActor(context, zoneId, async (sql) => done(await listPlotsAstray(sql, zoneId)));
}

/** Lists plots from the newest down, for somebody who may read them. */
export async function listPlotPage(
	context: ServiceContext,
	zoneId: string,
	filter: {
		readonly before?: number | undefined;
		readonly words?: string | undefined;
		readonly limit: number;
	},
): Promise<Outcome<Page<PlotRow>>> {
	const { actor } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return failed('forbidden', []);
	const rows = await asActor(context, zoneId, (sql) =>
		listPlots(sql, zoneId, { ...filter, limit: filter.limit + 1 }),
	);
	return done(pageOf(rows, filter.limit, ({ plotNo }) => plotNo));
}

/** Reads a plot with its parcels, statements, the checklist of clear land, permits and supplies, where the reader may. */
export async function readPlot(context: ServiceContext, zoneId: string, plotNo: number) {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noPlot(plotNo);
	const read = await asActor(context, zoneId, async (sql) => {
		const zone = await findZone(sql, zoneId);
		const plot = await findPlot(sql, zoneId, plotNo);
		if (zone === null || plot === null) return null;
		const statements = await listStatements(sql, zoneId, plotNo);
		const said = {
			parkId: plot.parkId,
			statements: new Map(statements.map(({ item, ...stated }) => [item, stated])),
			heldUntil: await findEndOfRight(sql, zoneId, plotNo),
		};
		const rules = await listLawAndRules(sql, zoneId, ['reserve.']);
		const isAstray =
			!plot.isWithdrawn && (await findPlotStanding(sql, zoneId, plotNo, plot.version)).changed > 0;
		return {
			plot,
			parcels: await listPlotParcels(sql, zoneId, plotNo, plot.version),
			statements,
			reserve: checkReserve(said, rules, dayInZone(zone, now)),
			permits: await listPermits(sql, zoneId, plotNo),
			supplies: await listSupplies(sql, zoneId, { plotNo, limit: 100 }),
			isAstray,
			parcelsToday: isAstray ? await listParcelsToday(sql, zoneId, plot) : null,
			versions: await listPlotVersions(sql, zoneId, plotNo),
			corrections: await listLandCorrections(sql, zoneId, { plotNo }),
			mayManage: can(actor, 'supply.manage', zoneId, [plot.parkId]),
			mayDecide: can(actor, 'supply.decide', zoneId, [plot.parkId]),
		};
	});
	return read === null ? noPlot(plotNo) : done(read);
}

/** Parcels that are looked at round a plot, and the share of its ground that a plot must have on one to be said to lie on it. */
const NEAR = 500;
const LEAST_SHARE = 0.001;

/** Numbers of the parcels of today's plan on which the ground of a plot lies. */
async function listParcelsToday(sql: Sql, zoneId: string, plot: PlotRow): Promise<number[]> {
	const shape = await findPlotShape(sql, zoneId, plot.plotNo);
	if (shape === null) return [];
	const ground = readShapes([shape]);
	const box = [plot.west, plot.south, plot.east, plot.north] as const;
	const near = await listParcelsNear(sql, zoneId, plot.coverageId, box, NEAR);
	return near
		.filter((one) => sharedGroundM2(ground, readShapes([one.shape])) > (plot.areaDm2 / 100) * LEAST_SHARE)
		.map(({ parcelNo }) => parcelNo);
}

function pageOf<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => number): Page<Row> {
	const shown = rows.slice(0, limit);
	return { rows: shown, next: rows.length > limit ? keyOf(shown[shown.length - 1]) : null };
}
