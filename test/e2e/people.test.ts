import type { Page } from '@playwright/test';
import { issueText } from '$lib/i18n/issue-text.ts';
import { axeFindings } from './axe-findings.ts';
import { zh } from './map-page.ts';
import { signIn } from './sign-in.ts';
import { expect, listening, test, visit } from './watched-test.ts';

const SCREENSHOTS = 'test/output/screenshots';
const ADMINISTRATOR = 'admin@yuantu.invalid';
const NEW_PASSWORD = 'paper boats on the Hun river';
const INVITED = 'li-ce-shi@office.invalid';

const oneTimePassword = () => process.env['YUANTU_TEST_ONE_TIME_PASSWORD'] ?? '';
const samplePassword = () => process.env['YUANTU_TEST_SAMPLE_PASSWORD'] ?? '';

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const button = (page: Page, name: string) =>
	page.getByRole('main').getByRole('button', { name, exact: true });

/** Looks at a page in both themes: nothing serious, nothing wider than the screen, a picture of each. */
async function inspect(page: Page, name: string): Promise<void> {
	// Colours change at once.
	await page.emulateMedia({ reducedMotion: 'reduce' });
	for (const theme of ['light', 'dark']) {
		await page.evaluate((value) => (document.documentElement.dataset.theme = value), theme);
		expect(await axeFindings(page), `${name} ${theme}`).toEqual([]);
		const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		expect(over, name).toBeLessThanOrEqual(0);
		await page.screenshot({ path: `${SCREENSHOTS}/${name}-${theme}.png`, fullPage: true });
	}
}

