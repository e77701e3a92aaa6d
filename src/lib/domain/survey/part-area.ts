import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { planarAreasM2 } from '$geo/area/planar.ts';
import { interiorPoint } from '$geo/arrangement/interior-point.ts';
import { covers } from '$geo/arrangement/point-in-polygon.ts';
import { findShape, listParcelNosAt, type Coverage } from '$geo/coverage/coverage.ts';
import type { GaussKruger } from '$geo/crs/gauss-kruger.ts';
import { flattenMultiPolygons, type FlatPolygons, type LonLat } from '$geo/flat-polygons.ts';
import { ringsOfPart, type SurveyPart } from './survey.ts';

/** The parcel that lies where a document draws one, and its area of the kind that the document states. */
export interface PartArea {
	readonly parcelNo: number;
	/** Null where the document does not say which area it states. */
	readonly computedM2: number | null;
}

/** A document's parcel as one feature: a ring inside one before it is its hole, another is a further part. */
function shapeOfPart(part: SurveyPart): FlatPolygons {
	const polygons: { readonly rings: LonLat[][]; readonly shell: FlatPolygons }[] = [];
	for (const ring of ringsOfPart(part)) {
		const places = ring.map(({ at }) => at);
		const around = polygons.find(({ shell }) => covers(shell, places[0]));
		if (around === undefined) polygons.push({ rings: [places], shell: flattenMultiPolygons([[[places]]]) });
		else around.rings.push(places);
	}
	return flattenMultiPolygons([polygons.map(({ rings }) => rings)]);
}

/**
 * Finds the parcel of a coverage in the midst of what a document draws, with its area as the document would state it; null where there is
 * none. Planar areas are those of `projection`. O(vertices of the parcels there).
 */
export function findPartArea(coverage: Coverage, part: SurveyPart, projection: GaussKruger): PartArea | null {
	const [parcelNo] = listParcelNosAt(coverage, interiorPoint(shapeOfPart(part), 0));
	const shape = parcelNo === undefined ? null : findShape(coverage, parcelNo);
	if (shape === null) return null;
	return { parcelNo, computedM2: areaOfKind(shape, part.areaKind, projection) };
}

/** The area of one feature of the kind that a document states, m²; null where it does not say which. O(vertices). */
export function areaOfKind(
	shape: FlatPolygons,
	kind: SurveyPart['areaKind'],
	projection: GaussKruger,
): number | null {
	if (kind === 'document') return null;
	const [areaM2] = kind === 'planar' ? planarAreasM2(shape, projection) : ellipsoidalAreasM2(shape);
	return areaM2;
}
