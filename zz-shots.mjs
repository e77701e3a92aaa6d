import { chromium } from '@playwright/test';
const [base, out, who, password, ...jobs] = process.argv.slice(2);
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const first = await b.newContext();
const f = await first.newPage();
await f.goto(base + '/sign-in');
await f.fill('input[type=email]', who);
await f.fill('input[type=password]', password);
await Promise.all([f.waitForURL((u) => !u.pathname.startsWith('/sign-in'), { timeout: 30000 }), f.click('button[type=submit]:has-text("登录"), main form button[type=submit]')]);
const state = await first.storageState();
for (const job of jobs) {
	const [name, path, locale = 'zh', theme = 'light', size = '1366x768', full = ''] = job.split('|');
	const [width, height] = size.split('x').map(Number);
	const c = await b.newContext({ viewport: { width, height }, storageState: state, isMobile: width < 600, hasTouch: width < 600 });
	await c.addCookies([{ name: 'locale', value: locale, url: base }, { name: 'theme', value: theme, url: base }]);
	const p = await c.newPage();
	p.on('pageerror', (e) => console.log(name, 'ERROR', e.message));
	await p.goto(base + path);
	await p.waitForLoadState('networkidle').catch(() => {});
	if (await p.locator('canvas').count()) await p.waitForSelector('[data-state="idle"] canvas', { timeout: 40000 }).catch(() => console.log('no idle', name));
	await p.waitForTimeout(700);
	await p.screenshot({ path: `${out}/${name}.png`, fullPage: full === 'full' });
	await c.close();
}
await b.close();
