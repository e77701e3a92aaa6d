import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { planarAreasM2 } from '$geo/area/planar.ts';
import { interiorPoint } from '$geo/arrangement/interior-point.ts';
import { covers } from '$geo/arrangement/point-in-polygon.ts';
import { findShape, listParcelNosAt, listParcelNosInBox, type Coverage } from '$geo/coverage/coverage.ts';
import { boxOf } from '$geo/coverage/shape.ts';
import type { GaussKruger } from '$geo/crs/gauss-kruger.ts';
import { flattenMultiPolygons, type FlatPolygons, type LonLat } from '$geo/flat-polygons.ts';
import { ringsOfPart, type SurveyPart } from './survey.ts';

/** The parcels that lie where a document draws one, and their area together of the kind that the document states. */
export interface PartArea {
	/** Ascending; several where the document's parcel was split. */
	readonly parcelNos: readonly number[];
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
 * Finds the parcels of a coverage that a document draws as one: that in the midst of it and each other whose own midst lies within, with
 * their area as the document would state it; null where there is none. Planar areas are those of `projection`. O(vertices of the parcels there).
 */
export function findPartArea(coverage: Coverage, part: SurveyPart, projection: GaussKruger): PartArea | null {
	const drawn = shapeOfPart(part);
	const [midst] = listParcelNosAt(coverage, interiorPoint(drawn, 0));
	if (midst === undefined) return null;
	const found = listParcelNosInBox(coverage, boxOf(drawn)).flatMap((parcelNo) => {
		const shape = findShape(coverage, parcelNo);
		const isDrawn = shape !== null && (parcelNo === midst || covers(drawn, interiorPoint(shape, 0)));
		return isDrawn ? [{ parcelNo, areaM2: areaOfKind(shape, part.areaKind, projection) }] : [];
	});
	return {
		parcelNos: found.map(({ parcelNo }) => parcelNo),
		computedM2: found.reduce<number | null>(
			(sum, { areaM2 }) => (sum === null || areaM2 === null ? null : sum + areaM2),
			0,
		),
	};
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
