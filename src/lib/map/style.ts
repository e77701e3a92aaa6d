import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { WireTileTheme } from '../api/zone.ts';
import { blockLineLayers, blockNameLayers } from './style-blocks.ts';
import { controlLineLayers, controlNameLayers, controlSources } from './style-control.ts';
import type { MapOverlay } from './overlay.ts';
import { PARCEL_SOURCE, themeOf, tileSource, type StyleInput } from './style-input.ts';
import { parcelLabelLayers } from './style-labels.ts';
import { hoverLayers, landUseLayers, stockLayers } from './style-parcels.ts';
import { parkNameLayers, parkOutlineLayers, parkSideSource } from './style-parks.ts';
import { watermarkLayer, watermarkSource } from './style-watermark.ts';

function sourceOf(input: StyleInput, name: WireTileTheme['theme']): SourceSpecification | null {
	const theme = themeOf(input.tiles, name);
	return theme === null ? null : tileSource(theme, input.origin);
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
 * Builds the whole map style as data: ground, parcels, blocks, parks, control lines, hover, selection, what a page draws over them, labels, watermark.
 *
 * There are no `glyphs` and no `sprite`: letters come from local fonts and patterns are drawn on request.
 */
export function mapStyle(input: StyleInput, overlay: MapOverlay | null = null): StyleSpecification {
	const parcels = sourceOf(input, input.layer);
	const labels = sourceOf(input, input.layer === 'plan' ? 'labels-plan' : 'labels-current');
	const parks = sourceOf(input, 'parks');
	const blocks = input.showBlocks ? sourceOf(input, 'blocks') : null;
	const sources: Record<string, SourceSpecification> = {
		selection: { type: 'geojson', data: input.selection },
		...controlSources(input),
	};
	if (overlay !== null)
		for (const sourceId of overlay.sourceIds)
			sources[sourceId] = { type: 'geojson', data: overlay.dataOf(sourceId) };
	if (parcels !== null) sources[PARCEL_SOURCE] = parcels;
	if (labels !== null) sources.labels = labels;
	if (blocks !== null) sources.blocks = blocks;
	if (parks !== null && input.showParks) {
		sources.parks = parks;
		sources['park-sides'] = parkSideSource(input);
	}
	if (input.watermark !== null) sources.watermark = watermarkSource;
	const land = input.layer === 'stock' ? stockLayers(input) : landUseLayers(input);
	return {
		version: 8,
		sources,
		layers: [
			{ id: 'ground', type: 'background', paint: { 'background-color': input.palette.ground } },
			...(parcels === null ? [] : land),
			...(blocks === null ? [] : blockLineLayers(input)),
			...(parks === null || !input.showParks ? [] : parkOutlineLayers(input)),
			...controlLineLayers(input),
			...(parcels === null ? [] : hoverLayers(input)),
			...(input.watermark === null ? [] : [watermarkLayer(input.watermark, input)]),
			...selectionLayers(input),
			...(overlay?.layersOf(input) ?? []),
			...controlNameLayers(input),
			...(labels === null || !input.showLabels ? [] : parcelLabelLayers(input, overlay?.replacedNos ?? [])),
			...(blocks === null ? [] : blockNameLayers(input)),
			...(parks === null || !input.showParks ? [] : parkNameLayers(input)),
		],
	};
}
