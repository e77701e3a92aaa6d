import type { FlatPolygons } from '../flat-polygons.ts';
import { asPolygonFeatures, joinFeatures } from '../flat-polygons.ts';
import { findShape } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import { cutPolygons, slicePieces } from './cut.ts';
import type { EditResult, Lineage, Refusal } from './difference.ts';
import { isUsableLine } from '../arrangement/lines.ts';
import type { Polyline } from '../arrangement/lines.ts';
import { newParcelNos } from './new-parcel-nos.ts';
import { listParcelNosAlong } from '../coverage/parcels-along.ts';
import { gatherParts } from './parts.ts';
import { redraw } from './redraw.ts';
import { refusalOf, refuse, refuseLine } from './refusal.ts';

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
 * Polygons of a parcel that the line does not part stay with its largest piece. The ground stays the same; neighbours gain the
 * cut's end vertices (`noded`). Refuses `line.invalid`, `parcel.unknown`, `split.parts-nothing`, and those of `newParcelNos`.
 * O((edges of the parcels near the line + crossings) log).
 */
export function splitByLine(coverage: Coverage, { line, parcelNos, firstNewNo }: SplitByLine): EditResult {
	if (!isUsableLine(line)) return refuseLine(line, []);
	const at = [line[0], line[1]] as const;
	const asked = parcelNos ?? listParcelNosAlong(coverage, line);
	const subjects = [...new Set(asked)].sort((a, b) => a - b);
	const shapes: FlatPolygons[] = [];
	for (const parcelNo of subjects) {
		const shape = findShape(coverage, parcelNo);
		if (shape === null) return refuse('parcel.unknown', [parcelNo], at);
		shapes.push(shape);
	}
	const splits = splitShapes(shapes, line);
	const partCount = splits.reduce((total, { parts }) => total + parts.length, 0);
	if (partCount === 0) return refuse('split.parts-nothing', subjects, at);
	const numbers = newParcelNos(coverage, partCount, at, firstNewNo);
	if (!numbers.ok) return numbers;
	const newShapes = new Map<number, FlatPolygons | null>();
	const lineage: Lineage[] = [];
	for (const { index, parts } of splits) {
		newShapes.set(subjects[index], null);
		for (const part of parts) {
			const to = numbers.parcelNos[lineage.length];
			newShapes.set(to, part);
			lineage.push({ from: subjects[index], to });
		}
	}
	return redraw(coverage, newShapes, lineage);
}

/** Says why `splitByLine` would be refused, null when it would be done. */
export function canSplitByLine(coverage: Coverage, split: SplitByLine): Refusal | null {
	return refusalOf(splitByLine(coverage, split));
}

/** The shapes that a line parts and their parts, all cut together so that neighbours are cut at the same vertices. */
function splitShapes(shapes: readonly FlatPolygons[], line: Polyline) {
	const pieces = cutPolygons(asPolygonFeatures(joinFeatures(shapes)), [line]);
	const splits: { index: number; parts: FlatPolygons[] }[] = [];
	let firstPiece = 0;
	let firstPolygon = 0;
	shapes.forEach((shape, index) => {
		const from = firstPiece;
		firstPolygon += shape.polygonOffsets.length - 1;
		while (firstPiece < pieces.sources.length && pieces.sources[firstPiece] < firstPolygon) firstPiece++;
		const parts = gatherParts(slicePieces(pieces, from, firstPiece));
		if (parts.length > 1) splits.push({ index, parts });
	});
	return splits;
}
