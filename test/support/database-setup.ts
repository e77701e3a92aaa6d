import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/lib/server/db/embedded.ts';
import { startCluster } from './database-cluster.ts';

declare module 'vitest' {
	export interface ProvidedContext {
		/** Folder of the embedded database's socket. */
		embeddedSocketDir: string;
		/** Port of the real PostgreSQL on 127.0.0.1; user postgres, every login trusted. */
		clusterPort: number;
	}
}

/** Starts both databases once per run of the tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const [cluster, embedded] = await Promise.all([startCluster(), startEmbedded({ memory: true })]);
	project.provide('clusterPort', cluster.port);
	project.provide('embeddedSocketDir', embedded.socketDir);
	return async () => {
		await Promise.all([cluster.stop(), embedded.close()]);
	};
}
