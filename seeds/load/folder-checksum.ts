import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** SHA-256, hex, over the names and bytes of a folder's files; subfolders and notes (.md) do not count. */
export async function folderChecksum(folder: string): Promise<string> {
	const entries = await readdir(folder, { withFileTypes: true });
	const names = entries
		.filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
		.map(({ name }) => name);
	const hash = createHash('sha256');
	for (const name of names.sort()) {
		const bytes = await readFile(join(folder, name));
		hash.update(`${name}\n${bytes.length}\n`).update(bytes);
	}
	return hash.digest('hex');
}
