import { featureCount, type FlatPolygons, type LonLat } from '../flat-polygons.ts';
import { distanceInside, localShape, middleOfWidestSpan, type LocalShape } from './local-shape.ts';

/** A square of the search: centre, half its side, distance of the centre to the border (negative outside), best it may hold. */
interface Cell {
	readonly x: number;
	readonly y: number;
	readonly half: number;
	readonly distance: number;
	readonly limit: number;
}

/** The search ends when no square can beat the best point by more than this share of it. */
const PRECISION = 0.05;
/** The search ends after so many squares (a long thin road needs most); the best point until then is inside all the same. */
const CELLS_MAX = 4000;

/** Label points of all features as longitude, latitude pairs in degrees; NaN for a feature without area. */
export function labelPoints(polygons: FlatPolygons): Float64Array {
	const points = new Float64Array(2 * featureCount(polygons)).fill(Number.NaN);
	for (let f = 0; 2 * f < points.length; f++) {
		const point = labelPoint(polygons, f);
		if (point) points.set(point, 2 * f);
	}
	return points;
}

/**
 * A point well inside a feature for its label: within 5 % of the farthest from the border that its largest polygon has, holes counted.
 *
 * Longitude, latitude in degrees; distances are taken with longitude shrunk by the cosine of the latitude. Null for a feature
 * without area. Deterministic; the centroid wins where it is as good. A very long thin polygon may stop short of the 5 %, inside
 * all the same. O(squares looked at × positions of the polygon).
 * Source: pole of inaccessibility by quadtree search, Garcia-Castellanos & Lombardo (2007), in the manner of Mapbox's polylabel.
 */
export function labelPoint(polygons: FlatPolygons, feature: number): LonLat | null {
	const polygon = largestPolygon(polygons, feature);
	if (polygon < 0) return null;
	const shape = localShape(polygons, polygon);
	const { minX, minY, maxX, maxY } = shape;
	const side = Math.max(Math.min(maxX - minX, maxY - minY), Math.max(maxX - minX, maxY - minY) / 64);
	const cells: Cell[] = [];
	let looked = 0;
	let best = cellAt(shape, shape.centroidX, shape.centroidY, 0);
	const consider = (cell: Cell) => {
		looked++;
		if (cell.distance > best.distance) best = cell;
		if (cell.limit > enough(best)) push(cells, cell);
	};
	consider(cellAt(shape, middleOfWidestSpan(shape), (minY + maxY) / 2, 0));
	for (let x = minX; x < maxX; x += side) {
		for (let y = minY; y < maxY; y += side) consider(cellAt(shape, x + side / 2, y + side / 2, side / 2));
	}
	for (let cell = pop(cells); cell && cell.limit > enough(best) && looked < CELLS_MAX; cell = pop(cells)) {
		const half = cell.half / 2;
		for (const dx of [-half, half]) {
			for (const dy of [-half, half]) consider(cellAt(shape, cell.x + dx, cell.y + dy, half));
		}
	}
	return best.distance > 0 ? [shape.lon + best.x / shape.lonScale, shape.lat + best.y] : null;
}

function enough(best: Cell): number {
	return best.distance > 0 ? best.distance * (1 + PRECISION) : 0;
}

function cellAt(shape: LocalShape, x: number, y: number, half: number): Cell {
	const distance = distanceInside(shape, x, y);
	return { x, y, half, distance, limit: distance + half * Math.SQRT2 };
}

/** Index of the polygon with the largest shell in degrees, −1 when none has area. */
function largestPolygon(polygons: FlatPolygons, feature: number): number {
	const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = polygons;
	let largest = -1;
	let largestArea = 0;
	for (let p = featureOffsets[feature]; p < featureOffsets[feature + 1]; p++) {
		const from = 2 * ringOffsets[polygonOffsets[p]];
		const to = 2 * ringOffsets[polygonOffsets[p] + 1];
		let doubled = 0;
		for (let i = from + 2; i + 2 < to; i += 2) {
			doubled +=
				(coordinates[i] - coordinates[from]) * (coordinates[i + 3] - coordinates[from + 1]) -
				(coordinates[i + 2] - coordinates[from]) * (coordinates[i + 1] - coordinates[from + 1]);
		}
		if (Math.abs(doubled) <= largestArea) continue;
		largest = p;
		largestArea = Math.abs(doubled);
	}
	return largest;
}

/** Binary heap by falling limit. */
function push(heap: Cell[], cell: Cell): void {
	let at = heap.push(cell) - 1;
	while (at > 0) {
		const above = (at - 1) >> 1;
		if (heap[above].limit >= cell.limit) break;
		heap[at] = heap[above];
		at = above;
	}
	heap[at] = cell;
}

function pop(heap: Cell[]): Cell | undefined {
	const top = heap[0];
	const last = heap.pop();
	if (last === undefined || heap.length === 0) return top;
	let at = 0;
	for (;;) {
		let below = 2 * at + 1;
		if (below >= heap.length) break;
		if (below + 1 < heap.length && heap[below + 1].limit > heap[below].limit) below++;
		if (heap[below].limit <= last.limit) break;
		heap[at] = heap[below];
		at = below;
	}
	heap[at] = last;
	return top;
}
