import { describe, expect, it } from 'vitest';
import { ancestorAtLevel, classKey, type LandUseClass } from '$lib/domain/land-use/class-key.ts';

const NATIONAL = { system: 'cn-land-use', version: '2023' };
const national = (code: string, level: number, parentCode: string | null): LandUseClass => ({
	...NATIONAL,
	code,
	level,
	parentCode,
	nameZh: code,
	nameEn: code,
	nationalCode: null,
});
const MX: LandUseClass = {
	system: 'shenyang',
	version: '2022',
	code: 'MX',
	level: 3,
	parentCode: null,
	nameZh: '创新型产业用地',
	nameEn: 'Innovative industrial land',
	nationalCode: '1001',
};
const list = [
	national('10', 1, null),
	national('1001', 2, '10'),
	national('100101', 3, '1001'),
	national('16', 1, null),
	MX,
];
const byKey = new Map(list.map((one) => [classKey(one), one]));
const at = (one: LandUseClass, level: 1 | 2 | 3) => ancestorAtLevel(one, level, byKey, NATIONAL).code;

describe('the class that a class counts as', () => {
	it('climbs by parents to the level of the table', () => {
		expect([at(list[2], 1), at(list[2], 2), at(list[2], 3)]).toEqual(['10', '1001', '100101']);
	});

	it('keeps a coarse class as it is: nothing is guessed below it', () => {
		expect([at(list[3], 1), at(list[3], 2), at(list[3], 3)]).toEqual(['16', '16', '16']);
	});

	it('keeps a local class as its own line at level 3 and counts it nationally above', () => {
		expect([at(MX, 1), at(MX, 2), at(MX, 3)]).toEqual(['10', '1001', 'MX']);
	});

	it('stays with the class where the list lacks the ancestor', () => {
		expect(ancestorAtLevel(MX, 1, new Map(), NATIONAL)).toBe(MX);
		expect(ancestorAtLevel(list[2], 1, new Map(), NATIONAL)).toBe(list[2]);
	});
});
