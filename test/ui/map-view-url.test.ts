import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AREA_UNITS } from '$lib/i18n/format-area.ts';
import {
	MAP_LAYERS,
	readSelection,
	readView,
	roundCamera,
	viewOfParcel,
	writeView,
} from '$lib/map/view-url.ts';

const camera = fc
	.record({
		zoom: fc.double({ min: 0, max: 22, noNaN: true }),
		lat: fc.double({ min: -84, max: 84, noNaN: true }),
		lon: fc.double({ min: -179, max: 179, noNaN: true }),
	})
	.map(roundCamera);
const token = fc.stringMatching(/^[A-Za-z0-9]{1,8}$/);
const view = fc.record({
	zoneId: fc.option(fc.stringMatching(/^[a-z]{1,12}$/), { nil: null }),
	past: fc.option(
		fc.oneof(
			fc.record(
				{ revision: fc.integer({ min: 1, max: 999_999_999 }), coverage: fc.constantFrom('plan', 'current') },
				{ requiredKeys: ['revision'] },
			),
			fc
				.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
				.map((day) => ({ asOf: day.toISOString().slice(0, 10) })),
		),
		{ nil: null },
	),
	camera: fc.option(camera, { nil: null }),
	layer: fc.constantFrom(...MAP_LAYERS),
	filter: fc.record({
		mode: fc.constantFrom('off', 'only'),
		tokens: fc.uniqueArray(fc.oneof(token, fc.constant('shenyang/2022/MX')), { maxLength: 6 }),
	}),
	showBlocks: fc.boolean(),
	controlLayerIds: fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/), { maxLength: 4 }),
	selection: fc.option(
		fc.record({ coverageId: fc.constantFrom('plan', 'current'), parcelNo: fc.integer({ min: 1, max: 1e8 }) }),
		{ nil: null },
	),
	unit: fc.option(fc.constantFrom(...AREA_UNITS), { nil: null }),
	opacityPct: fc.integer({ min: 0, max: 100 }),
});

describe('the link of the map', () => {
	it('says the view, the whole view and nothing but the view', () => {
		fc.assert(
			fc.property(view, (wanted) => {
				expect(readView(new URLSearchParams(writeView(wanted)))).toEqual(wanted);
			}),
		);
	});

	it('is empty for a view at its defaults', () => {
		expect(writeView(readView(new URLSearchParams()))).toBe('');
	});

	it.each(['revision=0', 'revision=x', 'revision=1e3', 'asOf=2026-02-30', 'asOf=yesterday', 'asOf='])(
		'asks for the newest state where it names none: %s',
		(query) => {
			expect(readView(new URLSearchParams(query)).past).toBeNull();
		},
	);

	it('stays readable', () => {
		const wanted = {
			...viewOfParcel('shenyang', 'plan', 123),
			camera: { zoom: 15.25, lat: 41.72, lon: 123.44 },
			filter: { mode: 'off' as const, tokens: ['0701', 'MX'] },
		};
		expect(writeView(wanted)).toBe('?zone=shenyang&c=15.25/41.72/123.44&off=0701,MX&sel=plan:123');
	});

	it.each(['c=', 'c=1/2', 'c=99/41/123', 'c=a/b/c', 'c=12/91/123', 'c=//'])(
		'ignores the place %s',
		(query) => {
			expect(readView(new URLSearchParams(query)).camera).toBeNull();
		},
	);

	it.each(['fill=-1', 'fill=101', 'fill=a', 'fill=1.5'])('ignores the strength %s', (query) => {
		expect(readView(new URLSearchParams(query)).opacityPct).toBe(80);
	});

	it.each(['', 'plan', 'plan:', ':1', 'plan:x', 'plan:-3', 'PLAN:1', 'plan:1:2', null])(
		'takes %s for no selection',
		(text) => {
			expect(readSelection(text)).toBeNull();
		},
	);
});
