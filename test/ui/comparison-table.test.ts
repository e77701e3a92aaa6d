import { describe, expect, it } from 'vitest';
import type { WireComparison } from '$lib/api/history.ts';
import { comparedTable } from '$lib/components/history/comparison-table.ts';

const line = (code: string) => ({
	line: 'class' as const,
	classKey: `cn-land-use/2023/${code}`,
	code,
	nameZh: code,
	nameEn: code,
});
const cell = (from: number, to: number, areaM2: string) => ({ from, to, areaM2 });
const COMPARISON: WireComparison = {
	coverageId: 'plan',
	from: 1,
	to: 2,
	level: 1,
	counts: {},
	withheld: 0,
	changes: [],
	groups: [],
	isCut: false,
	lines: [line('07'), line('09'), line('14')],
	matrices: [
		{
			place: 'inside',
			parkId: 'hunnan',
			cells: [cell(0, 0, '100.05'), cell(0, 2, '0.10'), cell(1, 1, '7.00'), cell(2, 2, '3.00')],
			totalM2: '110.15',
		},
		{ place: 'outside', parkId: null, cells: [cell(2, 0, '0.30')], totalM2: '0.30' },
	],
};

describe('the classes of two revisions', () => {
	it('are told where they gave or took ground, gains exact and adding up to nothing', () => {
		const { rows, gainTotal } = comparedTable(COMPARISON, null);
		expect(rows).toEqual([
			{ line: 0, before: '100.15', after: '100.35', gain: '0.20', became: ['100.05', '0.10'] },
			{ line: 2, before: '3.30', after: '3.10', gain: '-0.20', became: ['0.30', '3.00'] },
		]);
		expect(gainTotal).toBe('0.00');
	});

	it('are told for one place alone', () => {
		expect(comparedTable(COMPARISON, 0).rows.map(({ gain }) => gain)).toEqual(['-0.10', '0.10']);
	});
});
