import { VectorTile, type VectorTileLayer } from '@mapbox/vector-tile';
import fc from 'fast-check';
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import { worldXToLon, worldYToLat } from '../../../geo/crs/web-mercator.ts';
import { flattenMultiPolygons, type LonLat } from '../../../geo/flat-polygons.ts';
import type { AttributeColumn } from '../../../geo/tile/attributes.ts';
import type { TileAddress } from '../../../geo/tile/clip.ts';
import { encodePointLayer, encodePolygonLayer, joinLayers } from '../../../geo/tile/encode.ts';
import { projectPolygons, projectPositions } from '../../../geo/tile/project.ts';

const TILE: TileAddress = { z: 14, x: 13810, y: 6093 };
const SIDE = 2 ** -TILE.z;

type Point = readonly [x: number, y: number];

/** A closed ring from positions in tile units of TILE (0…4096). */
function ring(...points: Point[]): LonLat[] {
	return [...points, points[0]].map(([x, y]) => [
		worldXToLon((TILE.x + x / 4096) * SIDE),
		worldYToLat((TILE.y + y / 4096) * SIDE),
	]);
}

function polygonLayer(
	features: readonly (readonly (readonly LonLat[])[])[][],
	attributes: AttributeColumn[] = [],
) {
	const world = projectPolygons(flattenMultiPolygons(features));
	return { name: 'plan', extent: 4096, world, featureIds: features.map((_, f) => f + 1), attributes };
}

function decode(bytes: Uint8Array | null, name = 'plan'): VectorTileLayer {
	if (bytes === null) throw new Error('the tile is empty');
	return new VectorTile(new PbfReader(bytes)).layers[name];
}

/** Signed surveyor's area of each ring of a decoded feature, closing position given. */
function ringAreas(layer: VectorTileLayer, index: number): number[] {
	return layer
		.feature(index)
		.loadGeometry()
		.map((points) => {
			let doubled = 0;
			for (let i = 0; i + 1 < points.length; i++) {
				doubled += points[i].x * points[i + 1].y - points[i + 1].x * points[i].y;
			}
			return doubled / 2;
		});
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const indices = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** A coverage of `size`² jittered cells with bent shared sides, spread from −600 to 4700 units. */
function jitteredCoverage(size: number, jitter: readonly number[]): LonLat[][][][] {
	const step = 5300 / size;
	const at = (i: number, j: number): Point => {
		const k = (j * (size + 1) + i) * 2;
		const shift = (n: number) => jitter[n % jitter.length] * step * 0.3;
		return [-600 + i * step + shift(k), -600 + j * step + shift(k + 1)];
	};
	const bend = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2 + Math.sin(a[0] + b[1]), (a[1] + b[1]) / 2];
	const side = (a: Point, b: Point): Point => (a < b ? bend(a, b) : bend(b, a));
	return indices(size * size).map((cell) => {
		const [i, j] = [cell % size, Math.floor(cell / size)];
		const corners = [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)];
		return [[ring(...corners.flatMap((corner, k) => [corner, side(corner, corners[(k + 1) % 4])]))]];
	});
}

const jitter = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 50, maxLength: 50 });

