import type { FlatPolygons } from '../flat-polygons.ts';
import { ellipsoidalAreasM2 } from '../area/ellipsoidal.ts';
import { joinFeatures, sliceFeature } from '../flat-polygons.ts';
import { asOneFeature } from './shape.ts';
import { findShape, listParcelNosInBox, nextDraftNo } from './coverage.ts';
import type { Coverage } from './coverage.ts';
import { cutPolygons } from './cut.ts';
import type { EditResult, Lineage, Refusal } from './difference.ts';
import { isUsableLine } from './lines.ts';
import type { Polyline } from './lines.ts';
import { redraw } from './redraw.ts';
import { refusalOf, refuse } from './refusal.ts';
import { boxOf } from './shape.ts';

/** A cut through parcels along a line. */
export interface SplitByLine {
	/** Two vertices or more, degrees (EPSG:4490). It may begin and end anywhere, cross itself, and run along boundaries. */
	readonly line: Polyline;
	/** The parcels that may be cut; left out: all that the line meets. */
	readonly parcelNos?: readonly number[];
	/** The number of the first new parcel, the next ones count down from it; left out: below all numbers ever used. */
	readonly firstNewNo?: number;
}

/**
 * Splits every parcel that the line parts: each is retired and its pieces are new parcels, in order of parcel number and then of
 * the pieces' lexicographically smallest vertices.
 *
 * Parts of a parcel that the line does not part stay with its largest piece. The ground stays the same; neighbours gain the
 * cut's end vertices (`noded`). Refuses `line.invalid`, `parcel.unknown`, `split.parts-nothing`. O(edges of the parcels that the line meets).
 */
export function splitByLine(coverage: Coverage, { line, parcelNos, firstNewNo }: SplitByLine): EditResult {
	if (!isUsableLine(line)) return refuse('line.invalid', []);
	const at = [line[0], line[1]] as const;
	const asked = parcelNos ?? listParcelNosInBox(coverage, boxOf({ coordinates: line }));
	const shapes: FlatPolygons[] = [];
	const subjects = [...new Set(asked)].sort((a, b) => a - b);
	for (const parcelNo of subjects) {
		const shape = findShape(coverage, parcelNo);
		if (shape === null) return refuse('parcel.unknown', [parcelNo], at);
		shapes.push(shape);
	}
	const newShapes = new Map<number, FlatPolygons | null>();
	const lineage: Lineage[] = [];
	let newNo = firstNewNo ?? nextDraftNo(coverage);
	shapes.forEach((shape, i) => {
		for (const piece of partsAfterCut(shape, line)) {
			newShapes.set(subjects[i], null);
			newShapes.set(newNo, piece);
			lineage.push({ from: subjects[i], to: newNo-- });
		}
	});
	if (newShapes.size === 0) return refuse('split.parts-nothing', subjects, at);
	return redraw(coverage, newShapes, lineage);
}

/** Says why `splitByLine` would be refused, null when it would be done. */
export function canSplitByLine(coverage: Coverage, split: SplitByLine): Refusal | null {
	return refusalOf(splitByLine(coverage, split));
}

/** The parts that a line leaves of a shape, none when it parts nothing. */
function partsAfterCut(shape: FlatPolygons, line: Polyline): FlatPolygons[] {
	const uncutCount = shape.polygonOffsets.length - 1;
	const { polygons, sources } = cutPolygons(asPolygonFeatures(shape), [line]);
	if (sources.length === uncutCount) return [];
	const pieceCounts = new Uint32Array(uncutCount);
	for (const source of sources) pieceCounts[source]++;
	const areasM2 = ellipsoidalAreasM2(polygons);
	let largest = -1;
	const whole: FlatPolygons[] = [];
	const pieces: FlatPolygons[] = [];
	sources.forEach((source, piece) => {
		if (pieceCounts[source] === 1) {
			whole.push(sliceFeature(polygons, piece));
			return;
		}
		if (largest < 0 || areasM2[piece] > areasM2[largest]) largest = piece;
	});
	sources.forEach((source, piece) => {
		if (pieceCounts[source] === 1) return;
		const polygon = sliceFeature(polygons, piece);
		pieces.push(piece === largest ? asOneFeature(joinFeatures([polygon, ...whole])) : polygon);
	});
	return pieces;
}

/** Each polygon of a shape as a feature. */
function asPolygonFeatures(shape: FlatPolygons): FlatPolygons {
	return { ...shape, featureOffsets: Uint32Array.from({ length: shape.polygonOffsets.length }, (_, p) => p) };
}
