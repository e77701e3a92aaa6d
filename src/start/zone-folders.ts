import { access, constants, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { listGeometryFiles, readZoneFile } from '$seeds/load/zone-file.ts';
import { ZoneFolderError } from '$seeds/load/zone-folder-error.ts';
import { codeOf, StartProblem } from './start-problem.ts';

/**
 * Refuses an entry of ZONE_FOLDERS that is not the folder of a zone, before anything slow begins: its description must be whole and
 * the files that it names be there. What is in those files is the loader's to check.
 */
export async function checkZoneFolders(root: string, folders: readonly string[]): Promise<void> {
	for (const entry of folders) await checkZoneFolder(entry, resolve(root, entry));
}

async function checkZoneFolder(entry: string, folder: string): Promise<void> {
	const refuse = (reason: string, remedy: string, cause?: unknown) =>
		new StartProblem(`ZONE_FOLDERS names ${entry}, ${reason}: ${remedy}`, { cause });
	const nameAnother = 'name the folder of a zone, such as seeds/shenyang';
	const found = await stat(folder).catch((error: unknown) => {
		const isAbsent = ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
		const reason = isAbsent ? 'which does not exist' : `which cannot be read (${codeOf(error)})`;
		throw refuse(reason, 'correct it', error);
	});
	if (!found.isDirectory()) throw refuse('which is a file', nameAnother);
	try {
		const zone = await readZoneFile(folder);
		for (const file of listGeometryFiles(folder, zone)) {
			await access(file, constants.R_OK).catch((error: unknown) => {
				throw refuse(
					`whose zone.json names ${basename(file)}, which cannot be read`,
					'add the file or correct zone.json',
					error,
				);
			});
		}
	} catch (error) {
		if (!(error instanceof ZoneFolderError)) throw error;
		const isAbsent = error.cause !== undefined && codeOf(error.cause) === 'ENOENT';
		throw isAbsent
			? refuse('which holds no zone.json', nameAnother, error)
			: refuse(`whose zone.json cannot be used (${error.reason})`, 'correct the file', error);
	}
}
