import { z } from 'zod';

/** How the program reaches its database. */
export type DatabaseTarget =
	| { readonly kind: 'embedded'; readonly socketDir: string | null }
	| { readonly kind: 'server'; readonly url: string };

export interface Settings {
	readonly host: string;
	/** 0 lets the system choose a free port. */
	readonly port: number;
	readonly database: DatabaseTarget;
	readonly dataDir: string;
	readonly zoneFolders: readonly string[];
	readonly officeOnLocalhost: boolean;
	/** Public address when a proxy stands in front, without a trailing slash. */
	readonly origin: string | null;
	/** Signs sessions' cookies; null: the start program makes one and keeps it. */
	readonly authSecret: string | null;
	/** E-mail of the administrator that a first start makes. */
	readonly adminEmail: string;
	/** Whether made-up zones get made-up people. */
	readonly sampleAccounts: boolean;
	/** Null: people sign in by password only. */
	readonly oidc: OidcSettings | null;
	readonly tileCacheMb: number;
	readonly revisionCacheMb: number;
	readonly documentMaxMb: number;
	readonly logLevel: LogLevel;
	/** File of the thread that makes overlays; null: made where requests are answered. */
	readonly overlayWorker: string | null;
	/** File of the thread that draws overviews; null: drawn where requests are answered. */
	readonly overviewWorker: string | null;
}

/** Another service by which people may sign in (OpenID Connect). */
export interface OidcSettings {
	/** Its address, under which its discovery document lies. */
	readonly issuer: string;
	readonly clientId: string;
	readonly clientSecret: string;
	/** What the button of the sign-in page calls it. */
	readonly name: string;
}

export type LogLevel = 'error' | 'info' | 'debug';

export type SettingsReading =
	| { readonly ok: true; readonly settings: Settings }
	| { readonly ok: false; readonly problems: readonly string[] };

/** A row of the table of settings in README.md. */
export interface SettingRow {
	readonly name: string;
	/** As it would be written; empty when there is none. */
	readonly standard: string;
	readonly meaning: string;
}

/** Every setting that a user may give, in the order of README's table. */
export const SETTING_ROWS: readonly SettingRow[] = [
	{ name: 'HOST', standard: '127.0.0.1', meaning: 'Address to listen on; `0.0.0.0` for every network' },
	{ name: 'PORT', standard: '3000', meaning: 'Port to listen on; `0` for any free one' },
	{
		name: 'DATABASE_URL',
		standard: '',
		meaning:
			'`postgres://user:password@host:5432/database` of a PostgreSQL ≥ 15 with PostGIS ≥ 3.3, special characters in percent form; `?sslmode=require` or `verify-full` encrypts; without it the embedded database',
	},
	{ name: 'DATA_DIR', standard: 'data', meaning: 'Folder of the embedded database' },
	{
		name: 'ZONE_FOLDERS',
		standard: 'seeds/shenyang',
		meaning:
			'Folders of the zones to load, separated by commas; a zone that is loaded already stays as it is',
	},
	{
		name: 'OFFICE_ON_LOCALHOST',
		standard: 'off',
		meaning: '`on` shows the office view, without sign-in, to browsers on this machine only; for trying',
	},
	{
		name: 'ORIGIN',
		standard: '',
		meaning: 'Public address (`https://map.example.cn`) when a proxy with TLS stands in front',
	},
	{
		name: 'AUTH_SECRET',
		standard: '',
		meaning:
			'Secret of at least 32 characters that signs sessions; needed with `ORIGIN`, otherwise made at the first start and kept in `DATA_DIR`',
	},
	{
		name: 'ADMIN_EMAIL',
		standard: 'admin@yuantu.invalid',
		meaning:
			'E-mail of the administrator that is made, with a one-time password printed once, for zones that have none',
	},
	{
		name: 'SAMPLE_ACCOUNTS',
		standard: '',
		meaning:
			'`on` gives synthetic zones sample people of every role, with one password printed once; without it `on` for the embedded database on this machine only, else `off`',
	},
	{
		name: 'OIDC_ISSUER',
		standard: '',
		meaning:
			'Address of another service to sign in by (OpenID Connect with discovery), such as `https://id.example.cn/realms/office`; this and the next three are given together or not at all, with `ORIGIN`; register `<ORIGIN>/sign-in/provider/callback` there',
	},
	{ name: 'OIDC_CLIENT_ID', standard: '', meaning: 'Name of Yuantu at that service' },
	{ name: 'OIDC_CLIENT_SECRET', standard: '', meaning: 'Its secret there' },
	{
		name: 'OIDC_NAME',
		standard: '',
		meaning: 'What the button of the sign-in page calls that service, at most 40 characters',
	},
	{ name: 'TILE_CACHE_MB', standard: '256', meaning: 'Memory for encoded map tiles, in MB, 16 to 16384' },
	{
		name: 'REVISION_CACHE_MB',
		standard: '512',
		meaning:
			'Memory for revisions and what is drawn of them, in MB, 16 to 65536; what was used least recently goes first',
	},
	{
		name: 'DOCUMENT_MAX_MB',
		standard: '20',
		meaning: 'Size that a document of a changeset may have, in MB, 1 to 20',
	},
	{
		name: 'LOG_LEVEL',
		standard: 'info',
		meaning: '`error`, `info` or `debug`; `debug` prints the details of a failure',
	},
];

