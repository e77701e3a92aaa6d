import { describe, expect, it } from 'vitest';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { readOutline } from '$lib/domain/supply/read-outline.ts';

const GRID = gaussKruger(4529);
const CORNERS: LonLat[] = [
	[123.41, 41.75],
	[123.42, 41.75],
	[123.42, 41.76],
];
const metres = CORNERS.map((corner) => GRID.forward(corner));
const codesOf = (text: string) => {
	const read = readOutline(text, 4529);
	return read.ok ? [] : read.issues.map(({ code }) => code);
};

describe('an outline', () => {
	it.each([
		['lines of degrees', CORNERS.map(([lon, lat]) => `${lon} ${lat}`)],
		['lines of degrees, latitude first', CORNERS.map(([lon, lat]) => `${lat}, ${lon}`)],
		[
			'lines of metres, north first',
			metres.map(([east, north]) => `${north.toFixed(6)}\t${east.toFixed(6)}`),
		],
		['lines of metres, east first', metres.map(([east, north]) => `${east.toFixed(6)}，${north.toFixed(6)}`)],
		[
			'a file of boundary points that repeats the first',
			[
				'[属性描述]',
				'几度分带=3',
				'带号=41',
				'4,0.5,1,部分,面,,,,@',
				...[...metres, metres[0]].map(
					([east, north], i) => `J${i + 1},1,${north.toFixed(6)},${east.toFixed(6)}`,
				),
			],
		],
	])('is read from %s', (_what, lines) => {
		const read = readOutline(lines.join('\n'), 4529);
		expect(read.ok).toBe(true);
		if (!read.ok) return;
		expect(read.ring).toHaveLength(3);
		for (const [i, [lon, lat]] of CORNERS.entries()) {
			expect(read.ring[i][0]).toBeCloseTo(lon, 8);
			expect(read.ring[i][1]).toBeCloseTo(lat, 8);
		}
	});

	it('is refused with what is wrong', () => {
		const points = (ring: number) =>
			metres.map(([east, north], i) => `J${i},${ring},${north},${east}`).join('\n');
		expect(codesOf('')).toEqual(['boundary-txt.no-points']);
		expect(codesOf('123.41 41.75\n123.42 41.75')).toEqual(['boundary-txt.too-few-points']);
		expect(codesOf('123.41 41.75\n甲\n123.42 41.75\n123.42 41.76')).toEqual(['boundary-txt.line-unreadable']);
		expect(codesOf(`${points(1)}\n${points(2)}`)).toEqual(['outline.several-rings']);
		expect(codesOf(`几度分带=3\n带号=40\n${points(1)}`)).toEqual(['outline.other-system']);
		expect(codesOf('500000 4600000\n500100 4600000\n500100 4600100')).toEqual(['outline.not-in-zone']);
		const many = Array.from({ length: 2001 }, (_, i) => `123.4${String(i).padStart(4, '0')} 41.75`);
		expect(codesOf(many.join('\n'))).toEqual(['outline.too-many-points']);
	});
});
