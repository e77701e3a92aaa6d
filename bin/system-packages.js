/* What the tests need from the system besides Node, and how to get it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} SystemPackage
 * @property {string[]} names Debian packages, the first that the archive has is taken
 * @property {string} purpose
 * @property {() => boolean} isThere
 */

const CHROMIUM_PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const OLDEST_POSTGRESQL = 15;

/** @type {Record<'browser' | 'fonts' | 'postgis' | 'gdal', SystemPackage>} */
export const SYSTEM_PACKAGES = {
	browser: { names: ['chromium'], purpose: 'a browser', isThere: () => findChromium() !== null },
	fonts: {
		names: ['fonts-noto-cjk'],
		purpose: 'Chinese fonts',
		isThere: () => process.platform === 'darwin' || output('fc-list', [':lang=zh']) !== '',
	},
	postgis: {
		names: [
			'postgresql-15-postgis-3',
			'postgresql-16-postgis-3',
			'postgresql-17-postgis-3',
			'postgresql-18-postgis-3',
		],
		purpose: `PostgreSQL ${OLDEST_POSTGRESQL} or newer with PostGIS`,
		isThere: hasPostgis,
	},
	gdal: { names: ['gdal-bin'], purpose: 'ogr2ogr', isThere: () => output('ogr2ogr', ['--version']) !== '' },
};

/** @typedef {keyof typeof SYSTEM_PACKAGES} SystemNeed */

/** The browser that the tests drive; the variable CHROMIUM names another. */
export function findChromium() {
	const places = process.env.CHROMIUM ? [process.env.CHROMIUM] : CHROMIUM_PLACES;
	return places.find((place) => existsSync(place)) ?? null;
}

/**
 * How Chromium is started for tests, with software WebGL: the machines that run them have no graphics card.
 *
 * @returns {{ executablePath: string | undefined, args: string[] }}
 */
export function chromiumLaunch() {
	return {
		executablePath: findChromium() ?? undefined,
		args: [
			'--no-sandbox',
			'--use-angle=swiftshader',
			'--enable-unsafe-swiftshader',
			'--ignore-gpu-blocklist',
		],
	};
}

function hasPostgis() {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian) ? readdirSync(debian) : [];
	const controls = versions
		.filter(
			(version) =>
				Number(version) >= OLDEST_POSTGRESQL && existsSync(join(debian, version, 'bin', 'postgres')),
		)
		.map((version) => `/usr/share/postgresql/${version}/extension/postgis.control`);
	const shared = output('pg_config', ['--sharedir']);
	if (shared !== '') controls.push(join(shared, 'extension', 'postgis.control'));
	return controls.some((control) => existsSync(control));
}

/**
 * Installs what is missing through apt when this is root on Debian or Ubuntu; otherwise throws an error whose message says exactly
 * what to install.
 *
 * @param {SystemNeed[]} needs
 * @param {(line: string) => void} report
 */
export function provideSystemPackages(needs, report) {
	const missing = needs.map((need) => SYSTEM_PACKAGES[need]).filter((wanted) => !wanted.isThere());
	if (missing.length === 0) return;
	const hasApt = output('apt-get', ['--version']) !== '';
	if (!hasApt || process.getuid?.() !== 0) throw new Error(whatToInstall(missing, hasApt));
	runApt(['update'], report);
	const names = missing.map(({ names }) => names.find(isInArchive) ?? names[0]);
	runApt(['install', '--yes', '--no-install-recommends', ...names], report);
	const still = missing.filter((wanted) => !wanted.isThere());
	if (still.length > 0) throw new Error(whatToInstall(still, hasApt));
}

/** @param {SystemPackage[]} missing @param {boolean} hasApt */
function whatToInstall(missing, hasApt) {
	const list = missing.map(({ names, purpose }) => `${purpose} (Debian package ${names[0]})`).join(', ');
	const command = `apt-get install --no-install-recommends ${missing.map(({ names }) => names[0]).join(' ')}`;
	return hasApt
		? `missing: ${list}. As root run: ${command}`
		: `missing: ${list}. Install it and run the tests again`;
}

/** @param {string} name */
function isInArchive(name) {
	return spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0;
}

/** @param {string[]} args @param {(line: string) => void} report */
function runApt(args, report) {
	report(`apt-get ${args.join(' ')}`);
	const { status, stderr } = spawnSync('apt-get', ['--quiet', ...args], {
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		stdio: ['ignore', 'ignore', 'pipe'],
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(`apt-get ${args[0]} failed: ${stderr.trim().split('\n').at(-1)}`);
}

/** @param {string} command @param {string[]} args @returns {string} what it printed, empty when it cannot be run or fails */
function output(command, args) {
	const { status, stdout } = spawnSync(command, args, {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	return status === 0 ? stdout.trim() : '';
}
