import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import { patternImageId } from '../pattern-image.ts';
import { pinLayers } from './style-draft-pins.ts';
import { hasRoomForCode, LABEL_FONTS, LABEL_ZOOM, STRONG_FONTS } from '../style-labels.ts';
import { classColor } from '../style-parcels.ts';
import type { StyleInput } from '../style-input.ts';

/** What a draft draws, by source: what it did, what is written on that, what the next step would do, what is chosen, vertices to be had, the line that is put down, findings, where a step is refused, comments. */
export const DRAFT_SOURCES = [
	'changes',
	'labels',
	'effect',
	'chosen',
	'vertices',
	'sketch',
	'findings',
	'refusal',
	'pins',
] as const;
export type DraftSource = (typeof DRAFT_SOURCES)[number];

/** The name of a source of the draft in the style. */
export function draftSourceId(source: DraftSource): string {
	return `draft-${source}`;
}

const mark = (...marks: readonly string[]): ExpressionSpecification => [
	'in',
	['get', 'mark'],
	['literal', [...marks]],
];
const role = (is: string): ExpressionSpecification => ['==', ['get', 'role'], is];
const isLasting = mark('created', 'reshaped', 'relabelled');

/**
 * Layers of a draft: its parcels in their classes under a diagonal hatch with a dashed outline, what is chosen in the colours of a selection, the
 * parcels of the next step in the accent, and what is put down on top. The ground of parcels that end is that of others, which are drawn.
 */
export function draftLayers(input: StyleInput): LayerSpecification[] {
	return [
		...changeLayers(input),
		...chosenLayers(input),
		...effectLayers(input),
		...sketchLayers(input),
		...findingLayers(input),
		...pinLayers(input, draftSourceId('pins')),
	];
}

function changeLayers(input: StyleInput): LayerSpecification[] {
	const { palette } = input;
	const base = { source: draftSourceId('changes') } as const;
	const written = { source: draftSourceId('labels') } as const;
	return [
		{
			...base,
			id: 'draft-ground',
			type: 'fill',
			filter: isLasting,
			paint: { 'fill-color': palette.ground, 'fill-antialias': false },
		},
		{
			...base,
			id: 'draft-fill',
			type: 'fill',
			filter: isLasting,
			paint: {
				'fill-color': classColor(input),
				'fill-opacity': input.opacityPct / 100,
				'fill-antialias': false,
			},
		},
		{
			...base,
			id: 'draft-hatch',
			type: 'fill',
			filter: isLasting,
			paint: { 'fill-pattern': patternImageId('lines-left', palette.ink), 'fill-antialias': false },
		},
		{
			...base,
			id: 'draft-outline',
			type: 'line',
			filter: isLasting,
			layout: { 'line-join': 'round' },
			paint: { 'line-color': palette.focus, 'line-width': 1.5, 'line-dasharray': [3, 2] },
		},
		{
			...written,
			id: 'draft-code',
			type: 'symbol',
			minzoom: LABEL_ZOOM,
			filter: hasRoomForCode as FilterSpecification,
			layout: {
				'text-field': ['get', 'code'],
				'text-font': [...LABEL_FONTS],
				'text-size': 11,
				'text-padding': 1,
				'text-max-width': 20,
				'text-offset': [0, 1.6],
			},
			paint: { 'text-color': palette.ink, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 },
		},
		{
			...written,
			id: 'draft-label',
			type: 'symbol',
			minzoom: LABEL_ZOOM,
			layout: {
				'text-field': ['get', 'label'],
				'text-font': [...STRONG_FONTS],
				'text-size': 12,
				'text-padding': 1,
			},
			paint: { 'text-color': palette.ink, 'text-halo-color': palette.halo, 'text-halo-width': 1.5 },
		},
	];
}

function effectLayers({ palette }: StyleInput): LayerSpecification[] {
	const base = { source: draftSourceId('effect') } as const;
	return [
		{
			...base,
			id: 'draft-effect-fill',
			type: 'fill',
			filter: isLasting,
			paint: { 'fill-color': palette.accent, 'fill-opacity': 0.22, 'fill-antialias': false },
		},
		{
			...base,
			id: 'draft-effect-casing',
			type: 'line',
			filter: isLasting,
			layout: { 'line-join': 'round' },
			paint: { 'line-color': palette.focusCasing, 'line-width': 5 },
		},
		{
			...base,
			id: 'draft-effect-line',
			type: 'line',
			filter: isLasting,
			layout: { 'line-join': 'round' },
			paint: { 'line-color': palette.accent, 'line-width': 2.5 },
		},
	];
}

function chosenLayers({ palette }: StyleInput): LayerSpecification[] {
	const line = { source: draftSourceId('chosen'), type: 'line', layout: { 'line-join': 'round' } } as const;
	const vertex = { source: draftSourceId('vertices'), type: 'circle' } as const;
	return [
		{ ...line, id: 'draft-chosen-casing', paint: { 'line-color': palette.focusCasing, 'line-width': 7 } },
		{ ...line, id: 'draft-chosen-line', paint: { 'line-color': palette.focus, 'line-width': 3 } },
		{
			...vertex,
			id: 'draft-vertex',
			paint: {
				'circle-radius': 3.5,
				'circle-color': palette.focusCasing,
				'circle-stroke-color': palette.focus,
				'circle-stroke-width': 1.5,
			},
		},
	];
}

function sketchLayers({ palette }: StyleInput): LayerSpecification[] {
	const base = { source: draftSourceId('sketch') } as const;
	const line = { ...base, type: 'line', filter: role('line'), layout: { 'line-join': 'round' } } as const;
	return [
		{ ...line, id: 'draft-sketch-casing', paint: { 'line-color': palette.focusCasing, 'line-width': 5 } },
		{ ...line, id: 'draft-sketch-line', paint: { 'line-color': palette.danger, 'line-width': 2.5 } },
		{
			...base,
			id: 'draft-sketch-place',
			type: 'circle',
			filter: ['!', role('line')],
			paint: {
				'circle-radius': ['case', role('cursor'), 6, 4.5],
				'circle-color': ['case', role('cursor'), 'transparent', palette.danger],
				'circle-stroke-color': ['case', role('cursor'), palette.danger, palette.focusCasing],
				'circle-stroke-width': 2,
			},
		},
	];
}

function findingLayers({ palette }: StyleInput): LayerSpecification[] {
	const look = {
		'circle-radius': 7,
		'circle-color': ['match', ['get', 'severity'], 'error', palette.danger, palette.warning],
		'circle-stroke-color': palette.halo,
		'circle-stroke-width': 3,
	} as const;
	return [
		{ source: draftSourceId('findings'), id: 'draft-finding', type: 'circle', paint: { ...look } },
		{
			source: draftSourceId('refusal'),
			id: 'draft-refusal',
			type: 'circle',
			paint: { ...look, 'circle-color': palette.danger },
		},
	] as LayerSpecification[];
}
