import { nestFeature } from '$geo/flat-polygons.ts';
import { can } from '../../access/actor.ts';
import { findPlotShapes, listPlotPlaces, type PlotPlaceRow } from '../../db/plot-register.ts';
import { readShapes } from '../../db/shape.ts';
import { findZone } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { dayInZone } from '../zone-record.ts';
import { done, failed, type Outcome } from './outcome.ts';
import { questionOf, type PlotWish } from './register.ts';

/** Plots with shapes, and plots at all, that one answer tells of at most. */
const SHAPES = 1000;
const PLACES = 20_000;

/** The plots in view. */
export interface PlotMap {
	readonly plots: readonly (PlotPlaceRow & {
		/** Rings of its shape, degrees (EPSG:4490); null where there are too many in view. */
		readonly coordinates: [number, number][][][] | null;
	})[];
	/** Whether there are more than the answer tells of. */
	readonly isCut: boolean;
	readonly today: string;
}

/** Reads the plots that reach into a box (degrees), filtered as the list is; from 1,000 on places without shapes. */
export async function readPlotMap(
	context: ServiceContext,
	zoneId: string,
	wish: PlotWish,
	box: readonly [number, number, number, number],
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
		const plots = places.slice(0, PLACES).map((place) => {
			const shape = shapes.get(place.plotNo);
			return { ...place, coordinates: shape === undefined ? null : nestFeature(readShapes([shape]), 0) };
		});
		return done({ plots, isCut, today });
	});
}
