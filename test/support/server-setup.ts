import type { TestProject } from 'vitest/node';
import { ensureBuilt } from '../../bin/build.js';
import { startCluster } from './database-cluster.ts';
import { makeFolder, startProgram } from './run-program.ts';

declare module 'vitest' {
	export interface ProvidedContext {
		/** A data folder that the program has prepared and left: copy it, never start on it. */
		preparedDataFolder: string;
		/** The administrator's one-time password in that folder, as the program printed it. */
		oneTimePassword: string;
		/** The password of all sample people in that folder. */
		samplePassword: string;
	}
}

/** Builds the program, lets it prepare one data folder for all tests, and starts a real PostgreSQL beside it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	await ensureBuilt('start');
	await ensureBuilt('app');
	const folder = await makeFolder();
	const program = startProgram({ DATA_DIR: folder.path });
	const starting = startCluster();
	const prepared = program.address().then(async () => {
		const { code, stdout, stderr } = await program.stop();
		if (code !== 0) throw new Error(`the program ended with ${code}: ${stderr}`);
		return stdout;
	});
	const [cluster, printed] = await Promise.all([starting, prepared]).catch(async (error: unknown) => {
		await Promise.allSettled([starting.then((one) => one.stop()), program.stop(), folder.remove()]);
		throw error;
	});
	project.provide('preparedDataFolder', folder.path);
	project.provide('oneTimePassword', /one-time password (\S+)/.exec(printed)?.[1] ?? '');
	project.provide('samplePassword', /sample people {2}password (\S+)/.exec(printed)?.[1] ?? '');
	project.provide('clusterPort', cluster.port);
	return async () => {
		await cluster.stop();
		await folder.remove();
	};
}
