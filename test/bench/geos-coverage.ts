import initGeosJs from 'geos-wasm';
import type { FlatPolygons } from '$geo/flat-polygons.ts';

/** A coverage as one collection in GEOS. */
export interface GeosCoverage {
	/** What `GEOSCoverageIsValid` answers, with gaps up to a width in degrees looked for. */
	isValid(gapWidthDeg: number): boolean;
	free(): void;
}

const geos = await initGeosJs();

/** Hands all features to GEOS as one collection of multipolygons; null where its memory does not hold them. */
export function toGeosCoverage(polygons: FlatPolygons): GeosCoverage | null {
	const bytes = writeCollection(polygons);
	let collection = 0;
	try {
		const address = geos.Module._malloc(bytes.length);
		if (address === 0) return null;
		geos.Module.HEAPU8.set(bytes, address);
		const reader = geos.GEOSWKBReader_create();
		collection = Number(geos.GEOSWKBReader_read(reader, address, bytes.length));
		geos.GEOSWKBReader_destroy(reader);
		geos.Module._free(address);
	} catch (error) {
		if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) return null;
		throw error;
	}
	if (collection === 0) return null;
	return {
		isValid: (gapWidthDeg) => geos.GEOSCoverageIsValid(collection, gapWidthDeg, 0) === 1,
		free: () => geos.GEOSGeom_destroy(collection),
	};
}

const POLYGON = 3;
const MULTI_POLYGON = 6;
const COLLECTION = 7;

/** Well-known binary, little-endian, rings closed. */
function writeCollection(polygons: FlatPolygons): Uint8Array {
	const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const rings = ringOffsets.length - 1;
	const heads = 9 * (featureOffsets.length + polygonOffsets.length - 1);
	const bytes = new Uint8Array(heads + 4 * rings + 8 * coordinates.length + 16 * rings);
	const view = new DataView(bytes.buffer);
	let at = 0;
	const count = (value: number) => {
		view.setUint32(at, value, true);
		at += 4;
	};
	const head = (type: number, members: number) => {
		view.setUint8(at++, 1);
		count(type);
		count(members);
	};
	const position = (i: number) => {
		view.setFloat64(at, coordinates[2 * i], true);
		view.setFloat64(at + 8, coordinates[2 * i + 1], true);
		at += 16;
	};
	head(COLLECTION, featureOffsets.length - 1);
	for (let f = 0; f + 1 < featureOffsets.length; f++) {
		head(MULTI_POLYGON, featureOffsets[f + 1] - featureOffsets[f]);
		for (let p = featureOffsets[f]; p < featureOffsets[f + 1]; p++) {
			head(POLYGON, polygonOffsets[p + 1] - polygonOffsets[p]);
			for (let r = polygonOffsets[p]; r < polygonOffsets[p + 1]; r++) {
				count(ringOffsets[r + 1] - ringOffsets[r] + 1);
				for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) position(i);
				position(ringOffsets[r]);
			}
		}
	}
	return bytes.subarray(0, at);
}