const standardOf = (name: string) => SETTING_ROWS.find((row) => row.name === name)?.standard ?? '';

const wholeNumber = (from: number, to: number) =>
	z
		.string()
		.regex(/^\d{1,6}$/)
		.transform(Number)
		.refine((value) => value >= from && value <= to);

const READERS = {
	HOST: {
		schema: z.string().regex(/^(?!.*:\/\/)[\p{L}\p{N}._:%-]+$/u),
		remedy: 'give a host name or an address without scheme and port, such as 127.0.0.1 or 0.0.0.0',
	},
	PORT: { schema: wholeNumber(0, 65535), remedy: 'give a whole number from 0 to 65535, such as 3000' },
	DATABASE_URL: {
		schema: z.string().refine(isDatabaseUrl),
		remedy:
			'give postgres://user:password@host:5432/database (write special characters of the password in percent form), or leave it out for the embedded database',
	},
	DATA_DIR: {
		schema: z.string().refine((value) => !value.includes('\0')),
		remedy: 'give a folder, such as data',
	},
	ZONE_FOLDERS: {
		schema: z
			.string()
			.transform((value) => value.split(',').map((folder) => folder.trim()))
			.refine((folders) => folders.every((folder) => folder !== '')),
		remedy: 'give one or more folders separated by commas, such as seeds/shenyang',
	},
	OFFICE_ON_LOCALHOST: {
		schema: z.stringbool({ truthy: ['on'], falsy: ['off'], case: 'sensitive' }),
		remedy: 'give on or off',
	},
	ORIGIN: {
		schema: z
			.string()
			.transform((value) => value.replace(/\/$/, ''))
			.refine(isOrigin),
		remedy: 'give scheme and host only, such as https://map.example.cn, or leave it out',
	},
	AUTH_SECRET: {
		schema: z.string().min(32),
		remedy: 'give at least 32 random characters, such as those of openssl rand -hex 32',
	},
	ADMIN_EMAIL: {
		schema: z.email().transform((value) => value.toLowerCase()),
		remedy: 'give an e-mail address, such as admin@example.cn',
	},
	SAMPLE_ACCOUNTS: {
		schema: z.stringbool({ truthy: ['on'], falsy: ['off'], case: 'sensitive' }),
		remedy: 'give on or off',
	},
	OIDC_ISSUER: {
		schema: z.string().refine(isIssuer),
		remedy:
			'give the https address of a service without question mark and hash (http for this machine only), such as https://id.example.cn/realms/office',
	},
	OIDC_CLIENT_ID: {
		schema: z.string().regex(/^[\x21-\x7e]{1,256}$/),
		remedy: 'give the name under which the service knows Yuantu, without spaces',
	},
	OIDC_CLIENT_SECRET: {
		schema: z.string().regex(/^[\x21-\x7e]{1,1024}$/),
		remedy: 'give the secret that the service gave Yuantu, without spaces',
	},
	OIDC_NAME: {
		schema: z.string().regex(/^\P{C}{1,40}$/u),
		remedy: 'give a name of at most 40 characters',
	},
	TILE_CACHE_MB: {
		schema: wholeNumber(16, 16384),
		remedy: 'give a whole number from 16 to 16384, such as 256',
	},
	REVISION_CACHE_MB: {
		schema: wholeNumber(16, 65536),
		remedy: 'give a whole number from 16 to 65536, such as 512',
	},
	DOCUMENT_MAX_MB: { schema: wholeNumber(1, 20), remedy: 'give a whole number from 1 to 20, such as 20' },
	LOG_LEVEL: { schema: z.enum(['error', 'info', 'debug']), remedy: 'give error, info or debug' },
} as const;

