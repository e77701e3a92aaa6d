import type { Database, Sql } from './connect.ts';
import { DatabaseRefusal } from './refusal.ts';

const ROLES = ['yuantu_owner', 'yuantu_app', 'yuantu_read', 'yuantu_auth'] as const;
const EXTENSIONS = ['postgis', 'btree_gist'] as const;
const EXTENSION_NAMES = { postgis: 'PostGIS', btree_gist: 'extension btree_gist' } as const;
/** What PostgreSQL says when a library of an extension cannot be loaded, or its script or control file is not there. */
const LIBRARY_MISSING = ['58P01', '0A000', '22023'];
const OLDEST_SERVER = 150000;
const OLDEST_POSTGIS = [3, 3];

/** What must be true of a database before its first migration, as found now. */
interface Preparation {
	serverVersion: number;
	user: string;
	databaseName: string;
	canCreateInDatabase: boolean;
	hasSchema: boolean;
	/** Extension name → version and schema in this database. */
	installed: Map<string, { version: string; schema: string }>;
	/** Extension name → version that the server would install. */
	available: Map<string, string>;
	existingRoles: Set<string>;
	heldRoles: Set<string>;
}

/**
 * Makes sure of the extensions, the cluster's roles, the schema and the table of migrations; idempotent.
 *
 * Roles belong to the cluster, and another database may be making them at this moment: a lost race is tried again.
 * Throws a DatabaseRefusal that names the package, or the lines that a superuser should run.
 */
export async function prepareDatabase(database: Database): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		try {
			await database.sql.begin(async (sql) => {
				await sql`select pg_advisory_xact_lock(hashtextextended('yuantu.migrate', 0))`;
				await prepare(sql);
			});
			return;
		} catch (error) {
			if (attempt >= 20 || !isLostRace(error)) throw error;
		}
	}
}

async function prepare(sql: Sql): Promise<void> {
	const found = await findPreparation(sql);
	checkServer(found);
	const lacking = {
		extensions: EXTENSIONS.filter((name) => !found.installed.has(name)),
		roles: ROLES.filter((role) => !found.existingRoles.has(role)),
		grants: ROLES.filter((role) => !found.heldRoles.has(role)),
	};
	try {
		await sql.savepoint(async (inner) => {
			for (const name of lacking.extensions)
				await inner`create extension if not exists ${inner(name)} with schema public`;
			for (const role of lacking.roles) await inner`create role ${inner(role)} nologin`;
			for (const role of lacking.grants) await inner`grant ${inner(role)} to ${inner(found.user)}`;
			if (!found.hasSchema) {
				await inner`create schema yuantu authorization yuantu_owner`;
				await inner`comment on schema yuantu is 'Yuantu: zones, parcels, rules and their history.'`;
			}
			await inner`select set_config('role', 'yuantu_owner', true)`;
			await inner`grant usage on schema yuantu to yuantu_app, yuantu_read, yuantu_auth`;
			await inner`
				create table if not exists yuantu.schema_migration (
					version integer not null,
					name text not null,
					checksum text not null,
					applied_at timestamptz not null,
					constraint schema_migration_pk primary key (version),
					constraint schema_migration_version_positive check (version > 0)
				)`;
			await inner`comment on table yuantu.schema_migration is 'Migrations that this database has run.'`;
			await inner`comment on column yuantu.schema_migration.checksum is 'SHA-256 of the file as it was run, hex.'`;
			await inner`alter table yuantu.schema_migration enable row level security`;
		});
	} catch (error) {
		if (hasSqlState(error, LIBRARY_MISSING)) throw brokenExtension(found, error);
		if (!isInsufficientPrivilege(error)) throw error;
		throw new DatabaseRefusal(
			'rights.missing',
			`user ${found.user} may not prepare database ${found.databaseName}; run there as a superuser`,
			remedyLines(found, lacking),
		);
	}
}

async function findPreparation(sql: Sql): Promise<Preparation> {
	const [server] = await sql<
		{ version: number; user: string; name: string; canCreate: boolean; hasSchema: boolean }[]
	>`
		select current_setting('server_version_num')::integer as version, current_user::text as user,
			current_database()::text as name, has_database_privilege(current_database(), 'create') as "canCreate",
			exists (select from pg_namespace where nspname = 'yuantu') as "hasSchema"`;
	const available = await sql<{ name: string; version: string }[]>`
		select name::text as name, default_version as version from pg_available_extensions
		where name in ('postgis', 'btree_gist')`;
	const installed = await sql<{ name: string; version: string; schema: string }[]>`
		select e.extname::text as name, e.extversion as version, n.nspname::text as schema
		from pg_extension e join pg_namespace n on n.oid = e.extnamespace
		where e.extname in ('postgis', 'btree_gist')`;
	const roles = await sql<{ name: string; isHeld: boolean }[]>`
		select rolname::text as name, pg_has_role(current_user, oid, 'member') as "isHeld"
		from pg_roles where rolname = any (${[...ROLES]})`;
	const [{ isSuperuser }] = await sql<{ isSuperuser: boolean }[]>`
		select rolsuper as "isSuperuser" from pg_roles where rolname = current_user`;
	return {
		serverVersion: server.version,
		user: server.user,
		databaseName: server.name,
		canCreateInDatabase: server.canCreate,
		hasSchema: server.hasSchema,
		available: new Map(available.map(({ name, version }) => [name, version])),
		installed: new Map(installed.map(({ name, version, schema }) => [name, { version, schema }])),
		existingRoles: new Set(roles.map((row) => row.name)),
		heldRoles: new Set(isSuperuser ? ROLES : roles.filter((row) => row.isHeld).map((row) => row.name)),
	};
}

