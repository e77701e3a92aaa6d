import { ellipsoidalAreasM2 } from '../area/ellipsoidal.ts';
import type { FlatPolygons } from '../flat-polygons.ts';
import { arrange } from './arrange.ts';
import { dissolveFaces } from './dissolve.ts';
import type { ParcelSet } from '../parcel-set.ts';

/** The common refinement of several sets of parcels. */
export interface Overlay {
	/** One array per set: the parcel that each piece belongs to, 0 = none. Pieces ascend by these keys, first set foremost. */
	readonly parcelNos: Int32Array[];
	/** Ellipsoidal area of each piece in m². */
	readonly areaM2: Float64Array;
	/** The pieces themselves, one feature each. */
	readonly polygons: FlatPolygons;
}

/**
 * Overlays sets of parcels: one piece for each combination of parcels that share ground.
 *
 * A piece need not be connected. Where parcels of one set overlap, the ground counts once, for the first of them in the set. Areas of the
 * pieces of a parcel add up to that of the parcel as noded here to 1e-6 m²; noding moves an edge by half a grid
 * diagonal at most (8 · 10⁻⁶ m), so against the parcel as given the sum may differ by that times its perimeter. O(edges log edges).
 */
export function overlayParcelSets(sets: readonly ParcelSet[]): Overlay {
	const arrangement = arrange(sets.map(({ polygons }) => polygons));
	const { faceCount, covers } = arrangement;
	const keys = new Map<string, number>();
	const tuples: number[][] = [];
	const pieceOfFace = new Int32Array(faceCount).fill(-1);
	for (let face = 1; face < faceCount; face++) {
		const tuple = covers.map(({ offsets, features }, s) =>
			offsets[face] === offsets[face + 1] ? 0 : sets[s].parcelNos[features[offsets[face]]],
		);
		if (tuple.every((no) => no === 0)) continue;
		const key = tuple.join(' ');
		let piece = keys.get(key);
		if (piece === undefined) {
			piece = tuples.length;
			keys.set(key, piece);
			tuples.push(tuple);
		}
		pieceOfFace[face] = piece;
	}
	const order = tuples.map((_, i) => i).sort((a, b) => compareTuples(tuples[a], tuples[b]));
	const labelOfPiece = new Int32Array(tuples.length);
	order.forEach((piece, rank) => (labelOfPiece[piece] = rank + 1));
	const labels = pieceOfFace.map((piece) => (piece < 0 ? 0 : labelOfPiece[piece]));
	const { polygons } = dissolveFaces(arrangement, labels);
	return {
		parcelNos: sets.map((_, s) => Int32Array.from(order, (piece) => tuples[piece][s])),
		areaM2: ellipsoidalAreasM2(polygons),
		polygons,
	};
}

function compareTuples(a: readonly number[], b: readonly number[]): number {
	const place = a.findIndex((value, i) => value !== b[i]);
	return place < 0 ? 0 : a[place] - b[place];
}