test('an administrator changes the one-time password, adds a person and grants roles', async ({
	page,
	openContext,
	baseURL,
}) => {
	test.setTimeout(120_000);
	await visit(page, '/about');
	await page
		.getByRole('banner')
		.getByRole('link', { name: zh('account.signIn') })
		.click();
	await expect(page).toHaveURL(/\/sign-in\?to=%2Fabout$/);

	// By keyboard alone.
	await field(page, zh('account.email')).focus();
	await page.keyboard.type(ADMINISTRATOR);
	await page.keyboard.press('Tab');
	await page.keyboard.type('not the password');
	await page.keyboard.press('Enter');
	await expect(field(page, zh('account.password'))).toHaveAccessibleDescription(
		issueText('zh', { code: 'sign-in.refused' }),
	);
	await expect(field(page, zh('account.email'))).toHaveValue(ADMINISTRATOR);
	await inspect(page, 'sign-in-refused');
	await field(page, zh('account.password')).focus();
	await page.keyboard.press('ControlOrMeta+A');
	await page.keyboard.type(oneTimePassword());
	await page.keyboard.press('Enter');

	await expect(page).toHaveURL(/\/account\/password$/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(zh('account.oneTimeTitle'));
	const change = async (wanted: string, again = wanted) => {
		await field(page, zh('account.currentPassword')).fill(oneTimePassword());
		await field(page, zh('account.newPassword')).fill(wanted);
		await field(page, zh('account.newPasswordAgain')).fill(again);
		await button(page, zh('account.save')).click();
	};
	await change('Pass-Word 1234');
	await expect(field(page, zh('account.newPassword'))).toHaveAccessibleDescription(
		issueText('zh', { code: 'password.common' }),
	);
	await inspect(page, 'password-refused');
	await change(NEW_PASSWORD, 'something else');
	await expect(field(page, zh('account.newPasswordAgain'))).toHaveAccessibleDescription(
		issueText('zh', { code: 'password.differs' }),
	);
	await change(NEW_PASSWORD);
	await expect(page).toHaveURL(/\/account$/);
	await inspect(page, 'account');

	const menu = page.getByRole('banner').locator('summary');
	await menu.focus();
	await page.keyboard.press('Enter');
	await page
		.getByRole('banner')
		.getByRole('link', { name: zh('account.people') })
		.focus();
	await page.keyboard.press('Escape');
	await expect(menu).toBeFocused();
	await page.keyboard.press('Enter');
	await page
		.getByRole('banner')
		.getByRole('link', { name: zh('account.people') })
		.click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('沈阳');

	await field(page, zh('account.email')).fill(INVITED);
	await field(page, zh('account.name')).fill('李测试');
	const invite = page.getByRole('region', { name: zh('account.invite') });
	await invite.getByLabel(zh('account.role'), { exact: true }).selectOption('planner');
	await invite.getByLabel(zh('account.park'), { exact: true }).selectOption('hunnan');
	await invite.getByLabel(zh('account.office'), { exact: true }).selectOption('sample-branch');
	await button(page, zh('account.add')).first().click();
	const oneTime = await page.getByRole('status').locator('code').innerText();
	expect(oneTime).toHaveLength(23);

	const card = page.getByRole('listitem').filter({ hasText: INVITED }).first();
	await expect(card).toContainText('浑南片区');
	await card.getByText(zh('account.manage'), { exact: true }).click();
	await card.getByLabel(zh('account.role'), { exact: true }).selectOption('planner');
	await card.getByLabel(zh('account.park'), { exact: true }).selectOption('hunnan');
	await card.getByRole('button', { name: zh('account.grantRole') }).click();
	await expect(card.getByLabel(zh('account.role'), { exact: true })).toHaveAccessibleDescription(
		issueText('zh', { code: 'role.held' }),
	);
	await inspect(page, 'people');
	await card.getByLabel(zh('account.role'), { exact: true }).selectOption('reviewer');
	await card.getByRole('button', { name: zh('account.grantRole') }).click();
	const roles = card.getByRole('button', { name: zh('account.endRole') });
	await expect(roles).toHaveCount(2);
	await roles.last().click();
	await expect(roles).toHaveCount(1);

	const phone = await openContext({ baseURL, locale: 'zh-CN', viewport: { width: 390, height: 844 } });
	const other = await phone.newPage();
	await signIn(other, INVITED, oneTime);
	await expect(other).toHaveURL(/\/account\/password$/);
	await page.setViewportSize({ width: 390, height: 844 });
	await page
		.getByRole('banner')
		.getByRole('button', { name: zh('shell.menu') })
		.click();
	await page.getByRole('banner').locator('summary').click();
	await inspect(page, 'account-menu-phone');
	await page
		.getByRole('banner')
		.getByRole('button', { name: zh('account.signOut') })
		.click();
	await expect(page).toHaveURL(/\/(\?.*)?$/);
});

test('without JavaScript one signs in, sees the account and signs out', async ({
	openContext,
	baseURL,
	traffic,
}) => {
	// What the page announces is not loaded either.
	traffic.expectFault(/^failed: .*\/_app\/immutable\/.* csp$/);
	const context = await openContext({ baseURL, locale: 'zh-CN', javaScriptEnabled: false });
	await context.addCookies([{ name: 'locale', value: 'en', url: baseURL ?? '' }]);
	const page = await context.newPage();
	await page.goto('/sign-in?to=/account');
	await field(page, 'E-mail').fill('reviewer@shenyang.invalid');
	await field(page, 'Password').fill(samplePassword());
	await button(page, 'Sign in').click();
	await expect(page).toHaveURL(/\/account$/);
	await expect(page.getByRole('main')).toContainText('Reviewer');
	await page.screenshot({ path: `${SCREENSHOTS}/account-en-no-script.png`, fullPage: true });
	await button(page, 'Sign out').click();
	await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
});

test('a sample planner has the office map after signing in, and the public one after signing out', async ({
	openContext,
	baseURL,
}) => {
	const context = await openContext({
		baseURL,
		locale: 'zh-CN',
		extraHTTPHeaders: { 'x-forwarded-for': '203.0.113.7' },
	});
	const page = await context.newPage();
	await signIn(page, 'planner-a@shenyang.invalid', samplePassword());
	await expect(page).toHaveURL(/\/(\?.*)?$/);
	await listening(page);
	const current = page.getByRole('radio', { name: zh('map.coverageCurrent') });
	await expect(current).toHaveCount(1);
	await page.getByRole('banner').locator('summary').click();
	await page.screenshot({ path: `${SCREENSHOTS}/map-signed-in.png` });
	await page.getByRole('button', { name: zh('account.signOut') }).click();
	await expect(page.getByRole('banner').getByRole('link', { name: zh('account.signIn') })).toBeVisible();
	await expect(current).toHaveCount(0);
});
