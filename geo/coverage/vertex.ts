import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { findShape, listParcelNosInBox } from './coverage.ts';
import type { Coverage } from './coverage.ts';
import { isUsablePosition, toGridSteps } from '../arrangement/grid-position.ts';
import { passesHotPixel } from '../arrangement/hot-pixel.ts';

/** Shapes by parcel number, one feature each. */
export type ShapesByNo = ReadonlyMap<number, FlatPolygons>;

/** A boundary line that ends at a vertex, and the parcels along it: one where it is the outline, else two. */
export interface EdgeAtVertex {
	readonly other: LonLat;
	readonly parcelNos: number[];
}

/** Finds the parcels that have a vertex at a place, to the bit. O(vertices of the parcels whose box holds it). */
export function findShapesWithVertex(coverage: Coverage, at: LonLat): ShapesByNo {
	return findShapesWithVertices(coverage, [at]).get(placeKey(at)) ?? new Map<number, FlatPolygons>();
}

/** Finds the parcels that have a vertex at each of some places, by their keys, to the bit. O(vertices of the parcels whose boxes hold any). */
export function findShapesWithVertices(
	coverage: Coverage,
	places: readonly LonLat[],
): ReadonlyMap<string, ShapesByNo> {
	const usable = places.filter(([lon, lat]) => isUsablePosition(lon, lat));
	const found = new Map(usable.map((at) => [placeKey(at), new Map<number, FlatPolygons>()]));
	const parcelNos = usable.flatMap(([lon, lat]) =>
		listParcelNosInBox(coverage, { minLon: lon, minLat: lat, maxLon: lon, maxLat: lat }),
	);
	const mayBeAt = lonsOf(usable);
	for (const parcelNo of new Set(parcelNos.sort((a, b) => a - b))) {
		const shape = findShape(coverage, parcelNo);
		if (shape === null) continue;
		const { coordinates } = shape;
		for (let i = 0; i < coordinates.length; i += 2) {
			if (mayBeAt(coordinates[i]))
				found.get(placeKey([coordinates[i], coordinates[i + 1]]))?.set(parcelNo, shape);
		}
	}
	return found;
}

/** The boundary lines at a vertex of these shapes. O(vertices). */
export function edgesAtVertex(shapes: ShapesByNo, at: LonLat): EdgeAtVertex[] {
	return edgesAtVertices(shapes, [at]).get(placeKey(at)) ?? [];
}

/** The boundary lines at each of some vertices, by their keys. O(vertices of the shapes). */
export function edgesAtVertices(
	shapes: ShapesByNo,
	vertices: Iterable<LonLat>,
): ReadonlyMap<string, EdgeAtVertex[]> {
	const places = [...vertices];
	const edges = new Map(places.map((at): [string, EdgeAtVertex[]] => [placeKey(at), []]));
	const mayBeAt = lonsOf(places);
	for (const [parcelNo, { coordinates, ringOffsets }] of shapes) {
		const place = (i: number): LonLat => [coordinates[2 * i], coordinates[2 * i + 1]];
		for (let r = 0; r + 1 < ringOffsets.length; r++) {
			const [from, end] = [ringOffsets[r], ringOffsets[r + 1]];
			for (let i = from; i < end; i++) {
				// Most vertices are none of those; a key of each would take longer than all else.
				const found = mayBeAt(coordinates[2 * i]) ? edges.get(placeKey(place(i))) : undefined;
				if (found === undefined) continue;
				for (const other of [place(i + 1 < end ? i + 1 : from), place(i > from ? i - 1 : end - 1)]) {
					const edge = found.find((known) => isSamePlace(known.other, other));
					if (edge === undefined) found.push({ other, parcelNos: [parcelNo] });
					else edge.parcelNos.push(parcelNo);
				}
			}
		}
	}
	return edges;
}

/** Says quickly of most longitudes that none of some places has them. */
export function lonsOf(places: readonly LonLat[]): (lon: number) => boolean {
	const lons = new Set<number>();
	let [least, largest] = [Infinity, -Infinity];
	for (const [lon] of places) {
		lons.add(lon);
		least = Math.min(least, lon);
		largest = Math.max(largest, lon);
	}
	return (lon) => lon >= least && lon <= largest && lons.has(lon);
}

/** The rings of a shape, shells and holes in order, as places. O(vertices). */
export function ringsOf({ coordinates, ringOffsets }: FlatPolygons): LonLat[][] {
	const rings: LonLat[][] = [];
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		const ring: LonLat[] = [];
		for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) {
			ring.push([coordinates[2 * i], coordinates[2 * i + 1]]);
		}
		rings.push(ring);
	}
	return rings;
}

/** A shape with other rings in place of its own, one for one. O(vertices). */
export function withRings(shape: FlatPolygons, rings: readonly (readonly LonLat[])[]): FlatPolygons {
	const ringOffsets = new Uint32Array(rings.length + 1);
	rings.forEach((ring, r) => (ringOffsets[r + 1] = ringOffsets[r] + ring.length));
	const coordinates = new Float64Array(2 * ringOffsets[rings.length]);
	let at = 0;
	for (const ring of rings) {
		for (const [lon, lat] of ring) {
			coordinates[at++] = lon;
			coordinates[at++] = lat;
		}
	}
	return { ...shape, coordinates, ringOffsets };
}

/** A place as a key: equal for equal numbers. */
export function placeKey([lon, lat]: LonLat): string {
	return `${lon} ${lat}`;
}

/** Says whether two places are the same numbers. */
export function isSamePlace(a: LonLat, b: LonLat): boolean {
	return a[0] === b[0] && a[1] === b[1];
}

/** Says whether an edge passes within half a grid step (through the hot pixel) of a place; all on the grid. */
export function passesPlace(a: LonLat, b: LonLat, at: LonLat): boolean {
	return passesHotPixel(
		toGridSteps(a[0]),
		toGridSteps(a[1]),
		toGridSteps(b[0]),
		toGridSteps(b[1]),
		toGridSteps(at[0]),
		toGridSteps(at[1]),
	);
}
