import type {
	ExpressionSpecification,
	FilterSpecification,
	LayerSpecification,
	SourceSpecification,
} from 'maplibre-gl';
import type { ControlKind } from '../domain/control/control-kind.ts';
import { CONTROL_DASHES, CONTROL_LINE_PX } from './control-line.ts';
import { tileSource, type ShownControlLayer, type StyleInput } from './style-input.ts';
import { LABEL_FONTS } from './style-labels.ts';

const SOURCE_LAYER = 'control';
/** Zooms to which the widths below belong: the whole zone, a district, streets, lots. */
const ZOOMS = [9, 11, 13, 15] as const;
type AtZooms = readonly [number, number, number, number];
/** In CSS pixels, as all widths here. Further out lines are thin: along every stream and road they would cover what they bound. */
const LINE_PX: AtZooms = [0.7, 1, 1.6, CONTROL_LINE_PX];
const CASING_PX: AtZooms = [1.2, 1.8, 3, 3.6];
const CASING_OPACITY: AtZooms = [0.15, 0.25, 0.85, 0.85];
/** The band along the inside of a line, which says on which side the area lies. */
const BAND_PX: AtZooms = [1.5, 2, 2.2, 3.6];
const BAND_OPACITY: AtZooms = [0, 0.2, 0.35, 0.35];
/**
 * So far inside lines lie until lots are seen, so that those that run with a park's outline do not cover it. With lane and band they stay
 * a pixel within the 8 by which tiles overlap: edges of tiles would show.
 */
const INSIDE_PX: AtZooms = [1.2, 1.6, 1.6, 0];
/** Areas of some kinds lie within those of others and share their boundary: their line runs beside the other one, further inside. */
const LANE_PX: AtZooms = [1, 1.8, 2.2, 2.4];
const IN_LANE: readonly ControlKind[] = ['industrial_land_line', 'colour_line'];
const NAME_ZOOM = 12;

function byZoom(values: AtZooms): ExpressionSpecification {
	return [
		'interpolate',
		['linear'],
		['zoom'],
		...ZOOMS.flatMap((zoom, i) => [zoom, values[i]]),
	] as unknown as ExpressionSpecification;
}

/** To the right of a ring's direction lies its inside. */
function insidePx(kind: ControlKind): AtZooms {
	return IN_LANE.includes(kind) ? summed(INSIDE_PX, LANE_PX) : INSIDE_PX;
}

/** The band begins where the line ends. */
function bandInsidePx(kind: ControlKind): AtZooms {
	const halves = summed(BAND_PX, LINE_PX).map((width) => width / 2) as unknown as AtZooms;
	return summed(insidePx(kind), halves);
}

function summed(one: AtZooms, other: AtZooms): AtZooms {
	return one.map((value, i) => value + other[i]) as unknown as AtZooms;
}

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
					'line-offset': byZoom(bandInsidePx(layer.kind)),
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
					'line-offset': byZoom(insidePx(layer.kind)),
				},
			},
			{
				...line,
				id: `${source}-line`,
				layout,
				paint: {
					'line-color': color,
					'line-width': byZoom(LINE_PX),
					'line-offset': byZoom(insidePx(layer.kind)),
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
