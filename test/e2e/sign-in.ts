import type { Page } from '@playwright/test';
import { zh } from './map-page.ts';
import { expect, visit } from './watched-test.ts';

/** Signs in at a page in Chinese. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
	await visit(page, '/sign-in');
	await page.getByLabel(zh('account.email'), { exact: true }).fill(email);
	await page.getByLabel(zh('account.password'), { exact: true }).fill(password);
	await page
		.getByRole('main')
		.getByRole('button', { name: zh('account.signIn'), exact: true })
		.click();
}

/** Signs in as one of the sample people of the demo: the part of the e-mail before the @. */
export async function signInAs(page: Page, sample: string): Promise<void> {
	await signIn(page, `${sample}@shenyang.invalid`, process.env['YUANTU_TEST_SAMPLE_PASSWORD'] ?? '');
	await expect(page).not.toHaveURL(/sign-in/);
}
