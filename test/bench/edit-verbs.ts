import type { CoverageIssue } from '$geo/check/issue.ts';
import { findShape, listParcelNosAt } from '$geo/coverage/coverage.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import { boxOf } from '$geo/coverage/shape.ts';
import { alignBoundary } from '$geo/edit/align-boundary.ts';
import { carveCorridor } from '$geo/edit/carve-corridor.ts';
import { checkDifference } from '$geo/edit/check-ground.ts';
import { deleteVertex } from '$geo/edit/delete-vertex.ts';
import type { EditResult } from '$geo/edit/difference.ts';
import { insertVertex } from '$geo/edit/insert-vertex.ts';
import { mergeParcels } from '$geo/edit/merge.ts';
import { moveVertices } from '$geo/edit/move-vertex.ts';
import { reshapeBoundary } from '$geo/edit/reshape-boundary.ts';
import { splitByLine } from '$geo/edit/split-by-line.ts';
import { splitToAreas } from '$geo/edit/split-to-areas.ts';
import type { FlatPolygons, LonLat } from '$geo/flat-polygons.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { fillGap } from '$geo/repair/fill-gap.ts';
import { patchedSetOf } from '$geo/repair/patched-set.ts';
import type { PatchedSet } from '$geo/repair/patched-set.ts';
import { resolveOverlap } from '$geo/repair/resolve-overlap.ts';

/** A parcel and where along it an edit is made: a share of its longer side and of its vertices. */
export interface Place {
	readonly parcelNo: number;
	readonly share: number;
}

/** What was measured at a place: an edit or a check, and whether it was done. */
export type Clock = (verb: string, work: () => { readonly ok: boolean }) => void;

/** A few centimetres, and half a metre, in degrees. */
const NUDGE_DEG = 2e-7;
const FAULT_DEG = 5e-6;

/** A line across a parcel at a share of its longer side, a little askew, and how far along it goes. */
function lineAcross(shape: FlatPolygons, share: number): Float64Array {
	const { minLon, minLat, maxLon, maxLat } = boxOf(shape);
	const lon = minLon + share * (maxLon - minLon);
	const lat = minLat + share * (maxLat - minLat);
	return maxLon - minLon > maxLat - minLat
		? Float64Array.of(lon, minLat - 1e-5, lon + 1e-6, maxLat + 1e-5)
		: Float64Array.of(minLon - 1e-5, lat, maxLon + 1e-5, lat + 1e-6);
}

/** The vertices of the ring that has the position at a share of all, from that on. */
function ringFrom({ coordinates, ringOffsets }: FlatPolygons, share: number): LonLat[] {
	const at = Math.floor((share * coordinates.length) / 2);
	const ring = ringOffsets.findIndex((end) => end > at) - 1;
	const [from, count] = [ringOffsets[ring], ringOffsets[ring + 1] - ringOffsets[ring]];
	return Array.from({ length: count }, (_, k): LonLat => {
		const i = from + ((at - from + k) % count);
		return [coordinates[2 * i], coordinates[2 * i + 1]];
	});
}

const between = (a: LonLat, b: LonLat, byDeg = 0): LonLat => [
	(a[0] + b[0]) / 2 + byDeg,
	(a[1] + b[1]) / 2 + byDeg,
];

