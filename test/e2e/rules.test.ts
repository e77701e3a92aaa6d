import { ruleListSchema } from '$lib/api/rule.ts';
import { findingsSchema, plotListSchema, supplyListSchema } from '$lib/api/supply.ts';
import { issueText } from '$lib/i18n/issue-text.ts';
import { ruleKeyText } from '$lib/i18n/rule-key-text.ts';
import { ruleTranslator } from '$lib/i18n/rule-page-text.ts';
import { axeFindings } from './axe-findings.ts';
import { LIST, OFFER, s, SupplyHand } from './supply-hand.ts';
import { expect, test, visit } from './watched-test.ts';

const r = ruleTranslator('zh');
const SCREENSHOTS = 'test/output/screenshots';
const API = '/api/v1/zones/shenyang';
const KEY = 'mx.far-max';
const NAME = ruleKeyText('zh', KEY) ?? '';

test('an approver sets a rule of MX land from today on, an offer is asked by it, and a mistake is voided', async ({
	page,
}) => {
	test.setTimeout(90_000);
	// Colours that change over are no colours to be read.
	await page.emulateMedia({ reducedMotion: 'reduce' });
	const approver = await SupplyHand.signedIn(page, 'approver');
	await visit(page, `${LIST}/rules`);
	await page.getByLabel(r('search'), { exact: true }).fill(KEY);
	await approver.button(s('filterApply')).click();
	await expect(page).toHaveURL(/words=mx\.far-max/);
	const row = page.getByRole('row', { name: KEY });
	await expect(row).toContainText(s('ruleNoValue'));

	await approver.button(`${r('set')} ${NAME}`).click();
	await approver.button(r('setAct')).click();
	await expect(approver.field(r('source'))).toHaveAccessibleDescription(r('missing'));
	await approver.field(r('valuePlain')).fill('三');
	await approver.field(r('source')).fill('示例通知 1 号');
	await approver.button(r('setAct')).click();
	await expect(approver.field(r('valuePlain'))).toHaveAccessibleDescription(
		issueText('zh', { code: 'rule.value-form' }),
	);
	await approver.field(r('valuePlain')).fill('3.5');
	await approver.button(r('setAct')).click();
	await expect(row).toContainText(s('at_most', { value: '3.5' }));
	await expect(row).toContainText('示例通知 1 号');

	const { plots } = plotListSchema.parse(await (await page.request.get(`${API}/plots?limit=200`)).json());
	const mx = new Set(plots.filter(({ classCode }) => classCode === 'MX').map(({ plotNo }) => plotNo));
	const listed = await page.request.get(`${API}/supplies?state=programmed&limit=200`);
	const { supplies } = supplyListSchema.parse(await listed.json());
	const supply = supplies.find(({ plotNo }) => mx.has(plotNo));
	if (supply === undefined) throw new Error('no programmed supply of MX land');
	const asked = { event: 'offer', facts: { ...OFFER, leaseMonths: null, grantYears: 40 } };
	const { findings } = await approver.send(findingsSchema, `/supplies/${supply.supplyNo}/questions`, asked);
	expect(findings.flatMap(({ rule }) => (rule?.key === KEY ? [rule] : []))).toMatchObject([
		{ value: '3.5', source: '示例通知 1 号' },
	]);

	await page.getByRole('button', { name: `${r('history', { count: 3 })} ${NAME}` }).click();
	const history = page.getByRole('listitem').filter({ hasText: '示例通知 1 号' });
	await expect(history).toContainText(r('inForce'));
	for (const [theme, width] of [
		['light', 1366],
		['dark', 375],
	] as const) {
		await page.setViewportSize({ width, height: 768 });
		await page.evaluate((value) => (document.documentElement.dataset.theme = value), theme);
		expect(await axeFindings(page), theme).toEqual([]);
		expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
			0,
		);
		await page.screenshot({ path: `${SCREENSHOTS}/rule-history-${theme}-${width}.png`, fullPage: true });
	}
	await page.setViewportSize({ width: 1366, height: 768 });
	await history.getByRole('button', { name: r('void') }).click();
	await page.getByLabel(s('field_reason'), { exact: true }).fill('填错了');
	await approver.button(s('actCheck')).click();
	const voided = r('voidOf', { value: s('at_most', { value: '3.5' }) });
	await approver.button(s('recordConfirm', { what: voided })).click();
	await expect(history).toContainText(r('voided'));
	await expect(row).toContainText(s('ruleNoValue'));

	const { rules } = ruleListSchema.parse(await (await page.request.get(`${API}/supply-rules`)).json());
	expect(rules.find(({ setBy }) => setBy !== null)).toMatchObject({ voidReason: '填错了' });
});
