import type {
	ExpressionSpecification,
	FilterSpecification,
	LayerSpecification,
	SourceSpecification,
} from 'maplibre-gl';
import { CONTROL_DASHES, CONTROL_LINE_PX } from './control-line.ts';
import { tileSource, type ShownControlLayer, type StyleInput } from './style-input.ts';
import { LABEL_FONTS } from './style-labels.ts';

const SOURCE_LAYER = 'control';
/** Widths in CSS pixels while the view is wide, from where streets are seen on, and from where lots are. */
const LINE_PX = [0.8, CONTROL_LINE_PX, CONTROL_LINE_PX] as const;
const CASING_PX = [1.4, 2 * CONTROL_LINE_PX, 2 * CONTROL_LINE_PX] as const;
/** The band along the inside of a line, which says on which side the area lies. */
const BAND_PX = [1.5, 4, 6] as const;
/** While the view is wide, small areas stand close: bands and casings would cover the map. */
const BAND_OPACITY = [0, 0.35, 0.35] as const;
const CASING_OPACITY = [0.25, 1, 1] as const;
/**
 * So far inside lines lie until lots are seen, so that those that run with a park's outline do not cover it. With the band they stay within
 * the 8 pixels by which tiles overlap: edges of tiles would show.
 */
const INSIDE_PX = [1.5, 2, 0] as const;
const NAME_ZOOM = 12;

function byZoom([wide, streets, lots]: readonly [number, number, number]): ExpressionSpecification {
	return ['interpolate', ['linear'], ['zoom'], 9, wide, 13, streets, 15, lots];
}

/** To the right of a ring's direction lies its inside: the band begins where the line ends. */
const BAND_INSIDE_PX = [0, 1, 2].map((i) => INSIDE_PX[i] + (BAND_PX[i] + LINE_PX[i]) / 2) as [
	number,
	number,
	number,
];

function sourceOf({ controlLayerId }: ShownControlLayer): string {
	return `control-${controlLayerId}`;
}

/** One source for each control layer that is shown: each has a content of its own. */
export function controlSources({ controlLayers, origin }: StyleInput): Record<string, SourceSpecification> {
	return Object.fromEntries(controlLayers.map((layer) => [sourceOf(layer), tileSource(layer.tiles, origin)]));
}

/** Areas in force on a day ('YYYY-MM-DD'). */
function inForce(day: string): FilterSpecification {
	return [
		'all',
		['any', ['!', ['has', 'from']], ['<=', ['get', 'from'], day]],
		['any', ['!', ['has', 'to']], ['>', ['get', 'to'], day]],
	];
}

/** Lines of control layers on a casing, with a band along the side where the area lies. */
export function controlLineLayers({ controlLayers, palette, today }: StyleInput): LayerSpecification[] {
	const filter = inForce(today);
	return controlLayers.flatMap((layer): LayerSpecification[] => {
		const source = sourceOf(layer);
		const line = { source, 'source-layer': SOURCE_LAYER, type: 'line', filter } as const;
		const layout = { 'line-join': 'round' } as const;
		const color = palette.control[layer.kind];
		const dashes = CONTROL_DASHES[layer.kind];
		return [
			{
				...line,
				id: `${source}-band`,
				layout,
				paint: {
					'line-color': color,
					'line-width': byZoom(BAND_PX),
					'line-offset': byZoom(BAND_INSIDE_PX),
					'line-opacity': byZoom(BAND_OPACITY),
				},
			},
			{
				...line,
				id: `${source}-casing`,
				layout,
				paint: {
					'line-color': palette.halo,
					'line-width': byZoom(CASING_PX),
					'line-opacity': byZoom(CASING_OPACITY),
					'line-offset': byZoom(INSIDE_PX),
				},
			},
			{
				...line,
				id: `${source}-line`,
				layout,
				paint: {
					'line-color': color,
					'line-width': byZoom(LINE_PX),
					'line-offset': byZoom(INSIDE_PX),
					...(dashes.length === 0 ? {} : { 'line-dasharray': [...dashes] }),
				},
			},
		];
	});
}

/** Names of control layers along their lines. */
export function controlNameLayers({ controlLayers, palette, today }: StyleInput): LayerSpecification[] {
	return controlLayers.map((layer) => ({
		id: `${sourceOf(layer)}-name`,
		source: sourceOf(layer),
		'source-layer': SOURCE_LAYER,
		type: 'symbol',
		minzoom: NAME_ZOOM,
		filter: inForce(today),
		layout: {
			'symbol-placement': 'line',
			'symbol-spacing': 420,
			'text-field': layer.name,
			'text-font': LABEL_FONTS,
			'text-size': 12,
			'text-max-angle': 30,
			'text-offset': [0, 1],
		},
		paint: {
			'text-color': palette.control[layer.kind],
			'text-halo-color': palette.halo,
			'text-halo-width': 1.6,
		},
	}));
}
