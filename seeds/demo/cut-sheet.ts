import { arrange } from '$geo/arrangement/arrange.ts';
import type { Arrangement } from '$geo/arrangement/arrange.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { Sheet } from './draft-parcel.ts';
import { gridPoint } from './frame.ts';
import type { LocalFrame, RingM } from './frame.ts';
import { absorbSlivers } from './sliver.ts';
import { rootOf } from './union.ts';

/** A sheet cut by the outline: a label per face, and the draft that each label's parcel came from. */
export interface CutSheet {
	readonly arrangement: Arrangement;
	/** 0 outside the outline, then 1 … parcels. */
	readonly labels: Int32Array;
	/** The draft parcel of label k at k − 1. */
	readonly drafts: Int32Array;
}

/** Rings as flat polygons on the grid, one feature each. O(points). */
export function flatRings(frame: LocalFrame, rings: readonly RingM[]): FlatPolygons {
	const ringOffsets = new Uint32Array(rings.length + 1);
	rings.forEach((ring, r) => (ringOffsets[r + 1] = ringOffsets[r] + ring.length));
	const coordinates = new Float64Array(2 * ringOffsets[rings.length]);
	let at = 0;
	for (const ring of rings) {
		for (const point of ring) {
			const [lon, lat] = gridPoint(frame, point);
			coordinates[at++] = lon;
			coordinates[at++] = lat;
		}
	}
	const offsets = Uint32Array.from({ length: rings.length + 1 }, (_, k) => k);
	return { coordinates, ringOffsets, polygonOffsets: offsets, featureOffsets: offsets };
}

/**
 * Cuts a sheet along its outline and its claims into parcels.
 *
 * Every face inside the outline goes to the draft with the highest claim; connected faces of one draft are one parcel; parcels
 * smaller than `leastM2` of their draft's kind go to the neighbour along their longest edge. O(faces log faces).
 */
export function cutSheet(
	sheet: Sheet,
	frame: LocalFrame,
	outline: FlatPolygons,
	leastM2: (draft: number) => number,
): CutSheet {
	const claims = flatRings(
		frame,
		sheet.claims.map(({ ring }) => ring),
	);
	const arrangement = arrange([outline, claims]);
	const draftOfFace = highestClaims(arrangement, sheet);
	const parts = connectedFaces(arrangement, draftOfFace);
	const absorbed = absorbSlivers(arrangement, parts, (part) => {
		const draft = draftOfFace[part];
		return draft < 0 ? Infinity : leastM2(draft);
	});
	return numberLabels(arrangement, absorbed, draftOfFace);
}

/** The draft of each face: −2 outside the outline, −1 where nothing was drawn. */
function highestClaims({ covers, faceCount }: Arrangement, sheet: Sheet): Int32Array {
	const [inside, drawn] = covers;
	const drafts = new Int32Array(faceCount).fill(-2);
	for (let face = 1; face < faceCount; face++) {
		if (inside.offsets[face] === inside.offsets[face + 1]) continue;
		drafts[face] = -1;
		let rank = -1;
		for (let i = drawn.offsets[face]; i < drawn.offsets[face + 1]; i++) {
			const claim = sheet.claims[drawn.features[i]];
			if (claim.rank <= rank) continue;
			rank = claim.rank;
			drafts[face] = claim.draft;
		}
	}
	return drafts;
}

/** A part number per face: faces of one draft that share an edge are one part; outside faces are −1. */
function connectedFaces({ faceOf, faceCount }: Arrangement, draftOfFace: Int32Array): Int32Array {
	const parents = Int32Array.from({ length: faceCount }, (_, face) => face);
	for (let half = 0; half < faceOf.length; half += 2) {
		const [a, b] = [faceOf[half], faceOf[half + 1]];
		if (draftOfFace[a] !== -2 && draftOfFace[a] === draftOfFace[b])
			parents[rootOf(parents, a)] = rootOf(parents, b);
	}
	return Int32Array.from(parents, (_, face) => (draftOfFace[face] === -2 ? -1 : rootOf(parents, face)));
}

function numberLabels(arrangement: Arrangement, roots: Int32Array, draftOfFace: Int32Array): CutSheet {
	const labels = new Int32Array(roots.length);
	const labelOfRoot = new Map<number, number>();
	const drafts: number[] = [];
	roots.forEach((root, face) => {
		if (root < 0) return;
		let label = labelOfRoot.get(root);
		if (label === undefined) {
			drafts.push(draftOfFace[root]);
			label = drafts.length;
			labelOfRoot.set(root, label);
		}
		labels[face] = label;
	});
	return { arrangement, labels, drafts: Int32Array.from(drafts) };
}
