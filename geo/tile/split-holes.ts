import { arrange } from '../arrangement/arrange.ts';
import { dissolveFaces } from '../arrangement/dissolve.ts';
import { featureCount, flattenMultiPolygons, nestFeature, type FlatPolygons } from '../flat-polygons.ts';
import { snapToGrid } from '../grid.ts';

/** Polygons, each a feature of its own, with the label of each, ascending. */
export interface LabelledPolygons {
	readonly polygons: FlatPolygons;
	readonly labels: Int32Array;
	/** Polygons of a group, a number that ascends too, share no edge: those of a label that are no pieces, or the parts of one piece. */
	readonly groups: Int32Array;
}

/** MapLibre draws 500 rings of a polygon and paints over its other holes. */
const MOST_HOLES = 480;

type Box = readonly [west: number, south: number, east: number, north: number];
type Place = readonly [lon: number, lat: number];

/**
 * Cuts polygons with more holes than are drawn, such as all streets of a town, into pieces along straight lines between equal numbers of holes.
 *
 * `polygons` holds one polygon a feature in degrees on the grid, `labels` ascend. Others stay as they are. What a line crosses has a new vertex there, within
 * half a grid step, that its neighbours do not have: round all together afterwards. O(positions), the cut ones' times a logarithm.
 */
export function splitHoles(polygons: FlatPolygons, labels: Int32Array): LabelledPolygons {
	const { polygonOffsets } = polygons;
	const isFull = (p: number) => polygonOffsets[p + 1] - polygonOffsets[p] - 1 > MOST_HOLES;
	if (!labels.some((_, p) => isFull(p))) return { polygons, labels, groups: labels };
	let piece = 0;
	const all = [...labels].flatMap((label, p) => {
		const named = (of: FlatPolygons, f: number, number: number) =>
			nestFeature(of, f).map((part) => ({ label, piece: number, part }));
		if (!isFull(p)) return named(polygons, p, 0);
		const cut = cutBetweenHoles(polygons, p);
		return Array.from({ length: featureCount(cut) }, (_, f) => named(cut, f, ++piece)).flat();
	});
	all.sort((a, b) => a.label - b.label || a.piece - b.piece);
	const groups = new Int32Array(all.length);
	for (let i = 1; i < all.length; i++) {
		const isNew = all[i].label !== all[i - 1].label || all[i].piece !== all[i - 1].piece;
		groups[i] = groups[i - 1] + Number(isNew);
	}
	return {
		polygons: flattenMultiPolygons(all.map(({ part }) => [part])),
		labels: Int32Array.from(all, ({ label }) => label),
		groups,
	};
}

/** The pieces of a polygon, a feature each. */
function cutBetweenHoles(polygons: FlatPolygons, p: number): FlatPolygons {
	const { coordinates, ringOffsets, polygonOffsets } = polygons;
	const boxOf = (ring: number): Box => {
		let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
		for (let i = 2 * ringOffsets[ring]; i < 2 * ringOffsets[ring + 1]; i += 2) {
			west = Math.min(west, coordinates[i]);
			south = Math.min(south, coordinates[i + 1]);
			east = Math.max(east, coordinates[i]);
			north = Math.max(north, coordinates[i + 1]);
		}
		return [west, south, east, north];
	};
	const [shell, end] = [polygonOffsets[p], polygonOffsets[p + 1]];
	const middles = Array.from({ length: end - shell - 1 }, (_, k): Place => {
		const [west, south, east, north] = boxOf(shell + 1 + k);
		return [(west + east) / 2, (south + north) / 2];
	});
	const cells = cellsOf(middles, boxOf(shell)).map(([west, south, east, north]) => [
		[
			[
				[west, south],
				[east, south],
				[east, north],
				[west, north],
			] satisfies Place[],
		],
	]);
	const one = flattenMultiPolygons([nestFeature(polygons, p)]);
	const arrangement = arrange([one, flattenMultiPolygons(cells)]);
	const [ground, cell] = arrangement.covers;
	const cellOf = Int32Array.from({ length: arrangement.faceCount }, (_, face) => {
		const isIn = ground.offsets[face + 1] > ground.offsets[face];
		return isIn ? 1 + cell.features[cell.offsets[face]] : 0;
	});
	return dissolveFaces(arrangement, cellOf).polygons;
}

/** Boxes that fill a box, in none of which more places lie than there may be holes. */
function cellsOf(places: readonly Place[], box: Box): Box[] {
	if (places.length <= MOST_HOLES) return [box];
	const [west, south, east, north] = box;
	const axis = east - west >= north - south ? 0 : 1;
	const sorted = places.toSorted((a, b) => a[axis] - b[axis]);
	const half = sorted.length >> 1;
	const at = snapToGrid(sorted[half][axis]);
	const low: Box = axis === 0 ? [west, south, at, north] : [west, south, east, at];
	const high: Box = axis === 0 ? [at, south, east, north] : [west, at, east, north];
	return [...cellsOf(sorted.slice(0, half), low), ...cellsOf(sorted.slice(half), high)];
}
