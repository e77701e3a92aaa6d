import type { FlatPolygons } from '../flat-polygons.ts';

const RAD_PER_DEG = Math.PI / 180;

/** One polygon in a plane true to shape near it: degrees of latitude about (lon, lat), longitude times lonScale. */
export interface LocalShape {
	readonly lon: number;
	readonly lat: number;
	readonly lonScale: number;
	/** Edges as x₁, y₁, x₂, y₂ of every ring. */
	readonly edges: Float64Array;
	readonly minX: number;
	readonly minY: number;
	readonly maxX: number;
	readonly maxY: number;
	readonly centroidX: number;
	readonly centroidY: number;
}

/** Lays a polygon out in its local plane; box and centroid are its shell's. O(positions). */
export function localShape(
	{ coordinates, ringOffsets, polygonOffsets }: FlatPolygons,
	polygon: number,
): LocalShape {
	const firstRing = polygonOffsets[polygon];
	const endRing = polygonOffsets[polygon + 1];
	const lon = coordinates[2 * ringOffsets[firstRing]];
	const lat = coordinates[2 * ringOffsets[firstRing] + 1];
	const lonScale = Math.cos(lat * RAD_PER_DEG);
	const edges = new Float64Array(4 * (ringOffsets[endRing] - ringOffsets[firstRing]));
	let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
	let [doubled, momentX, momentY, k] = [0, 0, 0, 0];
	for (let r = firstRing; r < endRing; r++) {
		for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++, k += 4) {
			const j = i + 1 < ringOffsets[r + 1] ? i + 1 : ringOffsets[r];
			const x = (coordinates[2 * i] - lon) * lonScale;
			const y = coordinates[2 * i + 1] - lat;
			edges[k] = x;
			edges[k + 1] = y;
			edges[k + 2] = (coordinates[2 * j] - lon) * lonScale;
			edges[k + 3] = coordinates[2 * j + 1] - lat;
			if (r > firstRing) continue;
			const cross = x * edges[k + 3] - edges[k + 2] * y;
			doubled += cross;
			momentX += (x + edges[k + 2]) * cross;
			momentY += (y + edges[k + 3]) * cross;
			minX = Math.min(minX, x);
			maxX = Math.max(maxX, x);
			minY = Math.min(minY, y);
			maxY = Math.max(maxY, y);
		}
	}
	const centroidX = momentX / (3 * doubled);
	const centroidY = momentY / (3 * doubled);
	return { lon, lat, lonScale, edges, minX, minY, maxX, maxY, centroidX, centroidY };
}

/** x of the middle of the widest stretch inside the shape at half its height: a first point, inside by construction. */
export function middleOfWidestSpan({ edges, minY, maxY }: LocalShape): number {
	const y = (minY + maxY) / 2;
	const crossings: number[] = [];
	for (let k = 0; k < edges.length; k += 4) {
		const [ax, ay, bx, by] = edges.subarray(k, k + 4);
		if (ay > y !== by > y) crossings.push(ax + ((bx - ax) * (y - ay)) / (by - ay));
	}
	crossings.sort((a, b) => a - b);
	let widest = 0;
	for (let i = 0; i + 1 < crossings.length; i += 2) {
		if (crossings[i + 1] - crossings[i] > crossings[widest + 1] - crossings[widest]) widest = i;
	}
	return crossings.length === 0 ? 0 : (crossings[widest] + crossings[widest + 1]) / 2;
}

/** Distance from a point to the shape's border, negative outside. O(edges). */
export function distanceInside({ edges }: LocalShape, x: number, y: number): number {
	let isInside = false;
	let nearest = Infinity;
	for (let k = 0; k < edges.length; k += 4) {
		const ax = edges[k];
		const ay = edges[k + 1];
		const dx = edges[k + 2] - ax;
		const dy = edges[k + 3] - ay;
		if (ay > y !== edges[k + 3] > y && x < (dx * (y - ay)) / dy + ax) isInside = !isInside;
		const length2 = dx * dx + dy * dy;
		const along = length2 === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length2;
		const t = along < 0 ? 0 : along > 1 ? 1 : along;
		const offX = x - ax - t * dx;
		const offY = y - ay - t * dy;
		nearest = Math.min(nearest, offX * offX + offY * offY);
	}
	return isInside ? Math.sqrt(nearest) : -Math.sqrt(nearest);
}
