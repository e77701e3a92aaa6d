import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import { watermarkImageId } from './pattern-image.ts';
import { PARCEL_SOURCE, themeOf, type StyleInput } from './style-input.ts';
import { parcelLabelLayers, parkLabelLayer } from './style-labels.ts';
import { hoverLayers, landUseLayers, stockLayers } from './style-parcels.ts';

function tileSource(input: StyleInput, name: Parameters<typeof themeOf>[1]): SourceSpecification | null {
	const theme = themeOf(input.tiles, name);
	if (theme === null) return null;
	return {
		type: 'vector',
		tiles: [new URL(theme.url, input.origin).href.replaceAll('%7B', '{').replaceAll('%7D', '}')],
		minzoom: theme.minZoom,
		maxzoom: theme.maxZoom,
	};
}

function parkLayers(input: StyleInput): LayerSpecification[] {
	const line = { source: 'parks', 'source-layer': 'park', type: 'line' } as const;
	return [
		{
			...line,
			id: 'park-casing',
			layout: { 'line-join': 'round' },
			paint: {
				'line-color': input.palette.parkCasing,
				'line-width': ['interpolate', ['linear'], ['zoom'], 8, 3.5, 14, 6],
				'line-opacity': 0.9,
			},
		},
		{
			...line,
			id: 'park-outline',
			layout: { 'line-join': 'round' },
			paint: {
				'line-color': input.palette.park,
				'line-width': ['interpolate', ['linear'], ['zoom'], 8, 1.5, 14, 3],
			},
		},
	];
}

function selectionLayers(input: StyleInput): LayerSpecification[] {
	const line = { source: 'selection', type: 'line', layout: { 'line-join': 'round' } } as const;
	return [
		{
			...line,
			id: 'selection-casing',
			paint: { 'line-color': input.palette.focusCasing, 'line-width': 7 },
		},
		{ ...line, id: 'selection-line', paint: { 'line-color': input.palette.focus, 'line-width': 3 } },
	];
}

function watermarkLayers(input: StyleInput): LayerSpecification[] {
	if (input.watermark === null) return [];
	const image = watermarkImageId(input.watermark, input.palette.ink);
	return [{ id: 'watermark', type: 'background', paint: { 'background-pattern': image } }];
}

/**
 * Builds the whole map style as data: ground, parcels, parks, hover, selection, labels, watermark.
 *
 * There are no `glyphs` and no `sprite`: letters come from local fonts and patterns are drawn on request.
 */
export function mapStyle(input: StyleInput): StyleSpecification {
	const parcels = tileSource(input, input.layer);
	const labels = tileSource(input, input.layer === 'plan' ? 'labels-plan' : 'labels-current');
	const parks = tileSource(input, 'parks');
	const sources: Record<string, SourceSpecification> = {
		selection: { type: 'geojson', data: input.selection },
	};
	if (parcels !== null) sources[PARCEL_SOURCE] = parcels;
	if (labels !== null) sources.labels = labels;
	if (parks !== null) sources.parks = parks;
	const land = input.layer === 'stock' ? stockLayers(input) : landUseLayers(input);
	return {
		version: 8,
		sources,
		layers: [
			{ id: 'ground', type: 'background', paint: { 'background-color': input.palette.ground } },
			...(parcels === null ? [] : land),
			...(parks === null || !input.showParks ? [] : parkLayers(input)),
			...(parcels === null ? [] : hoverLayers(input)),
			...watermarkLayers(input),
			...selectionLayers(input),
			...(labels === null || !input.showLabels ? [] : parcelLabelLayers(input)),
			...(parks === null || !input.showParks ? [] : [parkLabelLayer(input)]),
		],
	};
}
