import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const resolve = {
	alias: {
		$lib: folder('src/lib'),
		$geo: folder('geo'),
		$seeds: folder('seeds'),
		$test: folder('test'),
	},
};
const setupFiles = ['test/support/chance-setup.ts'];
const oneAfterAnother = { fileParallelism: false, testTimeout: 180_000, hookTimeout: 180_000 };

/** The projects of the test command; `bin/test.js` runs them in stages. */
export default defineConfig({
	resolve,
	test: {
		projects: [
			{
				resolve,
				test: {
					setupFiles,
					name: 'unit',
					include: ['test/{geo,domain,ui}/**/*.test.ts', 'test/*.test.ts'],
					testTimeout: 30_000,
					// Pure functions keep nothing from file to file: a worker loads each module once.
					isolate: false,
				},
			},
			{
				resolve,
				test: {
					setupFiles,
					name: 'db',
					include: ['test/{db,service}/**/*.test.ts'],
					globalSetup: ['test/support/database-setup.ts'],
					...oneAfterAnother,
					isolate: false,
				},
			},
			{
				resolve,
				test: {
					setupFiles,
					name: 'server',
					include: ['test/{start,http}/**/*.test.ts'],
					globalSetup: ['test/support/server-setup.ts'],
					...oneAfterAnother,
					// Every file has its own program, port and data folder.
					fileParallelism: true,
					maxWorkers: 2,
				},
			},
			{
				resolve,
				test: {
					setupFiles,
					name: 'endurance',
					include: [
						'test/endurance/**/*.test.ts',
						'test/{geo,domain}/**/*.test.ts',
						'test/http/changeset.test.ts',
					],
					globalSetup: ['test/support/server-setup.ts'],
					env: {
						CHANCE_SEED: process.env.CHANCE_SEED ?? String(Date.now() % 2 ** 31),
						OFFICE_SECONDS: process.env.OFFICE_SECONDS ?? '120',
						OFFICE_KILLS: process.env.OFFICE_KILLS ?? '50',
					},
					...oneAfterAnother,
					testTimeout: 30 * 60_000,
				},
			},
			{
				resolve,
				test: {
					setupFiles,
					name: 'bench',
					include: ['test/bench/**/*.bench.ts'],
					globalSetup: ['test/support/database-setup.ts'],
					disableConsoleIntercept: true,
					...oneAfterAnother,
					testTimeout: 15 * 60_000,
				},
			},
		],
	},
});
