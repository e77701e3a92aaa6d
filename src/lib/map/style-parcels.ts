import type {
	ExpressionSpecification,
	FilterSpecification,
	LayerSpecification,
	LineLayerSpecification,
} from 'maplibre-gl';
import { darkened, isPale } from './class-color.ts';
import { UNCLASSIFIED, WITHHELD } from './class-index.ts';
import { OUTLINE_PATTERN, UNCLASSIFIED_PATTERN, WITHHELD_PATTERN } from './pattern.ts';
import { patternImageId } from './pattern-image.ts';
import { NO_STATUS, STOCK_PATTERNS, STOCK_STATUSES } from './stock-status.ts';
import { PARCEL_FILL_LAYER, PARCEL_SOURCE, PARCEL_SOURCE_LAYER, type StyleInput } from './style-input.ts';

/** Parcel edges are drawn from here on. */
export const HAIRLINE_ZOOM = 14;
/** From here to the next, edges of lots become a darker tone of their fill: soft ones would show the more the farther the fill is from the ground. */
const SEAM_ZOOMS = [12.5, 13] as const;
/** So far from its fill to that of hairlines: further where fills are dark themselves. */
const SEAM_SHARE = { light: 0.35, dark: 0.5 } as const;
/** Marks on parcels appear from here on, at their full strength a zoom and a half later: further out they would be all that is seen. */
const PATTERN_ZOOM = 12.5;
/** Classes as pale as paper are marked from here on, lest land be taken for a hole. */
const PALE_ZOOM = 9;
/** Parcels are told apart on the screen from here on. */
const HOVER_ZOOM = 12;

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

