import type { FeatureCollection } from 'geojson';
import type { SourceSpecification } from 'maplibre-gl';
import type { WireControlLayer, WireTileTheme } from '../api/zone.ts';
import type { ClassIndex } from './class-index.ts';
import type { Bounds } from './map-camera.ts';
import type { MapPalette } from './palette.ts';
import type { StockStatus } from './stock-status.ts';
import type { MapLayer } from './view-url.ts';

/** A control layer on the map, with its name in the reader's language. */
export interface ShownControlLayer extends Pick<WireControlLayer, 'controlLayerId' | 'kind' | 'tiles'> {
	readonly name: string;
}

/** Everything that the map's style depends on; the same input gives the same style. */
export interface StyleInput {
	readonly palette: MapPalette;
	readonly classes: ClassIndex;
	/** Tile themes of the zone; templates are made absolute with `origin`. */
	readonly tiles: readonly WireTileTheme[];
	readonly origin: string;
	readonly layer: MapLayer;
	/** Numbers of the classes that are switched off. */
	readonly hidden: readonly number[];
	/** Stock statuses that are switched off, `NO_STATUS` among them for land without one. */
	readonly hiddenStatuses: readonly string[];
	/** Names of the stock statuses, for labels. */
	readonly statusNames: Readonly<Partial<Record<StockStatus, string>>>;
	readonly opacityPct: number;
	/** Park labels in the order in which tiles number the parks: name, the lines below it with its nominal area, and the park's bounds. */
	readonly parks: readonly {
		readonly parkId: string;
		readonly name: string;
		readonly area: string;
		readonly bbox: Bounds;
	}[];
	readonly showParks: boolean;
	readonly showBlocks: boolean;
	readonly showLabels: boolean;
	readonly controlLayers: readonly ShownControlLayer[];
	/** Day ('YYYY-MM-DD') on which control areas are shown that are in force. */
	readonly today: string;
	readonly selection: FeatureCollection;
	/** Text burned into the map over synthetic data; null over real data. */
	readonly watermark: string | null;
}

/** Names of sources and layers that other parts of the map ask for. */
export const PARCEL_SOURCE = 'parcels';
export const PARCEL_SOURCE_LAYER = 'parcel';
export const PARCEL_FILL_LAYER = 'parcel-fill';

/** The tile theme of a name; null when the zone does not offer it to this reader. */
export function themeOf(
	tiles: readonly WireTileTheme[],
	theme: WireTileTheme['theme'],
): WireTileTheme | null {
	return tiles.find((candidate) => candidate.theme === theme) ?? null;
}

/** The source of a tile theme, its address made absolute. */
export function tileSource(theme: WireTileTheme, origin: string): SourceSpecification {
	return {
		type: 'vector',
		tiles: [new URL(theme.url, origin).href.replaceAll('%7B', '{').replaceAll('%7D', '}')],
		minzoom: theme.minZoom,
		maxzoom: theme.maxZoom,
	};
}
