import type { Feature, FeatureCollection } from 'geojson';
import { nestFeature } from '$geo/flat-polygons.ts';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { labelPoint } from '$geo/tile/label-point.ts';
import { labelRoomM } from '$geo/tile/label-room.ts';
import type { FlatPolygons, LonLat } from '$geo/flat-polygons.ts';
import type { DraftDifference } from '$lib/domain/changeset/draft-state.ts';

/** How a change is drawn over the published map: new parcels, changed ones, ended ones, and those of which only facts changed. */
export type DraftMark = 'created' | 'reshaped' | 'retired' | 'relabelled';

/** What is drawn of a parcel besides its mark: its class by number and by code, and its own code; empty: it has none. */
export interface DraftLook {
	readonly k: number;
	readonly label: string;
	readonly code: string;
}

/**
 * Draws what a draft did over the map: a polygon for each parcel that it makes, changes or ends, with its mark and its look.
 *
 * `shapeOf` gives a parcel whose facts alone changed; neighbours that only got vertices are not drawn. O(positions).
 */
export function draftFeatures(
	difference: DraftDifference,
	shapeOf: (parcelNo: number) => FlatPolygons | null,
	lookOf: (parcelNo: number, mark: DraftMark) => DraftLook,
): FeatureCollection {
	const features = drawnParcels(difference, shapeOf).map(({ parcelNo, mark, shape }) =>
		parcelFeature(shape, { parcelNo, mark, ...lookOf(parcelNo, mark) }),
	);
	return { type: 'FeatureCollection', features };
}

/**
 * Writes what a draft did on the map: one place well inside each parcel that it makes or changes, with its look, wherever tiles part it.
 *
 * Parcels that it ends, and those that have nothing to be written, are left out. O(positions) once for each shape.
 */
export function draftLabels(
	difference: DraftDifference,
	shapeOf: (parcelNo: number) => FlatPolygons | null,
	lookOf: (parcelNo: number, mark: DraftMark) => DraftLook,
): FeatureCollection {
	const features = drawnParcels(difference, shapeOf).flatMap(({ parcelNo, mark, shape }): Feature[] => {
		const { label, code } = lookOf(parcelNo, mark);
		const spot = mark === 'retired' || (label === '' && code === '') ? null : labelSpot(shape);
		if (spot === null) return [];
		const { place, ...room } = spot;
		return [
			{
				type: 'Feature',
				properties: { label, code, ...room },
				geometry: { type: 'Point', coordinates: [...place] },
			},
		];
	});
	return { type: 'FeatureCollection', features };
}

interface DrawnParcel {
	readonly parcelNo: number;
	readonly mark: DraftMark;
	readonly shape: FlatPolygons;
}

function drawnParcels(
	difference: DraftDifference,
	shapeOf: (parcelNo: number) => FlatPolygons | null,
): DrawnParcel[] {
	const drawn: DrawnParcel[] = [];
	const redrawn = new Set<number>();
	for (const change of difference.shapes) {
		if (change.kind === 'noded') continue;
		redrawn.add(change.parcelNo);
		const shape = change.after ?? change.before;
		if (shape !== null) drawn.push({ parcelNo: change.parcelNo, mark: change.kind, shape });
	}
	for (const parcelNo of new Set(difference.facts.map((fact) => fact.parcelNo))) {
		const shape = redrawn.has(parcelNo) ? null : shapeOf(parcelNo);
		if (shape !== null) drawn.push({ parcelNo, mark: 'relabelled', shape });
	}
	return drawn;
}

/** Where a parcel is written on, with the ground that it has there as tiles tell it: metres along the parallel, and m². */
interface LabelSpot {
	readonly place: LonLat;
	readonly w: number;
	readonly a: number;
}

/** Shapes stay the same through most edits, and the search for a place is long. */
const spots = new WeakMap<FlatPolygons, LabelSpot | null>();

function labelSpot(shape: FlatPolygons): LabelSpot | null {
	const known = spots.get(shape);
	if (known !== undefined) return known;
	const place = labelPoint(shape, 0);
	const spot =
		place === null ? null : { place, w: labelRoomM(shape, 0, place), a: ellipsoidalAreasM2(shape)[0] };
	spots.set(shape, spot);
	return spot;
}

/** The line that is being put down, its places, and where the next one would be. */
export function sketchFeatures(places: readonly LonLat[], cursor: LonLat | null): FeatureCollection {
	const line = cursor === null ? places : [...places, cursor];
	const point = (place: LonLat, role: 'place' | 'cursor'): Feature => ({
		type: 'Feature',
		properties: { role },
		geometry: { type: 'Point', coordinates: [...place] },
	});
	return {
		type: 'FeatureCollection',
		features: [
			...(line.length < 2
				? []
				: [
						{
							type: 'Feature' as const,
							properties: { role: 'line' },
							geometry: { type: 'LineString' as const, coordinates: line.map((place) => [...place]) },
						},
					]),
			...places.map((place) => point(place, 'place')),
			...(cursor === null ? [] : [point(cursor, 'cursor')]),
		],
	};
}

/** A parcel as a map draws it. */
export function parcelFeature(
	shape: FlatPolygons,
	properties: Readonly<Record<string, number | string>>,
): Feature {
	return {
		type: 'Feature',
		properties,
		geometry: { type: 'MultiPolygon', coordinates: nestFeature(shape, 0) as number[][][][] },
	};
}

/** Places as points. */
export function pointFeatures(places: readonly LonLat[]): FeatureCollection {
	return {
		type: 'FeatureCollection',
		features: places.map((place) => ({
			type: 'Feature',
			properties: {},
			geometry: { type: 'Point', coordinates: [...place] },
		})),
	};
}
