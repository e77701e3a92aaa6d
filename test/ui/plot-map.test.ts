import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import type { WirePlotPlace } from '$lib/api/plot-map.ts';
import { SUPPLY_STATES } from '$lib/domain/supply/life-cycle.ts';
import { pathOf, SUPPLY_MODES } from '$lib/domain/supply/mode.ts';
import { countLines, PLOT_LINES, PLOT_SUBJECTS, plotLine, toneOf } from '$lib/map/plot-line.ts';
import { plotAt, plotOverlay } from '$lib/map/style-plots.ts';
import type { StyleInput } from '$lib/map/style-input.ts';

const TODAY = '2026-11-23';
const square = (west: number, south: number, side: number): [number, number][][][] => [
	[
		[
			[west, south],
			[west + side, south],
			[west + side, south + side],
			[west, south + side],
			[west, south],
		],
	],
];
function plot(plotNo: number, lon: number, lat: number, more: Partial<WirePlotPlace> = {}): WirePlotPlace {
	return {
		plotNo,
		name: `plot ${plotNo}`,
		parkId: 'hunnan',
		classKey: 'cn-land-use/2023/100101',
		areaDm2: 100,
		areaKind: 'ellipsoidal',
		supplyNo: plotNo,
		mode: 'grant',
		state: 'granted',
		dueOn: null,
		endsOn: null,
		idle: null,
		lon,
		lat,
		coordinates: square(lon - 0.001, lat - 0.001, 0.002),
		...more,
	};
}

describe('the legend of plots', () => {
	it('has a line with a colour of its own for every state, mode and due day', () => {
		for (const state of SUPPLY_STATES)
			expect(Object.keys(PLOT_LINES.state)).toContain(plotLine(plot(1, 0, 0, { state }), 'state', TODAY));
		for (const mode of SUPPLY_MODES)
			expect(plotLine(plot(1, 0, 0, { mode }), 'mode', TODAY)).toBe(pathOf(mode));
		for (const subject of PLOT_SUBJECTS) {
			const tones = Object.values(PLOT_LINES[subject]);
			expect(new Set(tones).size).toBe(tones.length);
		}
	});

	it('tells what is overdue, due within a month and later, to the day', () => {
		const dues = [null, '2026-11-22', '2026-11-23', '2026-12-23', '2026-12-24'].map((dueOn) =>
			plotLine(plot(1, 0, 0, { dueOn }), 'due', TODAY),
		);
		expect(dues).toEqual(['nothing', 'overdue', 'month', 'month', 'later']);
		const ofLongMonth = ['2027-01-24', '2027-01-25'].map((dueOn) =>
			plotLine(plot(1, 0, 0, { dueOn }), 'due', '2026-12-24'),
		);
		expect(ofLongMonth).toEqual(['month', 'later']);
		expect(toneOf('due', 'overdue')).not.toBe(toneOf('due', 'month'));
	});

	it('tells how long a right still runs, to the day', () => {
		const lines = [
			null,
			'2026-11-22',
			TODAY,
			'2027-11-23',
			'2027-11-24',
			'2031-11-23',
			'2046-11-23',
			'2046-11-24',
		].map((endsOn) => plotLine(plot(1, 0, 0, { endsOn }), 'term', TODAY));
		const [none, over, year, five, twenty, longer] = Object.keys(PLOT_LINES.term);
		expect(lines).toEqual([none, over, year, year, five, five, twenty, longer]);
	});

	it('tells suspicion from a finding', () => {
		const line = (idle: WirePlotPlace['idle']) => plotLine(plot(1, 0, 0, { idle }), 'idle', TODAY);
		expect([line(null), line('suspected'), line('idle')]).toEqual([
			'idle_none',
			'idle_suspected',
			'idle_idle',
		]);
		expect(toneOf('idle', 'idle_suspected')).not.toBe(toneOf('idle', 'idle_idle'));
	});

	it('has plots that were never supplied in the reserve', () => {
		const bare = plot(1, 0, 0, { mode: null, state: null, supplyNo: null });
		expect([plotLine(bare, 'state', TODAY), plotLine(bare, 'mode', TODAY)]).toEqual(['reserve', 'reserve']);
	});
});

