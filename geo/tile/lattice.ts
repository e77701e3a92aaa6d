import { arrange } from '../arrangement/arrange.ts';
import { dissolveFaces } from '../arrangement/dissolve.ts';
import { fromGridSteps, toGridSteps } from '../arrangement/grid-position.ts';
import type { FlatPolygons } from '../flat-polygons.ts';
import { RingClipper, tileFrame, type TileAddress, type TileFrame } from './clip.ts';
import { projectPolygons, type WorldPolygons } from './project.ts';
import { TileQuantiser } from './quantise.ts';

/** Units along the side of a tile of the lattice's own zoom. */
export const LATTICE_EXTENT = 4096;

/**
 * Polygons whose vertices are whole units of the tiles of one zoom, ready to be cut into tiles of it and of smaller ones.
 *
 * `positions` are x, y pairs counted from the north-west of the world, y southwards. Feature f has polygons from `featureOffsets[f]`, polygon p
 * rings from `polygonOffsets[p]`: the shell (positive area, y down), then its holes (negative); `bounds` holds its least and largest x and y at 4p.
 * No polygons cross or overlap, and no edge passes within half a unit of a vertex but its ends.
 */
export interface LatticePolygons {
	readonly zoom: number;
	readonly positions: Int32Array;
	readonly ringOffsets: Uint32Array;
	readonly polygonOffsets: Uint32Array;
	readonly featureOffsets: Uint32Array;
	readonly bounds: Int32Array;
	/** Every ring in runs of `RUN` positions, those of ring r from `runOffsets[r]`, and the bounds of each: what lies far away is passed over. */
	readonly runOffsets: Uint32Array;
	readonly runBounds: Int32Array;
}

/** Positions of a run; the last of a ring has fewer. */
export const RUN = 64;

/**
 * Snap-rounds polygons that neither cross nor overlap to the units of a zoom's tiles.
 *
 * In two steps: from where they are, as a tile does (`TileQuantiser`), so that nothing changes sides; then on whole units until no edge passes
 * a vertex any more. Borders that are shared stay shared; what is narrower than a unit vanishes, and a polygon may come apart.
 * O(positions) times a logarithm.
 */
export function snapToLattice(polygons: FlatPolygons, zoom: number): LatticePolygons {
	const world = projectPolygons(polygons, zoom);
	const frame = frameAround(world, zoom);
	const arrangement = arrange([quantiseAll(world, frame)]);
	const { offsets, features } = arrangement.covers[0];
	const labels = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
		offsets[face] < offsets[face + 1] ? features[offsets[face]] + 1 : 0,
	);
	const { parcelNos, polygons: snapped } = dissolveFaces(arrangement, labels);
	const featureOffsets = new Uint32Array(world.featureOffsets.length);
	parcelNos.forEach((no, i) => (featureOffsets[no] = snapped.featureOffsets[i + 1]));
	// What vanished has no polygons.
	for (let f = 1; f < featureOffsets.length; f++)
		featureOffsets[f] = Math.max(featureOffsets[f - 1], featureOffsets[f]);
	return layOut({ ...snapped, featureOffsets }, frame, zoom);
}

/** The frame of a tile of the lattice's zoom or a smaller one, in the lattice's units; `buffer` is in those of the tile's own zoom. */
export function latticeFrame({ zoom }: LatticePolygons, tile: TileAddress, buffer: number): TileFrame {
	const finer = 2 ** (zoom - tile.z);
	return tileFrame(tile, finer * LATTICE_EXTENT, finer * buffer);
}

/** Least and largest x, y of a feature; what has vanished is at the corner of the world. */
export function latticeBounds(
	{ featureOffsets, bounds }: LatticePolygons,
	feature: number,
): [number, number, number, number] {
	const [from, to] = [featureOffsets[feature], featureOffsets[feature + 1]];
	if (from === to) return [0, 0, 0, 0];
	let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
	for (let i = 4 * from; i < 4 * to; i += 4) {
		minX = Math.min(minX, bounds[i]);
		minY = Math.min(minY, bounds[i + 1]);
		maxX = Math.max(maxX, bounds[i + 2]);
		maxY = Math.max(maxY, bounds[i + 3]);
	}
	return [minX, minY, maxX, maxY];
}

/** Units of a zoom, counted from a whole one north-west of the polygons. */
function frameAround({ bounds }: WorldPolygons, zoom: number): TileFrame {
	const scale = 2 ** zoom * LATTICE_EXTENT;
	const [least, largest] = [
		[Infinity, Infinity],
		[-Infinity, -Infinity],
	];
	for (let i = 0; i < bounds.length; i++) {
		const side = i % 4 < 2 ? least : largest;
		side[i % 2] = i % 4 < 2 ? Math.min(side[i % 2], bounds[i]) : Math.max(side[i % 2], bounds[i]);
	}
	if (!(least[0] <= largest[0])) return { scale, originX: 0, originY: 0, min: 0, max: 0 };
	const [originX, originY] = least.map((value) => Math.floor(value * scale));
	return {
		scale,
		originX,
		originY,
		min: 0,
		max: Math.max(largest[0] * scale - originX, largest[1] * scale - originY),
	};
}