/** Does every verb of the coverage at a place. */
export function editAt(coverage: Coverage, { parcelNo, share }: Place, clock: Clock): void {
	const shape = findShape(coverage, parcelNo);
	if (shape === null) throw new Error(`no parcel ${parcelNo}`);
	const line = lineAcross(shape, share);
	const splits: EditResult[] = [];
	clock('split', () => {
		const result = splitByLine(coverage, { line, parcelNos: [parcelNo] });
		splits.push(result);
		return result;
	});
	for (const split of splits) {
		if (!split.ok) continue;
		const issues: CoverageIssue[] = [];
		clock('check', () => {
			issues.push(...checkDifference(coverage, split.difference));
			return { ok: issues.every(({ severity }) => severity !== 'error') };
		});
		const [{ to: one }, { to: other }] = split.difference.lineage;
		clock('merge', () => mergeParcels(split.coverage, { parcelNos: [one, other] }));
	}
	const [at, next, ...further] = ringFrom(shape, share);
	const end = further[1] ?? further[0];
	const to: LonLat = [at[0] + NUDGE_DEG, at[1] + NUDGE_DEG];
	clock('move', () => moveVertices(coverage, [{ at, to }]));
	clock('insert', () =>
		insertVertex(coverage, { at: between(at, next), reachM: 1, to: between(at, next, NUDGE_DEG) }),
	);
	const spare = [at, next, ...further].slice(0, 50).find((place) => deleteVertex(coverage, { at: place }).ok);
	if (spare !== undefined) clock('delete', () => deleteVertex(coverage, { at: spare }));
	const front = [at, [next[0] + NUDGE_DEG, next[1] + NUDGE_DEG]] as const;
	clock('align', () => alignBoundary(coverage, { parcelNo, line: front, reachM: 0.1 }));
	const path = Float64Array.of(...at, ...between(at, end, 5 * NUDGE_DEG), ...end);
	clock('reshape', () => reshapeBoundary(coverage, { path, reachM: 0.01, parcelNo }));
	clock('carve', () => carveCorridor(coverage, { centreLine: line, breadth: { widthM: 5 } }));
	if (share < 0.6)
		clock('divide', () =>
			splitToAreas(coverage, { parcelNo, bearingDeg: 90, into: { equalParts: 4 }, allowApart: true }),
		);
}

/** A vertex that one parcel alone has elsewhere, and the other parcel there: its own number where that leaves a gap. */
interface Fault {
	readonly parcelNo: number;
	readonly otherNo: number;
	readonly at: LonLat;
	readonly moved: LonLat;
}

/** Finds a vertex of a parcel that can be moved into it (a gap) or into one neighbour (an overlap). */
function findFault(coverage: Coverage, { parcelNo, share }: Place, isGap: boolean): Fault | null {
	const shape = findShape(coverage, parcelNo);
	if (shape === null) return null;
	const ring = ringFrom(shape, isGap ? share : (share + 0.3) % 1);
	for (const at of ring.slice(1, 9)) {
		for (let turn = 0; turn < 8; turn++) {
			const angle = (turn * Math.PI) / 4;
			const moved: LonLat = [at[0] + FAULT_DEG * Math.cos(angle), at[1] + FAULT_DEG * Math.sin(angle)];
			const [otherNo, ...others] = listParcelNosAt(coverage, moved);
			if (otherNo === undefined || others.length > 0) continue;
			if ((otherNo === parcelNo) === isGap) return { parcelNo, otherNo, at, moved };
		}
	}
	return null;
}

/** A set with a gap and an overlap at each place, and what repairs them. */
export interface Faulty {
	readonly set: PatchedSet;
	readonly repairs: readonly { readonly place: Place; readonly run: (clock: Clock) => void }[];
}

/** Moves vertices of parcels, each in one of them alone. `set` has the parcels of the coverage, in order of number, and fills the outline. */
export function breakAt(
	coverage: Coverage,
	{ parcelNos, polygons }: ParcelSet,
	outline: FlatPolygons,
	places: readonly Place[],
): Faulty {
	const coordinates = polygons.coordinates.slice();
	const { ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const set = patchedSetOf({ parcelNos, polygons: { ...polygons, coordinates } });
	const put = ({ parcelNo, at, moved }: Fault) => {
		const feature = parcelNos.indexOf(parcelNo);
		const end = 2 * ringOffsets[polygonOffsets[featureOffsets[feature + 1]]];
		for (let i = 2 * ringOffsets[polygonOffsets[featureOffsets[feature]]]; i < end; i += 2)
			if (coordinates[i] === at[0] && coordinates[i + 1] === at[1]) coordinates.set(moved, i);
	};
	const repairs = places.map((place) => {
		const gap = findFault(coverage, place, true);
		const overlap = findFault(coverage, place, false);
		if (gap !== null) put(gap);
		if (overlap !== null) put(overlap);
		const run = (clock: Clock) => {
			if (gap !== null) {
				const filling = { at: between(gap.at, gap.moved), to: 'longest-boundary' } as const;
				clock('fill gap', () => fillGap(set, filling));
				clock('in outline', () => fillGap(set, { ...filling, outline }));
			}
			if (overlap !== null) {
				const nos = [overlap.otherNo, overlap.parcelNo];
				clock('overlap', () => resolveOverlap(set, { parcelNos: nos, rule: 'to-first' }));
			}
		};
		return { place, run };
	});
	return { set, repairs };
}
