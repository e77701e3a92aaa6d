import { KEYS } from './journey-hand.ts';
import { test } from './watched-test.ts';
import { goWholeWay } from './whole-journey.ts';

// Among the last files: what it publishes, later readers see.

test('the whole way of a draft goes by the keyboard alone', async ({ openContext, traffic, baseURL }) => {
	test.setTimeout(360_000);
	await goWholeWay({
		...{ openContext, traffic, baseURL, hand: KEYS, title: '键盘编制', near: [123.47, 41.69] },
		...{ authorName: 'planner-b', approverName: 'approver' },
	});
});
