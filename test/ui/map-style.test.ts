import { VectorTile } from '@mapbox/vector-tile';
import { createExpression, featureFilter, validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import type { WireLandUseClass, WireTileTheme } from '$lib/api/zone.ts';
import { CONTROL_KINDS, type ControlKind } from '$lib/domain/control/control-kind.ts';
import { darkened } from '$lib/map/class-color.ts';
import { classIndex } from '$lib/map/class-index.ts';
import { draftLayers } from '$lib/map/edit/style-draft.ts';
import { STOCK_PATTERNS, STOCK_STATUSES } from '$lib/map/stock-status.ts';
import { nameFitsFrom } from '$lib/map/style-parks.ts';
import { watermarkTile } from '$lib/map/style-watermark.ts';
import { mapStyle } from '$lib/map/style.ts';
import type { StyleInput } from '$lib/map/style-input.ts';
import { MAP_LAYERS } from '$lib/map/view-url.ts';
import { palette } from '../support/map-palette.ts';

function landUseClass(
	code: string,
	color: string,
	pattern: string | null = null,
	parentCode: string | null = null,
): WireLandUseClass {
	return {
		key: `cn-land-use/2023/${code}`,
		system: 'cn-land-use',
		version: '2023',
		code,
		level: 2,
		parentCode,
		nameZh: `类${code}`,
		nameEn: `class ${code}`,
		color,
		pattern,
		category: null,
		nationalCode: null,
		grade: 'public',
	};
}

function theme(name: WireTileTheme['theme']): WireTileTheme {
	return { theme: name, url: `/tiles/public/abc/1/${name}/{z}/{x}/{y}`, minZoom: 8, maxZoom: 14, layers: [] };
}

const input: StyleInput = {
	palette,
	classes: classIndex([
		landUseClass('0701', '#FFFF2D'),
		landUseClass('0702', '#FFFF2D', 'dots'),
		landUseClass('1207', '#A3A3A3'),
		landUseClass('16', '#FFFFFF', 'outline'),
		landUseClass('1701', '#338EC0', null, '17'),
		landUseClass('17', '#338EC0'),
	]),
	tiles: (['plan', 'labels-plan', 'parks', 'blocks', 'current', 'labels-current', 'stock'] as const).map(
		theme,
	),
	origin: 'http://localhost:3000',
	layer: 'plan',
	hidden: [],
	hiddenStatuses: [],
	statusNames: Object.fromEntries(
		STOCK_STATUSES.map((status) => [status, `名${status}`]),
	) as StyleInput['statusNames'],
	opacityPct: 80,
	parks: [
		{ parkId: 'hunnan', name: '浑南片区', area: '243 km²', bbox: [123.3, 41.58, 123.62, 41.78] },
		{ parkId: 'heping', name: '和平分园', area: '7 km²', bbox: [123.38, 41.76, 123.42, 41.78] },
	],
	showParks: true,
	showBlocks: false,
	showLabels: true,
	controlLayers: [],
	today: '2026-11-22',
	selection: { type: 'FeatureCollection', features: [] },
	watermark: '示意数据',
};

function layer(style: ReturnType<typeof mapStyle>, id: string) {
	const found = style.layers.find((candidate) => candidate.id === id);
	if (found === undefined) throw new Error(`no layer ${id}`);
	return found;
}

const controlLayer = {
	controlLayerId: 'growth',
	kind: 'urban_growth_boundary' as const,
	name: '边界',
	tiles: theme('control'),
};
/** Tiles hold what lies so far beyond their edges, in CSS pixels at a whole zoom. */
const OVERLAP_PX = 8;

/** What an expression of the style gives for a feature. */
type Rgb = Record<'r' | 'g' | 'b', number>;

function evaluated(
	expression: unknown,
	type: 'number' | 'string' | 'color',
	zoom: number,
	properties: object,
): unknown {
	const parsed = createExpression(expression, { type } as never);
	if (parsed.result !== 'success') throw new Error(JSON.stringify(parsed.value));
	return parsed.value.evaluate({ zoom }, { type: 1, properties: { ...properties }, geometry: [] });
}

describe('the map style', () => {
	it.each(
		MAP_LAYERS.flatMap((name) => [
			{ layer: name, dark: false },
			{ layer: name, dark: true },
		]),
	)('follows the style specification: $layer, dark $dark', ({ layer: name, dark }) => {
		const style = mapStyle({ ...input, layer: name, palette: { ...palette, dark }, hidden: [0, -1] });
		expect(validateStyleMin(style)).toEqual([]);
	});

	it('asks for no glyphs, no sprite and nothing from another host', () => {
		const style = mapStyle(input);
		expect(style.glyphs).toBeUndefined();
		expect(style.sprite).toBeUndefined();
		const addresses = JSON.stringify(style.sources).match(/https?:\/\/[^/"]+/g) ?? [];
		expect(new Set(addresses)).toEqual(new Set(['http://localhost:3000']));
	});

	it('keeps the placeholders of tile addresses', () => {
		expect(mapStyle(input).sources.parcels).toMatchObject({
			tiles: ['http://localhost:3000/tiles/public/abc/1/plan/{z}/{x}/{y}'],
			minzoom: 8,
			maxzoom: 14,
		});
	});

	it('fills with the official colours at the given strength', () => {
		const fill = layer(mapStyle(input), 'parcel-fill');
		expect(fill.paint).toMatchObject({ 'fill-opacity': 0.8 });
		expect(JSON.stringify(fill.paint)).toContain(
			'0,"#FFFF2D",1,"#FFFF2D",2,"#A3A3A3",3,"#FFFFFF",4,"#338EC0",5,"#338EC0"',
		);
	});

	it('darkens class colours in the dark theme', () => {
		const style = mapStyle({ ...input, palette: { ...palette, dark: true } });
		expect(JSON.stringify(layer(style, 'parcel-fill').paint)).toContain(`4,"${darkened('#338EC0')}"`);
	});

	it('leaves switched-off classes out of every parcel layer', () => {
		const style = mapStyle({ ...input, hidden: [1, -2] });
		for (const id of ['parcel-fill', 'parcel-pattern', 'water-shore', 'parcel-hairline']) {
			expect(JSON.stringify(layer(style, id))).toContain('["!",["in",["get","k"],["literal",[1,-2]]]]');
		}
		for (const id of ['parcel-label', 'parcel-code']) {
			expect(JSON.stringify(layer(style, id))).toContain('["!",["in",["get","k"],["literal",[1,-2]]]]');
		}
	});

	it('leaves switched-off statuses out of every layer of the stock map, and writes the others out', () => {
		const style = mapStyle({ ...input, layer: 'stock', hiddenStatuses: ['inefficient', 'none'] });
		for (const id of ['parcel-fill', 'parcel-hairline', 'parcel-label', 'parcel-code']) {
			expect(JSON.stringify(layer(style, id))).toContain('["literal",["inefficient","none"]]');
		}
		expect(JSON.stringify(layer(style, 'parcel-pattern'))).not.toContain('["literal",["inefficient"');
		expect(JSON.stringify(layer(style, 'parcel-label'))).toContain('"built","名built"');
	});

	it('tells every two stock statuses apart by marks, but for the two that cover most land', () => {
		const marks = Object.values(STOCK_PATTERNS).filter((pattern) => pattern !== null);
		expect(new Set(marks).size).toBe(marks.length);
		expect(marks).toHaveLength(STOCK_STATUSES.length - 1);
	});

	it('draws roads and water without lot lines', () => {
		expect(JSON.stringify(layer(mapStyle(input), 'parcel-hairline'))).toContain('["literal",[2,4,5]]');
	});

	it('draws the seams between lots a tone darker than every fill from where lots are seen, those of roads not', () => {
		const { paint } = layer(mapStyle(input), 'parcel-fill');
		const lightness = (name: string, zoom: number, k: number) => {
			const one = Reflect.get(paint ?? {}, name) as unknown[];
			const { r, g, b } = evaluated(one[0] === 'match' ? ['to-color', one] : one, 'color', zoom, {
				k,
			}) as Rgb;
			return 0.2126 * r + 0.7152 * g + 0.0722 * b;
		};
		for (const k of [0, 1, 3]) {
			const fill = lightness('fill-color', 13, k);
			expect(lightness('fill-outline-color', 12.5, k)).toBe(fill);
			expect(lightness('fill-outline-color', 13, k)).toBeLessThan(0.8 * fill);
		}
		expect(lightness('fill-outline-color', 13, 2)).toBe(lightness('fill-color', 13, 2));
	});

	it('draws only what the reader may have', () => {
		const style = mapStyle({ ...input, tiles: [theme('plan')] });
		expect(Object.keys(style.sources).sort()).toEqual(['parcels', 'selection', 'watermark']);
		const used = style.layers.flatMap((one) => ('source' in one ? [one.source] : []));
		expect(used.every((source) => source in style.sources)).toBe(true);
	});

	it('draws blocks where they are switched on: over the fills, under the outlines of parks, their codes before those of parcels', () => {
		expect(mapStyle(input).sources).not.toHaveProperty('blocks');
		const style = mapStyle({ ...input, showBlocks: true });
		expect(validateStyleMin(style)).toEqual([]);
		const at = (id: string) => style.layers.indexOf(layer(style, id));
		expect(at('block-casing')).toBeGreaterThan(at('parcel-hairline'));
		expect(at('block-line')).toBeLessThan(at('park-casing'));
		// The library places the labels of later layers first.
		expect(at('block-name')).toBeGreaterThan(at('parcel-label'));
		expect(layer(style, 'block-line').paint).toMatchObject({ 'line-color': palette.block });
	});

	it('writes a block by its id, without its park where the id begins with it', () => {
		const written = layer(mapStyle({ ...input, showBlocks: true }), 'block-name').layout;
		const field = written !== undefined && 'text-field' in written ? written['text-field'] : undefined;
		const write = (b: string) => evaluated(field, 'string', 12, { b });
		expect(['hunnan-A03', 'heping-B01', 'PJ-A', 'hunnan'].map(write)).toEqual([
			'A03',
			'B01',
			'PJ-A',
			'hunnan',
		]);
	});

	it('draws the control layers that are shown, each from its own tiles, below the selection', () => {
		const kinds = CONTROL_KINDS.map((kind) => ({
			controlLayerId: kind.replaceAll('_', '-'),
			kind,
			name: `名${kind}`,
			tiles: theme('control'),
		}));
		const style = mapStyle({ ...input, controlLayers: kinds });
		expect(validateStyleMin(style)).toEqual([]);
		const ids = style.layers.map(({ id }) => id);
		for (const { controlLayerId, kind } of kinds) {
			expect(style.sources).toHaveProperty(`control-${controlLayerId}`);
			expect(layer(style, `control-${controlLayerId}-line`).paint).toMatchObject({
				'line-color': palette.control[kind],
			});
			expect(ids.indexOf(`control-${controlLayerId}-line`)).toBeLessThan(ids.indexOf('selection-casing'));
		}
	});

	it('keeps lines beside boundaries within the overlap of tiles, at every zoom', () => {
		const shown = CONTROL_KINDS.map((kind) => ({ ...controlLayer, controlLayerId: kind, kind }));
		const style = mapStyle({ ...input, controlLayers: shown });
		const beside = style.layers.filter(
			(one) => one.type === 'line' && one.paint?.['line-offset'] !== undefined,
		);
		expect(beside.length).toBeGreaterThan(3 * CONTROL_KINDS.length);
		for (const { paint } of beside) {
			const value = (name: string, zoom: number) =>
				evaluated(Reflect.get(paint ?? {}, name), 'number', zoom, {}) as number;
			for (let zoom = 8; zoom <= 20; zoom += 0.25) {
				const reach = value('line-offset', zoom) + value('line-width', zoom) / 2;
				// The edge of a line is soft.
				expect(reach).toBeLessThanOrEqual(OVERLAP_PX - 1);
			}
		}
	});

	it('writes the code of a parcel where it has room for it', () => {
		const code = layer(mapStyle(input), 'parcel-code');
		const { filter } = featureFilter('filter' in code ? code.filter : undefined, 'layers[0].filter');
		const isWritten = (zoom: number, a: number, w = 1_000) =>
			filter({ zoom }, { type: 1, properties: { k: 0, a, w }, geometry: [] });
		expect([2_800, 20_000].map((a) => isWritten(15, a))).toEqual([false, true]);
		expect([500, 2_800].map((a) => isWritten(17, a))).toEqual([false, true]);
		expect([100, 130].map((w) => isWritten(15, 200_000, w))).toEqual([false, true]);
	});

	it('writes the class of a parcel where the ground is as wide as the label, close up everywhere', () => {
		const label = layer(mapStyle(input), 'parcel-label');
		const { filter } = featureFilter('filter' in label ? label.filter : undefined, 'layers[0].filter');
		const isWritten = (zoom: number, w: number) =>
			filter({ zoom }, { type: 1, properties: { k: 0, a: 20_000, w }, geometry: [] });
		expect([10, 80].map((w) => isWritten(15, w))).toEqual([false, true]);
		expect([3, 20].map((w) => isWritten(17, w))).toEqual([false, true]);
		expect(isWritten(18, 1)).toBe(true);
	});

	it('draws lines of areas that lie in others beside those, not on them', () => {
		const kinds = ['urban_growth_boundary', 'industrial_land_line'] as const;
		const shown = kinds.map((kind) => ({ ...controlLayer, controlLayerId: kind, kind }));
		const style = mapStyle({ ...input, controlLayers: shown });
		for (let zoom = 9; zoom <= 18; zoom++) {
			const value = (kind: ControlKind, name: string) =>
				evaluated(Reflect.get(layer(style, `control-${kind}-line`).paint ?? {}, name), 'number', zoom, {});
			const [outer, inner] = kinds.map((kind) => Number(value(kind, 'line-offset')));
			expect(inner - outer).toBeGreaterThan(Number(value(kinds[0], 'line-width')));
		}
	});

	it('draws the control areas that are in force on the day', () => {
		const line = layer(
			mapStyle({ ...input, controlLayers: [controlLayer], today: '2026-11-22' }),
			'control-growth-line',
		);
		const { filter } = featureFilter('filter' in line ? line.filter : undefined, 'layers[0].filter');
		const isDrawn = (properties: Record<string, string>) =>
			filter({ zoom: 12 }, { type: 3, properties, geometry: [] });
		expect(isDrawn({})).toBe(true);
		expect(isDrawn({ from: '2026-11-22', to: '2026-11-23' })).toBe(true);
		expect(isDrawn({ from: '2026-11-23' })).toBe(false);
		expect(isDrawn({ to: '2026-11-22' })).toBe(false);
	});

	it('stands without any parcel tiles', () => {
		expect(validateStyleMin(mapStyle({ ...input, tiles: [] }))).toEqual([]);
	});

	it('carries a watermark over synthetic data only', () => {
		expect(layer(mapStyle(input), 'watermark').layout).toMatchObject({ 'text-field': '示意数据' });
		expect(mapStyle({ ...input, watermark: null }).layers.map((one) => one.id)).not.toContain('watermark');
	});

	it('writes the watermark in every tile, in places that lie within it', () => {
		const { layers } = new VectorTile(new PbfReader(watermarkTile()));
		expect(Object.keys(layers)).toEqual(['mark']);
		expect([layers.mark.length, layers.mark.extent]).toEqual([1, 4096]);
		const places = layers.mark.feature(0).loadGeometry().flat();
		expect(places).toHaveLength(8);
		expect(places.every(({ x, y }) => x > 0 && x < 4096 && y > 0 && y < 4096)).toBe(true);
	});

	it('writes a name beside a park that is too small for it, and inside from one zoom on', () => {
		const [large, small] = input.parks.map(nameFitsFrom);
		expect(large).toBeLessThan(9);
		expect(small).toBeGreaterThan(9);
		const below = (area: string) => nameFitsFrom({ ...input.parks[0], area });
		expect([below('示意范围\n243 km²'), below('示'.repeat(30)) > large]).toEqual([large, true]);
		const filters = ['park-name', 'park-name-beside'].map((id) => {
			const one = layer(mapStyle(input), id);
			return JSON.stringify('filter' in one ? one.filter : null);
		});
		expect(filters[1]).toBe(`["!",${filters[0]}]`);
	});

	it('writes names above small parks, and beside one that has another park above it', () => {
		const park = (parkId: string, south: number, north: number) => ({
			parkId,
			name: `${parkId}分园`,
			area: '7 km²',
			bbox: [123.38, south, 123.42, north] as const,
		});
		const anchorsOf = (parks: StyleInput['parks']) => {
			const source = mapStyle({ ...input, parks }).sources['park-sides'];
			if (source.type !== 'geojson' || typeof source.data === 'string') throw new Error('no places');
			const { features } = source.data as GeoJSON.FeatureCollection;
			return features.map(({ properties }) => properties?.['anchor'] as string);
		};
		expect(anchorsOf([park('甲', 41.9, 41.92), park('乙', 41.7, 41.72)])).toEqual(['bottom', 'bottom']);
		expect(anchorsOf([park('甲', 41.75, 41.77), park('乙', 41.7, 41.72)])).toEqual(['bottom', 'right']);
	});

	it('hatches land as pale as paper from wide views on, and marks other classes where patterns can be seen', () => {
		const classes = classIndex([
			landUseClass('2301', '#EEEEEE', 'lines-left'),
			landUseClass('0702', '#FFFF2D', 'dots'),
			landUseClass('0101', '#F5F8DC', 'dots'),
		]);
		const style = mapStyle({ ...input, classes });
		const shown = (id: string) => {
			const found = layer(style, id);
			if (!('filter' in found)) throw new Error(`${id} has no filter`);
			const { filter: passes } = featureFilter(found.filter, `layers.${id}.filter`);
			const numbers = classes.classes.map((_, k) => k);
			const isShown = (k: number) => passes({ zoom: 15 }, { type: 3, properties: { k } });
			return { codes: numbers.filter(isShown).map((k) => classes.classes[k].code), minzoom: found.minzoom };
		};
		expect(shown('parcel-pattern-pale')).toEqual({ codes: ['2301'], minzoom: 9 });
		expect(shown('parcel-pattern').codes).toEqual(['0702', '0101']);
	});

	it.each(['parcel', 'draft'])('writes codes clear of the classes above them: %s', (of) => {
		const layoutOf = (id: string) => {
			const found = [...mapStyle(input).layers, ...draftLayers(input)].find((one) => one.id === id);
			if (found?.type !== 'symbol') throw new Error(`${id} writes nothing`);
			return { 'text-padding': 2, ...found.layout };
		};
		const [code, label] = [layoutOf(`${of}-code`), layoutOf(`${of}-label`)];
		for (const zoom of [15, 16, 17, 18]) {
			const [below, above] = [code, label].map(({ 'text-size': size }) =>
				typeof size === 'number' ? size : Number(evaluated(size, 'number', zoom, {})),
			);
			const half = (1.2 * (below + above)) / 2 + Number(code['text-padding']) + Number(label['text-padding']);
			expect(below * (code['text-offset'] as [number, number])[1]).toBeGreaterThan(half);
		}
	});

	it('gives each layer a name of its own, and the same style for the same input', () => {
		const ids = mapStyle(input).layers.map((one) => one.id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(mapStyle(input)).toEqual(mapStyle(input));
	});
});
