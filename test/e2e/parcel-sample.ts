import { latToWorldY, lonToWorldX } from '$geo/crs/web-mercator.ts';
import type { WireParcel, WireParcelHit } from '$lib/api/parcel.ts';
import { codeOf, type ZoneReader } from './zone-reader.ts';

const WORLD_PX = 512;
/** Belts of planning units that together reach every park of the demo; a search answers with a unit at most. */
const BELTS = ['HN-C', 'HN-D', 'HN-E', 'HP-A', 'HG-C', 'DD-E'];
const UNITS = ['01', '02', '03', '04', '05', '06', '07', '08'];
const CODE_PREFIXES = BELTS.flatMap((belt) => UNITS.map((unit) => `${belt}${unit}`));
/** Cards that are read to find the roomiest parcel of a class. */
const CARDS_PER_CLASS = 16;

type LonLat = readonly [number, number];

export interface Window {
	readonly zoom: number;
	readonly widthPx: number;
	readonly heightPx: number;
}

/** A place of the map where many classes lie together, with one roomy parcel of each. */
export interface SampledView {
	readonly centre: LonLat;
	readonly parcels: readonly WireParcel[];
}

/** Parcels of a coverage from all parks. */
export async function sampleHits(reader: ZoneReader, coverageId: string): Promise<WireParcelHit[]> {
	const lists = await Promise.all(CODE_PREFIXES.map((prefix) => reader.hits(coverageId, prefix)));
	return lists.flat();
}

const project = ([lon, lat]: LonLat, zoom: number): LonLat => {
	const scale = WORLD_PX * 2 ** zoom;
	return [lonToWorldX(lon) * scale, latToWorldY(lat) * scale];
};

/** The window around a parcel that shows most classes not in `known`, with its hits by class. */
function richestWindow(hits: readonly WireParcelHit[], window: Window, known: ReadonlySet<string>) {
	const places = hits.map((hit) => project(hit.labelPoint, window.zoom));
	const windows = hits.map((hit, i) => {
		const [x, y] = places[i];
		const inside = hits.filter(
			(_, j) =>
				Math.abs(places[j][0] - x) < window.widthPx / 2 && Math.abs(places[j][1] - y) < window.heightPx / 2,
		);
		const byClass = new Map<string, WireParcelHit[]>();
		for (const one of inside)
			byClass.set(codeOf(one.classKey), [...(byClass.get(codeOf(one.classKey)) ?? []), one]);
		return { centre: hit.labelPoint, byClass, fresh: [...byClass.keys()].filter((code) => !known.has(code)) };
	});
	return windows.reduce((best, one) => (one.fresh.length > best.fresh.length ? one : best));
}

/** The distance from a parcel's label point to its edge, in pixels of a zoom. */
export function roomPx(parcel: WireParcel, zoom: number): number {
	const [x, y] = project(parcel.labelPoint, zoom);
	let least = Infinity;
	for (const ring of parcel.geometry.coordinates.flat()) {
		const points = ring.map((position) => project(position, zoom));
		points.forEach(([ax, ay], i) => {
			const [bx, by] = points[(i + 1) % points.length];
			const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
			const along = length2 === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2;
			const t = Math.min(Math.max(along, 0), 1);
			least = Math.min(least, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
		});
	}
	return least;
}

/**
 * Finds views that together show many classes, one parcel of each class that has `minRoomPx` around its label point.
 * Each further view looks for classes that the ones before do not have.
 */
export async function sampleViews(
	reader: ZoneReader,
	hits: readonly WireParcelHit[],
	window: Window,
	{ count, minRoomPx }: { count: number; minRoomPx: number },
): Promise<SampledView[]> {
	const known = new Set<string>();
	const views: SampledView[] = [];
	while (views.length < count) {
		const { centre, byClass } = richestWindow(hits, window, known);
		const roomiest = await Promise.all(
			[...byClass.values()].map(async (ofClass) => {
				const cards = await Promise.all(
					ofClass.slice(0, CARDS_PER_CLASS).map((hit) => reader.parcel(hit.coverageId, hit.parcelNo)),
				);
				return cards.reduce((best, card) =>
					roomPx(card, window.zoom) > roomPx(best, window.zoom) ? card : best,
				);
			}),
		);
		const parcels = roomiest.filter((parcel) => roomPx(parcel, window.zoom) >= minRoomPx);
		for (const parcel of parcels) known.add(codeOf(parcel.classKey));
		views.push({ centre, parcels });
	}
	return views;
}
