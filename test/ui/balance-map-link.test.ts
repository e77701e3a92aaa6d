import { describe, expect, it } from 'vitest';
import { landUseClassSchema } from '$lib/api/zone.ts';
import { cameraOver, tokensByLine, mapHref } from '$lib/components/balance/map-link.ts';
import { readView } from '$lib/map/view-url.ts';

const CLASSES = [
	['cn-land-use', '2023', '07', 1, null, null],
	['cn-land-use', '2023', '0701', 2, '07', null],
	['cn-land-use', '2023', '10', 1, null, null],
	['cn-land-use', '2023', '1001', 2, '10', null],
	['cn-land-use', '2023', '100101', 3, '1001', null],
	['shenyang', '2022', 'MX', 3, null, '1001'],
].map(([system, version, code, level, parentCode, nationalCode]) =>
	landUseClassSchema.parse({
		key: `${system}/${version}/${code}`,
		system,
		version,
		code,
		level,
		parentCode,
		nationalCode,
		nameZh: `${code}`,
		nameEn: `${code}`,
		color: '#bb9674',
		pattern: null,
		category: 'construction',
		grade: 'public',
	}),
);
const NATIONAL = { classSystem: 'cn-land-use', classVersion: '2023' };
const only = (level: 1 | 2 | 3, code: string) =>
	tokensByLine(CLASSES, level, NATIONAL).get(code === 'MX' ? 'shenyang/2022/MX' : `cn-land-use/2023/${code}`);

describe('a link from the balance to the map', () => {
	it('says what the map reads', () => {
		const href = mapHref('shenyang', {
			layer: 'current',
			selection: { coverageId: 'current', parcelNo: 12 },
			only: ['07', 'none'],
		});
		expect(readView(new URL(href, 'http://x').searchParams)).toMatchObject({
			zoneId: 'shenyang',
			layer: 'current',
			selection: { coverageId: 'current', parcelNo: 12 },
			filter: { mode: 'only', tokens: ['07', 'none'] },
			camera: null,
		});
	});

	it('draws the classes that the line counts and nothing else', () => {
		expect(only(1, '07')).toEqual(['07', '0701']);
		expect(only(2, '1001')).toEqual(['1001', '100101', 'MX']);
		expect(tokensByLine(CLASSES, 1, NATIONAL).get('unclassified')).toEqual(['none']);
		expect(tokensByLine(CLASSES, 1, NATIONAL).get('withheld')).toEqual(['withheld']);
	});

	it('counts a local class with its national one above level 3, alone at level 3', () => {
		expect(only(1, '10')).toContain('MX');
		expect(only(3, '1001')).not.toContain('MX');
		expect(only(3, 'MX')).toEqual(['MX']);
	});

	it('shows a box whole within its square, but not nearer than zoom 16.5', () => {
		const box = [123.3, 41.6, 123.7, 41.62] as const;
		const { zoom, lon, lat } = cameraOver(box, 220);
		expect(((box[2] - box[0]) / 360) * 512 * 2 ** zoom).toBeCloseTo(220, 6);
		expect(lon).toBeCloseTo(123.5, 9);
		expect(lat).toBeCloseTo(41.61, 4);
		expect(cameraOver(box, 440).zoom - zoom).toBeCloseTo(1, 9);
		expect(cameraOver([123.5, 41.7, 123.5, 41.7], 220).zoom).toBe(16.5);
	});
});
