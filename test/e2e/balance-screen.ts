import type { Locator, Page } from '@playwright/test';
import type { WireBalance, WireBalanceTable } from '$lib/api/balance.ts';
import { groupDecimal } from '$lib/i18n/format-number.ts';

/** The texts of a table's body and foot, cell by cell, without small print. */
export function readTable(table: Locator): Promise<string[][]> {
	return table.evaluate((element) =>
		[...element.querySelectorAll('tbody tr, tfoot tr')].map((row) =>
			[...row.querySelectorAll('th, td')].map((cell) => {
				const plain = cell.cloneNode(true) as HTMLElement;
				for (const note of plain.querySelectorAll('small')) note.remove();
				return plain.textContent?.replace(/[ \t\n]+/g, ' ').trim() ?? '';
			}),
		),
	);
}

/** The section of the balance page under a heading. */
export const section = (page: Page, id: string): Locator => page.locator(`section[aria-labelledby="${id}"]`);

/** Reads a figure off the screen as an integer of its last decimal. */
export function integerOf(figure: string, decimals: number): bigint {
	const plain = figure.replaceAll('\u202f', '').replace('\u2212', '-');
	if (plain === '·') return 0n;
	const [whole, fraction = ''] = plain.split('.');
	return BigInt(whole + fraction.padEnd(decimals, '0'));
}

const shown = (figure: string, zero = '0'): string => (Number(figure) === 0 ? zero : groupDecimal(figure));

/** The rows that the class table must show: plan and current side by side, then the totals. */
export function expectedClassRows(plan: WireBalanceTable, current: WireBalanceTable | null): string[][] {
	const keyOf = (line: WireBalanceTable['lines'][number]) => line.classKey ?? line.line;
	const plans = new Map(plan.lines.map((line) => [keyOf(line), line]));
	const currents = new Map((current?.lines ?? []).map((line) => [keyOf(line), line]));
	const codeOf = (key: string) => (plans.get(key) ?? currents.get(key))?.code ?? '\uffff';
	const keys = [...new Set([...plans.keys(), ...currents.keys()])];
	keys.sort((a, b) => (codeOf(a) < codeOf(b) ? -1 : 1));
	const pairs = (planned: readonly string[], surveyed: readonly string[]) =>
		planned.flatMap((figure, i) =>
			current === null ? [shown(figure)] : [shown(figure), shown(surveyed[i])],
		);
	const zeros = [...plan.columns, 'total'].map(() => '0');
	const figures = (line: WireBalanceTable['lines'][number] | undefined) =>
		line === undefined ? zeros : [...line.cells, line.total];
	const rows = keys.map((key) => [
		codeOf(key).replace('\uffff', ''),
		...pairs(figures(plans.get(key)), figures(currents.get(key))),
		groupDecimal(String(plans.get(key)?.parcels ?? 0)),
	]);
	const parcels = plan.lines.reduce((sum, line) => sum + line.parcels, 0);
	const totals = pairs(
		[...plan.columnTotals, plan.total],
		current === null ? [] : [...current.columnTotals, current.total],
	);
	return [...rows, ['', ...totals, groupDecimal(String(parcels))]];
}

/** The rows that the class table shows, without names and shares. */
export async function readClassRows(page: Page): Promise<string[][]> {
	const rows = await readTable(section(page, 'classes').getByRole('table'));
	return rows.map((cells) => {
		const code = /^([A-Z0-9]+) /.exec(cells[0])?.[1] ?? '';
		return [code, ...cells.slice(1, -2), cells.at(-1) ?? ''];
	});
}

/** The figures that the matrix of planned against current must show, totals included. */
export function expectedChange(change: NonNullable<WireBalance['change']>): string[][] {
	const rows = change.cells.map((cells, r) => [
		...cells.map((figure) => shown(figure, '·')),
		groupDecimal(change.rowTotals[r]),
	]);
	return [...rows, [...change.columnTotals.map(groupDecimal), groupDecimal(change.total)]];
}
