import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import { isRoad } from './class-index.ts';
import type { StyleInput } from './style-input.ts';

/** Codes are written from here on. */
export const LABEL_ZOOM = 15;
const CODE_ZOOM = 16.5;
const ROAD_LABEL_ZOOM = 17;

/** Fonts of the reader's machine; glyphs are drawn from them locally, so nothing is fetched. */
export const LABEL_FONTS = [
	'PingFang SC',
	'Microsoft YaHei',
	'Noto Sans CJK SC',
	'Source Han Sans SC',
	'sans-serif',
];
/** The weight is read off the first name, which need not exist. */
const STRONG_FONTS = ['Yuantu Semibold', ...LABEL_FONTS];

function codesWhere(input: StyleInput, numbers: readonly number[]): string[] {
	return numbers.flatMap((number) => input.classes.classes[number]?.code ?? []);
}

/** Class codes, then parcel codes, at the label points of parcels. */
export function parcelLabelLayer(input: StyleInput): LayerSpecification {
	const roads = input.classes.classes.flatMap((entry) => (isRoad(entry) ? [entry.code] : []));
	const hidden = codesWhere(input, input.hidden);
	const filter: FilterSpecification = [
		'all',
		['!', ['in', ['get', 'l'], ['literal', hidden]]],
		['any', ['>=', ['zoom'], ROAD_LABEL_ZOOM], ['!', ['in', ['get', 'l'], ['literal', roads]]]],
	];
	const classCode: ExpressionSpecification = ['coalesce', ['get', 'l'], ''];
	const both: ExpressionSpecification = [
		'format',
		classCode,
		{},
		'\n',
		{},
		['coalesce', ['get', 'c'], ''],
		{ 'font-scale': 0.8, 'text-font': ['literal', LABEL_FONTS] },
	];
	return {
		id: 'parcel-label',
		type: 'symbol',
		source: 'labels',
		'source-layer': 'label',
		minzoom: LABEL_ZOOM,
		filter,
		layout: {
			'text-field': ['step', ['zoom'], ['format', classCode, {}], CODE_ZOOM, both],
			'text-font': STRONG_FONTS,
			'text-size': ['interpolate', ['linear'], ['zoom'], 15, 11, 18, 14],
			'text-padding': 3,
			'text-max-width': 20,
			'symbol-sort-key': ['-', ['coalesce', ['get', 'a'], 0]],
		},
		paint: {
			'text-color': input.palette.ink,
			'text-halo-color': input.palette.halo,
			'text-halo-width': 1.4,
			'text-opacity': 0.95,
		},
	};
}

/** Park names with their nominal areas, while the view is wide. */
export function parkLabelLayer(input: StyleInput): LayerSpecification {
	const branches = input.parks.flatMap((park, index) => [
		index,
		[
			'format',
			park.name,
			{},
			'\n',
			{},
			park.area,
			{ 'font-scale': 0.82, 'text-font': ['literal', LABEL_FONTS] },
		],
	]);
	const text = ['match', ['get', 'i'], ...branches, ''] as unknown as ExpressionSpecification;
	return {
		id: 'park-label',
		type: 'symbol',
		source: 'parks',
		'source-layer': 'park-label',
		maxzoom: HIDE_PARK_NAMES_ZOOM,
		layout: {
			'text-field': input.parks.length === 0 ? '' : text,
			'text-font': STRONG_FONTS,
			'text-size': ['interpolate', ['linear'], ['zoom'], 8, 12, 12, 17],
			'text-line-height': 1.35,
			'text-allow-overlap': true,
		},
		paint: {
			'text-color': input.palette.park,
			'text-halo-color': input.palette.halo,
			'text-halo-width': 2,
		},
	};
}

const HIDE_PARK_NAMES_ZOOM = 14;
