import { describe, expect, it } from 'vitest';
import { readPlotCodeList } from '$lib/domain/supply/plot-code-list.ts';

const CODE = '211103001001GB00001';
const UNIT = `${CODE}W00000000`;
const issues = (text: string) => readPlotCodeList(text).map(({ line, issue }) => [line, issue?.code ?? null]);

describe('a list of codes of plots', () => {
	it('has a line for each plot, by tabs, commas or semicolons, after a heading and blank lines', () => {
		const text = `宗地,宗地代码\r\n\r\n12\t${CODE.toLowerCase()}\t\t监管1号\n13,"${UNIT.slice(0, 18)}2";\n14;;${UNIT}`;
		expect(readPlotCodeList(text)).toEqual([
			{
				...{ line: 3, key: '12', plotNo: 12, cadastralCode: CODE, unitCode: null },
				...{ supervisionNumber: '监管1号', issue: null },
			},
			{
				...{ line: 4, key: '13', plotNo: 13, cadastralCode: `${CODE.slice(0, 18)}2`, unitCode: null },
				...{ supervisionNumber: null, issue: null },
			},
			{
				...{ line: 5, key: '14', plotNo: 14, cadastralCode: null, unitCode: UNIT },
				...{ supervisionNumber: null, issue: null },
			},
		]);
		expect(readPlotCodeList('')).toEqual([]);
	});

	it('refuses lines that give no code, name no plot, name one again or a code that is not well-formed', () => {
		const lines = [`1,${CODE}`, '2,,,监管2号', `x3,${CODE}`, `0,${CODE}`, `1,${CODE}`, '4,123', `5,${CODE}`];
		expect(issues(lines.join('\n'))).toEqual([
			[1, null],
			[2, 'list.cell-missing'],
			[3, 'list.plot-unknown'],
			[4, 'list.plot-unknown'],
			[5, 'plot.repeated'],
			[6, 'plot.code-form'],
			[7, null],
		]);
		expect(issues(`6,${CODE},${UNIT.replace('GB00001', 'GB00002')}`)).toEqual([[1, 'plot.codes-differ']]);
	});
});
