import type { LonLat } from '../flat-polygons.ts';
import { sliceFeature } from '../flat-polygons.ts';
import { findShape } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import { listCutOffPieces } from './cut-off.ts';
import type { EditResult, Refusal } from './difference.ts';
import { dissolveFaces } from '../arrangement/dissolve.ts';
import { followBoundaries } from './follow-boundary.ts';
import { isUsableLine } from '../arrangement/lines.ts';
import type { Polyline } from '../arrangement/lines.ts';
import { redraw } from './redraw.ts';
import { refusalOf, refuse, refuseLine } from './refusal.ts';
import { courseOf, findSelfCrossing, polygonOf, sweptLoop, verticesOf } from './reshape-path.ts';
import { findReshapeSubject } from './reshape-subject.ts';
import type { ReshapeSubject } from './reshape-subject.ts';
import { shareOutCutOff } from './share-out.ts';
import {
	arrangeSweep,
	findIslandCrossed,
	findPlaceIn,
	findRestCrossed,
	isTakenIn,
	listParcelNosSwept,
} from './swept-ground.ts';
import type { Sweep, SweptGround } from './swept-ground.ts';

/** A new course for a stretch of boundary. */
export interface BoundaryReshape {
	/** Two vertices or more, degrees (EPSG:4490), from the boundary, inside or outside the parcel or both, and back to it. */
	readonly path: Polyline;
	/** How far from the boundary the path may begin and end, in metres; its ends are put on a vertex within reach, else on the edge. */
	readonly reachM: number;
	/** The parcel that is reshaped; left out: the boundary between two parcels that share it from end to end. */
	readonly parcelNo?: number;
}

/**
 * Lets a stretch of a parcel's boundary run along a path; every parcel on it follows.
 *
 * The path replaces the one of the two stretches between its ends that leaves the ring (a shell, or the hole round an island) the greater
 * area. Ground of others that it takes in goes to the parcel. Ground that it cuts off goes to the neighbours along the old stretch; where
 * several have their ends there, the boundaries between them follow to the path (`followBoundaries`). Islands in ground cut off stay what
 * they are. All keep their numbers, and the outline stays.
 *
 * Refuses `line.invalid`, `line.crosses-itself`, what `findReshapeSubject` refuses, `reshape.changes-nothing`, `reshape.on-outline` (the
 * outline would have to move), `reshape.crosses-island` (the path runs through a parcel within this one, or out on its other side),
 * `reshape.crosses-rest` (it crosses the stretch that stays), `reshape.ambiguous` (no way to share out what is cut off),
 * `reshape.swallows` (a parcel would vanish), `reshape.parts` (one would fall apart), `reshape.parcel-needed` (a third parcel would change), and whatever `redraw` refuses. O(edges of the parcels along the path and the old stretch, log).
 */
export function reshapeBoundary(coverage: Coverage, { path, reachM, parcelNo }: BoundaryReshape): EditResult {
	if (!isUsableLine(path)) return refuseLine(path, parcelNo === undefined ? [] : [parcelNo]);
	const vertices = verticesOf(path);
	const found = findReshapeSubject(coverage, [vertices[0], vertices[vertices.length - 1]], reachM, parcelNo);
	if (!found.ok) return found;
	const course = courseOf(found, vertices);
	const crossing = findSelfCrossing(course);
	if (crossing !== null) return refuse('line.crosses-itself', [found.parcelNo], crossing);
	const loop = polygonOf(sweptLoop(found, course));
	const sweep: Sweep = {
		parcelNo: found.parcelNo,
		ring: polygonOf(found.ring.places),
		isShell: found.ring.isShell,
		loop,
		parcelNos: listParcelNosSwept(coverage, loop),
	};
	let ground = arrangeSweep(coverage, sweep, []);
	const refusal = findObstacle(ground);
	if (refusal !== null) return refusal;
	const lines: Polyline[] = [];
	for (const piece of listCutOffPieces(ground)) {
		const followers = followBoundaries(ground, piece);
		if (followers === null) {
			const parcelNos = [sweep.parcelNo, ...piece.neighbourNos].sort((a, b) => a - b);
			return refuse('reshape.ambiguous', parcelNos, course[0]);
		}
		lines.push(...followers);
	}
	if (lines.length > 0) ground = arrangeSweep(coverage, sweep, lines);
	const shared = shareOutCutOff(ground);
	if (!shared.ok) return shared;
	return redrawOwners(coverage, ground, shared.ownerOfFace, found, course[0]);
}

/** Says why `reshapeBoundary` would be refused, null when it would be done. */
export function canReshapeBoundary(coverage: Coverage, reshape: BoundaryReshape): Refusal | null {
	return refusalOf(reshapeBoundary(coverage, reshape));
}

function findObstacle(ground: SweptGround): ReturnType<typeof refuse> | null {
	const { parcelNo, isSwept, owner } = ground;
	const outside = findPlaceIn(ground, (face) => isSwept[face] === 1 && owner[face] === 0);
	if (outside !== null) return refuse('reshape.on-outline', [parcelNo], outside);
	const island = findIslandCrossed(ground);
	if (island !== null) return refuse('reshape.crosses-island', [parcelNo], island);
	const rest = findRestCrossed(ground);
	return rest === null ? null : refuse('reshape.crosses-rest', [parcelNo], rest);
}

/** Gives every face to its new owner and puts the parcels that gain or lose into the coverage. */
function redrawOwners(
	coverage: Coverage,
	ground: SweptGround,
	newOwners: Int32Array,
	{ parcelNo, partnerNo }: ReshapeSubject,
	at: LonLat,
): EditResult {
	const { arrangement, parcelNos, owner } = ground;
	const changed = new Set<number>();
	const ownerAfter = owner.map((no, face) => {
		const after = newOwners[face] !== 0 ? newOwners[face] : isTakenIn(ground, face) ? parcelNo : no;
		if (after !== no) changed.add(no).add(after);
		return after;
	});
	if (changed.size === 0) return refuse('reshape.changes-nothing', [parcelNo], at);
	const third = [...changed].find((no) => partnerNo !== null && no !== parcelNo && no !== partnerNo);
	if (third !== undefined) return refuse('reshape.parcel-needed', [...changed], at);
	const labelOf = new Map(Array.from(parcelNos, (no, i) => [no, i + 1]));
	const labels = ownerAfter.map((no) => (changed.has(no) ? (labelOf.get(no) ?? 0) : 0));
	const dissolved = dissolveFaces(arrangement, labels);
	const shapes = new Map(
		Array.from(dissolved.parcelNos, (label, f) => [
			parcelNos[label - 1],
			sliceFeature(dissolved.polygons, f),
		]),
	);
	for (const no of [...changed].sort((a, b) => a - b)) {
		const before = findShape(coverage, no);
		const after = shapes.get(no);
		if (before === null || after === undefined) return refuse('reshape.swallows', [no], at);
		if (after.polygonOffsets.length > before.polygonOffsets.length) {
			const part = 2 * after.ringOffsets[after.polygonOffsets[after.polygonOffsets.length - 2]];
			return refuse('reshape.parts', [no], [after.coordinates[part], after.coordinates[part + 1]]);
		}
	}
	return redraw(coverage, shapes);
}
