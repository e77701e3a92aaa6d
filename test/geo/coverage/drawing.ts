import type { FlatPolygons, MultiPolygonLonLat } from '$geo/flat-polygons.ts';
import { flattenMultiPolygons, nestFeature } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';

/** South-west corner of all drawings, on the grid, in Shenyang. */
const ORIGIN: readonly [number, number] = [123.375, 41.75];

/** Rings written as words over a drawing's letters: 'ABC' one polygon, 'ABC -DEF' with a hole, 'ABC + DEF' two polygons. */
export type Rings = string;

/** Points drawn with letters: one column is `stepDeg` of longitude, one line `stepDeg` of latitude, north is up. */
export interface Drawing {
	at(letter: string): readonly [number, number];
	polygons(...features: Rings[]): FlatPolygons;
	parcels(parcels: Readonly<Record<number, Rings>>): ParcelSet;
	/** A shape in words: each ring's letters in order, '?' for a vertex that is not drawn. */
	read(shape: FlatPolygons): Rings;
}

/** Reads a drawing; the unit defaults to about 11 m. */
export function drawing(text: string, stepDeg = 2 ** 20 * GRID_STEP_DEG): Drawing {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	const places = new Map<string, readonly [number, number]>();
	lines.forEach((line, row) => {
		[...line].forEach((letter, column) => {
			if (!/[A-Za-z]/.test(letter)) return;
			places.set(letter, [ORIGIN[0] + column * stepDeg, ORIGIN[1] + (lines.length - 1 - row) * stepDeg]);
		});
	});
	const at = (letter: string) => {
		const place = places.get(letter);
		if (place === undefined) throw new Error(`no point ${letter} in the drawing`);
		return place;
	};
	const nest = (rings: Rings): MultiPolygonLonLat =>
		rings.split('+').map((polygon) =>
			polygon
				.trim()
				.split(/\s*-\s*/)
				.map((ring) => [...ring].map(at)),
		);
	const polygons = (...features: Rings[]) => flattenMultiPolygons(features.map(nest));
	const letters = new Map(Array.from(places, ([letter, place]) => [place.join(' '), letter]));
	const readRing = (ring: readonly (readonly number[])[]) =>
		ring
			.slice(0, -1)
			.map((place) => letters.get(place.join(' ')) ?? '?')
			.join('');
	return {
		at,
		polygons,
		read: (shape) =>
			nestFeature(shape, 0)
				.map((polygon) => polygon.map(readRing).join(' -'))
				.join(' + '),
		parcels: (parcels) => ({
			parcelNos: Int32Array.from(Object.keys(parcels), Number),
			polygons: polygons(...Object.values(parcels)),
		}),
	};
}
