import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { StyleInput } from './style-input.ts';
import { stockLine } from './style-parcels.ts';

/** Codes are written from here on. */
export const LABEL_ZOOM = 15;
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
export const STRONG_FONTS = ['Yuantu Semibold', ...LABEL_FONTS];

function labelFilter(input: StyleInput): FilterSpecification {
	if (input.layer === 'stock') {
		return [
			'all',
			['!', ['in', stockLine, ['literal', [...input.hiddenStatuses]]]],
			['any', ['>=', ['zoom'], ROAD_LABEL_ZOOM], ['has', 's']],
		];
	}
	return [
		'all',
		['!', ['in', ['get', 'k'], ['literal', [...input.hidden]]]],
		[
			'any',
			['>=', ['zoom'], ROAD_LABEL_ZOOM],
			['!', ['in', ['get', 'k'], ['literal', [...input.classes.surfaces.road]]]],
		],
	];
}

/** Metres that a pixel is wide at zoom 0, at the latitude of Shenyang. */
const M_PER_PIXEL_Z0 = 58_350;
/** From here on everything has its label, whatever room it has. */
const ALL_LABELS_ZOOM = 18;
/** Pixels that a parcel's code, its status and a digit of its class code take. */
const WIDTH_PX = { code: 66, status: 54, digit: 7.6 };

/** Whether the ground at a label is as wide on the screen as what is written there. */
function hasRoomFor(widthPx: ExpressionSpecification | number): ExpressionSpecification {
	return [
		'any',
		['>=', ['zoom'], ALL_LABELS_ZOOM],
		['>=', ['*', ['coalesce', ['get', 'w'], 0], ['^', 2, ['zoom']]], ['*', widthPx, M_PER_PIXEL_Z0]],
	];
}

/** Whether there is room for a second line: of ground as large as a square that is as wide as the code. */
export const hasRoomForCode: ExpressionSpecification = [
	'all',
	hasRoomFor(WIDTH_PX.code),
	['>=', ['*', ['coalesce', ['get', 'a'], 0], ['^', 4, ['zoom']]], (WIDTH_PX.code * M_PER_PIXEL_Z0) ** 2],
];

/** How wide on the screen what a parcel is written as is. */
function labelWidth({ layer, classes }: StyleInput): ExpressionSpecification | number {
	if (layer === 'stock' || classes.classes.length === 0) return WIDTH_PX.status;
	const branches = classes.classes.flatMap(({ code }, index) => [index, code.length * WIDTH_PX.digit]);
	return ['match', ['get', 'k'], ...branches, 0] as unknown as ExpressionSpecification;
}

/** What a parcel is written as: its class code, or its status where the map shows that. */
function labelText({ layer, classes, statusNames }: StyleInput): ExpressionSpecification | string {
	const branches =
		layer === 'stock'
			? Object.entries(statusNames).flat()
			: classes.classes.flatMap(({ code }, index) => [index, code]);
	if (branches.length === 0) return '';
	const by = layer === 'stock' ? stockLine : ['get', 'k'];
	return ['match', by, ...branches, ''] as unknown as ExpressionSpecification;
}

/** Class codes or statuses at the label points of parcels, but those of some, and parcel codes below them where there is room. */
export function parcelLabelLayers(
	input: StyleInput,
	withoutNos: readonly number[] = [],
): LayerSpecification[] {
	const labelled = labelFilter(input);
	const base = {
		type: 'symbol',
		source: 'labels',
		'source-layer': 'label',
		minzoom: LABEL_ZOOM,
		filter: (withoutNos.length === 0
			? labelled
			: ['all', labelled, ['!', ['in', ['id'], ['literal', [...withoutNos]]]]]) as FilterSpecification,
	} as const;
	const layout = {
		'text-padding': 1,
		'text-max-width': 20,
		'symbol-sort-key': ['-', ['coalesce', ['get', 'a'], 0]] as ExpressionSpecification,
	};
	const paint = {
		'text-color': input.palette.ink,
		'text-halo-color': input.palette.halo,
		'text-halo-width': 1.4,
	};
	return [
		{
			...base,
			id: 'parcel-code',
			filter: ['all', base.filter, hasRoomForCode] as FilterSpecification,
			layout: {
				...layout,
				'text-field': ['coalesce', ['get', 'c'], ''],
				'text-font': LABEL_FONTS,
				'text-size': ['interpolate', ['linear'], ['zoom'], 15, 11, 18, 12],
				'text-offset': [0, 1.6],
			},
			paint,
		},
		{
			...base,
			id: 'parcel-label',
			filter: ['all', base.filter, hasRoomFor(labelWidth(input))] as FilterSpecification,
			layout: {
				...layout,
				'text-field': labelText(input),
				'text-font': STRONG_FONTS,
				'text-size': ['interpolate', ['linear'], ['zoom'], 15, 12, 18, 14],
			},
			paint,
		},
	];
}
