import { TOUCH } from './journey-hand.ts';
import { expect, test } from './watched-test.ts';
import { goWholeWay } from './whole-journey.ts';
import { axeFindings } from './axe-findings.ts';

// Among the last files: what it publishes, later readers see.

const SCREENSHOTS = 'test/output/screenshots';

test('the whole way of a draft goes by touch on a phone', async ({ openContext, traffic, baseURL }) => {
	test.setTimeout(360_000);
	await goWholeWay({
		...{ openContext, traffic, baseURL, hand: TOUCH, title: '触屏编制', near: [123.45, 41.715] },
		...{ authorName: 'planner-b', approverName: 'director' },
		look: async (moment, { author, boss }) => {
			if (moment !== 'split' && moment !== 'balance' && moment !== 'refused') return;
			const { page } = boss ?? author;
			expect(await axeFindings(page), moment).toEqual([]);
			await page.screenshot({ path: `${SCREENSHOTS}/draft-phone-${moment}-zh-light.png` });
		},
	});
});
