import type { LonLat } from '$geo/flat-polygons.ts';

/** What a hand has put down for the next step of a draft. Never changed in place; places are degrees (EPSG:4490). */
export interface Sketch {
	/** Chosen parcels, in the order in which they were chosen. */
	readonly parcelNos: readonly number[];
	readonly places: readonly LonLat[];
	/** Where the next place would be put: under the pointer or in the cross of the map; null: nowhere. */
	readonly cursor: LonLat | null;
}

export const EMPTY_SKETCH: Sketch = { parcelNos: [], places: [], cursor: null };

/** Puts a place down; one that repeats the last is left out, so that a double click ends a line without a knot. */
export function withPlace(sketch: Sketch, place: LonLat): Sketch {
	const last = sketch.places.at(-1);
	const isRepeated = last !== undefined && last[0] === place[0] && last[1] === place[1];
	return isRepeated ? sketch : { ...sketch, places: [...sketch.places, place] };
}

/** Moves the cursor. */
export function withCursor(sketch: Sketch, cursor: LonLat | null): Sketch {
	return { ...sketch, cursor };
}

/** Chooses a parcel, or lets go of one that is chosen. */
export function withParcelToggled(sketch: Sketch, parcelNo: number): Sketch {
	const others = sketch.parcelNos.filter((no) => no !== parcelNo);
	const isChosen = others.length < sketch.parcelNos.length;
	return { ...sketch, parcelNos: isChosen ? others : [...others, parcelNo] };
}

/** Chooses these parcels and no others, each once. */
export function withParcels(sketch: Sketch, parcelNos: readonly number[]): Sketch {
	return { ...sketch, parcelNos: [...new Set(parcelNos)] };
}

/** Takes back the last place, and when there is none the last parcel. */
export function withoutLast(sketch: Sketch): Sketch {
	if (sketch.places.length > 0) return { ...sketch, places: sketch.places.slice(0, -1) };
	return { ...sketch, parcelNos: sketch.parcelNos.slice(0, -1) };
}

/** Says whether there is anything to take back. */
export function isEmpty({ parcelNos, places }: Sketch): boolean {
	return parcelNos.length === 0 && places.length === 0;
}

/** The places put down and the cursor after them: the line as it would be if it ended here. */
export function lineSoFar({ places, cursor }: Sketch): readonly LonLat[] {
	return cursor === null ? places : withPlace({ parcelNos: [], places, cursor }, cursor).places;
}
