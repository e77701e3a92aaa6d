import { readText } from './read-text.ts';
import { ZoneFolderError } from './zone-folder-error.ts';

interface CsvRow {
	/** Line of the file on which it begins, from 1. */
	readonly line: number;
	readonly fields: readonly string[];
}

/**
 * Reads a CSV file with a header row into records; quoted fields may hold commas, quotes and line ends. O(characters).
 *
 * A quote inside a bare field, text after a closing quote and a quote without its end are refused, not guessed at. Throws a
 * ZoneFolderError that names file and line.
 */
export async function readCsvFile(
	file: string,
	columns: readonly string[],
): Promise<Record<string, string>[]> {
	const [header, ...rows] = parseCsv(file, await readText(file));
	const names = header?.fields ?? [];
	const missing = columns.filter((column) => !names.includes(column));
	if (missing.length > 0) throw new ZoneFolderError(file, `column ${missing.join(', ')} is missing`);
	return rows.map(({ line, fields }) => {
		if (fields.length !== names.length)
			throw new ZoneFolderError(file, `line ${line} has ${fields.length} fields, not ${names.length}`);
		return Object.fromEntries(names.map((name, i) => [name, fields[i]]));
	});
}

function parseCsv(file: string, text: string): CsvRow[] {
	const rows: CsvRow[] = [];
	const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/gy;
	let line = 1;
	let begun = line;
	let fields: string[] = [];
	while (field.lastIndex < text.length || fields.length > 0) {
		const match = field.exec(text);
		if (match === null) throw new ZoneFolderError(file, `line ${line}: a field is not well quoted`);
		const [whole, raw, end] = match;
		fields.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
		line += whole.split('\n').length - 1;
		if (end === ',') continue;
		rows.push({ line: begun, fields });
		fields = [];
		begun = line;
	}
	return rows;
}
