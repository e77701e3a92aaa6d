import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geoJsonGeometry, readGeoJsonPolygons } from '../../../geo/format/geojson.ts';
import { flattenMultiPolygons, type LonLat } from '../../../geo/flat-polygons.ts';
import { snapToGrid } from '../../../geo/grid.ts';

const SHELL: LonLat[] = [
	[123, 41],
	[123.5, 41],
	[123.5, 41.5],
	[123, 41.5],
	[123, 41],
];
const HOLE: LonLat[] = [
	[123.125, 41.125],
	[123.125, 41.25],
	[123.25, 41.25],
	[123.25, 41.125],
	[123.125, 41.125],
];
const ISLAND = SHELL.map(([lon, lat]): LonLat => [lon + 2, lat]);

function collection(...geometries: unknown[]) {
	return {
		type: 'FeatureCollection',
		features: geometries.map((geometry, i) => ({
			type: 'Feature',
			id: i + 10,
			properties: { code: `P${i}` },
			geometry,
		})),
	};
}

describe('GeoJSON geometry of a feature', () => {
	it('turns shells counter-clockwise and holes clockwise, whatever they were', () => {
		const turned = flattenMultiPolygons([
			[[[...SHELL].reverse(), [...HOLE].reverse()]],
			[[SHELL, HOLE], [ISLAND]],
		]);
		const geometry = geoJsonGeometry(turned, 0, 11);
		expect(geometry.type).toBe('Polygon');
		expect(geometry.coordinates.flat().map(String)).toEqual(
			[...SHELL.slice(1), SHELL[1], ...HOLE.slice(1), HOLE[1]].map(String),
		);
		expect(geoJsonGeometry(turned, 1, 11)).toEqual({
			type: 'MultiPolygon',
			coordinates: [[SHELL, HOLE], [ISLAND]],
		});
	});

	it('keeps grid coordinates with 11 decimals through text', () => {
		const angle = fc.double({ min: 0, max: 0.9, noNaN: true });
		fc.assert(
			fc.property(angle, angle, (dx, dy) => {
				const ring = SHELL.map(([lon, lat]): LonLat => [snapToGrid(lon + dx), snapToGrid(lat + dy)]);
				const text = JSON.stringify(collection(geoJsonGeometry(flattenMultiPolygons([[[ring]]]), 0, 11)));
				const read = readGeoJsonPolygons(JSON.parse(text));
				if (!read.ok) throw new Error('not read');
				const back = [...read.features.polygons.coordinates].map(snapToGrid);
				expect(back).toEqual(ring.slice(0, -1).flat());
			}),
		);
	});

	it('drops positions, holes and polygons that fall together when rounded', () => {
		const tiny = HOLE.map(([lon, lat]): LonLat => [123.2 + (lon - 123) * 1e-5, 41.2 + (lat - 41) * 1e-5]);
		const polygons = flattenMultiPolygons([[[SHELL, tiny], [tiny]], [[tiny]]]);
		expect(geoJsonGeometry(polygons, 0, 5)).toEqual({ type: 'Polygon', coordinates: [SHELL] });
		expect(geoJsonGeometry(polygons, 1, 5)).toEqual({ type: 'MultiPolygon', coordinates: [] });
	});
});

describe('reading GeoJSON polygons', () => {
	it('reads polygons, multipolygons, properties and ids', () => {
		const read = readGeoJsonPolygons(
			collection(
				{ type: 'Polygon', coordinates: [SHELL, HOLE] },
				{ type: 'MultiPolygon', coordinates: [[SHELL], [ISLAND.map(([lon, lat]) => [lon, lat, 35.5])]] },
			),
		);
		expect(read).toEqual({
			ok: true,
			features: {
				polygons: flattenMultiPolygons([[[SHELL, HOLE]], [[SHELL], [ISLAND]]]),
				properties: [{ code: 'P0' }, { code: 'P1' }],
				ids: [10, 11],
			},
		});
	});

	it.each([
		['geojson.feature-invalid', null],
		['geojson.geometry-type', { type: 'Point', coordinates: [123, 41] }],
		['geojson.ring-invalid', { type: 'Polygon', coordinates: [SHELL.slice(0, 3)] }],
		['geojson.ring-invalid', { type: 'Polygon', coordinates: [SHELL.slice(0, 4)] }],
		['geojson.ring-invalid', { type: 'Polygon', coordinates: [] }],
		['geojson.position-invalid', { type: 'Polygon', coordinates: [['a', 'b', 'c', 'd']] }],
		['geojson.position-invalid', { type: 'Polygon', coordinates: [[[123], [123], [123], [123]]] }],
		[
			'geojson.position-not-degrees',
			{ type: 'Polygon', coordinates: [SHELL.map(() => [41537457, 4618413])] },
		],
	])('answers %s and names the feature', (code, geometry) => {
		const good = { type: 'Polygon', coordinates: [SHELL] };
		const read = readGeoJsonPolygons(collection(good, geometry, good));
		expect(read.ok ? [] : read.issues).toEqual([
			expect.objectContaining({ code, severity: 'error', featureIndex: 1, featureId: 11 }),
		]);
	});

	it('gathers every issue of a document', () => {
		const read = readGeoJsonPolygons({
			...collection({ type: 'Point' }, { type: 'LineString' }),
			crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4529' } },
		});
		expect(read.ok ? [] : read.issues.map(({ code, featureIndex }) => [code, featureIndex])).toEqual([
			['geojson.crs-unknown', null],
			['geojson.geometry-type', 0],
			['geojson.geometry-type', 1],
		]);
	});

	it('accepts a named CRS of longitude and latitude', () => {
		const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4490' } };
		expect(readGeoJsonPolygons({ ...collection(), crs }).ok).toBe(true);
	});

	it.each([null, 5, 'text', [], { type: 'Feature' }])('refuses %j as a collection', (document) => {
		const read = readGeoJsonPolygons(document);
		expect(read.ok ? [] : read.issues.map(({ code }) => code)).toEqual(['geojson.not-a-collection']);
	});
});
