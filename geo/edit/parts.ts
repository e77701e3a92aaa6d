import { ellipsoidalAreasM2 } from '../area/ellipsoidal.ts';
import type { FlatPolygons } from '../flat-polygons.ts';
import { joinFeatures, sliceFeature } from '../flat-polygons.ts';
import type { Pieces } from './cut.ts';
import { asOneFeature } from '../coverage/shape.ts';

/**
 * Gathers the pieces of one parcel's polygons to the parts that become parcels; one part where no polygon is in several pieces.
 *
 * Else every piece of a parted polygon is a part, in the order given; polygons that are whole, or what is left of them, go with the
 * largest of these. O(vertices).
 */
export function gatherParts({ polygons, sources }: Pieces): FlatPolygons[] {
	const pieceCounts = new Map<number, number>();
	for (const source of sources) pieceCounts.set(source, (pieceCounts.get(source) ?? 0) + 1);
	if (pieceCounts.size === sources.length) return [asOneFeature(polygons)];
	const pieces = Array.from(sources, (_, piece) => sliceFeature(polygons, piece));
	const isParted = Array.from(sources, (source) => pieceCounts.get(source) !== 1);
	const whole = pieces.filter((_, piece) => !isParted[piece]);
	if (whole.length === 0) return pieces;
	const areasM2 = ellipsoidalAreasM2(polygons);
	let largest = isParted.indexOf(true);
	isParted.forEach((parted, piece) => {
		if (parted && areasM2[piece] > areasM2[largest]) largest = piece;
	});
	const parts: FlatPolygons[] = [];
	pieces.forEach((polygon, piece) => {
		if (!isParted[piece]) return;
		parts.push(piece === largest ? asOneFeature(joinFeatures([polygon, ...whole])) : polygon);
	});
	return parts;
}
