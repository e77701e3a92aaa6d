import { describe, expect, it } from 'vitest';
import { decodeChinese, readBoundaryTxt } from '$geo/format/boundary-txt.ts';

const HEADER =
	'[属性描述]\n格式版本号=1.01版本\n数据产生单位=示例测绘单位\n几度分带=3\n带号=41\n转换参数=,,,,,,\n[地块坐标]\n';
const RING = ['J1,1,10,20', 'J2,1,10,30', 'J3,1,0,30', 'J4,1,0,20'];
const HOLE = ['J5,2,8,22', 'J6,2,6,22', 'J7,2,6,24'];
const file = (...lines: readonly string[]) => HEADER + lines.join('\r\n');

function codesOf(text: string): (string | number | undefined)[][] {
	const read = readBoundaryTxt(text);
	return read.ok ? [] : read.issues.map(({ code, params }) => [code, params.line]);
}

describe('files of boundary points', () => {
	it('are read parcel by parcel and ring by ring, the numbers as they are written', () => {
		const read = readBoundaryTxt(
			file('9,0.0100,DK-001,示例地块,面,,工业用地,1001,@', ...RING, RING[0], ...HOLE, HOLE[0]),
		);
		if (!read.ok) throw new Error(read.issues[0].code);
		const [parcel] = read.document.parcels;
		expect(parcel).toMatchObject({ label: 'DK-001', title: '示例地块', area: '0.0100' });
		expect(parcel.points.map(({ name, ring }) => `${name}/${ring}`)).toEqual([
			...['J1/1', 'J2/1', 'J3/1', 'J4/1'],
			...['J5/2', 'J6/2', 'J7/2'],
		]);
		expect(parcel.points[1]).toMatchObject({ north: '10', east: '30' });
		expect(read.document.header.get('带号')).toBe('41');
	});

	it.each([
		['rings that are not closed', '4,,DK-001,,面,,,,@', RING],
		['counts without the closing point', '4,,DK-001,,面,,,,@', [...RING, RING[0]]],
		['five fields of a parcel', '4,1,DK-001,示例,@', RING],
		['no count', ',1,DK-001,示例,面,,,,@', RING],
		['more columns', '4,1,DK-001,示例,面,,,,@', RING.map((line) => `${line},12.5`)],
		['commas of Chinese', '4，1，DK-001，示例，面，，，，@', RING.map((line) => line.replaceAll(',', '，'))],
		['a mark before the text', '4,1,DK-001,示例,面,,,,@', RING],
	])('are read with %s', (_, parcel, points) => {
		const read = readBoundaryTxt(`\ufeff${file(parcel, ...points)}`);
		if (!read.ok) throw new Error(read.issues[0].code);
		expect(read.document.parcels.map((one) => [one.label, one.points.length])).toEqual([['DK-001', 4]]);
	});

	it('are one parcel where they have points alone', () => {
		const read = readBoundaryTxt(RING.join('\n'));
		if (!read.ok) throw new Error(read.issues[0].code);
		expect(read.document.parcels.map(({ label, area, points }) => [label, area, points.length])).toEqual([
			['', '', 4],
		]);
		expect(codesOf([...RING, 'J5,1,x,y'].join('\n'))).toEqual([['boundary-txt.line-unreadable', 5]]);
	});

	it('name every line that cannot be read, and what is missing', () => {
		const parcel = '4,1,DK-001,示例,面,,,,@';
		expect(codesOf('')).toEqual([['boundary-txt.no-points', undefined]]);
		expect(codesOf(file(parcel, RING[0], 'J2,1,ten,30', 'J3;1;0;30', RING[3]))).toEqual([
			['boundary-txt.line-unreadable', 10],
			['boundary-txt.line-unreadable', 11],
			['boundary-txt.count-differs', 8],
		]);
		expect(codesOf(file(...RING, parcel, ...RING))).toEqual(
			[8, 9, 10, 11].map((line) => ['boundary-txt.parcel-line-missing', line]),
		);
		expect(codesOf(file('7,1,DK-001,示例,面,,,,@', ...RING))).toEqual([['boundary-txt.count-differs', 8]]);
	});

	it('are refused with the line of what no survey can hold', () => {
		const parcel = ',1,DK-001,示例,面,,,,@';
		expect(codesOf(file(parcel, 'J1,0,10,20', ...RING))).toEqual([['boundary-txt.value-not-taken', 9]]);
		expect(codesOf(file(parcel, `${'J'.repeat(51)},1,10,20`, ...RING))).toEqual([
			['boundary-txt.value-not-taken', 9],
		]);
		for (const wrong of [`,1,${'D'.repeat(201)},示例,@`, `,1,DK,${'名'.repeat(201)},@`, ',-5,DK,示例,@'])
			expect(codesOf(file(wrong, ...RING))).toEqual([['boundary-txt.value-not-taken', 8]]);
		expect(codesOf(file(parcel, parcel, ...RING))).toEqual([['boundary-txt.too-few-points', 8]]);
		expect(codesOf(file(parcel, ...RING.slice(0, 2)))).toEqual([['boundary-txt.too-few-points', 8]]);
	});

	it('are read in linear time and no farther than a survey may go', () => {
		const points = (count: number) => Array.from({ length: count }, (_, i) => `J${i},1,${i},20`);
		const parcel = ',1,DK,示例,@';
		expect(codesOf([parcel, ...points(5000), 'J0,1,0,20'].join('\n'))).toEqual([]);
		expect(codesOf([parcel, ...points(60_000)].join('\n'))).toEqual([['boundary-txt.too-many-points', 5003]]);
		expect(codesOf(`${parcel}\n`.repeat(60_000))).toEqual([['boundary-txt.too-many-parcels', 201]]);
		expect(codesOf('?\n'.repeat(200_000))).toHaveLength(100);
	});

	it('are decoded whether they are UTF-8 or GB18030', () => {
		expect(decodeChinese(new TextEncoder().encode('界址点'))).toBe('界址点');
		expect(decodeChinese(Uint8Array.of(0xbd, 0xe7, 0xd6, 0xb7, 0xb5, 0xe3))).toBe('界址点');
	});
});
