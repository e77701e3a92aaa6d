/*
 * Runs the checks and tests: all of them, or the stages that are named (`node bin/test.js unit`), each followed by what its runner
 * shall be given (`node bin/test.js unit test/geo/area`). The last line is the sum over all runners.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BuildFailure, ensureBuilt, ROOT } from './build.js';
import { failedInPlaywright, failedInVitest } from './failed-tests.js';
import { provideSystemPackages } from './system-packages.js';

/** @typedef {import('./system-packages.js').SystemNeed} SystemNeed */
/** @typedef {{ passed: number, failed: number, note?: string, told?: string[] }} Outcome told: each failed test, with its message */
/**
 * @typedef {object} Stage
 * @property {SystemNeed[]} needs
 * @property {string[]} folders that hold its tests; none for a check
 * @property {RegExp} [testFile]
 * @property {boolean} [onOneCore] another such stage may run beside it
 * @property {(args: string[]) => Promise<Outcome>} run
 */

const OUTPUT = join(ROOT, 'test', 'output');
const TEST_FILE = /\.test\.ts$/;

/** Stages in their order. @type {Record<string, Stage>} */
const STAGES = {
	// First what takes long on one core: what is short beside it fills the other.
	db: { ...vitest('db', ['postgis'], ['db', 'service']), onOneCore: true },
	unit: { ...vitest('unit', [], ['geo', 'domain', 'ui', '.']), onOneCore: true },
	lint: check(() => tool('eslint/bin/eslint.js', ['--max-warnings', '0', '.'])),
	types: check(async () => {
		const synced = await tool('@sveltejs/kit/svelte-kit.js', ['sync']);
		return synced && tool('svelte-check/bin/svelte-check', ['--fail-on-warnings', '--output', 'human']);
	}),
	format: check(() => tool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.'])),
	build: check(build),
	server: vitest('server', ['postgis'], ['start', 'http']),
	e2e: {
		needs: ['browser', 'fonts'],
		folders: ['e2e'],
		testFile: /\.(test|spec)\.ts$/,
		run: runPlaywright,
	},
};

/** Runs that are asked for by name only. @type {Record<string, Stage>} */
const EXTRA_STAGES = {
	endurance: vitest('endurance', ['postgis', 'gdal'], ['endurance']),
	bench: vitest('bench', ['postgis', 'browser', 'fonts'], ['bench'], /\.bench\.ts$/),
};

/** @param {() => Promise<boolean>} passes @returns {Stage} */
function check(passes) {
	return {
		needs: [],
		folders: [],
		onOneCore: true,
		run: async () => ((await passes()) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }),
	};
}

/** @param {string} project @param {SystemNeed[]} needs @param {string[]} folders @param {RegExp} [testFile] @returns {Stage} */
function vitest(project, needs, folders, testFile = TEST_FILE) {
	return {
		needs,
		folders,
		testFile,
		async run(args) {
			const report = reportFile(project);
			const ended = await tool('vitest/vitest.mjs', [
				'run',
				'--project',
				project,
				'--allowOnly=false',
				'--reporter=default',
				'--reporter=json',
				`--outputFile.json=${report}`,
				...args,
			]);
			const counts = readReport(report);
			if (!counts) return { passed: 0, failed: 1, note: 'the runner did not end properly' };
			const passed = counts.numPassedTests;
			const skipped = counts.numPendingTests + counts.numTodoTests;
			return { ...judge(passed, counts.numFailedTests, skipped, ended), told: failedInVitest(counts) };
		},
	};
}

/** @param {string[]} args @returns {Promise<Outcome>} */
async function runPlaywright(args) {
	const report = reportFile('e2e');
	const ended = await tool('@playwright/test/cli.js', ['test', ...args], {
		PLAYWRIGHT_JSON_OUTPUT_NAME: report,
	});
	const counts = readReport(report);
	if (!counts?.stats) return { passed: 0, failed: 1, note: 'the runner did not end properly' };
	const { expected, unexpected, flaky, skipped } = counts.stats;
	return { ...judge(expected, unexpected + flaky, skipped, ended), told: failedInPlaywright(counts) };
}

/**
 * A skipped test has not shown anything and counts as failed; so does a runner that ends with an error or runs nothing.
 *
 * @param {number} passed @param {number} failed @param {number} skipped @param {boolean} ended @returns {Outcome}
 */
function judge(passed, failed, skipped, ended) {
	const notes = [];
	let counted = failed + skipped;
	if (skipped > 0) notes.push(`${skipped} skipped, counted as failed`);
	if (counted === 0 && passed === 0) {
		counted = 1;
		notes.push('no test ran');
	} else if (counted === 0 && !ended) {
		counted = 1;
		notes.push('the runner reports an error outside the tests');
	}
	return { passed, failed: counted, note: notes.join(', ') };
}