describe('polygon layer of a vector tile', () => {
	it('covers the buffered tile exactly with a coverage: no overlap, no gap, nothing outside', () => {
		fc.assert(
			fc.property(jitter, (values) => {
				const features = jitteredCoverage(11, values);
				const layer = decode(encodePolygonLayer(polygonLayer(features), TILE, indices(features.length)));
				expect(sum(indices(layer.length).flatMap((i) => ringAreas(layer, i)))).toBe((4096 + 128) ** 2);
				for (const i of indices(layer.length)) {
					for (const { x, y } of layer.feature(i).loadGeometry().flat()) {
						expect(Math.min(x, y)).toBeGreaterThanOrEqual(-64);
						expect(Math.max(x, y)).toBeLessThanOrEqual(4096 + 64);
					}
				}
			}),
			{ numRuns: 30 },
		);
	});

	it('gives neighbours the same border: every edge off the frame runs once each way', () => {
		fc.assert(
			fc.property(jitter, (values) => {
				const features = jitteredCoverage(9, values);
				const layer = decode(encodePolygonLayer(polygonLayer(features), TILE, indices(features.length)));
				const edges = new Set<string>();
				for (const i of indices(layer.length)) {
					for (const points of layer.feature(i).loadGeometry()) {
						for (let k = 0; k + 1 < points.length; k++) {
							const [a, b] = [points[k], points[k + 1]];
							const isOnFrame =
								(a.x === b.x && (a.x === -64 || a.x === 4160)) ||
								(a.y === b.y && (a.y === -64 || a.y === 4160));
							if (!isOnFrame) edges.add(`${a.x} ${a.y} ${b.x} ${b.y}`);
						}
					}
				}
				for (const edge of edges) {
					const [ax, ay, bx, by] = edge.split(' ');
					expect(edges.has(`${bx} ${by} ${ax} ${ay}`)).toBe(true);
				}
			}),
			{ numRuns: 30 },
		);
	});

	it('keeps each area within half a unit along its border', () => {
		fc.assert(
			fc.property(jitter, (values) => {
				const [[[shell]]] = jitteredCoverage(3, values).slice(4);
				const layer = decode(encodePolygonLayer(polygonLayer([[[shell]]]), TILE, [0]));
				const points = shell.map(([lon, lat]) => projectPositions(Float64Array.of(lon, lat)));
				const toUnits = 4096 / SIDE;
				let doubled = 0;
				let length = 0;
				for (let i = 0; i + 1 < points.length; i++) {
					const [ax, ay] = [(points[i][0] - points[0][0]) * toUnits, (points[i][1] - points[0][1]) * toUnits];
					const bx = (points[i + 1][0] - points[0][0]) * toUnits;
					const by = (points[i + 1][1] - points[0][1]) * toUnits;
					doubled += ax * by - bx * ay;
					length += Math.hypot(bx - ax, by - ay);
				}
				expect(Math.abs(sum(ringAreas(layer, 0)) - Math.abs(doubled) / 2)).toBeLessThan(0.75 * length + 4);
			}),
		);
	});

	it('winds exteriors positive and holes negative and keeps the parts of a multipolygon', () => {
		const shell = ring([100, 100], [1100, 100], [1100, 1100], [100, 1100]);
		const hole = ring([200, 200], [400, 200], [400, 400], [200, 400]);
		const island = ring([2000, 2000], [2100, 2000], [2100, 2100], [2000, 2100]);
		const turn = (positions: LonLat[]) => [...positions].reverse();
		const layer = decode(
			encodePolygonLayer(
				polygonLayer([
					[[shell, hole], [island]],
					[[turn(shell), hole], [turn(island)]],
					[[shell, turn(hole)], [island]],
				]),
				TILE,
				[0, 1, 2],
			),
		);
		for (const i of [0, 1, 2]) {
			expect(ringAreas(layer, i)).toEqual([1_000_000, -40_000, 10_000]);
			const { geometry } = layer.feature(i).toGeoJSON(TILE.x, TILE.y, TILE.z);
			expect(geometry.type === 'MultiPolygon' && geometry.coordinates.map((part) => part.length)).toEqual([
				2, 1,
			]);
		}
	});

	it('fills the tile for a polygon around it and leaves the tile empty inside a hole', () => {
		const around = ring([-9000, -9000], [9000, -9000], [9000, 9000], [-9000, 9000]);
		const hole = ring([-500, -500], [5000, -500], [5000, 5000], [-500, 5000]);
		const smallHole = ring([4000, 4000], [5000, 4000], [5000, 5000], [4000, 5000]);
		const layer = polygonLayer([[[around]], [[around, hole]], [[around, smallHole]]]);
		expect(ringAreas(decode(encodePolygonLayer(layer, TILE, [0])), 0)).toEqual([4224 ** 2]);
		expect(encodePolygonLayer(layer, TILE, [1])).toBeNull();
		expect(sum(ringAreas(decode(encodePolygonLayer(layer, TILE, [2])), 0))).toBe(4224 ** 2 - 160 ** 2);
	});

	it('is null for a tile with nothing in it, and leaves vanishing features out', () => {
		const speck = ring([100.1, 100.1], [100.3, 100.1], [100.3, 100.3]);
		const corner = ring([4160, 4160], [5000, 4160], [5000, 5000]);
		const square = ring([0, 0], [64, 0], [64, 64], [0, 64]);
		const layer = polygonLayer([[[speck]], [[corner]], [[square]], []]);
		expect(encodePolygonLayer(layer, TILE, [0, 1, 3])).toBeNull();
		expect(encodePolygonLayer(layer, TILE, [])).toBeNull();
		expect(encodePolygonLayer(layer, { ...TILE, x: TILE.x + 3 }, [0, 1, 2, 3])).toBeNull();
		expect(decode(encodePolygonLayer(layer, TILE, [0, 1, 2, 3])).length).toBe(1);
		expect(joinLayers([null, null])).toBeNull();
	});

	it('writes ids and typed attributes, each distinct value once', () => {
		const square = ring([0, 0], [64, 0], [64, 64], [0, 64]);
		const layer = {
			...polygonLayer(indices(4).map(() => [[square]])),
			featureIds: [7, 2 ** 40 + 3, -1, 300],
			attributes: [
				{ name: 'class', kind: 'category', categories: ['0701', '工业用地'], codes: [1, 0, -1, 1] },
				{ name: 'code', kind: 'text', values: ['HN-1', null, '工业用地', ''] },
				{ name: 'area', kind: 'integer', values: [-5, 2 ** 45, NaN, 0] },
				{ name: 'far', kind: 'number', values: [0.5, 0.1, NaN, -2.25] },
				{ name: 'synthetic', kind: 'flag', values: [1, 0, 2, 1] },
				{ name: 'unused', kind: 'flag', values: [2, 2, 2, 2] },
			] satisfies AttributeColumn[],
		};
		const decoded = decode(encodePolygonLayer(layer, TILE, [0, 1, 2, 3]));
		const features = indices(4).map((i) => decoded.feature(i));
		expect(features.map(({ id }) => id)).toEqual([7, 2 ** 40 + 3, undefined, 300]);
		expect(features.map(({ properties }) => ({ ...properties }))).toEqual([
			{ class: '工业用地', code: 'HN-1', area: -5, far: 0.5, synthetic: true },
			{ class: '0701', area: 2 ** 45, far: 0.1, synthetic: false },
			{ code: '工业用地' },
			{ class: '工业用地', code: '', area: 0, far: -2.25, synthetic: true },
		]);
		expect([decoded.name, decoded.version, decoded.extent]).toEqual(['plan', 2, 4096]);
	});

	it('holds features whose messages need longer lengths', () => {
		const circle = (count: number) =>
			ring(
				...indices(count).map((k): Point => {
					const angle = (2 * Math.PI * k) / count;
					return [2048 + 2000 * Math.cos(angle), 2048 + 2000 * Math.sin(angle)];
				}),
			);
		const counts = [20, 60, 200, 6000];
		const layer = polygonLayer(counts.map((n) => [[circle(n)]]));
		for (const i of indices(counts.length)) {
			const decoded = decode(encodePolygonLayer(layer, TILE, [i]));
			expect(decoded.feature(0).loadGeometry()[0].length).toBe(counts[i] + 1);
			expect(decoded.feature(0).id).toBe(i + 1);
		}
	});
});

