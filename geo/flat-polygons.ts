/**
 * Polygons of many features in flat arrays.
 *
 * Coordinates are longitude, latitude pairs in degrees (EPSG:4490, x = lon). Rings are open: the first position is not
 * repeated. Ring r holds positions [ringOffsets[r], ringOffsets[r + 1]); polygon p holds rings
 * [polygonOffsets[p], polygonOffsets[p + 1]), the shell first; feature f holds polygons
 * [featureOffsets[f], featureOffsets[f + 1]).
 *
 * Well-formed: all three begin with 0, never descend, and end with the number of what they divide. No data that is read makes
 * others; offsets that are not so are a broken program, and what takes polygons may throw.
 */
export interface FlatPolygons {
	readonly coordinates: Float64Array;
	readonly ringOffsets: Uint32Array;
	readonly polygonOffsets: Uint32Array;
	readonly featureOffsets: Uint32Array;
}

/** A position as longitude, latitude in degrees. */
export type LonLat = readonly [lon: number, lat: number];

/** GeoJSON-like nesting: polygons → rings → positions; rings closed (first position repeated at the end). */
export type MultiPolygonLonLat = readonly (readonly (readonly LonLat[])[])[];

/** The number of features. O(1). */
export function featureCount(polygons: FlatPolygons): number {
	return polygons.featureOffsets.length - 1;
}

/** Builds flat polygons from nested ones; a repeated closing position is dropped. O(positions). */
export function flattenMultiPolygons(features: readonly MultiPolygonLonLat[]): FlatPolygons {
	const coordinates: number[] = [];
	const ringOffsets: number[] = [0];
	const polygonOffsets: number[] = [0];
	const featureOffsets: number[] = [0];
	for (const feature of features) {
		for (const polygon of feature) {
			for (const ring of polygon) {
				const last = ring.length - 1;
				const closed = last > 0 && ring[0][0] === ring[last][0] && ring[0][1] === ring[last][1];
				const count = closed ? last : ring.length;
				for (let i = 0; i < count; i++) coordinates.push(ring[i][0], ring[i][1]);
				ringOffsets.push(coordinates.length / 2);
			}
			polygonOffsets.push(ringOffsets.length - 1);
		}
		featureOffsets.push(polygonOffsets.length - 1);
	}
	return {
		coordinates: Float64Array.from(coordinates),
		ringOffsets: Uint32Array.from(ringOffsets),
		polygonOffsets: Uint32Array.from(polygonOffsets),
		featureOffsets: Uint32Array.from(featureOffsets),
	};
}

/** Returns one feature as nested polygons with closed rings. O(its positions). */
export function nestFeature(polygons: FlatPolygons, feature: number): [number, number][][][] {
	const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const nested: [number, number][][][] = [];
	for (let p = featureOffsets[feature]; p < featureOffsets[feature + 1]; p++) {
		const rings: [number, number][][] = [];
		for (let r = polygonOffsets[p]; r < polygonOffsets[p + 1]; r++) {
			const ring: [number, number][] = [];
			for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) {
				ring.push([coordinates[2 * i], coordinates[2 * i + 1]]);
			}
			if (ring.length > 0) ring.push([ring[0][0], ring[0][1]]);
			rings.push(ring);
		}
		nested.push(rings);
	}
	return nested;
}

/** Puts the features of several sets one after another. O(positions). */
export function joinFeatures(sets: readonly FlatPolygons[]): FlatPolygons {
	const size = (pick: (polygons: FlatPolygons) => ArrayLike<number>) =>
		sets.reduce((total, polygons) => total + pick(polygons).length, 0);
	const coordinates = new Float64Array(size((p) => p.coordinates));
	const ringOffsets = new Uint32Array(size((p) => p.ringOffsets) - sets.length + 1);
	const polygonOffsets = new Uint32Array(size((p) => p.polygonOffsets) - sets.length + 1);
	const featureOffsets = new Uint32Array(size((p) => p.featureOffsets) - sets.length + 1);
	let positions = 0;
	let rings = 0;
	let polygonCount = 0;
	let features = 0;
	for (const set of sets) {
		coordinates.set(set.coordinates, 2 * positions);
		for (let r = 1; r < set.ringOffsets.length; r++) ringOffsets[rings + r] = positions + set.ringOffsets[r];
		for (let p = 1; p < set.polygonOffsets.length; p++)
			polygonOffsets[polygonCount + p] = rings + set.polygonOffsets[p];
		for (let f = 1; f < set.featureOffsets.length; f++)
			featureOffsets[features + f] = polygonCount + set.featureOffsets[f];
		positions += set.coordinates.length / 2;
		rings += set.ringOffsets.length - 1;
		polygonCount += set.polygonOffsets.length - 1;
		features += set.featureOffsets.length - 1;
	}
	return { coordinates, ringOffsets, polygonOffsets, featureOffsets };
}

/** One feature as a set of its own. O(its positions). */
export function sliceFeature(polygons: FlatPolygons, feature: number): FlatPolygons {
	return sliceFeatures(polygons, feature, feature + 1);
}

/** The features from `from` to before `to` as a set of their own. O(their positions). */
export function sliceFeatures(polygons: FlatPolygons, from: number, to: number): FlatPolygons {
	const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const [firstPolygon, lastPolygon] = [featureOffsets[from], featureOffsets[to]];
	const [firstRing, lastRing] = [polygonOffsets[firstPolygon], polygonOffsets[lastPolygon]];
	const [first, last] = [ringOffsets[firstRing], ringOffsets[lastRing]];
	return {
		coordinates: coordinates.slice(2 * first, 2 * last),
		ringOffsets: ringOffsets.slice(firstRing, lastRing + 1).map((i) => i - first),
		polygonOffsets: polygonOffsets.slice(firstPolygon, lastPolygon + 1).map((r) => r - firstRing),
		featureOffsets: featureOffsets.slice(from, to + 1).map((p) => p - firstPolygon),
	};
}

/** Some of the features, in the order given. O(their positions). */
export function pickFeatures(
	polygons: FlatPolygons,
	features: Uint32Array | readonly number[],
): FlatPolygons {
	const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const featureEnds: number[] = [0];
	const polygonEnds: number[] = [0];
	const ringEnds: number[] = [0];
	let positions = 0;
	for (const f of features) {
		for (let p = featureOffsets[f]; p < featureOffsets[f + 1]; p++) {
			for (let r = polygonOffsets[p]; r < polygonOffsets[p + 1]; r++) {
				positions += ringOffsets[r + 1] - ringOffsets[r];
				ringEnds.push(positions);
			}
			polygonEnds.push(ringEnds.length - 1);
		}
		featureEnds.push(polygonEnds.length - 1);
	}
	const picked = new Float64Array(2 * positions);
	let end = 0;
	for (const f of features) {
		const from = 2 * ringOffsets[polygonOffsets[featureOffsets[f]]];
		const to = 2 * ringOffsets[polygonOffsets[featureOffsets[f + 1]]];
		picked.set(coordinates.subarray(from, to), end);
		end += to - from;
	}
	return {
		coordinates: picked,
		ringOffsets: Uint32Array.from(ringEnds),
		polygonOffsets: Uint32Array.from(polygonEnds),
		featureOffsets: Uint32Array.from(featureEnds),
	};
}

/** Each polygon of a set as a feature. */
export function asPolygonFeatures(polygons: FlatPolygons): FlatPolygons {
	return { ...polygons, featureOffsets: Uint32Array.from(polygons.polygonOffsets.keys()) };
}
