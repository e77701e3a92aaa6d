import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import { darkened } from './class-color.ts';
import { isRoad, isWater, UNCLASSIFIED, WITHHELD } from './class-index.ts';
import { OUTLINE_PATTERN, UNCLASSIFIED_PATTERN, WITHHELD_PATTERN } from './pattern.ts';
import { patternImageId } from './pattern-image.ts';
import { NO_STATUS, STOCK_PATTERNS, STOCK_STATUSES } from './stock-status.ts';
import { PARCEL_FILL_LAYER, PARCEL_SOURCE, PARCEL_SOURCE_LAYER, type StyleInput } from './style-input.ts';

/** Parcel edges are drawn from here on. */
export const HAIRLINE_ZOOM = 14;
/** Marks on parcels are drawn from here on; further out they would be all that is seen. */
const PATTERN_ZOOM = 12;

const base = { source: PARCEL_SOURCE, 'source-layer': PARCEL_SOURCE_LAYER } as const;
const classNumber: ExpressionSpecification = ['get', 'k'];

function among(numbers: readonly number[]): ExpressionSpecification {
	return ['in', classNumber, ['literal', [...numbers]]];
}

function numbersWhere(input: StyleInput, test: (entry: StyleInput['classes']['classes'][number]) => boolean) {
	return input.classes.classes.flatMap((entry, index) => (test(entry) ? [index] : []));
}

function visible(input: StyleInput, ...also: ExpressionSpecification[]): FilterSpecification {
	return ['all', ['!', among(input.hidden)], ...also];
}

function classColor(input: StyleInput): ExpressionSpecification {
	const { palette } = input;
	const branches = input.classes.classes.flatMap((entry, index) => [
		index,
		palette.dark ? darkened(entry.color) : entry.color,
	]);
	return [
		'match',
		classNumber,
		WITHHELD,
		palette.withheld,
		...branches,
		palette.unclassified,
	] as unknown as ExpressionSpecification;
}

/** The stock status of a parcel; land without one carries none. */
export const stockLine: ExpressionSpecification = ['coalesce', ['get', 's'], NO_STATUS];

function stockColor({ palette }: StyleInput): ExpressionSpecification {
	const branches = STOCK_STATUSES.flatMap((status) => [status, palette.stock[status]]);
	return ['match', stockLine, ...branches, palette.stock.none] as unknown as ExpressionSpecification;
}

function patternImage(input: StyleInput): ExpressionSpecification {
	const image = (pattern: string): string => patternImageId(pattern, input.palette.ink);
	const branches = input.classes.classes.flatMap((entry, index) =>
		entry.pattern === null || entry.pattern === OUTLINE_PATTERN ? [] : [index, image(entry.pattern)],
	);
	return [
		'match',
		classNumber,
		WITHHELD,
		image(WITHHELD_PATTERN),
		...branches,
		image(UNCLASSIFIED_PATTERN),
	] as unknown as ExpressionSpecification;
}

/** Fills, patterns, shores and hairlines of the land-use layer; the data-driven parts go by class number. */
export function landUseLayers(input: StyleInput): LayerSpecification[] {
	const { palette } = input;
	const opacity = input.opacityPct / 100;
	const roads = numbersWhere(input, isRoad);
	const water = numbersWhere(input, isWater);
	const outlined = numbersWhere(input, (entry) => entry.pattern === OUTLINE_PATTERN);
	const patterned = numbersWhere(
		input,
		(entry) => entry.pattern !== null && entry.pattern !== OUTLINE_PATTERN,
	);
	return [
		{
			...base,
			id: PARCEL_FILL_LAYER,
			type: 'fill',
			filter: visible(input),
			paint: { 'fill-color': classColor(input), 'fill-opacity': opacity },
		},
		{
			...base,
			id: 'parcel-pattern',
			type: 'fill',
			minzoom: PATTERN_ZOOM,
			filter: visible(input, among([...patterned, UNCLASSIFIED, WITHHELD])),
			paint: { 'fill-pattern': patternImage(input), 'fill-opacity': Math.min(opacity * 1.25, 1) },
		},
		{
			...base,
			id: 'parcel-inner-outline',
			type: 'line',
			minzoom: 13,
			filter: visible(input, among(outlined)),
			layout: { 'line-join': 'round' },
			paint: { 'line-color': palette.inkSoft, 'line-width': 2.5, 'line-opacity': opacity },
		},
		{
			...base,
			id: 'water-shore',
			type: 'line',
			minzoom: 12,
			filter: visible(input, among(water)),
			layout: { 'line-join': 'round' },
			paint: { 'line-color': palette.shore, 'line-width': 1.25, 'line-opacity': opacity },
		},
		{
			...base,
			id: 'parcel-hairline',
			type: 'line',
			minzoom: HAIRLINE_ZOOM,
			filter: visible(input, ['!', among([...roads, ...water])]),
			layout: { 'line-join': 'round' },
			paint: {
				'line-color': palette.hairline,
				'line-width': ['interpolate', ['linear'], ['zoom'], 14, 0.4, 18, 1],
				'line-opacity': 0.65,
			},
		},
	];
}

/** Fills, patterns and hairlines of the stock-status layer. */
export function stockLayers(input: StyleInput): LayerSpecification[] {
	const { palette, hiddenStatuses } = input;
	const opacity = input.opacityPct / 100;
	const filter: FilterSpecification = ['!', ['in', stockLine, ['literal', [...hiddenStatuses]]]];
	const marks = STOCK_STATUSES.flatMap((status) => {
		const pattern = STOCK_PATTERNS[status];
		return pattern === null ? [] : [{ status, image: patternImageId(pattern, palette.ink) }];
	});
	const branches = marks.flatMap(({ status, image }) => [status, image]);
	const marked: ExpressionSpecification = [
		'in',
		stockLine,
		['literal', marks.map(({ status }) => status).filter((status) => !hiddenStatuses.includes(status))],
	];
	return [
		{
			...base,
			id: PARCEL_FILL_LAYER,
			type: 'fill',
			filter,
			paint: { 'fill-color': stockColor(input), 'fill-opacity': opacity },
		},
		{
			...base,
			id: 'parcel-pattern',
			type: 'fill',
			minzoom: PATTERN_ZOOM,
			filter: marked,
			paint: {
				'fill-pattern': ['match', stockLine, ...branches, ''] as unknown as ExpressionSpecification,
				'fill-opacity': Math.min(opacity * 1.25, 1),
			},
		},
		{
			...base,
			id: 'parcel-hairline',
			type: 'line',
			minzoom: HAIRLINE_ZOOM,
			filter,
			paint: { 'line-color': palette.hairline, 'line-width': 0.6, 'line-opacity': 0.65 },
		},
	];
}

/** Thin dark line with a white casing on the parcel under the pointer, by feature state. */
export function hoverLayers(input: StyleInput): LayerSpecification[] {
	const shown: ExpressionSpecification = ['case', ['boolean', ['feature-state', 'hover'], false], 1, 0];
	const widths = [
		['parcel-hover-casing', input.palette.focusCasing, 3.5],
		['parcel-hover', input.palette.focus, 1.5],
	] as const;
	return widths.map(([id, color, width]) => ({
		...base,
		id,
		type: 'line',
		layout: { 'line-join': 'round' },
		paint: { 'line-color': color, 'line-width': width, 'line-opacity': shown },
	}));
}
