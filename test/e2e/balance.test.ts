import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { WireBalanceTable } from '$lib/api/balance.ts';
import { signed } from '$lib/components/balance/exact-figure.ts';
import { convertArea, unitName, type AreaUnit } from '$lib/i18n/format-area.ts';
import { groupDecimal } from '$lib/i18n/format-number.ts';
import {
	expectedChange,
	expectedClassRows,
	integerOf,
	readClassRows,
	readTable,
	section,
} from './balance-screen.ts';
import { zh } from './map-page.ts';
import { expect, listening, test, visit } from './watched-test.ts';
import { ZoneReader } from './zone-reader.ts';

const LEVELS = [1, 2, 3] as const;
const UNITS: readonly AreaUnit[] = ['m2', 'ha', 'mu', 'km2'];

test.use({ viewport: { width: 1366, height: 768 } });

/** Adds the figures on screen up: rows to their totals, columns to the foot, plan and current apart. */
function expectRowsToAdd(rows: readonly string[][], { decimals, columns }: WireBalanceTable): void {
	const values = rows.map((cells) => cells.slice(1, -1).map((figure) => integerOf(figure, decimals)));
	const foot = values[values.length - 1];
	const sum = (parts: readonly bigint[]) => parts.reduce((total, part) => total + part, 0n);
	for (const coverage of [0, 1]) {
		const mine = (row: readonly bigint[]) => row.filter((_, i) => i % 2 === coverage);
		for (const row of values) expect(sum(mine(row).slice(0, -1))).toBe(mine(row)[columns.length]);
		mine(foot).forEach((total, i) => {
			expect(sum(values.slice(0, -1).map((row) => mine(row)[i]))).toBe(total);
		});
	}
}

async function choose(page: Page, group: string, option: string): Promise<void> {
	const radio = page
		.getByRole('radiogroup', { name: group })
		.getByRole('radio', { name: option, exact: true });
	await radio.check({ force: true });
	await expect(page.locator('.balance')).toHaveAttribute('aria-busy', 'false');
}

test('the figures on screen are those of the API and add up, at every level and in every unit', async ({
	page,
	origin,
}) => {
	test.setTimeout(120_000);
	const reader = new ZoneReader(origin);
	await visit(page, '/balance');
	for (const level of LEVELS) {
		await choose(page, zh('balance.level'), zh(`balance.level${level}`));
		for (const unit of UNITS) {
			await choose(page, zh('balance.unit'), unitName(unit, 'zh'));
			const balance = await reader.balance(`level=${level}&unit=${unit}`);
			const [plan, current] = balance.tables;
			expect([plan.coverageId, current.coverageId]).toEqual(['plan', 'current']);
			await expect.poll(() => readClassRows(page)).toEqual(expectedClassRows(plan, current));
			expectRowsToAdd(await readClassRows(page), plan);
			await expect(page.getByText(zh('balance.adds'))).toBeVisible();
			if (balance.change === null) throw new Error('the office has no change matrix');
			const matrix = await readTable(section(page, 'change').getByRole('grid'));
			expect(matrix.map((cells) => cells.slice(1))).toEqual(expectedChange(balance.change));
		}
	}
});

test('the totals compared are those of the API, with verdicts and their sources', async ({
	page,
	origin,
}) => {
	const reader = new ZoneReader(origin);
	const [zone, balance] = await Promise.all([reader.zone(), reader.balance('level=1&unit=km2')]);
	await visit(page, '/balance?unit=km2');
	const km2 = (areaM2: string | null) => groupDecimal(convertArea(areaM2 ?? '', 'km2'));
	const expected = balance.totals.map((total) => [
		zone.parks.find((park) => park.parkId === total.parkId)?.nameZh ?? zh('balance.zoneRow'),
		String(Number(total.nominalM2) / 1e6),
		km2(total.outlineM2),
		signed(total.outlineMinusNominalM2 ?? ''),
		km2(total.outlinePlanarM2),
		signed(total.planarMinusOutlineM2),
		km2(total.planM2),
		signed(total.planMinusOutlineM2),
		km2(total.currentM2),
		signed(total.currentMinusOutlineM2 ?? ''),
	]);
	const table = section(page, 'totals').getByRole('table');
	const rows = await readTable(table);
	expect(rows.map((cells) => cells.slice(0, -1))).toEqual(expected);
	expect(expected.map(([, nominal]) => nominal)).toEqual(['243', '7', '33', '74', '357']);
	const words = { within: zh('balance.within'), outside: zh('balance.outsideTolerance') };
	balance.totals.forEach(({ verdict }, i) => {
		expect(rows[i].at(-1)).toContain(words[verdict.verdict as 'within' | 'outside']);
	});
	const place = zone.parks[0].nameZh;
	await page.getByRole('button', { name: zh('balance.sourcesOf', { place }) }).click();
	await expect(table).toContainText(balance.totals[0].nominalSource ?? 'no source');
	await expect(table).toContainText(balance.totals[0].verdict.source ?? 'no source');
	for (const figure of ['243', '7', '33', '74', '357']) {
		await expect(section(page, 'equation').getByText(figure, { exact: true })).toBeVisible();
	}
	const named = await section(page, 'exceptions').innerText();
	for (const one of balance.exceptions) expect(named).toContain(zh(`balance.${one.kind}`));
});

