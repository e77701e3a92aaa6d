/* Starts Yuantu: `npm start`, or `npm run dev` with --dev. Plain JavaScript, so that every Node can say what is wrong with it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OLDEST_NODE = [20, 19];

/** @param {string} line @returns {never} */
function refuse(line) {
	process.stderr.write(`yuantu: ${line}\n`);
	process.exit(1);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
	refuse(`Node ${process.versions.node} is too old: install Node ${OLDEST_NODE.join('.')} or newer`);
}
if (process.platform === 'win32')
	refuse('Windows is not supported: run it in WSL (Windows Subsystem for Linux)');

const project = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const unready = Object.entries(project.dependencies).find(
	([name, version]) => installedVersion(name) !== version,
);
if (unready) {
	const found = installedVersion(unready[0]);
	refuse(
		`the package ${unready[0]} ${unready[1]} is ${found ? `here as ${found}` : 'not installed'}: run npm ci`,
	);
}

/** @param {string} name */
function installedVersion(name) {
	const file = join(ROOT, 'node_modules', name, 'package.json');
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : null;
}

process.chdir(ROOT);
const dev = process.argv.includes('--dev');
process.env.NODE_ENV ??= dev ? 'development' : 'production';
const { ensureBuilt, isFresh, sourceFingerprint } = await import('./build.js');
const stop = new AbortController();
process.on('exit', () => stop.abort());

try {
	const fingerprint = sourceFingerprint();
	const building = !isFresh('start', fingerprint) || (!dev && !isFresh('app', fingerprint));
	if (building && !dev)
		process.stdout.write('Building Yuantu, as its sources are new or changed (about half a minute).\n');
	await ensureBuilt('start');
	const applicationBuilt = dev
		? Promise.resolve()
		: ensureBuilt('app', { signal: stop.signal }).then(() => {});
	applicationBuilt.catch(() => {});
	const { run } = await import(pathToFileURL(join(ROOT, 'build', 'start', 'main.js')).href);
	await run({ root: ROOT, version: project.version, dev, applicationBuilt });
} catch (error) {
	const line = error instanceof Error ? error.message.split('\n')[0] : String(error);
	refuse(line);
}
