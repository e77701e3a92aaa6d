import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { decimalParts } from '$lib/i18n/decimal-parts.ts';
import type { WireViewLegend } from '$lib/api/parcel.ts';
import type { WireLandUseClass } from '$lib/api/zone.ts';
import { darkened } from '$lib/map/class-color.ts';
import { classIndex, UNCLASSIFIED, WITHHELD } from '$lib/map/class-index.ts';
import { isNamed, legendGroups, legendRows } from '$lib/map/legend.ts';
import { patternDrawing } from '$lib/map/pattern.ts';
import { positionText } from '$lib/map/position-text.ts';
import { formatLength, metresPerPixel, scaleBar, scaleDenominator } from '$lib/map/scale.ts';

function landUseClass(
	code: string,
	system = 'cn-land-use',
	nationalCode: string | null = null,
	parentCode: string | null = null,
): WireLandUseClass {
	return {
		key: `${system}/2023/${code}`,
		system,
		version: '2023',
		code,
		level: 2,
		parentCode,
		nameZh: code,
		nameEn: code,
		color: '#FF0000',
		pattern: null,
		category: null,
		nationalCode,
		grade: 'public',
	};
}

const classes = classIndex([landUseClass('0701'), landUseClass('1001'), landUseClass('1001', 'elsewhere')]);

describe('class numbers and their tokens', () => {
	it('come back from their tokens, also where a code repeats', () => {
		for (const number of [0, 1, 2, UNCLASSIFIED, WITHHELD]) {
			expect(classes.indexOfToken(classes.tokenOf(number))).toBe(number);
		}
		expect(classes.tokenOf(1)).toBe('1001');
		expect(classes.tokenOf(2)).toBe('elsewhere/2023/1001');
	});

	it('take an unknown key for unclassified and know no unknown token', () => {
		expect(classes.indexOf('cn-land-use/2020/0701')).toBe(UNCLASSIFIED);
		expect(classes.indexOf(null)).toBe(UNCLASSIFIED);
		expect(classes.indexOfToken('9999')).toBeNull();
	});

	it('know roads, water and the first level by what the list says a class lies below', () => {
		const list = ['12', '17', '10', '07'].map((code) => landUseClass(code));
		const road = landUseClass('1207', 'cn-land-use', null, '12');
		const pond = landUseClass('1704', 'cn-land-use', null, '17');
		const industry = landUseClass('1001', 'cn-land-use', null, '10');
		const lane = landUseClass('X1', 'local', '1207');
		const innovation = landUseClass('MX', 'local', '1001');
		const index = classIndex([...list, road, pond, industry, lane, innovation]);
		expect(index.surfaces).toEqual({ road: [4, 7], water: [1, 5] });
		const groups = [0, 4, 5, 6, 7, 8, UNCLASSIFIED].map((number) => index.groupOf(number)?.code ?? null);
		expect(groups).toEqual(['12', '12', '17', '10', '12', '10', null]);
	});
});

