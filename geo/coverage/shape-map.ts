import type { FlatPolygons } from '../flat-polygons.ts';
import { joinFeatures } from '../flat-polygons.ts';
import type { Shapes } from './neighbourhood.ts';
import type { ParcelSet } from '../parcel-set.ts';

/** The numbers that have a shape, ascending. O(n log n). */
function parcelNosOf(shapes: Shapes): Int32Array {
	return Int32Array.from([...shapes].filter(([, shape]) => shape !== null).map(([no]) => no)).sort();
}

/** All shapes as one set of parcels, ascending by number. O(positions). */
export function parcelSetOf(shapes: Shapes): ParcelSet {
	const parcelNos = parcelNosOf(shapes);
	return { parcelNos, polygons: joinShapes(Array.from(parcelNos, (no) => shapes.get(no) ?? null)) };
}

/** Shapes one after another, as features. O(positions). */
export function joinShapes(shapes: Iterable<FlatPolygons | null>): FlatPolygons {
	return joinFeatures([...shapes].filter((shape) => shape !== null));
}
