import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
	plugins: [sveltekit()],
	worker: { format: 'es' },
	build: {
		target: 'es2022',
		// An icon a file would be thirty small files, each named in what every page loads first.
		rolldownOptions: { output: { advancedChunks: { groups: [{ name: 'icons', test: /lucide/ }] } } },
	},
});
