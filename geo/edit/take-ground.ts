import type { FlatPolygons } from '../flat-polygons.ts';
import { asPolygonFeatures, joinFeatures, sliceFeature } from '../flat-polygons.ts';
import { arrange, ownerOfEach, soleFeature } from '../arrangement/arrange.ts';
import { orderOfPieces } from './cut.ts';
import { pieceGround } from '../arrangement/ground-piece.ts';
import { gatherParts } from './parts.ts';

/** Ground taken out of shapes. Sources and indexes are those of the shapes. */
export interface TakenGround {
	/** Its connected pieces in order of their smallest vertices, and the shapes that each has ground of, ascending. */
	readonly taken: readonly { readonly shape: FlatPolygons; readonly sources: readonly number[] }[];
	/** What is left of each shape that gave ground: no part, one, or what it is cut into. */
	readonly rests: readonly { readonly index: number; readonly parts: readonly FlatPolygons[] }[];
}

/** The key of taken faces; that of what is left of polygon p is p + 2. */
const TAKEN = 1;

/**
 * Takes the ground that a feature covers out of shapes.
 *
 * Shapes are parcels of one coverage, a feature each: they share no ground and are noded with each other, else what is far from the feature
 * would be wrong; the feature may be any polygons. All are noded together, so that pieces meet at the same vertices. Degrees (EPSG:4490),
 * results on the grid. O(positions + (edges near the feature + crossings) log).
 */
export function takeGround(shapes: readonly FlatPolygons[], feature: FlatPolygons): TakenGround {
	const joined = joinFeatures(shapes);
	const shapeOfPolygon = ownerOfEach(joined.featureOffsets, joined.polygonOffsets.length - 1);
	const parcels = asPolygonFeatures(joined);
	const arrangement = arrange([parcels, feature], [], [parcels]);
	const [cover, { offsets }] = arrangement.covers;
	const polygonOfFace = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
		soleFeature(cover, face),
	);
	const isTaken = polygonOfFace.map((polygon, face) =>
		polygon >= 0 && offsets[face] < offsets[face + 1] ? 1 : 0,
	);
	const gives = new Uint8Array(shapes.length);
	polygonOfFace.forEach((polygon, face) => {
		if (isTaken[face] === 1) gives[shapeOfPolygon[polygon]] = 1;
	});
	const keys = polygonOfFace.map((polygon, face) => {
		if (polygon < 0 || gives[shapeOfPolygon[polygon]] === 0) return 0;
		return isTaken[face] === 1 ? TAKEN : TAKEN + 1 + polygon;
	});
	const { polygons, keys: keyOfPiece, faces, faceOffsets } = pieceGround(arrangement, keys);
	const sourcesOf = (piece: number) => {
		const found = new Set<number>();
		for (const face of faces.subarray(faceOffsets[piece], faceOffsets[piece + 1]))
			found.add(shapeOfPolygon[polygonOfFace[face]]);
		return [...found].sort((a, b) => a - b);
	};
	const taken: { shape: FlatPolygons; sources: number[] }[] = [];
	const left: { polygons: FlatPolygons[]; sources: number[] }[] = shapes.map(() => ({
		polygons: [],
		sources: [],
	}));
	for (const piece of orderOfPieces(polygons, keyOfPiece)) {
		const shape = sliceFeature(polygons, piece);
		const source = keyOfPiece[piece] - TAKEN - 1;
		if (source < 0) {
			taken.push({ shape, sources: sourcesOf(piece) });
		} else {
			left[shapeOfPolygon[source]].polygons.push(shape);
			left[shapeOfPolygon[source]].sources.push(source);
		}
	}
	const rests = left.flatMap(({ polygons: pieces, sources }, index) => {
		if (gives[index] === 0) return [];
		if (pieces.length === 0) return [{ index, parts: [] }];
		return [
			{ index, parts: gatherParts({ polygons: joinFeatures(pieces), sources: Uint32Array.from(sources) }) },
		];
	});
	return { taken, rests };
}
