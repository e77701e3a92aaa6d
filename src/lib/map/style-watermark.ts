import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { STRONG_FONTS } from './style-labels.ts';
import type { StyleInput } from './style-input.ts';

/** The scheme of tiles that the page makes itself: each is the same few points. */
export const WATERMARK_SCHEME = 'watermark';
const LAYER_NAME = 'mark';

/** How much of the ink the mark has over lots: read, but never taken for a parcel's own. */
export const MARK_OPACITY = 0.11;
/** Where a park is seen whole the mosaic of its lots is as fine as the strokes: a halo sets the mark off, less and less up to the second zoom. */
const MOSAIC_ZOOMS = [11.5, 13] as const;
/** How much of the ink and of its halo the mark has there. */
export const MOSAIC_OPACITY = 0.42;
const HALO_PX = 1.6;
const SIZES_PX = [22, 20] as const;

/** Places of the text in a tile of 4096 steps: rows that are set off against each other. */
const PLACES = [512, 1536, 2560, 3584].flatMap((y, row) => {
	const x = row % 2 === 0 ? 512 : 1536;
	return [
		[x, y],
		[x + 2048, y],
	] as const;
});

/**
 * Makes the tile that stands everywhere: one multipoint feature, as a Mapbox vector tile.
 *
 * Written as text along the ground it costs next to nothing, where a pattern over the whole canvas takes two thirds of every
 * frame that is drawn without a graphics card.
 */
export function watermarkTile(): Uint8Array<ArrayBuffer> {
	const geometry: number[] = [...varint((PLACES.length << 3) | 1)];
	let [x, y] = [0, 0];
	for (const place of PLACES) {
		geometry.push(...varint(zigzag(place[0] - x)), ...varint(zigzag(place[1] - y)));
		[x, y] = place;
	}
	const feature = [0x18, 1, 0x22, geometry.length, ...geometry];
	const name = [...LAYER_NAME].map((letter) => letter.charCodeAt(0));
	const layer = [
		0x78,
		2,
		0x0a,
		name.length,
		...name,
		0x28,
		...varint(4096),
		0x12,
		feature.length,
		...feature,
	];
	return Uint8Array.of(0x1a, layer.length, ...layer);
}

function zigzag(value: number): number {
	return (value << 1) ^ (value >> 31);
}

function varint(value: number): number[] {
	return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

export const watermarkSource: SourceSpecification = {
	type: 'vector',
	tiles: [`${WATERMARK_SCHEME}://{z}/{x}/{y}`],
	maxzoom: 20,
};

function overMosaic(far: number, near: number): ExpressionSpecification {
	const [from, to] = MOSAIC_ZOOMS;
	return ['interpolate', ['linear'], ['zoom'], from, far, to, near];
}

/** The text burned into the map, under the labels; labels do not make way for it. */
export function watermarkLayer(text: string, { palette }: StyleInput): LayerSpecification {
	return {
		id: 'watermark',
		type: 'symbol',
		source: 'watermark',
		'source-layer': LAYER_NAME,
		layout: {
			'text-field': text,
			'text-font': STRONG_FONTS,
			'text-size': overMosaic(...SIZES_PX),
			'text-rotate': -26,
			'text-max-width': 40,
			'text-allow-overlap': true,
			'text-ignore-placement': true,
		},
		paint: {
			'text-color': palette.ink,
			'text-opacity': overMosaic(MOSAIC_OPACITY, MARK_OPACITY),
			'text-halo-color': palette.halo,
			'text-halo-width': overMosaic(HALO_PX, 0),
		},
	};
}
