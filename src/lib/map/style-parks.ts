import type { FilterSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { latToWorldY, lonToWorldX } from '$geo/crs/web-mercator.ts';
import type { StyleInput } from './style-input.ts';
import { LABEL_FONTS, STRONG_FONTS } from './style-labels.ts';

/** Park names are written up to here; further in one is inside a park and sees its parcels. */
const HIDE_NAMES_ZOOM = 13;
const WORLD_PX = 512;
/** Font size of names at these zooms, and between. */
const NAME_SIZES = [
	[8, 13],
	[12, 18],
] as const;
/** Width of a Latin letter, height of a line, and the width at which names break, in ems. */
const LATIN_EM = 0.56;
const LINE_EM = 1.3;
const BREAK_EM = 7;
/** The part of a park's box that its shape surely fills around its label point. */
const USABLE = 0.72;

/** Width of a park's outline in CSS pixels, where it is widest. */
export const PARK_LINE_PX = 3;

type Park = StyleInput['parks'][number];

function nameSizePx(zoom: number): number {
	const [[from, small], [to, large]] = NAME_SIZES;
	const part = Math.min(Math.max((zoom - from) / (to - from), 0), 1);
	return small + part * (large - small);
}

function widthEm(text: string): number {
	return [...text].reduce((sum, letter) => sum + (letter < '\u2e80' ? LATIN_EM : 1), 0);
}

/** The first whole zoom at which a park is large enough to hold its name. */
export function nameFitsFrom({ name, bbox: [west, south, east, north] }: Park): number {
	const width = USABLE * WORLD_PX * (lonToWorldX(east) - lonToWorldX(west));
	const height = USABLE * WORLD_PX * (latToWorldY(south) - latToWorldY(north));
	const lines = widthEm(name) > BREAK_EM ? name.split(' ') : [name];
	const widest = Math.max(...lines.map(widthEm));
	for (let zoom = 0; zoom < HIDE_NAMES_ZOOM; zoom++) {
		const em = nameSizePx(zoom);
		const isHigh = height * 2 ** zoom >= (lines.length + 1) * LINE_EM * em;
		if (isHigh && width * 2 ** zoom >= widest * em) return zoom;
	}
	return HIDE_NAMES_ZOOM;
}

/** Places above the parks, for names that do not fit into them. */
export function parkTopSource({ parks }: StyleInput): SourceSpecification {
	return {
		type: 'geojson',
		data: {
			type: 'FeatureCollection',
			features: parks.map(({ bbox: [west, , east, north] }, i) => ({
				type: 'Feature',
				properties: { i },
				geometry: { type: 'Point', coordinates: [(west + east) / 2, north] },
			})),
		},
	};
}

/** Strong outlines with a casing. */
export function parkOutlineLayers({ palette }: StyleInput): LayerSpecification[] {
	const line = {
		source: 'parks',
		'source-layer': 'park',
		type: 'line',
		layout: { 'line-join': 'round' },
	} as const;
	return [
		{
			...line,
			id: 'park-casing',
			paint: {
				'line-color': palette.parkCasing,
				'line-width': ['interpolate', ['linear'], ['zoom'], 8, 4, 14, 7],
				'line-opacity': 0.9,
			},
		},
		{
			...line,
			id: 'park-outline',
			paint: {
				'line-color': palette.park,
				'line-width': ['interpolate', ['linear'], ['zoom'], 8, 1.75, 14, PARK_LINE_PX],
			},
		},
	];
}

/** Park names with their nominal areas while the view is wide: in the park, or above one that is too small for its name. */
export function parkNameLayers({ parks, palette }: StyleInput): LayerSpecification[] {
	if (parks.length === 0) return [];
	const texts = parks.flatMap(({ name, area }, i) => [
		i,
		['format', name, {}, '\n', {}, area, { 'font-scale': 0.82, 'text-font': ['literal', LABEL_FONTS] }],
	]);
	const fits = [
		'>=',
		['zoom'],
		['match', ['get', 'i'], ...parks.flatMap((park, i) => [i, nameFitsFrom(park)]), 0],
	];
	const layout = {
		'text-field': ['match', ['get', 'i'], ...texts, ''],
		'text-font': STRONG_FONTS,
		'text-size': ['interpolate', ['linear'], ['zoom'], ...NAME_SIZES.flat()],
		'text-max-width': BREAK_EM,
		'text-line-height': LINE_EM,
		'text-allow-overlap': true,
	};
	const paint = {
		'text-color': palette.park,
		'text-halo-color': palette.halo,
		'text-halo-width': 2,
	};
	const base = { type: 'symbol', maxzoom: HIDE_NAMES_ZOOM, paint } as const;
	return [
		{
			...base,
			id: 'park-name-above',
			source: 'park-tops',
			filter: ['!', fits] as FilterSpecification,
			layout: {
				...layout,
				'text-max-width': 3 * BREAK_EM,
				'text-anchor': 'bottom',
				'text-offset': [0, -0.5],
			},
		},
		{
			...base,
			id: 'park-name',
			source: 'parks',
			'source-layer': 'park-label',
			filter: fits as FilterSpecification,
			layout,
		},
	] as unknown as LayerSpecification[];
}
