import { ellipsoidalRingAreaM2 } from '../area/ellipsoidal.ts';
import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { snapToGrid } from '../grid.ts';
import Flatbush from 'flatbush';
import { ownerOfEach } from '../arrangement/arrange.ts';
import { isUsablePosition, toGridSteps } from '../arrangement/grid-position.ts';
import { passesHotPixel } from '../arrangement/hot-pixel.ts';
import { metresBetween } from '../arrangement/metres.ts';
import { findSpikes, foldAt, isSpike } from '../check/check-spikes.ts';

/** A vertex that was left out: the tip of a spike or of a slit. */
export interface Spike {
	readonly feature: number;
	readonly at: LonLat;
	readonly lengthM: number;
	readonly widthM: number;
}

/** Polygons without the spikes. */
export interface SpikeCut {
	readonly polygons: FlatPolygons;
	readonly spikes: readonly Spike[];
}

/**
 * Leaves out the tips of spikes and slits (`findSpikes`) at most `widthM` wide, again and again until none is left.
 *
 * Tips that another ring has too, or the same ring twice, and those on the outline stay: that is shared boundary. Rings are snapped to the grid and freed of
 * repeated vertices where they have a tip, and left as they are elsewhere; none falls below three vertices or half its area. The result does not depend
 * on ring start or direction. O(positions + positions of the rings with spikes · rounds).
 */
export function cutSpikes(polygons: FlatPolygons, widthM: number, outline?: FlatPolygons): SpikeCut {
	if (!(widthM > 0)) return { polygons, spikes: [] };
	const snapped = { ...polygons, coordinates: polygons.coordinates.map(snapToGrid) };
	const suspects = new Map<number, LonLat[]>();
	const found = findSpikes(snapped, widthM);
	const isTaken = findShared(
		found.map(({ at }) => at),
		snapped,
		outline,
	);
	for (const { ring, at } of found) if (!isTaken(at)) suspects.set(ring, gridRing(snapped, ring));
	if (suspects.size === 0) return { polygons, spikes: [] };
	const isShared = findShared([...suspects.values()].flat(), snapped, outline);
	const spikes: Spike[] = [];
	const shortened = new Map<number, LonLat[]>();
	const { ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const polygonOfRing = ownerOfEach(polygonOffsets, ringOffsets.length - 1);
	const featureOfPolygon = ownerOfEach(featureOffsets, polygonOffsets.length - 1);
	for (const [r, ring] of suspects) {
		const cut = cutRing(ring, widthM, (at) => !isShared(at));
		if (cut.spikes.length === 0) continue;
		shortened.set(r, cut.ring);
		for (const spike of cut.spikes) spikes.push({ feature: featureOfPolygon[polygonOfRing[r]], ...spike });
	}
	return { polygons: shortened.size === 0 ? polygons : withRings(polygons, shortened), spikes };
}

function cutRing(
	given: readonly LonLat[],
	widthM: number,
	isTip: (at: LonLat) => boolean,
): { ring: LonLat[]; spikes: Omit<Spike, 'feature'>[] } {
	let ring = [...given];
	const spikes: Omit<Spike, 'feature'>[] = [];
	for (;;) {
		const count = ring.length;
		const widths = ring.map((at, i) =>
			isTip(at) ? spikeWidthM(ring[(i + count - 1) % count], at, ring[(i + 1) % count], widthM) : Infinity,
		);
		const goesFirst = (i: number, j: number) =>
			widths[i] - widths[j] || ring[i][0] - ring[j][0] || ring[i][1] - ring[j][1];
		const leaving = widths.map(
			(width, i) =>
				width < Infinity && goesFirst(i, (i + count - 1) % count) < 0 && goesFirst(i, (i + 1) % count) < 0,
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

/** How wide the spike at `at` is, in metres; Infinity where there is none. */
function spikeWidthM(before: LonLat, at: LonLat, after: LonLat, limitM: number): number {
	const fold = foldAt(before, at, after);
	return fold !== null && isSpike(fold, limitM) ? fold.widthM : Infinity;
}

function gridRing({ coordinates, ringOffsets }: FlatPolygons, ring: number): LonLat[] {
	const positions: LonLat[] = [];
	for (let i = ringOffsets[ring]; i < ringOffsets[ring + 1]; i++) {
		const at: LonLat = [coordinates[2 * i], coordinates[2 * i + 1]];
		if (isUsablePosition(...at)) positions.push(at);
	}
	return withoutRepeats(positions);
}

function withoutRepeats(ring: readonly LonLat[]): LonLat[] {
	return ring.filter(([lon, lat], i) => {
		const [nextLon, nextLat] = ring[(i + 1) % ring.length];
		return lon !== nextLon || lat !== nextLat;
	});
}

/** Finds which of the places are shared: rings come to them more than once (a repeated vertex counts once), or they lie on the outline. */
function findShared(
	places: readonly LonLat[],
	snapped: FlatPolygons,
	outline: FlatPolygons | undefined,
): (at: LonLat) => boolean {
	if (places.length === 0) return () => false;
	const uses = new Map(places.map((at) => [at.join(' '), 0]));
	const lons = new Set(places.map(([lon]) => lon));
	const { coordinates, ringOffsets } = snapped;
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		let before = 2 * (ringOffsets[r + 1] - 1);
		for (let i = 2 * ringOffsets[r]; i < 2 * ringOffsets[r + 1]; before = i, i += 2) {
			if (!lons.has(coordinates[i])) continue;
			if (coordinates[before] === coordinates[i] && coordinates[before + 1] === coordinates[i + 1]) continue;
			const key = `${coordinates[i]} ${coordinates[i + 1]}`;
			const count = uses.get(key);
			if (count !== undefined) uses.set(key, count + 1);
		}
	}
	for (const at of outline === undefined ? [] : placesOn(outline, places)) uses.set(at.join(' '), Infinity);
	return (at) => (uses.get(at.join(' ')) ?? 0) > 1;
}

/** The places whose hot pixel an edge of the outline passes. */
function placesOn(outline: FlatPolygons, places: readonly LonLat[]): LonLat[] {
	const x = places.map(([lon]) => toGridSteps(lon));
	const y = places.map(([, lat]) => toGridSteps(lat));
	const index = new Flatbush(places.length);
	places.forEach((_, i) => index.add(x[i], y[i], x[i], y[i]));
	index.finish();
	const { coordinates, ringOffsets } = outline;
	const steps = Float64Array.from(coordinates, toGridSteps);
	const on = new Set<number>();
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		let a = 2 * (ringOffsets[r + 1] - 1);
		for (let b = 2 * ringOffsets[r]; b < 2 * ringOffsets[r + 1]; a = b, b += 2) {
			const [ax, ay, bx, by] = [steps[a], steps[a + 1], steps[b], steps[b + 1]];
			const box = [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)] as const;
			if (!isUsablePosition(coordinates[a], coordinates[a + 1])) continue;
			if (!isUsablePosition(coordinates[b], coordinates[b + 1])) continue;
			for (const i of index.search(...box)) if (passesHotPixel(ax, ay, bx, by, x[i], y[i])) on.add(i);
		}
	}
	return Array.from(on, (i) => places[i]);
}

function ringAreaM2(ring: readonly LonLat[]): number {
	return Math.abs(ellipsoidalRingAreaM2(Float64Array.from(ring.flat()), 0, ring.length));
}

function withRings(polygons: FlatPolygons, rings: ReadonlyMap<number, readonly LonLat[]>): FlatPolygons {
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