type ReaderName = keyof typeof READERS;

/**
 * Reads the settings from environment variables and gathers every problem as one line that names the variable, the shape of its
 * value (never the value of an address that may hold a password) and the remedy.
 *
 * An empty variable counts as absent; variables that are not in `SETTING_ROWS` are not looked at, but for those by which the start
 * program tells the server where its embedded database listens (`YUANTU_SOCKET_DIR`) and which files make overlays
 * and overviews (`YUANTU_OVERLAY_WORKER`, `YUANTU_OVERVIEW_WORKER`).
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): SettingsReading {
	const problems: string[] = [];
	const read = <Name extends ReaderName>(name: Name): z.output<(typeof READERS)[Name]['schema']> | null => {
		const given = env[name]?.trim() || standardOf(name);
		if (given === '') return null;
		const reading = READERS[name].schema.safeParse(given);
		if (reading.success) return reading.data as z.output<(typeof READERS)[Name]['schema']>;
		problems.push(`${name} is ${describe(name, given)}: ${READERS[name].remedy}`);
		return null;
	};
	const host = read('HOST');
	const port = read('PORT');
	const url = read('DATABASE_URL');
	const dataDir = read('DATA_DIR');
	const zoneFolders = read('ZONE_FOLDERS');
	const officeOnLocalhost = read('OFFICE_ON_LOCALHOST');
	const origin = read('ORIGIN');
	const authSecret = read('AUTH_SECRET');
	const adminEmail = read('ADMIN_EMAIL');
	const sampleAccounts = read('SAMPLE_ACCOUNTS');
	const oidc = gatherOidc(env, problems, {
		issuer: read('OIDC_ISSUER'),
		clientId: read('OIDC_CLIENT_ID'),
		clientSecret: read('OIDC_CLIENT_SECRET'),
		name: read('OIDC_NAME'),
	});
	const tileCacheMb = read('TILE_CACHE_MB');
	const revisionCacheMb = read('REVISION_CACHE_MB');
	const documentMaxMb = read('DOCUMENT_MAX_MB');
	const logLevel = read('LOG_LEVEL');
	if (officeOnLocalhost && origin !== null) {
		problems.push(
			'OFFICE_ON_LOCALHOST is on although ORIGIN names a public address: leave one of them out, as a proxy on this machine would lend the office view to the world',
		);
	}
	if (origin !== null && authSecret === null && problems.every((line) => !line.startsWith('AUTH_SECRET'))) {
		problems.push(`ORIGIN names a public address and AUTH_SECRET is missing: ${READERS.AUTH_SECRET.remedy}`);
	}
	if (oidc !== null && origin === null && !isGiven(env, 'ORIGIN')) {
		problems.push(
			'OIDC_ISSUER is given and ORIGIN is missing: give the address to which that service sends people back, such as https://map.example.cn',
		);
	}
	if (
		problems.length > 0 ||
		host === null ||
		port === null ||
		dataDir === null ||
		zoneFolders === null ||
		officeOnLocalhost === null ||
		adminEmail === null ||
		tileCacheMb === null ||
		revisionCacheMb === null ||
		documentMaxMb === null ||
		logLevel === null
	) {
		return { ok: false, problems };
	}
	const database: DatabaseTarget =
		url === null
			? { kind: 'embedded', socketDir: env['YUANTU_SOCKET_DIR'] || null }
			: { kind: 'server', url };
	return {
		ok: true,
		settings: {
			host,
			port,
			database,
			dataDir,
			zoneFolders,
			officeOnLocalhost,
			origin,
			authSecret,
			adminEmail,
			sampleAccounts: sampleAccounts ?? (url === null && origin === null && LOOPBACK.test(host)),
			oidc,
			tileCacheMb,
			revisionCacheMb,
			documentMaxMb,
			logLevel,
			overlayWorker: env['YUANTU_OVERLAY_WORKER'] || null,
			overviewWorker: env['YUANTU_OVERVIEW_WORKER'] || null,
		},
	};
}

const OIDC_NAMES = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME'] as const;

const isGiven = (env: Readonly<Record<string, string | undefined>>, name: ReaderName) =>
	(env[name]?.trim() ?? '') !== '';

/** The other service to sign in by: whole or none; a part of it is a problem. */
function gatherOidc(
	env: Readonly<Record<string, string | undefined>>,
	problems: string[],
	{ issuer, clientId, clientSecret, name }: { readonly [Part in keyof OidcSettings]: string | null },
): OidcSettings | null {
	const missing = OIDC_NAMES.filter((each) => !isGiven(env, each));
	if (missing.length > 0 && missing.length < OIDC_NAMES.length) {
		const given = OIDC_NAMES.filter((each) => isGiven(env, each));
		problems.push(
			`${given.join(', ')} without ${missing.join(', ')} is a part of a sign-in: give all of ${OIDC_NAMES.join(', ')}, or none`,
		);
	}
	if (issuer === null || clientId === null || clientSecret === null || name === null) return null;
	return { issuer, clientId, clientSecret, name };
}

