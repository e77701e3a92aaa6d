import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Bundles what runs before and around the SvelteKit server (settings, embedded database, migrations, seeds) for plain Node. */
export default defineConfig({
	resolve: {
		alias: { $lib: folder('src/lib'), $geo: folder('geo'), $seeds: folder('seeds') },
	},
	build: {
		ssr: true,
		target: 'node20',
		outDir: 'build/start',
		emptyOutDir: true,
		rollupOptions: {
			input: {
				main: folder('src/start/main.ts'),
				'verify-audit': folder('src/start/verify-audit.ts'),
				'restore-administrator': folder('src/start/restore-administrator.ts'),
				'prepare-worker': folder('src/start/prepare-worker.ts'),
				'overlay-worker': folder('src/lib/server/service/overlay-worker.ts'),
				'overview-worker': folder('src/lib/server/service/overview-worker.ts'),
				'embedded-worker': folder('src/lib/server/db/embedded-worker.js'),
			},
			output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[hash].js' },
		},
	},
});
