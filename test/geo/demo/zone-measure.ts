import { nestFeature, type FlatPolygons } from '$geo/flat-polygons.ts';
import type { CoverageLayerSource, CoverageSource } from '$seeds/load/coverage-source.ts';

/** The nominal areas in m² that the outlines must have. */
export const NOMINAL_M2: Readonly<Record<string, number>> = {
	hunnan: 243e6,
	heping: 7e6,
	huanggu: 33e6,
	dadong: 74e6,
};

/** The outlines of a zone as one set of features. */
export function outlineSet({ outlines }: CoverageSource): FlatPolygons {
	const lengths = outlines.map(({ polygons }) => polygons.coordinates.length);
	const starts = lengths.map((_, k) => lengths.slice(0, k).reduce((sum, length) => sum + length, 0));
	const total = lengths.reduce((sum, length) => sum + length, 0);
	const coordinates = new Float64Array(total);
	outlines.forEach(({ polygons }, k) => coordinates.set(polygons.coordinates, starts[k]));
	const offsets = Uint32Array.from({ length: outlines.length + 1 }, (_, k) => k);
	return {
		coordinates,
		ringOffsets: Uint32Array.from([...starts, total], (start) => start / 2),
		polygonOffsets: offsets,
		featureOffsets: offsets,
	};
}

/** The edges of a set that only one ring runs along, as `lon lat lon lat` with the smaller end first. */
export function unpairedEdges({ coordinates, ringOffsets }: FlatPolygons): Set<string> {
	const edges = new Set<string>();
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) {
			const next = i + 1 < ringOffsets[r + 1] ? i + 1 : ringOffsets[r];
			const ends = [i, next].map((at) => `${coordinates[2 * at]} ${coordinates[2 * at + 1]}`);
			const edge = ends.sort().join(' ');
			if (!edges.delete(edge)) edges.add(edge);
		}
	}
	return edges;
}

/** Sums of a value per feature by some key of the feature. */
export function sumsBy(values: Float64Array, keyOf: (feature: number) => string): Map<string, number> {
	const sums = new Map<string, number>();
	values.forEach((value, f) => sums.set(keyOf(f), (sums.get(keyOf(f)) ?? 0) + value));
	return sums;
}

/** The class code of a feature; every demo parcel has one. */
export function codeOf(layer: CoverageLayerSource, feature: number): string {
	const key = layer.classKeys[feature];
	if (!key) throw new Error(`parcel ${feature} has no class`);
	return key.code;
}

/** The coverage of a kind. */
export function layerOf(zone: CoverageSource, kind: 'plan' | 'current'): CoverageLayerSource {
	const layer = zone.coverages.find((candidate) => candidate.kind === kind);
	if (!layer) throw new Error(`the zone has no ${kind} coverage`);
	return layer;
}

/** The least distance in metres between the vertices of two outlines, to a percent. */
export function vertexDistanceM(a: FlatPolygons, b: FlatPolygons): number {
	let least = Infinity;
	for (let i = 0; i < a.coordinates.length; i += 2) {
		for (let j = 0; j < b.coordinates.length; j += 2) {
			const eastM = (a.coordinates[i] - b.coordinates[j]) * 83100;
			const northM = (a.coordinates[i + 1] - b.coordinates[j + 1]) * 111070;
			least = Math.min(least, eastM * eastM + northM * northM);
		}
	}
	return Math.sqrt(least);
}

/** Area of every feature by an oracle of rings: shells minus holes. */
export function areasBy(polygons: FlatPolygons, ringAreaM2: (ring: number[]) => number): Float64Array {
	const { featureOffsets } = polygons;
	return Float64Array.from({ length: featureOffsets.length - 1 }, (_, feature) => {
		let areaM2 = 0;
		for (const rings of nestFeature(polygons, feature))
			rings.forEach((ring, k) => {
				const ringM2 = Math.abs(ringAreaM2(ring.slice(0, -1).flat()));
				areaM2 += k === 0 ? ringM2 : -ringM2;
			});
		return areaM2;
	});
}
