import type { FeatureCollection } from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import type { StyleInput } from './style-input.ts';

/** What a page draws over the map of every page: GeoJSON sources, which change with every move of a hand, and their layers. */
export interface MapOverlay {
	readonly sourceIds: readonly string[];
	/** What a source draws now. */
	dataOf(sourceId: string): FeatureCollection;
	/** Parcels that it draws in place of the map's: theirs are not labelled. */
	readonly replacedNos: readonly number[];
	/** Layers from the lowest up; they lie over parcels and below names. */
	layersOf(input: StyleInput): LayerSpecification[];
}
