import { featureCount, nestFeature } from '$geo/flat-polygons.ts';
import { addDays, addMonths, monthFrom } from '$lib/domain/calendar/day.ts';
import { holdingOn, type Holding } from '$lib/domain/supply/holder.ts';
import type { SupplyState } from '$lib/domain/supply/life-cycle.ts';
import type { SupplyMode } from '$lib/domain/supply/mode.ts';
import { can } from '../../access/actor.ts';
import { listOffices } from '../../db/person.ts';
import { findPlot, findPlotShape } from '../../db/plot.ts';
import type { Sql } from '../../db/connect.ts';
import {
	listRegister,
	listShapesInBox,
	sumRegister,
	type RegisterQuestion,
	type RegisterRow,
} from '../../db/plot-register.ts';
import { listPlotsAstray } from '../../db/plot-standing.ts';
import { readShapes } from '../../db/shape.ts';
import { listSupplyFacts, type SupplyFactRow } from '../../db/supply-fact.ts';
import { findZone } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { dayInZone } from '../zone-record.ts';
import { done, failed, noPlot, type Outcome } from './outcome.ts';

/** Which plots are asked for. */
export interface PlotWish {
	readonly park?: string | undefined;
	readonly mode?: SupplyMode | undefined;
	readonly state?: SupplyState | 'none' | undefined;
	/** Something is due: before today, or within so long. */
	readonly due?: 'overdue' | 'month' | 'quarter' | undefined;
	readonly flag?: 'provisional' | 'astray' | 'withdrawn' | undefined;
	readonly words?: string | undefined;
}

/** In what order they are listed, and which part of the list. */
export interface RegisterWish extends PlotWish {
	readonly sort: 'plot' | 'name' | 'area' | 'due';
	readonly order: 'up' | 'down';
	readonly offset: number;
	readonly limit: number;
}

export interface Register {
	readonly rows: readonly (RegisterRow & Holding & { readonly isAstray: boolean })[];
	readonly total: number;
	readonly totalAreaDm2: number;
	readonly today: string;
}

/** Parcels that are drawn round a plot, at most. */
const NEIGHBOURS = 150;
/** What of the box is drawn round a plot, as a share of its size. */
const MARGIN = 0.25;

/** Lists plots with their newest supplies, counted and summed, for somebody who may read them. */
export async function readRegister(
	context: ServiceContext,
	zoneId: string,
	wish: RegisterWish,
): Promise<Outcome<Register>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return failed('forbidden', []);
	return asActor(context, zoneId, async (sql): Promise<Outcome<Register>> => {
		const zone = await findZone(sql, zoneId);
		if (zone === null) return failed('not-found', []);
		const today = dayInZone(zone, now);
		const question = await questionOf(sql, zoneId, wish, today);
		const rows = await listRegister(sql, zoneId, question, wish);
		const plotNos = rows.map(({ plotNo }) => plotNo);
		const supplyNos = rows.flatMap(({ supplyNo }) => supplyNo ?? []);
		const facts = new Map<number, SupplyFactRow[]>(supplyNos.map((supplyNo) => [supplyNo, []]));
		for (const fact of await listSupplyFacts(sql, zoneId, supplyNos, false))
			facts.get(fact.supplyNo)?.push(fact);
		const astray = new Set(await listPlotsAstray(sql, zoneId, plotNos));
		return done({
			rows: rows.map((row) => ({
				...row,
				...holdingOn(row.holder, facts.get(row.supplyNo ?? 0) ?? [], today),
				isAstray: astray.has(row.plotNo),
			})),
			...(await sumRegister(sql, zoneId, question)),
			today,
		});
	});
}

/** A wish as the database is asked. */
export async function questionOf(
	sql: Sql,
	zoneId: string,
	wish: PlotWish,
	today: string,
): Promise<RegisterQuestion> {
	return {
		parkId: wish.park ?? null,
		mode: wish.mode ?? null,
		state: wish.state ?? null,
		words: (wish.words ?? '') === '' ? null : (wish.words ?? null),
		dueFrom: wish.due === undefined || wish.due === 'overdue' ? null : today,
		dueUntil: wish.due === undefined ? null : lastDue(wish.due, today),
		codeStatus: wish.flag === 'provisional' ? 'provisional' : null,
		isWithdrawn: wish.flag === 'withdrawn',
		plotNos: wish.flag === 'astray' ? await listPlotsAstray(sql, zoneId) : null,
	};
}

/** The shape of a plot as positions in degrees, with the plan parcels round it. */
export async function readPlotShape(context: ServiceContext, zoneId: string, plotNo: number) {
	const { actor } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noPlot(plotNo);
	const read = await asActor(context, zoneId, async (sql) => {
		const plot = await findPlot(sql, zoneId, plotNo);
		const shape = plot === null ? null : await findPlotShape(sql, zoneId, plotNo);
		if (plot === null || shape === null) return null;
		const { west, south, east, north, coverageId } = plot;
		const [byLon, byLat] = [(east - west) * MARGIN, (north - south) * MARGIN];
		const box = [west - byLon, south - byLat, east + byLon, north + byLat] as const;
		const around = readShapes(await listShapesInBox(sql, zoneId, coverageId, box, NEIGHBOURS));
		return {
			coordinates: nestFeature(readShapes([shape]), 0),
			neighbours: Array.from({ length: featureCount(around) }, (_, feature) => nestFeature(around, feature)),
		};
	});
	return read === null ? noPlot(plotNo) : done(read);
}

/** Lists the bodies of a zone that can be named in a contract. */
export async function listSignatories(context: ServiceContext, zoneId: string) {
	const { actor } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return failed('forbidden', []);
	const offices = await asActor(context, zoneId, (sql) => listOffices(sql, zoneId));
	return done(offices.map(({ officeId, kind, nameZh, nameEn }) => ({ officeId, kind, nameZh, nameEn })));
}

function lastDue(due: NonNullable<RegisterWish['due']>, today: string): string {
	if (due === 'overdue') return addDays(today, -1);
	return due === 'month' ? monthFrom(today) : addMonths(today, 3);
}
