import { arrange } from '$geo/coverage/arrange.ts';
import type { Arrangement } from '$geo/coverage/arrange.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { Sheet } from './draft-parcel.ts';
import { gridPoint } from './frame.ts';
import type { LocalFrame, RingM } from './frame.ts';

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
	const absorbed = absorbSlivers(arrangement, parts, draftOfFace, leastM2);
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

function rootOf(parents: Int32Array, item: number): number {
	let root = item;
	while (parents[root] !== root) root = parents[root];
	for (let at = item; parents[at] !== root;) [at, parents[at]] = [parents[at], root];
	return root;
}

/** Lets small parts join the part beside their longest edge, smallest first; returns a root face per face. */
function absorbSlivers(
	arrangement: Arrangement,
	parts: Int32Array,
	draftOfFace: Int32Array,
	leastM2: (draft: number) => number,
): Int32Array {
	const { faceOf, coordinates, halfEdges } = arrangement;
	const areas = new Float64Array(parts.length);
	const edges = new Map<number, number[]>();
	const metresPerLat = 111000;
	const metresPerLon = metresPerLat * Math.cos((coordinates[1] * Math.PI) / 180);
	const [lon0, lat0] = [coordinates[0], coordinates[1]];
	const lengths = new Float64Array(faceOf.length / 2);
	for (let half = 0; half < faceOf.length; half++) {
		const part = parts[faceOf[half]];
		if (part < 0 || part === parts[faceOf[half ^ 1]]) continue;
		const [a, b] = [halfEdges.origin[half], halfEdges.origin[half ^ 1]];
		const ax = (coordinates[2 * a] - lon0) * metresPerLon;
		const ay = (coordinates[2 * a + 1] - lat0) * metresPerLat;
		const bx = (coordinates[2 * b] - lon0) * metresPerLon;
		const by = (coordinates[2 * b + 1] - lat0) * metresPerLat;
		areas[part] += (ax * by - bx * ay) / 2;
		lengths[half >> 1] = Math.hypot(bx - ax, by - ay);
		const list = edges.get(part);
		if (list) list.push(half);
		else edges.set(part, [half]);
	}
	const parents = parts.map((part, face) => (part < 0 ? face : part));
	const small = [...edges.keys()].filter((part) => {
		const draft = draftOfFace[part];
		return draft === -1 || areas[part] < leastM2(draft);
	});
	small.sort((a, b) => areas[a] - areas[b] || a - b);
	for (const part of small) {
		const root = rootOf(parents, part);
		if (draftOfFace[root] !== -1 && areas[root] >= leastM2(draftOfFace[root])) continue;
		const shared = new Map<number, number>();
		const own = edges.get(root) ?? [];
		for (const half of own) {
			const face = faceOf[half ^ 1];
			if (parts[face] < 0) continue;
			const beside = rootOf(parents, face);
			if (beside !== root) shared.set(beside, (shared.get(beside) ?? 0) + lengths[half >> 1]);
		}
		let best = -1;
		for (const [beside, length] of shared) {
			if (best < 0 || length > (shared.get(best) ?? 0)) best = beside;
		}
		if (best < 0) continue;
		parents[root] = best;
		areas[best] += areas[root];
		edges.get(best)?.push(...own);
	}
	return Int32Array.from(parts, (part, face) => (part < 0 ? -1 : rootOf(parents, face)));
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