describe('the counts of a legend', () => {
	it('has every line in its order, those of no plot with zero', () => {
		const plots = [
			plot(1, 0, 0, { dueOn: '2026-11-22' }),
			plot(2, 0, 0, { dueOn: '2026-11-30', mode: 'lease' }),
			plot(3, 0, 0, { dueOn: '2026-12-01', state: 'ended' }),
			plot(4, 0, 0, { mode: null, state: null, supplyNo: null }),
		];
		const counted = (...args: Parameters<typeof countLines>) => [...countLines(...args)];
		expect(counted(plots, 'due', TODAY)).toEqual([
			['nothing', 1],
			['overdue', 1],
			['month', 2],
			['later', 0],
		]);
		for (const subject of PLOT_SUBJECTS) {
			expect([...countLines([], subject, TODAY).keys()]).toEqual(Object.keys(PLOT_LINES[subject]));
			const total = counted(plots, subject, TODAY).reduce((sum, [, count]) => sum + count, 0);
			expect(total).toBe(plots.length);
		}
		const states = countLines(plots, 'state', TODAY);
		expect([states.get('reserve'), states.get('held'), states.get('over')]).toEqual([1, 2, 1]);
		const modes = countLines(plots, 'mode', TODAY);
		expect([modes.get('reserve'), modes.get('grant'), modes.get('lease')]).toEqual([1, 2, 1]);
	});
});

describe('choosing a plot on the map', () => {
	const near = plot(1, 123.45, 41.7);
	const hole = plot(2, 123.46, 41.7, {
		coordinates: [[...square(123.459, 41.699, 0.002)[0], ...square(123.4599, 41.6999, 0.0002)[0]]],
	});
	const bare = plot(3, 123.47, 41.7, { coordinates: null });

	it('takes the one that holds the place, and none in its hole', () => {
		expect(plotAt([near, hole], [123.4508, 41.7008], 15)).toBe(near);
		expect(plotAt([near, hole], [123.4592, 41.6992], 15)).toBe(hole);
		expect(plotAt([near, hole], [123.4552, 41.7], 15)).toBeNull();
	});

	it('from afar takes the nearest dot within reach of a finger', () => {
		expect(plotAt([near, bare], [123.471, 41.7], 10)).toBe(bare);
		expect(plotAt([near, bare], [123.47, 41.75], 10)).toBeNull();
	});
});

describe('the overlay of plots', () => {
	it('draws a dot for each plot and the shapes that are known, and the chosen one', () => {
		const [one, two] = [plot(1, 123.45, 41.7), plot(2, 123.46, 41.7, { coordinates: null })];
		const overlay = plotOverlay(() => ({ plots: [one, two], subject: 'state', chosen: two, today: TODAY }));
		const drawn = overlay.sourceIds.map((id) =>
			overlay.dataOf(id).features.map(({ geometry }) => geometry.type),
		);
		expect(drawn).toEqual([['MultiPolygon'], ['Point', 'Point'], ['Point']]);
		const tones = Object.fromEntries(['none', '1', '2', '3', '4', '5', '6'].map((tone) => [tone, '#123456']));
		const palette = {
			halo: '#ffffff',
			ink: '#000000',
			focus: '#000000',
			focusCasing: '#ffffff',
			plot: tones,
		};
		const layers = overlay.layersOf({ palette } as unknown as StyleInput);
		const sources = Object.fromEntries(
			overlay.sourceIds.map((id) => [id, { type: 'geojson' as const, data: overlay.dataOf(id) }]),
		);
		expect(validateStyleMin({ version: 8, sources, layers })).toEqual([]);
	});
});
