import type { CoverageBase } from '../coverage/coverage-base.ts';
import { latToWorldY } from '../crs/web-mercator.ts';
import { polygonsOfArcs } from './arc-polygons.ts';

/** What polygons measure on the Web Mercator plane, in degrees of longitude: lengths by arc, areas and perimeters by polygon. */
export interface Measures {
	readonly lengths: Float64Array;
	readonly areas: Float64Array;
	readonly perimeters: Float64Array;
}

/** Measures the arcs and polygons of a coverage on the Web Mercator plane, in degrees of longitude. O(vertices). */
export function measurePolygons(base: CoverageBase): Measures {
	const { arcOffsets, arcVertices, vertices } = base;
	const { left, right } = polygonsOfArcs(base);
	const count = base.polygonOffsets.length - 1;
	const lengths = new Float64Array(arcOffsets.length - 1);
	const areas = new Float64Array(count);
	const perimeters = new Float64Array(count);
	for (let a = 0; a < lengths.length; a++) {
		const { length, area } = measureArc(vertices, arcVertices, arcOffsets[a], arcOffsets[a + 1]);
		lengths[a] = length;
		for (const [polygon, sign] of [
			[left[a], 1],
			[right[a], -1],
		]) {
			if (polygon === 0) continue;
			areas[polygon - 1] += sign * area;
			perimeters[polygon - 1] += length;
		}
	}
	return { lengths, areas, perimeters };
}

/** Length of the arc through `arcVertices` [from, to) on the Web Mercator plane in degrees of longitude, and its part of the area on its left. O(its vertices). */
export function measureArc(vertices: Float64Array, arcVertices: Uint32Array, from: number, to: number) {
	let length = 0;
	let doubled = 0;
	let x = vertices[2 * arcVertices[from]];
	let y = -360 * latToWorldY(vertices[2 * arcVertices[from] + 1]);
	for (let i = from + 1; i < to; i++) {
		const nextX = vertices[2 * arcVertices[i]];
		const nextY = -360 * latToWorldY(vertices[2 * arcVertices[i] + 1]);
		length += Math.hypot(nextX - x, nextY - y);
		doubled += (nextX - x) * (nextY + y);
		x = nextX;
		y = nextY;
	}
	return { length, area: -doubled / 2 };
}
