import type { MultiPolygon, Polygon } from 'geojson';
import {
	flattenMultiPolygons,
	type FlatPolygons,
	type LonLat,
	type MultiPolygonLonLat,
} from '../flat-polygons.ts';

/** What keeps a GeoJSON document from being read; `featureIndex` is null when the document itself is at fault. */
export interface GeoJsonIssue {
	readonly code:
		| 'geojson.not-a-collection'
		| 'geojson.crs-unknown'
		| 'geojson.feature-invalid'
		| 'geojson.geometry-type'
		| 'geojson.ring-invalid'
		| 'geojson.position-invalid'
		| 'geojson.position-not-degrees';
	readonly severity: 'error';
	readonly featureIndex: number | null;
	readonly featureId: string | number | null;
	readonly params: { readonly type?: string; readonly name?: string; readonly positions?: number };
}

/** Features of a GeoJSON document: feature f of `polygons` has properties[f] and ids[f]. */
export interface GeoJsonFeatures {
	readonly polygons: FlatPolygons;
	readonly properties: readonly Readonly<Record<string, unknown>>[];
	readonly ids: readonly (string | number | null)[];
}

export type GeoJsonResult =
	| { readonly ok: true; readonly features: GeoJsonFeatures }
	| { readonly ok: false; readonly issues: readonly GeoJsonIssue[] };

/** Names of the longitude, latitude systems that a `crs` member may give. */
const LON_LAT_CRS = /(CRS84|4326|4490)$/;

/**
 * One feature as a GeoJSON geometry by RFC 7946: Polygon when it has one polygon, else MultiPolygon.
 *
 * Degrees rounded to `decimals` (11 keep the grid; 5 are about a metre); rings closed, shells counter-clockwise, holes
 * clockwise. Positions that fall together are dropped, and rings that fall below three positions (a whole polygon with its
 * shell), so a small feature may give an empty MultiPolygon. O(its positions).
 */
export function geoJsonGeometry(
	polygons: FlatPolygons,
	feature: number,
	decimals: number,
): Polygon | MultiPolygon {
	const { polygonOffsets, featureOffsets } = polygons;
	const parts: [number, number][][][] = [];
	for (let p = featureOffsets[feature]; p < featureOffsets[feature + 1]; p++) {
		const shellIndex = polygonOffsets[p];
		const shell = roundedRing(polygons, shellIndex, decimals, true);
		if (shell === null) continue;
		const rings = [shell];
		for (let r = shellIndex + 1; r < polygonOffsets[p + 1]; r++) {
			const hole = roundedRing(polygons, r, decimals, false);
			if (hole !== null) rings.push(hole);
		}
		parts.push(rings);
	}
	if (parts.length === 1) return { type: 'Polygon', coordinates: parts[0] };
	return { type: 'MultiPolygon', coordinates: parts };
}

/**
 * Reads a FeatureCollection of Polygons and MultiPolygons in longitude, latitude degrees.
 *
 * Third ordinates are ignored, coordinates stay as written (not snapped). Gathers every issue and never throws: another
 * geometry type, a ring that is open or below four positions, a position that is not numbers or not degrees (projected
 * metres). O(positions).
 */
export function readGeoJsonPolygons(document: unknown): GeoJsonResult {
	const issues: GeoJsonIssue[] = [];
	const report = (code: GeoJsonIssue['code'], params: GeoJsonIssue['params'] = {}) => {
		issues.push({ code, severity: 'error', featureIndex: null, featureId: null, params });
	};
	if (!isRecord(document) || document.type !== 'FeatureCollection' || !Array.isArray(document.features)) {
		report('geojson.not-a-collection', { type: typeName(document) });
		return { ok: false, issues };
	}
	const crs = crsName(document.crs);
	if (crs !== null && !LON_LAT_CRS.test(crs)) report('geojson.crs-unknown', { name: crs });

	const nested: MultiPolygonLonLat[] = [];
	const properties: Record<string, unknown>[] = [];
	const ids: (string | number | null)[] = [];
	for (const [featureIndex, feature] of document.features.entries()) {
		const found = featurePolygons(feature);
		const id = isRecord(feature) ? feature.id : null;
		const featureId = typeof id === 'string' || typeof id === 'number' ? id : null;
		if ('code' in found) {
			issues.push({ code: found.code, severity: 'error', featureIndex, featureId, params: found.params });
			continue;
		}
		nested.push(found.polygons);
		properties.push(isRecord(feature) && isRecord(feature.properties) ? feature.properties : {});
		ids.push(featureId);
	}
	if (issues.length > 0) return { ok: false, issues };
	return { ok: true, features: { polygons: flattenMultiPolygons(nested), properties, ids } };
}

