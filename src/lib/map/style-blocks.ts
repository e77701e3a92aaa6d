import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { StyleInput } from './style-input.ts';
import { STRONG_FONTS } from './style-labels.ts';

const SOURCE = 'blocks';
/** Codes are written from here on, where a block is wide enough for one. */
const CODE_ZOOM = 11;

/** Width of a block's line in CSS pixels, where it is widest. */
export const BLOCK_LINE_PX = 1.5;
const CASING_PX = 3.5;

/** Where blocks are a few dozen pixels wide, a casing would take too much of them. */
const CASING_ZOOM = 10;

/** Thin through-drawn lines between blocks on a casing: of dashes two would lie over each other, as neighbours both draw their common line. */
export function blockLineLayers({ palette }: StyleInput): LayerSpecification[] {
	const line = {
		source: SOURCE,
		'source-layer': 'block',
		type: 'line',
		layout: { 'line-join': 'round' },
	} as const;
	return [
		{
			...line,
			id: 'block-casing',
			minzoom: CASING_ZOOM,
			paint: {
				'line-color': palette.halo,
				'line-width': ['interpolate', ['linear'], ['zoom'], CASING_ZOOM, 1, 14, CASING_PX],
			},
		},
		{
			...line,
			id: 'block-line',
			paint: {
				'line-color': palette.block,
				'line-width': ['interpolate', ['linear'], ['zoom'], 9, 0.7, 14, BLOCK_LINE_PX],
			},
		},
	];
}

/** The code of a block: its id, without the park that the zone's ids may begin with. */
function blockCode({ parks }: StyleInput): ExpressionSpecification {
	const id: ExpressionSpecification = ['get', 'b'];
	const cases = parks.flatMap(({ parkId }) => {
		const head = `${parkId}-`;
		return [
			['==', ['slice', id, 0, head.length], head],
			['slice', id, head.length],
		];
	});
	return cases.length === 0 ? id : (['case', ...cases, id] as unknown as ExpressionSpecification);
}

/** Codes of blocks, which labels of parcels make way for. */
export function blockNameLayers(input: StyleInput): LayerSpecification[] {
	const { palette } = input;
	return [
		{
			id: 'block-name',
			type: 'symbol',
			source: SOURCE,
			'source-layer': 'block-label',
			minzoom: CODE_ZOOM,
			layout: {
				'text-field': blockCode(input),
				'text-font': STRONG_FONTS,
				'text-size': ['interpolate', ['linear'], ['zoom'], CODE_ZOOM, 11, 15, 16],
				'text-letter-spacing': 0.06,
				'text-padding': 4,
			},
			paint: {
				'text-color': palette.block,
				'text-halo-color': palette.halo,
				'text-halo-width': 1.6,
			},
		},
	];
}