/** The colour of a class, by the number `k` that a feature carries. */
export function classColor(input: StyleInput): ExpressionSpecification {
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

/** Where lines run along the edges, soft ones would only show the seams between parcels of one surface, such as a road's. */
const SOFT_EDGES: ExpressionSpecification = ['step', ['zoom'], true, HAIRLINE_ZOOM, false];

/** The colour of soft edges: of a fill, where lots are seen a tone darker, whatever the fill. */
function softEdgeColor(
	{ palette }: StyleInput,
	fill: ExpressionSpecification,
	isLot: ExpressionSpecification,
) {
	const own = ['to-color', fill];
	const share = palette.dark ? SEAM_SHARE.dark : SEAM_SHARE.light;
	const darker = ['interpolate-lab', ['linear'], share, 0, own, 1, palette.hairline];
	const [from, to] = SEAM_ZOOMS;
	const seam = ['case', isLot, darker, own];
	return ['interpolate', ['linear'], ['zoom'], from, own, to, seam] as unknown as ExpressionSpecification;
}

function fullPatternOpacity(fillOpacity: number): number {
	return Math.min(fillOpacity * 1.25, 1);
}

function patternOpacity(fillOpacity: number): ExpressionSpecification {
	const full = fullPatternOpacity(fillOpacity);
	return ['interpolate', ['linear'], ['zoom'], PATTERN_ZOOM, 0, PATTERN_ZOOM + 1.5, full];
}

function hairline({ palette }: StyleInput): NonNullable<LineLayerSpecification['paint']> {
	return {
		'line-color': palette.hairline,
		'line-width': ['interpolate', ['linear'], ['zoom'], HAIRLINE_ZOOM, 0.6, 18, 1.2],
		'line-opacity': 0.7,
	};
}

/** Fills, patterns, shores and hairlines of the land-use layer; the data-driven parts go by class number. */
export function landUseLayers(input: StyleInput): LayerSpecification[] {
	const { palette } = input;
	const opacity = input.opacityPct / 100;
	const { road, water } = input.classes.surfaces;
	const isLot: ExpressionSpecification = ['!', among([...road, ...water])];
	const outlined = numbersWhere(input, (entry) => entry.pattern === OUTLINE_PATTERN);
	const [pale, patterned] = [true, false].map((wanted) =>
		numbersWhere(
			input,
			({ pattern, color }) => pattern !== null && pattern !== OUTLINE_PATTERN && isPale(color) === wanted,
		),
	);
	return [
		{
			...base,
			id: PARCEL_FILL_LAYER,
			type: 'fill',
			filter: visible(input),
			paint: {
				'fill-color': classColor(input),
				'fill-outline-color': softEdgeColor(input, classColor(input), isLot),
				'fill-opacity': opacity,
				'fill-antialias': SOFT_EDGES,
			},
		},
		{
			...base,
			id: 'parcel-pattern',
			type: 'fill',
			minzoom: PATTERN_ZOOM,
			filter: visible(input, among([...patterned, UNCLASSIFIED, WITHHELD])),
			paint: {
				'fill-pattern': patternImage(input),
				'fill-opacity': patternOpacity(opacity),
				'fill-antialias': false,
			},
		},
		{
			...base,
			id: 'parcel-pattern-pale',
			type: 'fill',
			minzoom: PALE_ZOOM,
			filter: visible(input, among(pale)),
			paint: {
				'fill-pattern': patternImage(input),
				'fill-opacity': fullPatternOpacity(opacity),
				'fill-antialias': false,
			},
		},
		{
			...base,
			id: 'parcel-inner-outline',
			type: 'line',
			minzoom: PALE_ZOOM,
			filter: visible(input, among(outlined)),
			paint: {
				'line-color': palette.inkSoft,
				'line-width': ['interpolate', ['linear'], ['zoom'], PALE_ZOOM, 0.6, 12, 1, 15, 2.5],
				// To the right of a ring's direction lies its inside.
				'line-offset': ['interpolate', ['linear'], ['zoom'], PALE_ZOOM, 0.5, 12, 1, 15, 3],
				'line-dasharray': [3, 2],
				'line-opacity': opacity,
			},
		},
		{
			...base,
			id: 'water-shore',
			type: 'line',
			minzoom: 12,
			filter: visible(input, among(water)),
			layout: { 'line-join': 'round' },
			paint: { 'line-color': palette.shore, 'line-width': 1, 'line-opacity': opacity },
		},
		{
			...base,
			id: 'parcel-hairline',
			type: 'line',
			minzoom: HAIRLINE_ZOOM,
			filter: visible(input, isLot),
			layout: { 'line-join': 'round' },
			paint: hairline(input),
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
			paint: {
				'fill-color': stockColor(input),
				'fill-outline-color': softEdgeColor(input, stockColor(input), ['has', 's']),
				'fill-opacity': opacity,
				'fill-antialias': SOFT_EDGES,
			},
		},
		{
			...base,
			id: 'parcel-pattern',
			type: 'fill',
			minzoom: PATTERN_ZOOM,
			filter: marked,
			paint: {
				'fill-pattern': ['match', stockLine, ...branches, ''] as unknown as ExpressionSpecification,
				'fill-opacity': patternOpacity(opacity),
				'fill-antialias': false,
			},
		},
		{
			...base,
			id: 'parcel-hairline',
			type: 'line',
			minzoom: HAIRLINE_ZOOM,
			// Land without a status, such as roads, is a surface: the lines of those beside it are its own.
			filter: ['all', filter, ['has', 's']],
			paint: hairline(input),
		},
	];
}

/** Thin dark line with a white casing on the parcel under the pointer, by feature state; on others it has no width to draw. */
export function hoverLayers(input: StyleInput): LayerSpecification[] {
	const onHover = (value: number): ExpressionSpecification => [
		'case',
		['boolean', ['feature-state', 'hover'], false],
		value,
		0,
	];
	const widths = [
		['parcel-hover-casing', input.palette.focusCasing, 4],
		['parcel-hover', input.palette.focus, 1.75],
	] as const;
	return widths.map(([id, color, width]) => ({
		...base,
		id,
		type: 'line',
		minzoom: HOVER_ZOOM,
		layout: { 'line-join': 'round' },
		paint: { 'line-color': color, 'line-width': onHover(width), 'line-opacity': onHover(1) },
	}));
}