function checkServer(found: Preparation): void {
	const major = majorOf(found);
	if (found.serverVersion < OLDEST_SERVER)
		throw new DatabaseRefusal('postgres.too-old', `the server is PostgreSQL ${major}; 15 or newer is needed`);
	for (const name of EXTENSIONS) {
		if (!found.available.has(name))
			throw new DatabaseRefusal(
				'postgis.missing',
				`the server has no ${EXTENSION_NAMES[name]}: install it (${packageOf(name, major)}), then run in database ${found.databaseName} as a superuser`,
				[`create extension ${name};`],
			);
	}
	checkPostgisVersion(found, major);
	for (const [name, extension] of found.installed)
		if (extension.schema !== 'public')
			throw new DatabaseRefusal(
				'postgis.missing',
				`extension ${name} is in schema ${extension.schema}; Yuantu needs it in schema public`,
			);
}

/** The version in the database counts, or the one that would come into it. */
function checkPostgisVersion({ installed, available }: Preparation, major: number): void {
	const offered = available.get('postgis') ?? '';
	const version = installed.get('postgis')?.version ?? offered;
	if (isNewEnough(version)) return;
	if (isNewEnough(offered))
		throw new DatabaseRefusal(
			'postgis.too-old',
			`the database has PostGIS ${version}; 3.3 or newer is needed: run there as a superuser`,
			['alter extension postgis update;'],
		);
	throw new DatabaseRefusal(
		'postgis.too-old',
		`the server has PostGIS ${offered}; 3.3 or newer is needed: install a newer one (${packageOf('postgis', major)})`,
	);
}

function isNewEnough(version: string): boolean {
	const [majorPart, minorPart] = version.split('.').map(Number);
	const [oldestMajor, oldestMinor] = OLDEST_POSTGIS;
	return majorPart > oldestMajor || (majorPart === oldestMajor && minorPart >= oldestMinor);
}

function brokenExtension(found: Preparation, error: unknown): DatabaseRefusal {
	const reason = error instanceof Error ? error.message : String(error);
	const major = majorOf(found);
	return new DatabaseRefusal(
		'postgis.missing',
		`an extension of the server is not whole (${reason}): install it again (Debian packages postgresql-${major}, postgresql-${major}-postgis-3)`,
	);
}

const majorOf = ({ serverVersion }: Preparation) => Math.floor(serverVersion / 10000);

function packageOf(extension: (typeof EXTENSIONS)[number], major: number): string {
	// Debian has the contrib modules in the server's own package.
	return extension === 'postgis'
		? `Debian package postgresql-${major}-postgis-3`
		: `Debian package postgresql-${major}, elsewhere postgresql-contrib`;
}

function remedyLines(
	found: Preparation,
	lacking: { extensions: readonly string[]; roles: readonly string[]; grants: readonly string[] },
): string[] {
	const user = quoteName(found.user);
	const lines = lacking.extensions.map((name) => `create extension ${name};`);
	lines.push(...lacking.roles.map((role) => `create role ${role} nologin;`));
	if (lacking.grants.length > 0) lines.push(`grant ${lacking.grants.join(', ')} to ${user};`);
	if (!found.hasSchema && !found.canCreateInDatabase)
		lines.push(`grant create on database ${quoteName(found.databaseName)} to ${user};`);
	return lines;
}

function quoteName(name: string): string {
	return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function isInsufficientPrivilege(error: unknown): boolean {
	return hasSqlState(error, ['42501']);
}

/** Another database of the cluster made the same role, or granted it, at the same moment. */
function isLostRace(error: unknown): boolean {
	const isUpdateRace = error instanceof Error && error.message.includes('tuple concurrently updated');
	return isUpdateRace || hasSqlState(error, ['42710', '23505', '42P06']);
}

function hasSqlState(error: unknown, states: readonly string[]): boolean {
	return error instanceof Error && 'code' in error && states.includes(String(error.code));
}
