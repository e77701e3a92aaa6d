import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSettings, SETTING_ROWS } from '$lib/server/settings.ts';

const readOk = (env: Record<string, string>) => {
	const reading = readSettings(env);
	if (!reading.ok) throw new Error(reading.problems.join('\n'));
	return reading.settings;
};
const problemsOf = (env: Record<string, string>) => {
	const reading = readSettings(env);
	return reading.ok ? [] : reading.problems;
};

const SECRET = '0123456789abcdef0123456789abcdef';
const OIDC = {
	OIDC_ISSUER: 'https://id.example.cn/realms/office',
	OIDC_CLIENT_ID: 'yuantu',
	OIDC_CLIENT_SECRET: 'geheim-7f',
	OIDC_NAME: '沈阳市统一身份',
};
const PUBLIC = { ORIGIN: 'https://map.example.cn', AUTH_SECRET: SECRET };

describe('settings', () => {
	it('are complete without any variable', () => {
		expect(readOk({})).toEqual({
			host: '127.0.0.1',
			port: 3000,
			database: { kind: 'embedded', socketDir: null },
			dataDir: 'data',
			zoneFolders: ['seeds/shenyang'],
			officeOnLocalhost: false,
			origin: null,
			authSecret: null,
			adminEmail: 'admin@yuantu.invalid',
			sampleAccounts: true,
			oidc: null,
			tileCacheMb: 256,
			revisionCacheMb: 512,
			documentMaxMb: 20,
			logLevel: 'info',
			overlayWorker: null,
			overviewWorker: null,
		});
	});

	it('take an empty variable as absent and do not look at others', () => {
		const empty = Object.fromEntries(SETTING_ROWS.map(({ name }) => [name, ' ']));
		expect(readOk({ ...empty, YUANTU_COLOUR: 'blue', npm_config_port: 'x' })).toEqual(readOk({}));
	});

	it('read every variable', () => {
		const url = 'postgres://u:p%40ss@db.example:6543/yuantu?sslmode=require';
		expect(
			readOk({
				HOST: '::1',
				PORT: '0',
				DATABASE_URL: url,
				DATA_DIR: '/var/lib/yuantu',
				ZONE_FOLDERS: 'seeds/shenyang, seeds/panjin',
				OFFICE_ON_LOCALHOST: 'off',
				ORIGIN: 'https://map.example.cn/',
				AUTH_SECRET: SECRET,
				ADMIN_EMAIL: 'Admin@example.cn',
				SAMPLE_ACCOUNTS: 'on',
				...OIDC,
				TILE_CACHE_MB: '16',
				REVISION_CACHE_MB: '65536',
				DOCUMENT_MAX_MB: '5',
				LOG_LEVEL: 'debug',
			}),
		).toEqual({
			host: '::1',
			port: 0,
			database: { kind: 'server', url },
			dataDir: '/var/lib/yuantu',
			zoneFolders: ['seeds/shenyang', 'seeds/panjin'],
			officeOnLocalhost: false,
			origin: 'https://map.example.cn',
			authSecret: SECRET,
			adminEmail: 'admin@example.cn',
			sampleAccounts: true,
			oidc: {
				issuer: OIDC.OIDC_ISSUER,
				clientId: OIDC.OIDC_CLIENT_ID,
				clientSecret: OIDC.OIDC_CLIENT_SECRET,
				name: OIDC.OIDC_NAME,
			},
			tileCacheMb: 16,
			revisionCacheMb: 65536,
			documentMaxMb: 5,
			logLevel: 'debug',
			overlayWorker: null,
			overviewWorker: null,
		});
	});

	it.each([
		['PORT', '65536'],
		['PORT', '3000.5'],
		['PORT', '-1'],
		['HOST', 'local host'],
		['HOST', 'http://localhost'],
		['ZONE_FOLDERS', 'seeds/shenyang,,'],
		['OFFICE_ON_LOCALHOST', 'maybe'],
		['OFFICE_ON_LOCALHOST', 'yes'],
		['OFFICE_ON_LOCALHOST', 'true'],
		['OFFICE_ON_LOCALHOST', 'On'],
		['ORIGIN', 'map.example.cn'],
		['ORIGIN', 'https://map.example.cn/office'],
		['ORIGIN', 'ftp://map.example.cn'],
		['TILE_CACHE_MB', '8'],
		['LOG_LEVEL', 'verbose'],
	])('refuse %s=%s in one line with the name and the value', (name, value) => {
		const problems = problemsOf({ [name]: value });
		expect(problems).toHaveLength(1);
		expect(problems[0]).toMatch(new RegExp(`^${name} is .*: give `));
		expect(problems[0]).toContain(value);
	});

	it('refuse the office view of this machine beside a public address', () => {
		expect(readOk({ OFFICE_ON_LOCALHOST: 'on' }).officeOnLocalhost).toBe(true);
		const problems = problemsOf({
			OFFICE_ON_LOCALHOST: 'on',
			ORIGIN: 'https://map.example.cn',
			AUTH_SECRET: SECRET,
		});
		expect(problems).toHaveLength(1);
		expect(problems[0]).toMatch(/^OFFICE_ON_LOCALHOST is on although ORIGIN/);
	});

	it('want a secret of its own beside a public address, and never show it', () => {
		expect(problemsOf({ ORIGIN: 'https://map.example.cn' })).toEqual([
			expect.stringMatching(/^ORIGIN names a public address and AUTH_SECRET is missing: give /),
		]);
		const short = 'geheim-geheim';
		const [problem, ...more] = problemsOf({ ORIGIN: 'https://map.example.cn', AUTH_SECRET: short });
		expect(problem).toMatch(/^AUTH_SECRET is a text of 13 characters: give /);
		expect([problem, ...more].join()).not.toContain(short);
		expect(more).toEqual([]);
	});

	it('take another service to sign in by whole or not at all, and only where it can send people back', () => {
		const names = Object.keys(OIDC) as (keyof typeof OIDC)[];
		for (const left of names) {
			const { [left]: _, ...part } = OIDC;
			const [problem, ...more] = problemsOf({ ...PUBLIC, ...part });
			expect(problem).toMatch(
				new RegExp(`^OIDC_[A-Z_, ]+ without ${left} is a part of a sign-in: give all of `),
			);
			expect(problemsOf({ ...PUBLIC, [left]: OIDC[left] })).toHaveLength(1);
			expect(more).toEqual([]);
		}
		expect(problemsOf(OIDC)).toEqual([expect.stringMatching(/^OIDC_ISSUER is given and ORIGIN is missing/)]);
	});

	it.each([
		['OIDC_ISSUER', 'http://id.example.cn'],
		['OIDC_ISSUER', 'id.example.cn'],
		['OIDC_ISSUER', 'https://id.example.cn/?realm=office'],
		['OIDC_CLIENT_ID', 'yuan tu'],
		['OIDC_NAME', 'x'.repeat(41)],
	])('refuse %s=%s of a service to sign in by', (name, value) => {
		expect(problemsOf({ ...PUBLIC, ...OIDC, [name]: value })).toEqual([
			expect.stringMatching(new RegExp(`^${name} is .*: give `)),
		]);
	});

	it('take a service on this machine without TLS, and never show its secret', () => {
		const here = { ...PUBLIC, ...OIDC, OIDC_ISSUER: 'http://127.0.0.1:9/' };
		expect(readOk(here).oidc?.issuer).toBe('http://127.0.0.1:9/');
		const [problem] = problemsOf({ ...here, OIDC_CLIENT_SECRET: 'geheim geheim' });
		expect(problem).toMatch(/^OIDC_CLIENT_SECRET is a text of 13 characters: give /);
		expect(problemsOf({ ...here, OIDC_ISSUER: 'https://u:geheim@id.example.cn' }).join()).not.toContain(
			'geheim',
		);
	});

	it('make sample people for the embedded database on this machine only', () => {
		const samples = (env: Record<string, string>) => readOk(env).sampleAccounts;
		expect(samples({ HOST: 'localhost' })).toBe(true);
		expect(samples({ HOST: '0.0.0.0' })).toBe(false);
		expect(samples({ DATABASE_URL: 'postgres://u@db.example/yuantu' })).toBe(false);
		expect(samples({ ORIGIN: 'https://map.example.cn', AUTH_SECRET: SECRET })).toBe(false);
		expect(samples({ SAMPLE_ACCOUNTS: 'off' })).toBe(false);
		expect(samples({ HOST: '0.0.0.0', SAMPLE_ACCOUNTS: 'on' })).toBe(true);
	});

	it('gather every problem', () => {
		const wrong = Object.fromEntries(
			['PORT', 'LOG_LEVEL', 'TILE_CACHE_MB', 'ORIGIN'].map((name) => [name, '?']),
		);
		expect(problemsOf(wrong)).toHaveLength(4);
	});

	it('never show what is in DATABASE_URL, and never throw', () => {
		const secret = fc.string({ minLength: 4, maxLength: 20 }).map((text) => `geheim${text}geheim`);
		const address = fc.constantFrom('mysql://u:', 'postgres:/', 'postgres://u@[', 'postgres://u:p@h:1x/', '');
		fc.assert(
			fc.property(address, secret, (head, tail) => {
				for (const problem of problemsOf({ DATABASE_URL: head + tail })) {
					expect(problem).not.toContain('geheim');
					expect(problem).not.toContain('\n');
				}
			}),
		);
	});

	it('never break a line of output, whatever the value holds', () => {
		fc.assert(
			fc.property(fc.constantFrom(...SETTING_ROWS), fc.string({ unit: 'binary' }), ({ name }, value) => {
				for (const problem of problemsOf({ [name]: value })) expect(problem).not.toMatch(/\p{Cc}/u);
			}),
		);
	});

	it('have standards that are valid, and stand in the table of the README', () => {
		const standards = Object.fromEntries(SETTING_ROWS.map(({ name, standard }) => [name, standard]));
		expect(readOk(standards)).toEqual(readOk({}));
		const readme = join(import.meta.dirname, '..', 'README.md');
		expect(existsSync(readme)).toBe(true);
		const lines = readFileSync(readme, 'utf8').split('\n');
		for (const { name, standard } of SETTING_ROWS) {
			const cells = lines.find((line) => line.startsWith(`| \`${name}\` |`))?.split('|');
			expect(cells?.[2].trim(), name).toBe(standard === '' ? '' : `\`${standard}\``);
		}
	});
});
