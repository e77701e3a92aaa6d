import { isOver } from '$lib/domain/supply/life-cycle.ts';
import { lastDayOf } from '$lib/domain/supply/guard.ts';
import type { PlotTheme } from '$lib/domain/supply/plot-theme.ts';
import { idleStandingOf, type IdleStanding } from '$lib/domain/supply/supervision.ts';
import { nestFeature } from '$geo/flat-polygons.ts';
import { can } from '../../access/actor.ts';
import { findPlotShapes, listPlotPlaces, type PlotPlaceRow } from '../../db/plot-register.ts';
import { readShapes } from '../../db/shape.ts';
import type { Sql } from '../../db/connect.ts';
import { listSuppliesOf } from '../../db/supply.ts';
import { findZone, type ZoneRow } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { dayInZone } from '../zone-record.ts';
import { done, failed, type Outcome } from './outcome.ts';
import { questionOf, type PlotWish } from './register.ts';
import { readSupervised, readZoneLaw } from './supervision-context.ts';

/** Plots with shapes, and plots at all, that one answer tells of at most. */
const SHAPES = 1000;
const PLACES = 20_000;

/** The plots in view. */
export interface PlotMap {
	readonly plots: readonly (PlotPlaceRow & {
		/** Rings of its shape, degrees (EPSG:4490); null where there are too many in view. */
		readonly coordinates: [number, number][][][] | null;
		/** Last day of its right; null: none, without a term, not asked for, or too many in view. */
		readonly endsOn: string | null;
		/** How its holder's land stands as to idleness; null as `endsOn`. */
		readonly idle: IdleStanding['status'] | null;
	})[];
	/** Whether there are more than the answer tells of. */
	readonly isCut: boolean;
	readonly today: string;
}

/** Reads the plots that reach into a box (degrees), filtered as the list is; from 1,000 on places without shapes and without a theme. */
export async function readPlotMap(
	context: ServiceContext,
	zoneId: string,
	wish: PlotWish,
	box: readonly [number, number, number, number],
	theme: PlotTheme | null = null,
): Promise<Outcome<PlotMap>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return failed('forbidden', []);
	return asActor(context, zoneId, async (sql): Promise<Outcome<PlotMap>> => {
		const zone = await findZone(sql, zoneId);
		if (zone === null) return failed('not-found', []);
		const today = dayInZone(zone, now);
		const question = await questionOf(sql, zoneId, wish, today);
		const places = await listPlotPlaces(sql, zoneId, question, box, PLACES + 1);
		const isCut = places.length > PLACES;
		const plotNos = places.length > SHAPES ? [] : places.map(({ plotNo }) => plotNo);
		const shapes = await findPlotShapes(sql, zoneId, plotNos);
		const isThemed = theme !== null && places.length <= SHAPES;
		const themes = isThemed ? await readThemes(sql, zone, places, theme, now) : new Map<number, Themed>();
		const plots = places.slice(0, PLACES).map((place) => {
			const shape = shapes.get(place.plotNo);
			const coordinates = shape === undefined ? null : nestFeature(readShapes([shape]), 0);
			return { ...place, ...UNTOLD, ...themes.get(place.plotNo), coordinates };
		});
		return done({ plots, isCut, today });
	});
}

type Themed = Pick<PlotMap['plots'][number], 'endsOn' | 'idle'>;
const UNTOLD: Themed = { endsOn: null, idle: null };

/** Reckons a theme of plots from their newest supplies, by number of plot. */
async function readThemes(
	sql: Sql,
	zone: ZoneRow,
	places: readonly PlotPlaceRow[],
	theme: PlotTheme,
	now: Date,
): Promise<Map<number, Themed>> {
	const nos = places.flatMap(({ supplyNo }) => (supplyNo === null ? [] : [supplyNo]));
	const rows = await listSuppliesOf(sql, zone.zoneId, nos);
	const supplies = await readSupervised(sql, zone.zoneId, rows, await readZoneLaw(sql, zone, now));
	return new Map(
		supplies.map(({ row, context }) => {
			const { record } = context;
			const told: Themed =
				theme === 'term'
					? { ...UNTOLD, endsOn: isOver(record.state) ? null : lastDayOf(record) }
					: { ...UNTOLD, idle: idleStandingOf(context)?.status ?? null };
			return [row.plotNo, told];
		}),
	);
}
