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
/** Letters of an area beside those of the name. */
const AREA_SCALE = 0.82;
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

/** The lines of a park's name as it breaks. */
function nameLines({ name }: Park): string[] {
	return widthEm(name) > BREAK_EM ? name.split(' ') : [name];
}

/** The lines that stand below it. */
function areaLines({ area }: Park): string[] {
	return area.split('\n');
}

function widestEm(park: Park): number {
	return Math.max(
		...nameLines(park).map(widthEm),
		...areaLines(park).map((line) => AREA_SCALE * widthEm(line)),
	);
}

function heightEm(park: Park): number {
	return (nameLines(park).length + areaLines(park).length) * LINE_EM;
}

/** The first whole zoom at which a park is large enough to hold its name. */
export function nameFitsFrom(park: Park): number {
	const [west, south, east, north] = park.bbox;
	const width = USABLE * WORLD_PX * (lonToWorldX(east) - lonToWorldX(west));
	const height = USABLE * WORLD_PX * (latToWorldY(south) - latToWorldY(north));
	const [widest, highest] = [widestEm(park), heightEm(park)];
	for (let zoom = 0; zoom < HIDE_NAMES_ZOOM; zoom++) {
		const em = nameSizePx(zoom);
		const isHigh = height * 2 ** zoom >= highest * em;
		if (isHigh && width * 2 ** zoom >= widest * em) return zoom;
	}
	return HIDE_NAMES_ZOOM;
}

/**
 * Beside a park, the better ones first: how MapLibre anchors the name, at which part of the park's box from west to east and from
 * south to north, and how far off, in ems. Corners of the box lie outside the park: a name may come nearer there.
 */
const SIDES = [
	{ anchor: 'bottom', at: [0.5, 1], offsetEm: [0, -0.5] },
	{ anchor: 'bottom-right', at: [0, 1], offsetEm: [0.2, 0.8] },
	{ anchor: 'bottom-left', at: [1, 1], offsetEm: [-0.2, 0.8] },
	{ anchor: 'right', at: [0, 0.5], offsetEm: [-0.6, 0] },
	{ anchor: 'left', at: [1, 0.5], offsetEm: [0.6, 0] },
	{ anchor: 'top', at: [0.5, 0], offsetEm: [0, 0.5] },
] as const;
type Side = (typeof SIDES)[number];
/** Free ground round a name: halos and outlines have a width. */
const ROOM_EM = 0.3;
/** The zoom at which names beside parks are kept apart; further in there is more room. */
const APART_ZOOM = 9;

type WorldBox = readonly [west: number, north: number, east: number, south: number];

function worldBox({ bbox: [west, south, east, north] }: Park): WorldBox {
	return [lonToWorldX(west), latToWorldY(north), lonToWorldX(east), latToWorldY(south)];
}

function placeBeside({ bbox: [west, south, east, north] }: Park, { at: [x, y] }: Side): [number, number] {
	return [west + x * (east - west), south + y * (north - south)];
}

/** Where a name with its area comes to stand beside a park at `APART_ZOOM`, with the ground round it, in world units. */
function nameBox(park: Park, side: Side): WorldBox {
	const { anchor, offsetEm } = side;
	const em = nameSizePx(APART_ZOOM) / (WORLD_PX * 2 ** APART_ZOOM);
	const [width, height] = [widestEm(park) * em, heightEm(park) * em];
	const [lon, lat] = placeBeside(park, side);
	const west =
		lonToWorldX(lon) +
		offsetEm[0] * em -
		(anchor.endsWith('right') ? width : anchor.endsWith('left') ? 0 : width / 2);
	const north =
		latToWorldY(lat) +
		offsetEm[1] * em -
		(anchor.startsWith('bottom') ? height : anchor.startsWith('top') ? 0 : height / 2);
	const room = ROOM_EM * em;
	return [west - room, north - room, west + width + room, north + height + room];
}

function overlap(a: WorldBox, b: WorldBox): number {
	const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
	const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
	return Math.max(0, width) * Math.max(0, height);
}

/** Places beside the parks for names that do not fit into them: where least of other parks and other names is covered. */
export function parkSideSource({ parks }: StyleInput): SourceSpecification {
	const names: WorldBox[] = [];
	const features = parks.map((park, i) => {
		const others = parks.filter((other) => other !== park).map(worldBox);
		const coveredBy = (side: Side) =>
			[...others, ...names].reduce((sum, box) => sum + overlap(box, nameBox(park, side)), 0);
		const side = SIDES.reduce((best, other) => (coveredBy(other) < coveredBy(best) ? other : best));
		if (nameFitsFrom(park) > APART_ZOOM) names.push(nameBox(park, side));
		return {
			type: 'Feature' as const,
			properties: { i, anchor: side.anchor, offset: [...side.offsetEm] },
			geometry: { type: 'Point' as const, coordinates: placeBeside(park, side) },
		};
	});
	return { type: 'geojson', data: { type: 'FeatureCollection', features } };
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

/** Park names with their nominal areas while the view is wide: in the park, or beside one that is too small for its name. */
export function parkNameLayers({ parks, palette }: StyleInput): LayerSpecification[] {
	if (parks.length === 0) return [];
	const texts = parks.flatMap(({ name, area }, i) => [
		i,
		['format', name, {}, '\n', {}, area, { 'font-scale': AREA_SCALE, 'text-font': ['literal', LABEL_FONTS] }],
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
			id: 'park-name-beside',
			source: 'park-sides',
			filter: ['!', fits] as FilterSpecification,
			layout: {
				...layout,
				'text-anchor': ['get', 'anchor'],
				'text-offset': ['get', 'offset'],
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