const LOOPBACK = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1)$/i;

/** The shape of a refused value: the value itself when it is short and cannot hold a secret. */
function describe(name: string, given: string): string {
	if (name === 'DATABASE_URL') {
		const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(given)?.[1];
		if (scheme === undefined) return 'not an address';
		if (!/^postgres(ql)?$/i.test(scheme)) return 'not the address of a PostgreSQL database';
		return 'an address that cannot be read';
	}
	if (name === 'AUTH_SECRET' || name === 'OIDC_CLIENT_SECRET') return `a text of ${given.length} characters`;
	if (name === 'OIDC_ISSUER' && given.includes('@')) return 'an address that cannot be used';
	if (name === 'ORIGIN' && given.includes('@')) return 'not an origin';
	return given.length <= 60
		? `"${given.replace(/[^\P{C}]/gu, '?')}"`
		: `a text of ${given.length} characters`;
}

function isDatabaseUrl(value: string): boolean {
	if (!/^postgres(ql)?:\/\//i.test(value)) return false;
	try {
		const { hostname, pathname, username, password } = new URL(value);
		// Each must be decodable; a call whose result is not used would be left out of the bundle.
		const [, , database] = [username, password, pathname].map(decodeURIComponent);
		return hostname !== '' && database.length > 1;
	} catch {
		return false;
	}
}

function isOrigin(value: string): boolean {
	try {
		const url = new URL(value);
		return /^https?:$/.test(url.protocol) && url.origin === value;
	} catch {
		return false;
	}
}

/** An address that names a service: TLS unless it is on this machine; no name, password, question mark or hash in it. */
function isIssuer(value: string): boolean {
	try {
		const { protocol, hostname, username, password } = new URL(value);
		const isSafe = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
		return isSafe && !/[?#\s]/.test(value) && username === '' && password === '';
	} catch {
		return false;
	}
}
