import { isUsablePosition } from '../arrangement/grid-position.ts';
import { interiorPoint } from '../arrangement/interior-point.ts';
import type { Polyline } from '../arrangement/lines.ts';
import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import type { EditResult, Refusal } from './difference.ts';

/** Makes a refused edit. */
export function refuse(
	code: string,
	parcelNos: readonly number[],
	at: LonLat | null = null,
	params: Refusal['params'] = {},
): { readonly ok: false; readonly refusal: Refusal } {
	return { ok: false, refusal: { code, parcelNos, at, params, issues: [] } };
}

/**
 * Refuses a line that is none (`isUsableLine`).
 *
 * Its first unusable position is `position`, counted from 0; the place is the usable one last before it, else the next one.
 */
export function refuseLine(
	line: Polyline,
	parcelNos: readonly number[],
): { readonly ok: false; readonly refusal: Refusal } {
	const places = Array.from({ length: Math.ceil(line.length / 2) }, (_, i): LonLat => [
		line[2 * i],
		line[2 * i + 1],
	]);
	const isUsable = ([lon, lat]: LonLat) => isUsablePosition(lon, lat);
	const position = places.findIndex((place) => !isUsable(place));
	const at = position > 0 ? places[position - 1] : places.find(isUsable);
	return refuse('line.invalid', parcelNos, at ?? null, position < 0 ? {} : { position });
}

/** A place to point at in a parcel of a coverage; null where there is none. */
export function placeIn(shape: FlatPolygons | null): LonLat | null {
	return shape === null ? null : interiorPoint(shape, 0);
}

/** Why an edit was refused, null when it was done: what every `can…` answers. */
export function refusalOf(result: EditResult): Refusal | null {
	return result.ok ? null : result.refusal;
}