/** Rounds all features together; whole units stand as steps of the coverage grid, north up. */
function quantiseAll(world: WorldPolygons, frame: TileFrame): FlatPolygons {
	const quantiser = new TileQuantiser(frame);
	const clipper = new RingClipper();
	const { ringOffsets, polygonOffsets, featureOffsets } = world;
	for (let f = 0; f + 1 < featureOffsets.length; f++) {
		for (let p = featureOffsets[f]; p < featureOffsets[f + 1]; p++) {
			for (let r = polygonOffsets[p]; r < polygonOffsets[p + 1]; r++) {
				const count = clipper.place(world.coordinates, ringOffsets[r], ringOffsets[r + 1], frame);
				quantiser.addRing(clipper.positions, count, r === polygonOffsets[p]);
			}
		}
		quantiser.endFeature();
	}
	const { rings, hot } = quantiser;
	const coordinates: number[] = [];
	const rounded = { ringOffsets: [0], polygonOffsets: [0], featureOffsets: [0] };
	for (let f = 0; f + 1 < featureOffsets.length; f++) {
		quantiser.quantise(f);
		for (let r = 0; r < rings.count; r++) {
			if (r > 0 && rings.doubledArea(r, hot.xs, hot.ys) > 0)
				rounded.polygonOffsets.push(rounded.ringOffsets.length - 1);
			for (let i = rings.offsets[r]; i < rings.offsets[r + 1]; i++) {
				const pixel = rings.pixels[i];
				coordinates.push(fromGridSteps(hot.xs[pixel]), fromGridSteps(-hot.ys[pixel]));
			}
			rounded.ringOffsets.push(coordinates.length / 2);
		}
		if (rings.count > 0) rounded.polygonOffsets.push(rounded.ringOffsets.length - 1);
		rounded.featureOffsets.push(rounded.polygonOffsets.length - 1);
	}
	return {
		coordinates: Float64Array.from(coordinates),
		ringOffsets: Uint32Array.from(rounded.ringOffsets),
		polygonOffsets: Uint32Array.from(rounded.polygonOffsets),
		featureOffsets: Uint32Array.from(rounded.featureOffsets),
	};
}

/** Turns rings round for tiles, whose y grows southwards, and counts from the north-west of the world. */
function layOut(
	{ coordinates, ringOffsets, polygonOffsets, featureOffsets }: FlatPolygons,
	{ originX, originY }: TileFrame,
	zoom: number,
): LatticePolygons {
	const positions = new Int32Array(coordinates.length);
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		let to = 2 * ringOffsets[r + 1];
		for (let i = 2 * ringOffsets[r]; i < 2 * ringOffsets[r + 1]; i += 2) {
			to -= 2;
			positions[to] = originX + toGridSteps(coordinates[i]);
			positions[to + 1] = originY - toGridSteps(coordinates[i + 1]);
		}
	}
	const bounds = new Int32Array(4 * (polygonOffsets.length - 1));
	for (let p = 0; p + 1 < polygonOffsets.length; p++) {
		const shell = polygonOffsets[p];
		bounds.set(boundsOf(positions, ringOffsets[shell], ringOffsets[shell + 1]), 4 * p);
	}
	const runOffsets = new Uint32Array(ringOffsets.length);
	for (let r = 0; r + 1 < ringOffsets.length; r++)
		runOffsets[r + 1] = runOffsets[r] + Math.ceil((ringOffsets[r + 1] - ringOffsets[r]) / RUN);
	const runBounds = new Int32Array(4 * runOffsets[runOffsets.length - 1]);
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		const end = ringOffsets[r + 1];
		for (let run = runOffsets[r], i = ringOffsets[r]; i < end; run++, i += RUN)
			runBounds.set(boundsOf(positions, i, Math.min(i + RUN, end)), 4 * run);
	}
	return { zoom, positions, ringOffsets, polygonOffsets, featureOffsets, bounds, runOffsets, runBounds };
}

/** Least and largest x, y of positions [from, to). */
function boundsOf(positions: Int32Array, from: number, to: number): [number, number, number, number] {
	let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
	for (let i = 2 * from; i < 2 * to; i += 2) {
		minX = Math.min(minX, positions[i]);
		minY = Math.min(minY, positions[i + 1]);
		maxX = Math.max(maxX, positions[i]);
		maxY = Math.max(maxY, positions[i + 1]);
	}
	return [minX, minY, maxX, maxY];
}
