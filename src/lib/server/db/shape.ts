import { readEwkbPolygons, writeEwkbMultiPolygon } from '$geo/format/ewkb.ts';
import { featureCount, type FlatPolygons } from '$geo/flat-polygons.ts';

/** CGCS2000 longitude/latitude, stored x = longitude. */
export const STORED_SRID = 4490;

/** Writes features as the hexadecimal EWKB that a geometry column takes. */
export function writeShapes(polygons: FlatPolygons, from = 0, to: number = featureCount(polygons)): string[] {
	return Array.from({ length: to - from }, (_, i) => writeShape(polygons, from + i));
}

/** Writes one feature as hexadecimal EWKB. */
export function writeShape(polygons: FlatPolygons, feature = 0): string {
	return Buffer.from(writeEwkbMultiPolygon(polygons, feature, STORED_SRID)).toString('hex');
}

/** Reads the hexadecimal EWKB of geometry columns, one feature each. */
export function readShapes(hexShapes: readonly string[]): FlatPolygons {
	return readEwkbPolygons(hexShapes.map((hex) => Buffer.from(hex, 'hex')));
}
