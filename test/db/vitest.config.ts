import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const folder = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Database tests share one embedded backend, so their files run one after another. */
export default defineConfig({
	root: folder('.'),
	resolve: { alias: { $lib: folder('src/lib'), $geo: folder('geo'), $seeds: folder('seeds') } },
	test: {
		name: 'db',
		include: ['test/db/**/*.test.ts'],
		globalSetup: [folder('test/support/database-setup.ts')],
		fileParallelism: false,
		testTimeout: 60_000,
		hookTimeout: 120_000,
	},
});
