import { fileURLToPath } from 'node:url';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig(
	{ ignores: ['build/', '.svelte-kit/', 'data/', 'test/output/', 'node_modules/'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
	tseslint.configs.recommended,
	tseslint.configs.stylistic,
	svelte.configs.recommended,
	{
		rules: {
			eqeqeq: ['error', 'always'],
			'no-var': 'error',
			'prefer-const': 'error',
			'no-warning-comments': ['error', { terms: ['fixme', 'xxx', 'hack'], location: 'start' }],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
			],
			'@typescript-eslint/ban-ts-comment': 'error',
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/no-empty-function': 'off',
			// The application stands at the root of its host: there is no base path to resolve.
			'svelte/no-navigation-without-resolve': 'off',
		},
	},
	{
		files: ['**/*.ts'],
		languageOptions: {
			parserOptions: {
				parser: tseslint.parser,
				projectService: true,
				tsconfigRootDir: root,
				extraFileExtensions: ['.svelte'],
			},
		},
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
			'@typescript-eslint/only-throw-error': 'error',
		},
	},
	// Components are read without types (svelte-check has them): a program is made anew for each of them, which takes two minutes.
	{
		files: ['**/*.svelte'],
		languageOptions: { parserOptions: { parser: tseslint.parser, svelteConfig } },
		rules: { 'prefer-const': 'off', 'svelte/prefer-const': 'error' },
	},
	{
		files: ['src/**', 'geo/**', 'seeds/**'],
		rules: { 'no-console': 'error' },
	},
);