/** @param {string} name */
function reportFile(name) {
	mkdirSync(OUTPUT, { recursive: true });
	const file = join(OUTPUT, `${name}.json`);
	rmSync(file, { force: true });
	return file;
}

/** @param {string} file */
function readReport(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

async function build() {
	try {
		await ensureBuilt('start');
		await ensureBuilt('app');
		return true;
	} catch (error) {
		print(error instanceof BuildFailure ? error.output : String(error));
		return false;
	}
}

/** @param {string} script of a package @param {string[]} args @param {Record<string, string>} [env] @returns {Promise<boolean>} */
function tool(script, args, env = {}) {
	return new Promise((resolve) => {
		const child = spawn(process.execPath, [join(ROOT, 'node_modules', script), ...args], {
			cwd: ROOT,
			env: { ...process.env, NODE_ENV: 'test', ...env },
			stdio: ['ignore', 'inherit', 'inherit'],
		});
		child.on('error', () => resolve(false));
		child.on('close', (code) => resolve(code === 0));
	});
}

/** @param {Stage} stage */
function hasTests({ folders, testFile = TEST_FILE }) {
	return folders.some((folder) => {
		const place = join(ROOT, 'test', folder);
		if (!existsSync(place)) return false;
		return readdirSync(place, { recursive: folder !== '.' }).some((name) => testFile.test(String(name)));
	});
}

/** @param {string} line */
function print(line) {
	process.stdout.write(`${line}\n`);
}

/** @param {string} name @param {Stage} stage @param {string[]} args @returns {Promise<Outcome>} */
async function runStage(name, stage, args) {
	print(`\n── ${name}`);
	const began = performance.now();
	/** @type {Outcome} */
	let outcome;
	if (stage.folders.length > 0 && !hasTests(stage)) {
		outcome = {
			passed: 0,
			// A stage of the whole run that has lost its tests is a failure, not a silence.
			failed: name in STAGES ? 1 : 0,
			note: `no tests in ${stage.folders.map((folder) => `test/${folder}`).join(', ')}`,
		};
	} else {
		outcome = await stage.run(args);
	}
	const seconds = ((performance.now() - began) / 1000).toFixed(1);
	const note = outcome.note ? ` (${outcome.note})` : '';
	print(`── ${name}: ${outcome.passed} passed, ${outcome.failed} failed in ${seconds} s${note}`);
	return outcome;
}

/**
 * Runs stages in their order, two at a time where each takes one core only.
 *
 * @param {[string, Stage][]} stages @param {string[]} args @returns {Promise<[string, Outcome][]>}
 */
async function runStages(stages, args) {
	/** @type {Promise<[string, Outcome]>[]} */
	const endings = [];
	/** @type {Set<Promise<Outcome>>} */
	const running = new Set();
	for (const [stageName, stage] of stages) {
		while (running.size > (stage.onOneCore ? 1 : 0)) await Promise.race(running);
		const ending = runStage(stageName, stage, args);
		running.add(ending);
		endings.push(
			ending.then((outcome) => {
				running.delete(ending);
				return [stageName, outcome];
			}),
		);
	}
	return Promise.all(endings);
}

const all = { ...STAGES, ...EXTRA_STAGES };
const [name, ...args] = process.argv.slice(2);
if (name !== undefined && !(name in all)) {
	process.stderr.write(`no stage "${name}": there are ${Object.keys(all).join(', ')}\n`);
	process.exit(1);
}
const chosen = name === undefined ? STAGES : { [name]: all[name] };
const needs = new Set(Object.values(chosen).flatMap((stage) => stage.needs));
if (name === undefined) needs.add('gdal');
try {
	provideSystemPackages([...needs], print);
} catch (error) {
	process.stderr.write(`${/** @type {Error} */ (error).message}\n`);
	process.exit(1);
}

const outcomes = await runStages(Object.entries(chosen), args);

const sum = (/** @type {'passed' | 'failed'} */ part) =>
	outcomes.reduce((total, [, outcome]) => total + outcome[part], 0);
// Last of all what failed: of a long run only the end is kept.
for (const line of outcomes.flatMap(([, { told }]) => told ?? [])) print(`\n${line}`);
print('\n── result');
for (const [stageName, { passed, failed, note }] of outcomes) {
	print(
		`${stageName.padEnd(9)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed${note ? `  ${note}` : ''}`,
	);
}
print('');
print(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
