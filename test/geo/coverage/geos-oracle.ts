import initGeosJs from 'geos-wasm';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { nestFeature } from '$geo/flat-polygons.ts';

/** Features as GEOS sees them; `free` gives the memory back. */
export interface GeosFeatures {
	isValid(feature: number): boolean;
	/** The DE-9IM matrix of two features. */
	relate(a: number, b: number): string;
	free(): void;
}

const geos = await initGeosJs();

/** Hands features to GEOS as multipolygons, coordinates to the bit. */
export function toGeos(polygons: FlatPolygons): GeosFeatures {
	const pointers = Array.from({ length: polygons.featureOffsets.length - 1 }, (_, f) =>
		readWkt(wktOf(polygons, f)),
	);
	return {
		isValid: (feature) => geos.GEOSisValid(pointers[feature]) === 1,
		relate: (a, b) => {
			const text = Number(geos.GEOSRelate(pointers[a], pointers[b]));
			const matrix = geos.Module.UTF8ToString(text);
			geos.GEOSFree(text);
			return matrix;
		},
		free: () => pointers.forEach((pointer) => geos.GEOSGeom_destroy(pointer)),
	};
}

function wktOf(polygons: FlatPolygons, feature: number): string {
	const parts = nestFeature(polygons, feature).map(
		(rings) => `(${rings.map((ring) => `(${ring.map((at) => at.join(' ')).join(', ')})`).join(', ')})`,
	);
	return `MULTIPOLYGON (${parts.join(', ')})`;
}

function readWkt(wkt: string): number {
	const size = wkt.length + 1;
	const text = geos.Module._malloc(size);
	geos.Module.stringToUTF8(wkt, text, size);
	const reader = geos.GEOSWKTReader_create();
	const geometry = geos.GEOSWKTReader_read(reader, text);
	geos.GEOSWKTReader_destroy(reader);
	geos.Module._free(text);
	if (!geometry) throw new Error(`GEOS does not read ${wkt.slice(0, 80)}`);
	return Number(geometry);
}
