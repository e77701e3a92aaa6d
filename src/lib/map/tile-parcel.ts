import type { MapGeoJSONFeature } from 'maplibre-gl';
import type { LonLat } from '$geo/flat-polygons.ts';
import type { WireParcelAt } from '../api/parcel.ts';
import { WITHHELD, type ClassIndex } from './class-index.ts';

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

/** What the server says of a parcel, in the words of tiles. */
export function parcelAt(parcel: NonNullable<WireParcelAt['parcel']>, classes: ClassIndex): TileParcel {
	const { parcelNo, withheld, code, classKey, stockStatus } = parcel;
	return {
		parcelNo,
		classNumber: withheld ? WITHHELD : classes.indexOf(classKey),
		code: code === '' ? null : code,
		stockStatus,
	};
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
