import type { FlatPolygons } from '$geo/flat-polygons.ts';

/** One feature as polygons of its own. O(its positions). */
export function featureAlone(polygons: FlatPolygons, feature: number): FlatPolygons {
	return pickFeatures(polygons, [feature]);
}

/** The given features in the given order. O(their positions). */
export function pickFeatures(polygons: FlatPolygons, features: ArrayLike<number>): FlatPolygons {
	const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const rings: number[] = [0];
	const shells: number[] = [0];
	const offsets = new Uint32Array(features.length + 1);
	const pieces: Float64Array[] = [];
	let positions = 0;
	for (let k = 0; k < features.length; k++) {
		for (let p = featureOffsets[features[k]]; p < featureOffsets[features[k] + 1]; p++) {
			for (let r = polygonOffsets[p]; r < polygonOffsets[p + 1]; r++) {
				pieces.push(coordinates.subarray(2 * ringOffsets[r], 2 * ringOffsets[r + 1]));
				positions += ringOffsets[r + 1] - ringOffsets[r];
				rings.push(positions);
			}
			shells.push(rings.length - 1);
		}
		offsets[k + 1] = shells.length - 1;
	}
	const picked = new Float64Array(2 * positions);
	let at = 0;
	for (const piece of pieces) {
		picked.set(piece, at);
		at += piece.length;
	}
	return {
		coordinates: picked,
		ringOffsets: Uint32Array.from(rings),
		polygonOffsets: Uint32Array.from(shells),
		featureOffsets: offsets,
	};
}

/** All features of several sets, one set after the other. O(positions). */
export function concatenated(sets: readonly FlatPolygons[]): FlatPolygons {
	const coordinates = new Float64Array(sets.reduce((sum, set) => sum + set.coordinates.length, 0));
	const joined = (key: 'ringOffsets' | 'polygonOffsets' | 'featureOffsets'): Uint32Array => {
		const offsets = new Uint32Array(sets.reduce((sum, set) => sum + set[key].length - 1, 1));
		let at = 1;
		let base = 0;
		for (const set of sets) {
			for (let k = 1; k < set[key].length; k++) offsets[at++] = base + set[key][k];
			base += set[key][set[key].length - 1];
		}
		return offsets;
	};
	let at = 0;
	for (const set of sets) {
		coordinates.set(set.coordinates, at);
		at += set.coordinates.length;
	}
	return {
		coordinates,
		ringOffsets: joined('ringOffsets'),
		polygonOffsets: joined('polygonOffsets'),
		featureOffsets: joined('featureOffsets'),
	};
}

/** A middle of each feature's first shell: the mean of its box, in degrees. Good for sorting only. O(positions). */
export function boxMiddles({
	coordinates,
	ringOffsets,
	polygonOffsets,
	featureOffsets,
}: FlatPolygons): Float64Array {
	const middles = new Float64Array(2 * (featureOffsets.length - 1));
	for (let f = 0; f + 1 < featureOffsets.length; f++) {
		const ring = polygonOffsets[featureOffsets[f]];
		let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
		for (let i = ringOffsets[ring]; i < ringOffsets[ring + 1]; i++) {
			west = Math.min(west, coordinates[2 * i]);
			east = Math.max(east, coordinates[2 * i]);
			south = Math.min(south, coordinates[2 * i + 1]);
			north = Math.max(north, coordinates[2 * i + 1]);
		}
		middles[2 * f] = (west + east) / 2;
		middles[2 * f + 1] = (south + north) / 2;
	}
	return middles;
}
