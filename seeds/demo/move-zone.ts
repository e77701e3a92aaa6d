import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { CoverageSource } from '$seeds/load/coverage-source.ts';

/** A zone moved to the east by whole degrees of longitude: exact on the grid, every area stays as it is. O(positions). */
export function movedEast(zone: CoverageSource, eastDeg: number): CoverageSource {
	const moved = (polygons: FlatPolygons): FlatPolygons => ({
		...polygons,
		coordinates: polygons.coordinates.map((value, i) => (i % 2 === 0 ? value + eastDeg : value)),
	});
	const ofEach = <T extends { readonly polygons: FlatPolygons }>(features: readonly T[]) =>
		features.map((feature) => ({ ...feature, polygons: moved(feature.polygons) }));
	return {
		outlines: ofEach(zone.outlines),
		blocks: zone.blocks.map((block) => ({ ...block, polygons: block.polygons && moved(block.polygons) })),
		coverages: ofEach(zone.coverages),
		controlLayers: ofEach(zone.controlLayers),
	};
}