type Refusal = Pick<GeoJsonIssue, 'code' | 'params'>;

function featurePolygons(feature: unknown): { polygons: MultiPolygonLonLat } | Refusal {
	if (!isRecord(feature) || feature.type !== 'Feature' || !isRecord(feature.geometry)) {
		return { code: 'geojson.feature-invalid', params: { type: typeName(feature) } };
	}
	const { type, coordinates } = feature.geometry;
	if ((type !== 'Polygon' && type !== 'MultiPolygon') || !Array.isArray(coordinates)) {
		return { code: 'geojson.geometry-type', params: { type: typeName(feature.geometry) } };
	}
	const polygons: LonLat[][][] = [];
	for (const polygon of type === 'Polygon' ? [coordinates] : coordinates) {
		if (!Array.isArray(polygon) || polygon.length === 0) return { code: 'geojson.ring-invalid', params: {} };
		const rings: LonLat[][] = [];
		for (const ring of polygon) {
			const read = ringPositions(ring);
			if ('code' in read) return read;
			rings.push(read.positions);
		}
		polygons.push(rings);
	}
	return { polygons };
}

function ringPositions(ring: unknown): { positions: LonLat[] } | Refusal {
	if (!Array.isArray(ring) || ring.length < 4) {
		return { code: 'geojson.ring-invalid', params: { positions: Array.isArray(ring) ? ring.length : 0 } };
	}
	const positions: LonLat[] = [];
	for (const position of ring) {
		if (!Array.isArray(position)) return { code: 'geojson.position-invalid', params: {} };
		const [lon, lat]: unknown[] = position;
		if (
			typeof lon !== 'number' ||
			typeof lat !== 'number' ||
			!Number.isFinite(lon) ||
			!Number.isFinite(lat)
		) {
			return { code: 'geojson.position-invalid', params: {} };
		}
		if (Math.abs(lon) > 180 || Math.abs(lat) > 90)
			return { code: 'geojson.position-not-degrees', params: {} };
		positions.push([lon, lat]);
	}
	const [first, last] = [positions[0], positions[positions.length - 1]];
	if (first[0] !== last[0] || first[1] !== last[1]) {
		return { code: 'geojson.ring-invalid', params: { positions: positions.length } };
	}
	return { positions };
}

/** A closed ring of rounded positions turned counter-clockwise or clockwise; null when fewer than three are left. */
function roundedRing(
	{ coordinates, ringOffsets }: FlatPolygons,
	ring: number,
	decimals: number,
	isCounterClockwise: boolean,
): [number, number][] | null {
	const scale = 10 ** decimals;
	const positions: [number, number][] = [];
	for (let i = ringOffsets[ring]; i < ringOffsets[ring + 1]; i++) {
		const lon = Math.round(coordinates[2 * i] * scale) / scale;
		const lat = Math.round(coordinates[2 * i + 1] * scale) / scale;
		const last = positions[positions.length - 1];
		if (last === undefined || last[0] !== lon || last[1] !== lat) positions.push([lon, lat]);
	}
	while (positions.length > 1 && isSame(positions[0], positions[positions.length - 1])) positions.pop();
	if (positions.length < 3) return null;
	if (doubledArea(positions) > 0 !== isCounterClockwise) positions.reverse();
	positions.push([positions[0][0], positions[0][1]]);
	return positions;
}

function doubledArea(positions: readonly LonLat[]): number {
	const [lonOrigin, latOrigin] = positions[0];
	let doubled = 0;
	for (let i = 1; i + 1 < positions.length; i++) {
		const [[lon, lat], [nextLon, nextLat]] = [positions[i], positions[i + 1]];
		doubled += (lon - lonOrigin) * (nextLat - latOrigin) - (nextLon - lonOrigin) * (lat - latOrigin);
	}
	return doubled;
}

function isSame(a: LonLat, b: LonLat): boolean {
	return a[0] === b[0] && a[1] === b[1];
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeName(value: unknown): string {
	return isRecord(value) && typeof value.type === 'string' ? value.type : typeof value;
}

function crsName(crs: unknown): string | null {
	if (!isRecord(crs)) return null;
	const name = isRecord(crs.properties) ? crs.properties.name : null;
	return typeof name === 'string' ? name : 'unnamed';
}
