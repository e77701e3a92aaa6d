import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSources, type Breach, type Files } from './support/architecture.ts';
import { checkHouseRules, findUnreasoned } from './support/house-rules.ts';

const ROOT = join(import.meta.dirname, '..');
const TEXT = /\.(ts|js|svelte|css|html|sql|json|md|csv|geojson|ya?ml)$|(^|\/)(run|LICENSE)$/;

/** Every file that belongs to the project, whether it is committed yet or not. */
function readProject(): Files {
	const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
		cwd: ROOT,
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
	});
	const paths = listed.split('\0').filter((path) => TEXT.test(path) && existsSync(join(ROOT, path)));
	return new Map(paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

const print = (breaches: readonly Breach[]) =>
	breaches.map(({ rule, path, detail }) => `${rule} ${path}: ${detail}`);

describe('the project', () => {
	const files = readProject();

	it('keeps its layers, without cycles, barrels or spherical areas', () => {
		expect(files.size).toBeGreaterThan(100);
		expect(print(checkSources(files))).toEqual([]);
	});

	it('keeps the sizes, names and rules of the house', () => {
		expect(print(checkHouseRules(files))).toEqual([]);
	});

	it('gives a reason for each dependency', () => {
		const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');
		expect(findUnreasoned(read('package.json'), read('ARCHITECTURE.md'))).toEqual([]);
	});
});

describe('the checker', () => {
	const rulesOf = (files: Record<string, string>) => {
		const map = new Map(Object.entries(files));
		return [...checkSources(map), ...checkHouseRules(map)].map(({ rule }) => rule);
	};
	const lines = (count: number) => 'const a = 1;\n'.repeat(count);

	it.each<[string, string, string]>([
		['geo knows the app', 'geo/a.ts', "import { x } from '../src/lib/domain/x.ts';"],
		['geo imports itself by alias', 'geo/a.ts', "import { x } from '$geo/x.ts';"],
		['a check knows an edit', 'geo/check/a.ts', "import { b } from '../edit/b.ts';"],
		['geo uses Node', 'geo/a.ts', "import { readFileSync } from 'node:fs';"],
		[
			'the domain knows the database',
			'src/lib/domain/a.ts',
			"import type { Sql } from '$lib/server/db/connect.ts';",
		],
		['the domain uses Svelte', 'src/lib/domain/a.ts', "import { tick } from 'svelte';"],
		[
			'the database knows a service',
			'src/lib/server/db/a.ts',
			"export { x } from '../service/x.ts';\nexport const a = 1;",
		],
		[
			'the database uses values of the domain',
			'src/lib/server/db/a.ts',
			"import { x } from '$lib/domain/x.ts';",
		],
		['a service uses SvelteKit', 'src/lib/server/service/a.ts', "import { error } from '@sveltejs/kit';"],
		[
			'http goes past the services',
			'src/lib/server/http/a.ts',
			"import { connectDatabase } from '../db/connect.ts';",
		],
		[
			'a route goes past the services',
			'src/routes/a/+server.ts',
			"import { connectDatabase } from '$lib/server/db/connect.ts';",
		],
		[
			'a page knows the server',
			'src/routes/+page.svelte',
			'<script lang="ts">import { x } from \'$lib/server/service/x.ts\';</script>',
		],
		[
			'a component knows the server',
			'src/lib/components/A.svelte',
			"<script>const m = await import('$lib/server/tile/x.ts');</script>",
		],
		['a seed knows a service', 'seeds/a.ts', "const a: import('$lib/server/service/x.ts').X = 1;"],
	])('sees that %s', (_breach, path, text) => {
		expect(rulesOf({ [path]: text })).toEqual(['layer.breach']);
	});

	it('lets through what a layer may import', () => {
		expect(
			rulesOf({
				'geo/a.ts':
					"import Flatbush from 'flatbush';\nimport { b } from './b.ts';\nexport const a = [Flatbush, b];",
				'src/lib/server/db/a.ts':
					"import type { X } from '$lib/domain/x.ts';\nimport postgres from 'postgres';\nexport let x: X;",
				'src/routes/+page.svelte':
					'<script lang="ts">import A from \'$lib/components/A.svelte\';</script><A />',
			}),
		).toEqual([]);
	});

	it('sees a file that belongs to no layer', () => {
		expect(rulesOf({ 'src/elsewhere/a.ts': 'export const a = 1;' })).toEqual(['layer.unknown']);
	});

	it('sees a cycle of values and lets one of types be', () => {
		const cycle = (kind: string) => ({
			'geo/a.ts': "import { b } from './b.ts';\nexport const a = b;",
			'geo/b.ts': "import { c } from './c.ts';\nexport const b = c;",
			'geo/c.ts': `import ${kind} { a } from './a.ts';\nexport const c = 1;`,
		});
		expect(rulesOf(cycle(''))).toEqual(['import.cycle']);
		expect(rulesOf(cycle('type'))).toEqual([]);
	});

	it.each<[string, string, string]>([
		['file.barrel', 'geo/all.ts', "export { a } from './a.ts';"],
		['file.barrel', 'geo/index.ts', 'export const a = 1;'],
		['area.turf', 'src/lib/map/a.ts', "import { area } from '@turf/turf';"],
		['area.turf', 'src/lib/map/a.ts', "import * as turf from '@turf/turf';\nexport const a = turf.area(b);"],
		['file.size', 'geo/a.ts', lines(301)],
		['file.size', 'src/routes/a/+server.ts', lines(61)],
		['file.size', 'src/routes/a/+page.server.ts', lines(121)],
		['file.size', 'src/lib/components/A.svelte', lines(251)],
		['file.size', 'test/geo/a.test.ts', lines(401)],
		['file.name', 'geo/area-utils.ts', ''],
		['file.name', 'src/lib/state/common/a.ts', ''],
		['file.name', 'geo/myFile.ts', ''],
		['file.name', 'src/lib/components/card.svelte', ''],
		['sql.unsafe', 'src/lib/server/db/a.ts', 'await sql.unsafe(text);'],
		['domain.impure', 'src/lib/domain/a.ts', 'const now = Date.now();'],
		['domain.impure', 'src/lib/domain/a.ts', 'const today = new Date();'],
		['geo.impure', 'geo/a.ts', 'const x = Math.random();'],
		['colour.literal', 'src/lib/components/A.svelte', '<style>p { color: #ff0000; }</style>'],
		['colour.literal', 'src/lib/styles/base.css', 'p { border: 1px solid rgb(0 0 0 / 50%); }'],
		['test.skipped', 'test/geo/a.test.ts', "it.only('x', () => {});"],
		['test.skipped', 'test/geo/a.test.ts', "describe.skip('x', () => {});"],
		['test.sleeps', 'test/geo/a.test.ts', 'await new Promise((r) => setTimeout(r, 100));'],
		['check.disabled', 'geo/a.ts', '// eslint-disable-next-line'],
		['path.machine', 'README.md', 'see /home/somebody/notes.txt'],
	])('reports %s in %s', (rule, path, text) => {
		expect(rulesOf({ [path]: text })).toEqual([rule]);
	});

	it('does not take an address, a fragment or an entity for a machine path or a colour', () => {
		expect(
			rulesOf({
				'README.md': 'http://localhost/work/ and src/root/x and ./home/a/b',
				'src/lib/components/A.svelte':
					'<a href="#abc">&#123;</a>\n{#each rows as row}{row}{/each}<style>p { color: oklch(from var(--a) l c h); }</style>',
			}),
		).toEqual([]);
	});

	it('finds a dependency without a reason', () => {
		expect(findUnreasoned('{"dependencies": {"a": "1", "b": "1"}}', 'we use `a` because')).toEqual(['b']);
	});
});
