import { balanceSchema, type WireBalance } from '$lib/api/balance.ts';
import { fileWords } from '$lib/i18n/file-text.ts';
import type { Balance } from '../service/balance.ts';

type NamedLine = 'unclassified' | 'withheld' | 'uncovered';

interface Line {
	readonly line: 'class' | NamedLine;
	readonly nameZh: string | null;
	readonly nameEn: string | null;
}

const zh = fileWords('zh');
const en = fileWords('en');

function named<L extends Line>(entry: L): L & { nameZh: string; nameEn: string } {
	const [own, { nameZh, nameEn }] = [entry.line, entry];
	if (own === 'class') return { ...entry, nameZh: nameZh ?? '', nameEn: nameEn ?? '' };
	return { ...entry, nameZh: zh(own), nameEn: en(own) };
}

/** A balance as it is sent: the lines that are no class get the names that the words give them. */
export function balanceAnswer(balance: Balance): WireBalance {
	const { tables, change } = balance;
	return balanceSchema.parse({
		...balance,
		tables: tables.map((table) => ({ ...table, lines: table.lines.map(named) })),
		change:
			change === null
				? null
				: { ...change, rows: change.rows.map(named), columns: change.columns.map(named) },
	});
}
