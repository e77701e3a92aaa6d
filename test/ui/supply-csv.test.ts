import { describe, expect, it } from 'vitest';
import type { WireRegisterRow } from '$lib/api/plot-register.ts';
import type { WireDueList, WireScan, WireSupply } from '$lib/api/supply-wire.ts';
import { csv } from '$lib/server/http/csv.ts';
import { dueTable, scanTable } from '$lib/server/http/land-table.ts';
import { registerTable } from '$lib/server/http/register-table.ts';

const PARKS = [{ parkId: 'east', nameZh: '东园', nameEn: 'East Park' }];
const SUPPLY: WireSupply = {
	...{ supplyNo: 7, plotNo: 3, plotName: '"A", east', parkId: 'east', year: 2026, quarter: 1, editNo: 4 },
	mode: 'grant',
	state: 'granted',
	dueOn: '2026-12-01',
};
const PLOT: WireRegisterRow = {
	...{ plotNo: 3, name: '"A", east', cadastralCode: null, parkId: 'east', supplyNo: 7, holder: '=1+1' },
	...{ formerHolder: null, heldSince: null },
	...{ classKey: 'cn-land-use/2023/100101', areaDm2: 123450, isSynthetic: false, isAstray: false },
	codeStatus: 'none',
	areaKind: 'document',
	mode: 'grant',
	state: 'granted',
	dueOn: '2026-12-01',
};
const lines = async (rows: Parameters<typeof csv>[0]) => {
	const answer = csv(rows, 'x.csv');
	expect(new Uint8Array(await answer.clone().arrayBuffer()).slice(0, 3)).toEqual(
		Uint8Array.of(0xef, 0xbb, 0xbf),
	);
	return (await answer.text()).replace('\uFEFF', '').split('\r\n');
};

describe('a CSV file of land supply', () => {
	it('of plots has a head and a row for each, quoted, without formulas', async () => {
		const [head, row, end] = await lines(registerTable([PLOT], PARKS, 'zh'));
		expect(head).toBe(
			'宗地,宗地名称,宗地代码,代码状态,片区,分类,面积 (m²),面积种类,供地方式,状态,使用权人,到期事项,与现行规划',
		);
		expect(row).toBe(
			`3,"""A"", east",,没有代码,东园,100101,1234.50,文件面积,出让,已出让,'=1+1,2026-12-01,一致`,
		);
		expect(end).toBe('');
	});

	it('of due things says day, amount in yuan and reason', async () => {
		const item: WireDueList['items'][number] = {
			...{ on: '2026-11-01', lateDays: 22, openFen: 123456, indicator: null, supply: SUPPLY },
			kind: 'price',
			why: { reason: 'price.due-after', params: { signedOn: '2026-09-02', days: 60 }, rule: null },
		};
		const [head, row] = await lines(dueTable([item], PARKS, 'en'));
		expect(head.split(',').slice(0, 6)).toEqual([
			...['Day', 'Days late', 'What', 'Indicator', 'Open (yuan)', 'Supply'],
		]);
		expect(row).toMatch(/^2026-11-01,22,[^,]+,,1234\.56,7,"""A"", east",East Park,/);
		expect(row).toMatch(/60/);
	});

	it('of land that waits is of supplies or of batches', async () => {
		const waiting: WireScan['supplies'][number] = {
			...{ supply: SUPPLY, areaDm2: 50000, sinceOn: '2025-01-01', ageDays: 9, idle: null, pauseCause: null },
			...{ missed: ['tax', 'jobs'], lowEfficiency: null, note: null, mayNote: false },
			proposal: 'scan.urge-start',
		};
		const scan = { batches: [], supplies: [waiting] };
		const [, row] = await lines(scanTable('supplied_not_used', scan, PARKS, 'zh'));
		expect(row).toBe('7,"""A"", east",东园,出让,已出让,500.00,2025-01-01,,tax、jobs,建议：催告动工。,,');
		const [head] = await lines(scanTable('approved_not_supplied', scan, PARKS, 'zh'));
		expect(head).toMatch(/^批次,名称,批准日,批准 \(m²\)/);
	});
});
