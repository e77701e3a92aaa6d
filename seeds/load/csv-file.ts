import { readFile } from 'node:fs/promises';
import { ZoneFolderError } from './zone-folder-error.ts';

/** Reads a CSV file with a header row into records; quoted fields may hold commas, quotes and line ends. O(characters). */
export async function readCsvFile(
	file: string,
	columns: readonly string[],
): Promise<Record<string, string>[]> {
	const rows = parseCsv((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
	const header = rows.shift() ?? [];
	const missing = columns.filter((column) => !header.includes(column));
	if (missing.length > 0) throw new ZoneFolderError(file, `column ${missing.join(', ')} is missing`);
	return rows.map((row, index) => {
		if (row.length !== header.length)
			throw new ZoneFolderError(file, `row ${index + 2} has ${row.length} fields, not ${header.length}`);
		return Object.fromEntries(header.map((name, i) => [name, row[i]]));
	});
}

function parseCsv(text: string): string[][] {
	const rows: string[][] = [];
	const field = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/gy;
	let row: string[] = [];
	while (field.lastIndex < text.length) {
		const match = field.exec(text);
		if (match === null) break;
		const [, raw, end] = match;
		row.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
		if (end !== ',') {
			rows.push(row);
			row = [];
		}
	}
	return rows;
}
