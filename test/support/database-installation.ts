import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** A PostgreSQL installation of a test's own: links to the system's, but for the server program and what the test changes. */
export interface Installation {
	readonly binDir: string;
	/** Folder of control files and scripts, each a link. */
	readonly extensionDir: string;
	/** Folder of loadable libraries, each a link. */
	readonly libraryDir: string;
}

/** Links an installation into `folder`, in the same shape: the server finds its other folders from where its program lies. */
export async function copyInstallation(binDir: string, folder: string): Promise<Installation> {
	const [shareDir, systemLibraryDir] = ['--sharedir', '--pkglibdir'].map((flag) => {
		const found = spawnSync(join(binDir, 'pg_config'), [flag], { encoding: 'utf8' });
		if (found.status !== 0) throw new Error(`pg_config: ${found.stderr || found.error?.message}`);
		return found.stdout.trim();
	});
	const placed = (path: string) => join(folder, relative('/', path));
	const extensionDir = join(placed(shareDir), 'extension');
	const libraryDir = placed(systemLibraryDir);
	await linkAll(shareDir, placed(shareDir), ['extension']);
	await linkAll(join(shareDir, 'extension'), extensionDir);
	await linkAll(systemLibraryDir, libraryDir);
	await mkdir(placed(binDir), { recursive: true });
	await copyFile(join(binDir, 'postgres'), join(placed(binDir), 'postgres'));
	return { binDir: placed(binDir), extensionDir, libraryDir };
}

/** Takes the files away whose names match. */
export async function removeFiles(folder: string, pattern: RegExp): Promise<void> {
	const names = (await readdir(folder)).filter((name) => pattern.test(name));
	await Promise.all(names.map((name) => rm(join(folder, name))));
}

/** Puts another file in the place of a link. */
export async function replaceFile(folder: string, name: string, text: string): Promise<void> {
	await rm(join(folder, name));
	await writeFile(join(folder, name), text);
}

async function linkAll(from: string, to: string, without: readonly string[] = []): Promise<void> {
	await mkdir(to, { recursive: true });
	const names = (await readdir(from)).filter((name) => !without.includes(name));
	await Promise.all(names.map((name) => symlink(join(from, name), join(to, name))));
}
