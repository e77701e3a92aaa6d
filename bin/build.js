/* Builds the program when its sources changed: `node bin/build.js [start|app] [--force]`. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** @typedef {'start' | 'app'} Bundle `start`: the program around the application; `app`: the application itself */

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BUILD = join(ROOT, 'build');
const SOURCE_FOLDERS = ['src', 'geo', 'static'];
const SOURCE_FILES = [
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts',
	'vite.start.config.ts',
];
const BUNDLES = {
	start: { args: ['build', '-c', 'vite.start.config.ts'], product: join(BUILD, 'start', 'main.js') },
	app: { args: ['build'], product: join(BUILD, 'app', 'handler.js') },
};
const LAST_LINES = 40;
/** No build takes this long: a lock older than it was left by a killed process. */
const LONGEST_BUILD_MS = 10 * 60_000;

/** A build that failed; the message is one line, `output` what the tools said. */
export class BuildFailure extends Error {
	/** @param {string} message @param {string} output */
	constructor(message, output) {
		super(message);
		this.name = 'BuildFailure';
		this.output = output;
	}
}

/** Fingerprint of everything that the bundles are made from: the same sources give the same text. */
export function sourceFingerprint() {
	const files = [
		...SOURCE_FILES,
		...SOURCE_FOLDERS.flatMap((folder) => listFiles(folder)),
		...listFiles('seeds').filter((file) => file.endsWith('.ts')),
	];
	const hash = createHash('sha256').update(process.versions.modules);
	for (const file of files.sort())
		hash
			.update(`${file}\0`)
			.update(readFileSync(join(ROOT, file)))
			.update('\0');
	return hash.digest('hex');
}

/** @param {string} folder @returns {string[]} paths relative to the project */
function listFiles(folder) {
	if (!existsSync(join(ROOT, folder))) return [];
	return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
		.map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length));
}

/** @param {Bundle} bundle @param {string} [fingerprint] */
export function isFresh(bundle, fingerprint = sourceFingerprint()) {
	return existsSync(BUNDLES[bundle].product) && readStamp(bundle) === fingerprint;
}

/** @param {Bundle} bundle */
const stampFile = (bundle) => join(BUILD, `${bundle}.stamp`);

/** @param {Bundle} bundle */
function readStamp(bundle) {
	return existsSync(stampFile(bundle)) ? readFileSync(stampFile(bundle), 'utf8') : '';
}

/**
 * Builds a bundle unless it is fresh; waits for another process that builds it.
 *
 * @param {Bundle} bundle
 * @param {{ signal?: AbortSignal, force?: boolean }} [options]
 * @returns {Promise<boolean>} whether it was built
 */
export async function ensureBuilt(bundle, { signal, force = false } = {}) {
	mkdirSync(BUILD, { recursive: true });
	const lock = join(BUILD, `${bundle}.building`);
	while (!takeLock(lock)) await wait(200, undefined, { signal });
	try {
		const fingerprint = sourceFingerprint();
		if (!force && isFresh(bundle, fingerprint)) return false;
		rmSync(stampFile(bundle), { force: true });
		// npm ci makes it, but not with --ignore-scripts.
		if (!existsSync(join(ROOT, '.svelte-kit', 'tsconfig.json')))
			await runTool('@sveltejs/kit/svelte-kit.js', ['sync'], signal);
		await runTool('vite/bin/vite.js', [...BUNDLES[bundle].args, '--logLevel', 'warn'], signal);
		writeFileSync(stampFile(bundle), fingerprint);
		return true;
	} finally {
		rmSync(lock, { force: true });
	}
}

/** @param {string} lock */
function takeLock(lock) {
	try {
		writeFileSync(lock, JSON.stringify({ pid: process.pid, at: Date.now() }), { flag: 'wx' });
		return true;
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
	}
	try {
		const { pid, at } = JSON.parse(readFileSync(lock, 'utf8'));
		if (Date.now() - at < LONGEST_BUILD_MS && pid !== process.pid) process.kill(pid, 0);
		else rmSync(lock, { force: true });
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH') rmSync(lock, { force: true });
	}
	return false;
}

/** @param {string} script of a package @param {string[]} args @param {AbortSignal} [signal] @returns {Promise<void>} */
function runTool(script, args, signal) {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [join(ROOT, 'node_modules', script), ...args], {
			cwd: ROOT,
			env: { ...process.env, NODE_ENV: 'production' },
			stdio: ['ignore', 'pipe', 'pipe'],
			signal,
		});
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
		}
		child.on('error', reject);
		child.on('close', (code) => {
			if (code === 0) return resolve();
			const last = output.trim().split('\n').slice(-LAST_LINES).join('\n');
			reject(new BuildFailure('the build failed: npm run build shows why', last));
		});
	});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const wanted = process.argv.slice(2).filter((name) => name === 'start' || name === 'app');
	const bundles = wanted.length > 0 ? wanted : ['start', 'app'];
	try {
		for (const bundle of bundles) {
			const began = performance.now();
			const built = await ensureBuilt(/** @type {Bundle} */ (bundle), {
				force: process.argv.includes('--force'),
			});
			const seconds = ((performance.now() - began) / 1000).toFixed(1);
			process.stdout.write(built ? `built ${bundle} in ${seconds} s\n` : `${bundle} is up to date\n`);
		}
	} catch (error) {
		process.stderr.write(`${error instanceof BuildFailure ? `${error.message}\n${error.output}` : error}\n`);
		process.exitCode = 1;
	}
}