test('the CSV is that of the API, says that the data are synthetic, and has the numbers on screen', async ({
	page,
	origin,
}) => {
	const reader = new ZoneReader(origin);
	await visit(page, '/balance?level=2&unit=mu');
	const arrives = page.waitForEvent('download');
	await page.getByRole('link', { name: zh('balance.csv') }).click();
	const download = await arrives;
	expect(download.suggestedFilename()).toMatch(/^balance-shenyang-.*level2-mu\.csv$/);
	const text = await readFile(await download.path(), 'utf8');
	expect(text).toBe(`\uFEFF${await reader.balanceCsv('level=2&unit=mu')}`);
	expect(text.split('\r\n')[0]).toContain('示意数据');
	const rows = text.split('\r\n').map((line) => line.split(','));
	const { tables } = await reader.balance('level=2&unit=mu');
	for (const table of tables) {
		const total = rows.find((cells) => cells.includes(table.total) && cells.includes(table.columnTotals[0]));
		expect(total).toEqual(expect.arrayContaining([...table.columnTotals, table.total]));
	}
	const planRows = await readClassRows(page);
	const [first] = tables[0].lines;
	expect(planRows.find(([code]) => code === first.code)?.at(-3)).toBe(groupDecimal(first.total));
	expect(rows.some((cells) => cells[1] === first.code && cells.includes(first.total))).toBe(true);
});

test('the address holds level, unit and place; back goes to the view before', async ({ page }) => {
	await visit(page, '/balance');
	await choose(page, zh('balance.level'), zh('balance.level2'));
	await expect(page).toHaveURL(/level=2/);
	await page.getByLabel(zh('balance.focus')).selectOption('dadong');
	await expect(page).toHaveURL(/park=dadong/);
	await expect(section(page, 'change')).toContainText('大东分园');
	await page.reload();
	await listening(page);
	await expect(page.getByLabel(zh('balance.focus'))).toHaveValue('dadong');
	await page.goBack();
	await expect(page).not.toHaveURL(/park=/);
	await expect(page.getByRole('radio', { name: zh('balance.level2') })).toBeChecked();
});

test('a class of the balance points to its parcels on the map', async ({ page }) => {
	await visit(page, '/balance?level=3');
	const row = section(page, 'classes').getByRole('row', { name: /创新型产业用地/ });
	await row.getByRole('link').click();
	await expect(page.locator('[data-state="idle"] canvas')).toBeVisible({ timeout: 40_000 });
	const legend = page.locator('section[aria-labelledby="legend-title"]');
	await expect(legend.getByRole('button', { pressed: true })).toHaveText([/MX/]);
});

test('the mark of synthetic data is on map, balance, parcel page and about page', async ({ page }) => {
	for (const path of ['/', '/balance', '/parcel/shenyang/plan/1', '/about']) {
		await visit(page, path);
		await expect(page.getByText(zh('shell.synthetic')).first()).toBeVisible();
	}
});

test('a table that goes on to the right says so until its end is in sight', async ({ page }) => {
	await visit(page, '/balance');
	const change = section(page, 'change');
	const cue = change.getByText(zh('balance.moreColumns'));
	await expect(cue).toBeVisible();
	await change.getByRole('grid').evaluate((table) => table.parentElement?.scrollTo({ left: 1e6 }));
	await expect(cue).toBeHidden();
	await expect(section(page, 'classes').getByText(zh('balance.moreColumns'))).toBeHidden();
});

test('the head of the class table stays in sight under the top bar', async ({ page }) => {
	await visit(page, '/balance?level=3');
	const classes = section(page, 'classes');
	await classes.getByRole('row').nth(20).scrollIntoViewIfNeeded();
	await page.mouse.move(600, 400);
	await page.mouse.wheel(0, 400);
	const bar = await page.getByRole('banner').boundingBox();
	const head = classes.getByRole('columnheader').first();
	await expect.poll(async () => (await head.boundingBox())?.y).toBeCloseTo(bar?.height ?? NaN, 0);
});

test('a named line leads to its parcels on the map, and to nothing else', async ({ page }) => {
	await visit(page, '/balance');
	const link = section(page, 'classes').getByRole('link', { name: zh('balance.unclassifiedLine') });
	await expect(link).toHaveAttribute('href', /[?&]only=none(&|$)/);
});
