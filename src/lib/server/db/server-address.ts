/** Where a PostgreSQL server answers and as whom, read from a URL; every part in plain text. */
export interface ServerAddress {
	readonly host: string;
	readonly port: number;
	/** Null: the driver's standard user. */
	readonly user: string | null;
	readonly password: string;
	readonly database: string;
	/** Null where the URL does not say; the connection is then not encrypted. */
	readonly sslMode: SslMode | null;
}

/** `sslmode` in a URL, with the meaning that PostgreSQL's own programs give it. */
export const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof SSL_MODES)[number];

/** Reads `postgres://user:password@host:port/database?sslmode=…`. Throws where a part cannot be read. */
export function readServerAddress(url: string): ServerAddress {
	const { hostname, port, username, password, pathname, searchParams } = new URL(url);
	const sslMode = searchParams.get('sslmode');
	return {
		host: decodeURIComponent(hostname),
		port: Number(port || 5432),
		user: decodeURIComponent(username) || null,
		password: decodeURIComponent(password),
		database: decodeURIComponent(pathname.slice(1)),
		sslMode: SSL_MODES.find((mode) => mode === sslMode) ?? null,
	};
}

/**
 * What the driver must be told besides the URL: it takes the database's name as it is written there, in percent form, and knows fewer
 * modes of encryption.
 */
export function driverOptions(url: string) {
	const { database, sslMode } = readServerAddress(url);
	return { database, ...(sslMode === null ? {} : { ssl: DRIVER_SSL[sslMode] }) };
}

const DRIVER_SSL = {
	disable: false,
	allow: 'prefer',
	prefer: 'prefer',
	require: 'require',
	'verify-ca': 'verify-full',
	'verify-full': 'verify-full',
} as const;
