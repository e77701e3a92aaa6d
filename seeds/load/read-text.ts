import { readFile } from 'node:fs/promises';
import { ZoneFolderError } from './zone-folder-error.ts';

const FAILURES: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	ENOTDIR: 'a file stands in its path',
	EISDIR: 'a folder stands in its place',
	EACCES: 'this user may not read it',
	EPERM: 'this user may not read it',
};

/** Reads a file of a seed as UTF-8, without a byte order mark. Throws a ZoneFolderError that says why it cannot. */
export async function readText(file: string): Promise<string> {
	try {
		return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
	} catch (error) {
		const { code = '', message } = error as NodeJS.ErrnoException;
		throw new ZoneFolderError(file, FAILURES[code] ?? message, error);
	}
}
