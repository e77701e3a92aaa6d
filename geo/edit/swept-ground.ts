import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { joinFeatures } from '../flat-polygons.ts';
import { arrange, soleFeature } from '../arrangement/arrange.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import type { GroundBox } from '../arrangement/chain.ts';
import { findShape, listParcelNosInBox } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import { regionPolygons } from '../arrangement/dissolve.ts';
import { interiorPoint } from '../arrangement/interior-point.ts';
import type { Polyline } from '../arrangement/lines.ts';
import { metresPerDegree } from '../arrangement/metres.ts';
import { listParcelNosAlong } from '../coverage/parcels-along.ts';
import { sideOf } from '../arrangement/point-in-polygon.ts';
import { traceRegions } from '../arrangement/region.ts';
import { boxOf } from '../coverage/shape.ts';
import { DIRECTION_LENGTH_M } from './straight-on.ts';

/** Ground by face: who has it, and how it lies to the ring that is reshaped. */
export interface SweptGround {
	readonly arrangement: Arrangement;
	/** The parcel whose ring is reshaped. */
	readonly parcelNo: number;
	/** All parcels with ground here, whole, ascending. */
	readonly parcelNos: Int32Array;
	/** The number of the parcel that has the face, 0 where none has. */
	readonly owner: Int32Array;
	/** 1 where the face lies between the old stretch of the ring and the path. */
	readonly isSwept: Uint8Array;
	/** 1 on the parcel's side of the ring: inside a shell, outside a hole; islands and what they hold included. */
	readonly isInner: Uint8Array;
}

/** The ring of a parcel that is reshaped, and the ground swept, each one ring. */
export interface Sweep {
	readonly parcelNo: number;
	readonly ring: FlatPolygons;
	readonly isShell: boolean;
	readonly loop: FlatPolygons;
	readonly parcelNos: readonly number[];
}

/** The parcels with ground in a loop or along it, ascending. */
export function listParcelNosSwept(coverage: Coverage, loop: FlatPolygons): number[] {
	const { coordinates } = loop;
	const closed = new Float64Array(coordinates.length + 2);
	closed.set(coordinates);
	closed.set(coordinates.subarray(0, 2), coordinates.length);
	const found = new Set(listParcelNosAlong(coverage, closed));
	for (const parcelNo of listParcelNosInBox(coverage, boxOf(loop))) {
		if (found.has(parcelNo)) continue;
		// Not along the loop, so wholly within it or without.
		const shape = findShape(coverage, parcelNo);
		if (shape !== null && sideOf(loop, [shape.coordinates[0], shape.coordinates[1]]) > 0) found.add(parcelNo);
	}
	return [...found].sort((a, b) => a - b);
}

/** Arranges the parcels of a sweep with its ring and loop, and lines to cut the ground by. O(edges log). */
export function arrangeSweep(
	coverage: Coverage,
	{ parcelNo, ring, isShell, loop, parcelNos }: Sweep,
	lines: readonly Polyline[],
): SweptGround {
	const shapes = parcelNos.map((no) => findShape(coverage, no)).filter((shape) => shape !== null);
	const joined = joinFeatures(shapes);
	const arrangement = arrange([joined, ring, loop], lines, [joined], groundRound(loop));
	const [parcels, inRing, inLoop] = arrangement.covers;
	const { faceCount } = arrangement;
	const owner = new Int32Array(faceCount);
	const isSwept = new Uint8Array(faceCount);
	const isInner = new Uint8Array(faceCount);
	for (let face = 0; face < faceCount; face++) {
		const feature = face === 0 ? -1 : soleFeature(parcels, face);
		owner[face] = feature < 0 ? 0 : parcelNos[feature];
		isSwept[face] = soleFeature(inLoop, face) === -1 ? 0 : 1;
		isInner[face] = (soleFeature(inRing, face) !== -1) === isShell ? 1 : 0;
	}
	return { arrangement, parcelNo, parcelNos: Int32Array.from(parcelNos), owner, isSwept, isInner };
}

/** The box of a loop, and as far beyond it as the direction of a boundary is looked for (`goStraightOn`). */
function groundRound(loop: FlatPolygons): GroundBox {
	const { minLon, minLat, maxLon, maxLat } = boxOf(loop);
	const { east, north } = metresPerDegree((minLat + maxLat) / 2);
	const [lon, lat] = [(2 * DIRECTION_LENGTH_M) / east, (2 * DIRECTION_LENGTH_M) / north];
	return [minLon - lon, minLat - lat, maxLon + lon, maxLat + lat];
}

/** Says whether a face is ground that the path cuts off the parcel. */
export function isCutOff({ owner, isSwept, isInner, parcelNo }: SweptGround, face: number): boolean {
	return isSwept[face] === 1 && isInner[face] === 1 && owner[face] === parcelNo;
}

/** Says whether a face is ground of others that the path takes in. */
export function isTakenIn({ owner, isSwept, isInner, parcelNo }: SweptGround, face: number): boolean {
	return isSwept[face] === 1 && isInner[face] === 0 && owner[face] !== parcelNo;
}

/** A place inside the first region of the faces that a test picks, null when it picks none. */
export function findPlaceIn(ground: SweptGround, picks: (face: number) => boolean): LonLat | null {
	const { arrangement } = ground;
	const labels = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
		face > 0 && picks(face) ? 1 : 0,
	);
	if (!labels.includes(1)) return null;
	return interiorPoint(regionPolygons(arrangement, traceRegions(arrangement, labels)), 0);
}

/** A place where the path runs through the inside of other parcels on the parcel's own side of the ring, null when it does not. */
export function findIslandCrossed({
	arrangement: { edgeLow, faceOf, coordinates },
	owner,
	isSwept,
	isInner,
	parcelNo,
}: SweptGround): LonLat | null {
	for (let edge = 0; edge < edgeLow.length; edge++) {
		const [left, right] = [faceOf[2 * edge], faceOf[2 * edge + 1]];
		if (isSwept[left] === isSwept[right] || isInner[left] === 0 || isInner[right] === 0) continue;
		if (owner[left] === parcelNo || owner[right] === parcelNo) continue;
		return [coordinates[2 * edgeLow[edge]], coordinates[2 * edgeLow[edge] + 1]];
	}
	return null;
}

/**
 * A place on the ring within the ground swept, null when there is none: the path crosses the stretch that stays, or runs back along the
 * one that it replaces.
 */
export function findRestCrossed({
	arrangement: { edgeLow, faceOf, coordinates },
	isSwept,
	isInner,
}: SweptGround): LonLat | null {
	for (let edge = 0; edge < edgeLow.length; edge++) {
		const [left, right] = [faceOf[2 * edge], faceOf[2 * edge + 1]];
		if (isInner[left] === isInner[right] || isSwept[left] === 0 || isSwept[right] === 0) continue;
		return [coordinates[2 * edgeLow[edge]], coordinates[2 * edgeLow[edge] + 1]];
	}
	return null;
}