describe('point layer of a vector tile', () => {
	const at = (x: number, y: number) => [(TILE.x + x / 4096) * SIDE, (TILE.y + y / 4096) * SIDE];
	const layer = {
		name: 'label',
		extent: 4096,
		points: Float64Array.from([at(10, 20), at(0, 0), at(4096, 5), [NaN, NaN], at(4095.9, 4095.9)].flat()),
		featureIds: [1, 2, 3, 4, 5],
		attributes: [
			{ name: 'code', kind: 'text', values: ['a', 'b', 'c', 'd', 'e'] },
		] satisfies AttributeColumn[],
	};

	it('puts every point into exactly one tile, inside its extent', () => {
		const decoded = decode(encodePointLayer(layer, TILE, indices(5)), 'label');
		const seen = indices(decoded.length).map((i) => {
			const [[{ x, y }]] = decoded.feature(i).loadGeometry();
			return [decoded.feature(i).properties.code, x, y];
		});
		expect(seen).toEqual([
			['a', 10, 20],
			['b', 0, 0],
			['e', 4095, 4095],
		]);
		const east = decode(encodePointLayer(layer, { ...TILE, x: TILE.x + 1 }, indices(5)), 'label');
		expect(indices(east.length).map((i) => east.feature(i).id)).toEqual([3]);
		expect(encodePointLayer(layer, { ...TILE, x: TILE.x - 1 }, indices(5))).toBeNull();
	});

	it('joins layers into one tile', () => {
		const square = ring([0, 0], [64, 0], [64, 64], [0, 64]);
		const polygons = encodePolygonLayer(polygonLayer([[[square]]]), TILE, [0]);
		const tile = joinLayers([polygons, null, encodePointLayer(layer, TILE, indices(5))]);
		expect([decode(tile).length, decode(tile, 'label').length]).toEqual([1, 3]);
	});
});