describe('the legend in view', () => {
	const legend: WireViewLegend = {
		by: 'class',
		coverageId: 'plan',
		contentId: 'x',
		bbox: [0, 0, 1, 1],
		totalM2: 400,
		rows: [
			{ classKey: null, stockStatus: null, withheld: true, parcels: 1, areaM2: 50 },
			{ classKey: null, stockStatus: null, withheld: false, parcels: 1, areaM2: 50 },
			{ classKey: 'cn-land-use/2023/1001', stockStatus: null, withheld: false, parcels: 2, areaM2: 100 },
			{ classKey: 'cn-land-use/2023/0701', stockStatus: null, withheld: false, parcels: 3, areaM2: 200 },
		],
	};

	it('stands in the order of codes, the named lines last', () => {
		expect(legendRows(legend, classes).map((row) => row.token)).toEqual(['0701', '1001', 'none', 'withheld']);
	});

	it('keeps every area and shares them out of the whole', () => {
		const rows = legendRows(legend, classes);
		expect(rows.reduce((sum, row) => sum + row.areaM2, 0)).toBe(legend.totalM2);
		expect(rows.reduce((sum, row) => sum + row.share, 0)).toBeCloseTo(1, 12);
	});

	it('counts by stock status in the order of a parcel’s life, land without one last', () => {
		const line = { classKey: null, withheld: false, parcels: 1, areaM2: 100 };
		const statuses = [null, 'not_developed', 'built'];
		const rows = statuses.map((stockStatus) => ({ ...line, stockStatus }));
		const tokens = legendRows({ ...legend, by: 'stock', rows }, classes).map((row) => row.token);
		expect(tokens).toEqual(['built', 'not_developed', 'none']);
	});

	it('puts classes under their first level, save for one that is its own', () => {
		const list = [landUseClass('07'), landUseClass('12')].concat(
			['0701', '0702'].map((code) => landUseClass(code, 'cn-land-use', null, '07')),
			landUseClass('1207', 'cn-land-use', null, '12'),
			landUseClass('16'),
		);
		const line = { stockStatus: null, withheld: false, parcels: 1, areaM2: 10 };
		const keys = ['16', '1207', '0702', '0701', null].map((code) => code && `cn-land-use/2023/${code}`);
		const index = classIndex(list);
		const rows = legendRows({ ...legend, rows: keys.map((classKey) => ({ ...line, classKey })) }, index);
		const groups = legendGroups(rows, index);
		expect(groups.map((group) => group.head?.code ?? null)).toEqual(['07', '12', null, null]);
		expect(groups.map((group) => group.rows.map((row) => row.token))).toEqual([
			['0701', '0702'],
			['1207'],
			['16'],
			['none'],
		]);
		expect(groups.flatMap((group) => group.entries)).toEqual([0, 1, 2, 3, 4]);
		expect(rows.map((row) => isNamed(row, '070'))).toEqual([true, true, false, false, false]);
	});

	it('has no line for what only touches the view', () => {
		const touching = legend.rows.map((row) => ({ ...row, areaM2: 0 }));
		expect(legendRows({ ...legend, rows: touching }, classes)).toEqual([]);
	});

	it('writes figures that add up, each within one last digit of its own', () => {
		const weights = fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 60 });
		fc.assert(
			fc.property(weights, (areas) => {
				const sum = areas.reduce((part, area) => part + area, 0);
				const total = (sum / 10_000).toFixed(2);
				const parts = decimalParts(total, areas);
				const number = (text: string) => (text.startsWith('<') ? 0 : Number(text.replaceAll('\u202f', '')));
				const figures = areas.map((_, i) => number(parts.text([i])));
				if (sum >= 50) expect(figures.reduce((part, one) => part + one, 0)).toBeCloseTo(Number(total), 6);
				figures.forEach((figure, i) => expect(Math.abs(figure - areas[i] / 10_000)).toBeLessThan(0.0151));
				expect(number(parts.text([...areas.keys()]))).toBeCloseTo(Number(total), 6);
			}),
		);
		expect(decimalParts('1.00', [0.001, 100]).text([0])).toBe('<0.01');
	});

	it('is empty over nothing', () => {
		expect(legendRows({ ...legend, rows: [], totalM2: 0 }, classes)).toEqual([]);
	});
});

describe('the scale', () => {
	it('shrinks with the cosine of the latitude', () => {
		expect(metresPerPixel(0, 0)).toBeCloseTo(78271.517, 3);
		expect(metresPerPixel(10, 60)).toBeCloseTo(metresPerPixel(10, 0) / 2, 9);
		expect(metresPerPixel(11, 41.7)).toBeCloseTo(metresPerPixel(10, 41.7) / 2, 9);
	});

	it('is drawn with a round bar that fits and fills at least two fifths of its place', () => {
		fc.assert(
			fc.property(fc.double({ min: 0.01, max: 80000, noNaN: true }), (metres) => {
				const { lengthM, widthPx } = scaleBar(metres, 110);
				expect(widthPx).toBeLessThanOrEqual(110.001);
				expect(widthPx).toBeGreaterThan(43.9);
				expect(['1', '2', '5']).toContain(lengthM.toExponential(0)[0]);
			}),
		);
	});

	it('is said in metres or kilometres, and as 1 to a number of two digits', () => {
		expect([formatLength(500), formatLength(2000)]).toEqual(['500 m', '2 km']);
		expect(scaleDenominator(1.56)).toBe(5900);
	});
});

describe('a position', () => {
	it('reads longitude before latitude, but X north before Y east', () => {
		expect(positionText([123.44, 41.72], 'geographic', 4529)).toEqual({
			first: { axis: 'longitude', value: '123.44000°' },
			second: { axis: 'latitude', value: '41.72000°' },
		});
		const { first, second } = positionText([123, 41.72], 'projected', 4529);
		expect([first.axis, second.axis]).toEqual(['northing', 'easting']);
		expect(second.value).toBe('41\u202f500\u202f000 m');
		expect(first.value).toMatch(/^4\u202f6\d\d\u202f\d{3} m$/);
	});
});

describe('class colours in the dark theme', () => {
	it('lose luminance and keep their order of channels', () => {
		fc.assert(
			fc.property(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)), (channels) => {
				const hex = `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
				const dark = [1, 3, 5].map((at) => Number.parseInt(darkened(hex).slice(at, at + 2), 16));
				const luminance = (rgb: readonly number[]) =>
					[0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => sum + weight * (rgb[at] / 255) ** 2.2, 0);
				expect(luminance(dark)).toBeLessThanOrEqual(luminance(channels) + 0.002);
			}),
		);
	});

	it('leave greys grey', () => {
		const [r, g, b] = [1, 3, 5].map((at) => darkened('#A3A3A3').slice(at, at + 2));
		expect([g, b]).toEqual([r, r]);
	});
});

describe('patterns', () => {
	it('are marks on the face, save for none and the outline', () => {
		expect(patternDrawing(null)).toBeNull();
		expect(patternDrawing('outline')).toBeNull();
		expect(patternDrawing('dots')?.cap).toBe('round');
		expect(patternDrawing('not a pattern')).not.toBeNull();
	});
});
