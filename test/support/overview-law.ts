import { gzipSync } from 'node:zlib';
import { projectPolygons, type WorldPolygons } from '../../geo/tile/project.ts';
import { overviewTile, type Overview, type OverviewTask } from '../../src/lib/server/tile/overview.ts';
import type { DrawnLevel } from '../../src/lib/server/tile/overview-level.ts';
import { GZIP_LEVEL } from '../../src/lib/server/tile/byte-cache.ts';
import { tilesOver } from '../geo/tile/decoded-tile.ts';

/** What a label has on the map: its share of all ground, and the share of its own area that is drawn too much. */
export interface LabelFit {
	readonly label: number;
	readonly share: number;
	readonly off: number;
}

/** How well the areas of labels that are read off a level's tiles fit those of their parcels; the worst first. */
export function labelFits({ polygons, labels }: OverviewTask, level: DrawnLevel): LabelFit[] {
	const { lattice } = level;
	const exact = areasByLabel(projectPolygons(polygons), labels, 1);
	const drawn = areasByLabel(
		{ ...lattice, coordinates: lattice.positions },
		level.labels ?? labels,
		(4096 * 2 ** lattice.zoom) ** -2,
	);
	const all = [...exact.values()].reduce((sum, area) => sum + area, 0);
	return Array.from(exact, ([label, area]) => ({
		label,
		share: area / all,
		off: (drawn.get(label) ?? 0) / area - 1,
	})).sort((a, b) => Math.abs(b.off) - Math.abs(a.off));
}

type Rings = Pick<WorldPolygons, 'ringOffsets' | 'polygonOffsets' | 'featureOffsets'> & {
	readonly coordinates: ArrayLike<number>;
};

/** The area of all features of each label, in square units that are so large. */
function areasByLabel(rings: Rings, labels: Int32Array, unit2: number): Map<number, number> {
	const { featureOffsets, polygonOffsets } = rings;
	const areas = new Map<number, number>();
	for (let f = 0; f + 1 < featureOffsets.length; f++) {
		let area = 0;
		for (let p = featureOffsets[f]; p < featureOffsets[f + 1]; p++)
			for (let r = polygonOffsets[p]; r < polygonOffsets[p + 1]; r++)
				area += (r === polygonOffsets[p] ? 1 : -1) * ringArea(rings, r);
		if (labels[f] > 0) areas.set(labels[f], (areas.get(labels[f]) ?? 0) + area * unit2);
	}
	return areas;
}

function ringArea({ coordinates, ringOffsets }: Rings, ring: number): number {
	let doubled = 0;
	let last = ringOffsets[ring + 1] - 1;
	for (let i = ringOffsets[ring]; i < ringOffsets[ring + 1]; last = i++)
		doubled +=
			coordinates[2 * last] * coordinates[2 * i + 1] - coordinates[2 * i] * coordinates[2 * last + 1];
	return Math.abs(doubled / 2);
}

/** Bytes of the heaviest tile of a zoom, compressed as the server does. */
export function heaviestTileBytes(overview: Overview, { polygons }: OverviewTask, zoom: number): number {
	const sizes = tilesOver(polygons, zoom, Infinity).map((tile) => {
		const bytes = overviewTile(overview, tile);
		return bytes === null ? 0 : gzipSync(bytes, { level: GZIP_LEVEL }).length;
	});
	return Math.max(...sizes);
}
