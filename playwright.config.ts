import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './bin/system-packages.js';

/** End-to-end tests in a real browser, against the built program that `global-setup` starts on a free port. */
export default defineConfig({
	testDir: 'test/e2e',
	outputDir: 'test/output/e2e',
	globalSetup: './test/support/run-for-e2e.ts',
	forbidOnly: true,
	retries: 0,
	workers: 2,
	timeout: 60_000,
	expect: { timeout: 15_000 },
	reporter: [['list'], ['json']],
	use: {
		baseURL: process.env['YUANTU_TEST_ADDRESS'],
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		launchOptions: chromiumLaunch(),
		screenshot: 'only-on-failure',
	},
});
