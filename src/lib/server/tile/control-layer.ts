import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { TileAddress } from '$geo/tile/clip.ts';
import { encodePolygonLayer } from '$geo/tile/encode.ts';
import { projectPolygons, type WorldPolygons } from '$geo/tile/project.ts';
import type { Grade } from '../access/actor.ts';
import type { ControlAreaRow } from '../db/control-layer.ts';
import { BUFFER, EXTENT } from './coverage-layer.ts';

/** A control layer ready to be cut into tiles; feature i of `world` is area i. */
export interface ControlContent {
	readonly zoneId: string;
	readonly grade: Grade;
	readonly areas: readonly Omit<ControlAreaRow, 'shape'>[];
	readonly world: WorldPolygons;
	readonly bytes: number;
}

/** Makes the areas of a layer ready; feature i of `polygons` is area i. O(positions). */
export function openControlLayer(
	{ zoneId, grade }: Pick<ControlContent, 'zoneId' | 'grade'>,
	areas: ControlContent['areas'],
	polygons: FlatPolygons,
): ControlContent {
	const world = projectPolygons(polygons);
	return { zoneId, grade, areas, world, bytes: world.coordinates.byteLength + world.bounds.byteLength };
}

/** The areas of a control layer with their names and the days on which they begin and cease to be in force; null: an empty tile. */
export function controlTile({ areas, world }: ControlContent, tile: TileAddress): Uint8Array | null {
	return encodePolygonLayer(
		{
			name: 'control',
			extent: EXTENT,
			buffer: BUFFER,
			world,
			featureIds: Int32Array.from(areas, ({ controlAreaNo }) => controlAreaNo),
			attributes: [
				{ name: 'nameZh', kind: 'text', values: areas.map(({ nameZh }) => nameZh) },
				{ name: 'nameEn', kind: 'text', values: areas.map(({ nameEn }) => nameEn) },
				{ name: 'from', kind: 'text', values: areas.map(({ validFrom }) => validFrom) },
				{ name: 'to', kind: 'text', values: areas.map(({ validTo }) => validTo) },
			],
		},
		tile,
		areas.keys(),
	);
}
