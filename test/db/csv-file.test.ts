import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCsvFile } from '$seeds/load/csv-file.ts';
import { ZoneFolderError } from '$seeds/load/zone-folder-error.ts';

describe('a CSV file', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'yuantu-csv-'));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	async function read(text: string): Promise<Record<string, string>[]> {
		const file = join(folder, 'list.csv');
		await writeFile(file, text);
		return readCsvFile(file, ['a', 'b']);
	}

	it.each([
		['bare fields', 'a,b\n1,2\n', [{ a: '1', b: '2' }]],
		['no line end after the last row', 'a,b\n1,2', [{ a: '1', b: '2' }]],
		['a last field that is empty at the end of the file', 'a,b\n1,', [{ a: '1', b: '' }]],
		['CRLF and a byte order mark', '\uFEFFa,b\r\n,2\r\n', [{ a: '', b: '2' }]],
		['quoted commas, quotes and line ends', 'a,b\n"x,""y""\nz",""\n', [{ a: 'x,"y"\nz', b: '' }]],
	])('is read with %s', async (_, text, records) => {
		expect(await read(text)).toEqual(records);
	});

	it.each([
		['text after a closing quote', 'a,b\n1,2\n"x"y,3\n', /list\.csv: line 3: a field is not well quoted$/],
		['a quote that never ends', 'a,b\n1,"xyz', /list\.csv: line 2: a field is not well quoted$/],
		['a quote in a bare field', 'a,b\n1,x"y\n', /list\.csv: line 2: a field is not well quoted$/],
		['a row too long', 'a,b\n"1\n1",2\n1,2,3\n', /list\.csv: line 4 has 3 fields, not 2$/],
		['a row too short', 'a,b\n1\n', /list\.csv: line 2 has 1 fields, not 2$/],
		['a column missing', 'a,c\n1,2\n', /list\.csv: column b is missing$/],
		['nothing in it', '', /list\.csv: column a, b is missing$/],
	])('is refused with %s', async (_, text, message) => {
		const error: unknown = await read(text).catch((cause: unknown) => cause);
		expect(error).toBeInstanceOf(ZoneFolderError);
		expect((error as Error).message).toMatch(message);
	});

	it('that is not there is refused by name', async () => {
		const refusal = readCsvFile(join(folder, 'none.csv'), ['a']);
		await expect(refusal).rejects.toBeInstanceOf(ZoneFolderError);
		await expect(refusal).rejects.toThrow(/none\.csv: there is no such file$/);
	});
});
