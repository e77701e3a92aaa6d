import { ellipsoidalRingAreaM2 } from '../area/ellipsoidal.ts';
import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { snapToGrid } from '../grid.ts';
import { metresBetween, metresFromEdge } from '../arrangement/metres.ts';

/** A vertex that was left out: the tip of a spike or of a slit. */
export interface Spike {
	readonly feature: number;
	readonly at: LonLat;
	readonly lengthM: number;
	readonly widthM: number;
}

/** A spike is at least this many times as long as it is wide. */
const SLENDERNESS = 4;

/** A vertex of a ring under work, on the grid. */
type Position = readonly [lon: number, lat: number];

/**
 * Leaves out the tips of spikes and slits at most `widthM` wide, again and again until none is left.
 *
 * A tip is where a ring folds back: the end of the shorter leg lies within `widthM` of the longer leg, and the leg is four times as long as that.
 * Vertices that another ring has too, or the same ring twice, stay: those are shared boundary. Rings are snapped to the grid and freed of
 * repeated vertices where they have a tip, and left as they are elsewhere; none falls below three vertices or half its area. The result does not depend
 * on ring start or direction. O(positions + positions of the rings with tips · rounds).
 */
export function cutSpikes(
	polygons: FlatPolygons,
	widthM: number,
): { readonly polygons: FlatPolygons; readonly spikes: readonly Spike[] } {
	const { ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const suspects = new Map<number, Position[]>();
	const tips = new Map<string, number>();
	for (let r = 0; widthM > 0 && r + 1 < ringOffsets.length; r++) {
		if (!mayFold(polygons, r, widthM)) continue;
		const ring = gridRing(polygons, r);
		suspects.set(r, ring);
		for (const at of ring) tips.set(at.join(' '), 0);
	}
	if (suspects.size === 0) return { polygons, spikes: [] };
	countUses(polygons, tips);
	const spikes: Spike[] = [];
	const shortened = new Map<number, Position[]>();
	for (let f = 0; f + 1 < featureOffsets.length; f++) {
		for (let p = featureOffsets[f]; p < featureOffsets[f + 1]; p++) {
			for (let r = polygonOffsets[p]; r < polygonOffsets[p + 1]; r++) {
				const ring = suspects.get(r);
				if (ring === undefined) continue;
				const isTip = (at: Position) => tips.get(at.join(' ')) === 1;
				const cut = cutRing(ring, widthM, isTip);
				if (cut.spikes.length === 0) continue;
				shortened.set(r, cut.ring);
				for (const spike of cut.spikes) spikes.push({ feature: f, ...spike });
			}
		}
	}
	return { polygons: shortened.size === 0 ? polygons : withRings(polygons, shortened), spikes };
}

function cutRing(
	given: readonly Position[],
	widthM: number,
	isTip: (at: Position) => boolean,
): { ring: Position[]; spikes: Omit<Spike, 'feature'>[] } {
	let ring = [...given];
	const spikes: Omit<Spike, 'feature'>[] = [];
	for (;;) {
		const count = ring.length;
		const widths = ring.map((at, i) =>
			isTip(at) ? foldWidthM(ring[(i + count - 1) % count], at, ring[(i + 1) % count]) : Infinity,
		);
		const goesFirst = (i: number, j: number) =>
			widths[i] - widths[j] || ring[i][0] - ring[j][0] || ring[i][1] - ring[j][1];
		const leaving = widths.map(
			(width, i) =>
				width <= widthM && goesFirst(i, (i + count - 1) % count) < 0 && goesFirst(i, (i + 1) % count) < 0,
		);
		const left = withoutRepeats(ring.filter((_, i) => !leaving[i]));
		if (left.length < 3 || left.length === count) return { ring, spikes };
		// What holds most of the ring's ground is its body, however thin.
		if (!(2 * ringAreaM2(left) >= ringAreaM2(ring))) return { ring, spikes };
		leaving.forEach((leaves, i) => {
			if (!leaves) return;
			const [before, at, after] = [ring[(i + count - 1) % count], ring[i], ring[(i + 1) % count]];
			spikes.push({
				at,
				lengthM: Math.min(metresBetween(...before, ...at), metresBetween(...after, ...at)),
				widthM: widths[i],
			});
		});
		ring = left;
	}
}

/** How wide the fold at `at` is, in metres; Infinity where there is none. */
function foldWidthM(before: Position, at: Position, after: Position): number {
	const a = metresBetween(...before, ...at);
	const b = metresBetween(...after, ...at);
	const [end, far, length] = a <= b ? [before, after, a] : [after, before, b];
	const scale = Math.cos((at[1] * Math.PI) / 180) ** 2;
	const along = (before[0] - at[0]) * (after[0] - at[0]) * scale + (before[1] - at[1]) * (after[1] - at[1]);
	if (!(along > 0)) return Infinity;
	const widthM = metresFromEdge(...end, ...at, ...far);
	return widthM * SLENDERNESS <= length ? widthM : Infinity;
}

function mayFold({ coordinates: c, ringOffsets }: FlatPolygons, ring: number, widthM: number): boolean {
	const end = ringOffsets[ring + 1];
	for (let i = ringOffsets[ring], h = end - 2, g = end - 1; i < end; h = g, g = i++) {
		const k = h < ringOffsets[ring] ? g : h;
		// The exact test is left to the snapped ring, where repeated vertices are gone; here repeats count as a fold.
		const along =
			(c[2 * k] - c[2 * g]) * (c[2 * i] - c[2 * g]) +
			(c[2 * k + 1] - c[2 * g + 1]) * (c[2 * i + 1] - c[2 * g + 1]);
		if (along < 0) continue;
		const before: Position = [c[2 * k], c[2 * k + 1]];
		const at: Position = [c[2 * g], c[2 * g + 1]];
		const after: Position = [c[2 * i], c[2 * i + 1]];
		const isRepeat = metresBetween(...before, ...at) < widthM || metresBetween(...after, ...at) < widthM;
		if (isRepeat || foldWidthM(before, at, after) <= 2 * widthM) return true;
	}
	return false;
}

function gridRing({ coordinates, ringOffsets }: FlatPolygons, ring: number): Position[] {
	const positions: Position[] = [];
	for (let i = ringOffsets[ring]; i < ringOffsets[ring + 1]; i++) {
		const at: Position = [snapToGrid(coordinates[2 * i]), snapToGrid(coordinates[2 * i + 1])];
		if (Number.isFinite(at[0]) && Number.isFinite(at[1])) positions.push(at);
	}
	return withoutRepeats(positions);
}

function withoutRepeats(ring: readonly Position[]): Position[] {
	return ring.filter(([lon, lat], i) => {
		const [nextLon, nextLat] = ring[(i + 1) % ring.length];
		return lon !== nextLon || lat !== nextLat;
	});
}

/** Counts how often rings of the set come to each of the places, a repeated vertex once. */
function countUses(polygons: FlatPolygons, places: Map<string, number>): void {
	const { coordinates, ringOffsets } = polygons;
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		let previous = '';
		const end = ringOffsets[r + 1];
		if (end > ringOffsets[r]) previous = placeOf(coordinates, end - 1);
		for (let i = ringOffsets[r]; i < end; i++) {
			const place = placeOf(coordinates, i);
			const uses = places.get(place);
			if (uses !== undefined && place !== previous) places.set(place, uses + 1);
			previous = place;
		}
	}
}

function placeOf(coordinates: Float64Array, position: number): string {
	return `${snapToGrid(coordinates[2 * position])} ${snapToGrid(coordinates[2 * position + 1])}`;
}

function ringAreaM2(ring: readonly Position[]): number {
	return Math.abs(ellipsoidalRingAreaM2(Float64Array.from(ring.flat()), 0, ring.length));
}

function withRings(polygons: FlatPolygons, rings: ReadonlyMap<number, readonly Position[]>): FlatPolygons {
	const coordinates: number[] = [];
	const ringOffsets = [0];
	for (let r = 0; r + 1 < polygons.ringOffsets.length; r++) {
		const ring = rings.get(r);
		if (ring !== undefined) for (const at of ring) coordinates.push(...at);
		else {
			for (let i = 2 * polygons.ringOffsets[r]; i < 2 * polygons.ringOffsets[r + 1]; i++)
				coordinates.push(polygons.coordinates[i]);
		}
		ringOffsets.push(coordinates.length / 2);
	}
	return {
		...polygons,
		coordinates: Float64Array.from(coordinates),
		ringOffsets: Uint32Array.from(ringOffsets),
	};
}
