import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import type { Coverage } from '../coverage/coverage.ts';
import { comparePlaces, findNearestEdge, findNearestVertex } from '../coverage/nearest-boundary.ts';
import { isSamePlace, ringsOf } from '../coverage/vertex.ts';

/** A place on a stored boundary, on the grid. */
export interface Anchor {
	readonly place: LonLat;
	/** The edge that it lies on, its smaller end first; null where it is a vertex. */
	readonly edge: readonly [LonLat, LonLat] | null;
}

/** A ring with two places on it. */
export interface AnchoredRing {
	/** All vertices in order, the two places among them. */
	readonly places: readonly LonLat[];
	readonly from: number;
	readonly to: number;
	/** Whether the ring is the shell of its polygon, not a hole. */
	readonly isShell: boolean;
}

/** Finds the place of a boundary that is meant by a place near it: the nearest vertex within reach, else the nearest place of an edge, snapped. */
export function findAnchor(coverage: Coverage, at: LonLat, reachM: number, parcelNo?: number): Anchor | null {
	const vertex = findNearestVertex(coverage, at, reachM, parcelNo);
	if (vertex !== null) return { place: vertex, edge: null };
	const near = findNearestEdge(coverage, at, reachM, parcelNo);
	if (near === null) return null;
	const { low, high, foot } = near;
	const isEnd = isSamePlace(foot, low) || isSamePlace(foot, high);
	return { place: foot, edge: isEnd ? null : [low, high] };
}

/** The first ring of a shape that has both places, null when none has. O(vertices). */
export function findAnchoredRing(shape: FlatPolygons, from: Anchor, to: Anchor): AnchoredRing | null {
	const rings = ringsOf(shape);
	for (let r = 0; r < rings.length; r++) {
		const places = withAnchors(rings[r], [from, to]);
		const [first, last] = [from, to].map(({ place }) => places.findIndex((at) => isSamePlace(at, place)));
		if (first >= 0 && last >= 0) {
			return { places, from: first, to: last, isShell: shape.polygonOffsets.includes(r) };
		}
	}
	return null;
}

/** A ring with those places put in that lie on an edge of it. */
function withAnchors(ring: readonly LonLat[], anchors: readonly Anchor[]): LonLat[] {
	const inside = anchors.filter(({ edge }) => edge !== null);
	if (inside.length === 0) return [...ring];
	return ring.flatMap((start, i) => {
		const end = ring[(i + 1) % ring.length];
		const [low, high] = comparePlaces(start, end) < 0 ? [start, end] : [end, start];
		const here = inside
			.filter(({ edge }) => edge !== null && isSamePlace(edge[0], low) && isSamePlace(edge[1], high))
			.map(({ place }) => place)
			.sort((a, b) => squareDistance(start, a) - squareDistance(start, b));
		return [start, ...here];
	});
}

function squareDistance(a: LonLat, b: LonLat): number {
	return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2;
}

/** The stretch from one index of a ring to another, both included, forward. O(its vertices). */
export function stretchOf(places: readonly LonLat[], from: number, to: number): LonLat[] {
	const stretch: LonLat[] = [places[from]];
	for (let i = from; i !== to;) {
		i = (i + 1) % places.length;
		stretch.push(places[i]);
	}
	return stretch;
}
