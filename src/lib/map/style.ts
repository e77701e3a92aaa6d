import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import { PARCEL_SOURCE, themeOf, type StyleInput } from './style-input.ts';
import { parcelLabelLayers } from './style-labels.ts';
import { hoverLayers, landUseLayers, stockLayers } from './style-parcels.ts';
import { parkNameLayers, parkOutlineLayers, parkTopSource } from './style-parks.ts';
import { watermarkLayer, watermarkSource } from './style-watermark.ts';

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
	if (parks !== null && input.showParks) {
		sources.parks = parks;
		sources['park-tops'] = parkTopSource(input);
	}
	if (input.watermark !== null) sources.watermark = watermarkSource;
	const land = input.layer === 'stock' ? stockLayers(input) : landUseLayers(input);
	return {
		version: 8,
		sources,
		layers: [
			{ id: 'ground', type: 'background', paint: { 'background-color': input.palette.ground } },
			...(parcels === null ? [] : land),
			...(parks === null || !input.showParks ? [] : parkOutlineLayers(input)),
			...(parcels === null ? [] : hoverLayers(input)),
			...(input.watermark === null ? [] : [watermarkLayer(input.watermark, input)]),
			...selectionLayers(input),
			...(labels === null || !input.showLabels ? [] : parcelLabelLayers(input)),
			...(parks === null || !input.showParks ? [] : parkNameLayers(input)),
		],
	};
}
