import type { MapGeoJSONFeature } from 'maplibre-gl';
import type { LonLat } from '$geo/flat-polygons.ts';

/** What a tile says of a parcel; `parcelNo` is null where parcels are drawn together. */
export interface TileParcel {
	readonly parcelNo: number | null;
	readonly classNumber: number | null;
	readonly code: string | null;
	readonly stockStatus: string | null;
}

/** A parcel under a point of the screen. */
export interface Pointed {
	readonly at: LonLat;
	readonly x: number;
	readonly y: number;
	readonly parcel: TileParcel | null;
}

/** Reads a parcel off a feature of a tile. */
export function tileParcel(feature: MapGeoJSONFeature): TileParcel {
	const { k, c, s } = feature.properties as { k?: unknown; c?: unknown; s?: unknown };
	const id = typeof feature.id === 'number' && feature.id > 0 ? feature.id : null;
	return {
		parcelNo: id,
		classNumber: typeof k === 'number' ? k : null,
		code: typeof c === 'string' ? c : null,
		stockStatus: typeof s === 'string' ? s : null,
	};
}
