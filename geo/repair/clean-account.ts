import { sliceFeature } from '../flat-polygons.ts';
import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { GRID_STEP_DEG, snapToGrid } from '../grid.ts';
import { arrange } from '../arrangement/arrange.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import { boundaryMove, snapMove } from './boundary-move.ts';
import type { CleanPass } from './clean-pass.ts';
import type { AreaChange, BoundaryMove, CutSpike, DroppedParcel } from './clean-report.ts';
import { pieceGround } from '../arrangement/ground-piece.ts';
import { isUsablePosition } from '../arrangement/grid-position.ts';
import { metresBetween } from '../arrangement/metres.ts';

/** No snapping or noding on the grid moves anything farther. */
export const SNAP_MOVE_M = metresBetween(0, 0, GRID_STEP_DEG, GRID_STEP_DEG);

/** The set with the rings emptied that go round no ground: what was never a boundary cannot move. O(positions). */
function withGround(polygons: FlatPolygons, { faceRings }: Arrangement): FlatPolygons {
	const { coordinates, ringOffsets } = polygons;
	const hasGround = new Uint8Array(ringOffsets.length - 1);
	for (const ring of faceRings.rings) if (ring < hasGround.length) hasGround[ring] = 1;
	if (!hasGround.includes(0)) return polygons;
	const kept = new Float64Array(coordinates.length);
	const offsets = new Uint32Array(ringOffsets.length);
	for (let ring = 0; ring < hasGround.length; ring++) {
		const stretch = coordinates.subarray(2 * ringOffsets[ring], 2 * ringOffsets[ring + 1]);
		if (hasGround[ring] === 1) kept.set(stretch, 2 * offsets[ring]);
		offsets[ring + 1] = offsets[ring] + (hasGround[ring] === 1 ? stretch.length / 2 : 0);
	}
	return { ...polygons, coordinates: kept.slice(0, 2 * offsets[hasGround.length]), ringOffsets: offsets };
}

/** The farthest move of each holder that moved, in the survey plane or on the grid, farthest first. O(positions log positions). */
export function listMoves(passes: readonly CleanPass[], movedInPlaneM: Float64Array | null): BoundaryMove[] {
	const [first] = passes;
	const { holders, cleaned } = passes[passes.length - 1];
	const given = withGround(first.given.polygons, first.arrangement);
	const moves: BoundaryMove[] = [];
	holders.parcelNos.forEach((parcelNo, holder) => {
		// A holder of one pass is a feature of the next.
		const feature = passes.reduceRight((later, pass) => pass.holders.featureOf[later], holder);
		const snapped = snapMove(given, feature);
		const bent = boundaryMove(given, feature, cleaned.polygons, holder);
		const farthest = bent !== null && (snapped === null || bent.byM > snapped.byM) ? bent : snapped;
		const inPlaneM = movedInPlaneM === null ? 0 : movedInPlaneM[feature];
		if (farthest !== null && farthest.byM >= inPlaneM) moves.push({ parcelNo, ...farthest });
		else if (inPlaneM > 0) {
			const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = cleaned.polygons;
			const start = 2 * ringOffsets[polygonOffsets[featureOffsets[holder]]];
			moves.push({ parcelNo, byM: inPlaneM, at: [coordinates[start], coordinates[start + 1]] });
		}
	});
	return moves.sort((a, b) => b.byM - a.byM || a.parcelNo - b.parcelNo);
}

/** The parcels whose ground changed, ascending, spikes included. O(gives + edges of the parcels with spikes · log). */
export function listAreas(passes: readonly CleanPass[]): AreaChange[] {
	const changes = new Map<number, { parcelNo: number; gainedM2: number; lostM2: number }>();
	const add = (parcelNo: number, gainedM2: number, lostM2: number) => {
		if (gainedM2 === 0 && lostM2 === 0) return;
		const change = changes.get(parcelNo) ?? { parcelNo, gainedM2: 0, lostM2: 0 };
		change.gainedM2 += gainedM2;
		change.lostM2 += lostM2;
		changes.set(parcelNo, change);
	};
	for (const { given, unspiked, spikes, holders, held } of passes) {
		for (const { from, to, areaM2 } of held.flatMap(({ gives }) => gives)) {
			for (const holder of from) if (holder !== to) add(holders.parcelNos[holder], 0, areaM2);
			if (to >= 0 && !from.includes(to)) add(holders.parcelNos[to], areaM2, 0);
		}
		for (const feature of new Set(spikes.map((spike) => spike.feature))) {
			const was = sliceFeature(given.polygons, feature);
			add(given.parcelNos[feature], ...groundChange(was, sliceFeature(unspiked, feature)));
		}
	}
	return [...changes.values()].sort((a, b) => a.parcelNo - b.parcelNo);
}

/** The ground (even-odd) that a shape gained and lost, m². */
function groundChange(before: FlatPolygons, after: FlatPolygons): [gainedM2: number, lostM2: number] {
	const arrangement = arrange([before, after]);
	const [was, is] = arrangement.covers.map(
		({ offsets }) =>
			(face: number) =>
				offsets[face] < offsets[face + 1],
	);
	const keys = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
		was(face) === is(face) ? 0 : is(face) ? 1 : 2,
	);
	const pieces = pieceGround(arrangement, keys);
	const sum = (key: number) =>
		pieces.areaM2.reduce((total, areaM2, piece) => total + (pieces.keys[piece] === key ? areaM2 : 0), 0);
	return [sum(1), sum(2)];
}

/** The spikes with their parcel numbers, ascending by number, then place. */
export function listSpikes(passes: readonly CleanPass[]): CutSpike[] {
	return passes
		.flatMap(({ given, spikes }) =>
			spikes.map(({ feature, ...spike }) => ({ parcelNo: given.parcelNos[feature], ...spike })),
		)
		.sort((a, b) => a.parcelNo - b.parcelNo || compare(a.at, b.at));
}

/** The records that are not in the result, ascending by number. O(their positions). */
export function listDropped({
	given: { parcelNos, polygons },
	holders: { groundless, repeated },
}: CleanPass): DroppedParcel[] {
	const drop = (reason: DroppedParcel['reason']) => (feature: number) => ({
		parcelNo: parcelNos[feature],
		reason,
		at: smallestPosition(polygons, feature),
	});
	return [...groundless.map(drop('no-ground')), ...repeated.map(drop('repeated'))].sort(
		(a, b) => a.parcelNo - b.parcelNo || compare(a.at, b.at),
	);
}

/** The usable vertex of a feature that comes first by (lon, lat), on the grid; null where there is none. */
function smallestPosition(
	{ coordinates, ringOffsets, polygonOffsets, featureOffsets }: FlatPolygons,
	feature: number,
): LonLat | null {
	const to = ringOffsets[polygonOffsets[featureOffsets[feature + 1]]];
	let smallest: LonLat | null = null;
	for (let i = ringOffsets[polygonOffsets[featureOffsets[feature]]]; i < to; i++) {
		if (!isUsablePosition(coordinates[2 * i], coordinates[2 * i + 1])) continue;
		const at: LonLat = [snapToGrid(coordinates[2 * i]), snapToGrid(coordinates[2 * i + 1])];
		if (smallest === null || compare(at, smallest) < 0) smallest = at;
	}
	return smallest;
}

function compare(a: LonLat | null, b: LonLat | null): number {
	if (a === null || b === null) return Number(b === null) - Number(a === null);
	return a[0] - b[0] || a[1] - b[1];
}
