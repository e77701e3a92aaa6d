import { createConnection } from 'node:net';
import postgres from 'postgres';
import { codeOf, StartProblem } from './start-problem.ts';

const ANSWER_WITHIN_MS = 10_000;
const OLDEST_POSTGRESQL = 15;
const OLDEST_POSTGIS = [3, 3] as const;
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

interface ServerFacts {
	postgresqlVersion: number;
	postgisOffered: string | null;
	postgisInstalled: string | null;
	mayCreate: boolean;
}

/** Makes sure that `url` leads to a PostgreSQL with PostGIS that the program can work with; every refusal is one line without the password. */
export async function checkDatabaseServer(url: string): Promise<{ postgresql: number; postgis: string }> {
	const { hostname, port, username, pathname } = new URL(url);
	const place = { host: decodeURIComponent(hostname), port: Number(port || 5432) };
	await checkSpeaksPostgresql(place.host, place.port);
	const sql = postgres(url, {
		max: 1,
		connect_timeout: ANSWER_WITHIN_MS / 1000,
		fetch_types: false,
		onnotice: () => {},
	});
	let facts: ServerFacts;
	try {
		[facts] = await sql<ServerFacts[]>`
			select current_setting('server_version_num')::int / 10000 as "postgresqlVersion",
				(select default_version from pg_available_extensions where name = 'postgis') as "postgisOffered",
				(select extversion from pg_extension where extname = 'postgis') as "postgisInstalled",
				(select rolsuper from pg_roles where rolname = current_user) as "mayCreate"
		`;
	} catch (error) {
		throw new StartProblem(
			describeRefusal(error, {
				...place,
				user: decodeURIComponent(username) || 'the standard user',
				database: decodeURIComponent(pathname.slice(1)),
			}),
			{ cause: error },
		);
	} finally {
		await sql.end({ timeout: 1 });
	}
	checkFacts(facts);
	return {
		postgresql: facts.postgresqlVersion,
		postgis: facts.postgisInstalled ?? facts.postgisOffered ?? '',
	};
}

/** Whether the server is one that the program can work with; throws the line to print otherwise. */
export function checkFacts({
	postgresqlVersion,
	postgisOffered,
	postgisInstalled,
	mayCreate,
}: ServerFacts): void {
	if (postgresqlVersion < OLDEST_POSTGRESQL) {
		throw new StartProblem(
			`the database server is PostgreSQL ${postgresqlVersion}: PostgreSQL ${OLDEST_POSTGRESQL} or newer is needed`,
		);
	}
	const postgis = postgisInstalled ?? postgisOffered;
	const packageName = `postgresql-${postgresqlVersion}-postgis-3`;
	if (postgis === null) {
		throw new StartProblem(
			`PostGIS is missing on the database server: install the package ${packageName} there (Debian, Ubuntu) and start again`,
		);
	}
	if (isOlder(postgis, OLDEST_POSTGIS)) {
		throw new StartProblem(
			`the database server has PostGIS ${postgis}: PostGIS ${OLDEST_POSTGIS.join('.')} or newer is needed (package ${packageName})`,
		);
	}
	if (postgisInstalled === null && !mayCreate) {
		throw new StartProblem(
			'PostGIS is not set up in this database and the user of DATABASE_URL may not do it: ' +
				'as an administrator run "create extension postgis; create extension btree_gist;" in it, then start again',
		);
	}
}

function isOlder(version: string, [major, minor]: readonly [number, number]): boolean {
	const [a, b] = version.split('.').map(Number);
	return a < major || (a === major && (b ?? 0) < minor);
}

interface Place {
	host: string;
	port: number;
	user: string;
	database: string;
}

/** The line for an error of the connection or of the first statement. */
export function describeRefusal(error: unknown, { host, port, user, database }: Place): string {
	const at = `the database server at ${host}:${port}`;
	switch (codeOf(error)) {
		case '28P01':
			return `${at} refuses the password of user ${user}: correct DATABASE_URL`;
		case '28000':
			return `${at} refuses user ${user}: correct the user in DATABASE_URL, or allow it in the server's pg_hba.conf`;
		case '3D000':
			return `${at} has no database "${database}": create it (createdb ${database}) or correct DATABASE_URL`;
		case '42501':
			return `user ${user} may not use database "${database}" on ${host}:${port}: grant it the right to connect`;
		case '53300':
			return `${at} has no free connection: raise max_connections there or stop another client`;
		case '57P03':
			return `${at} is starting or stopping: try again in a moment`;
		case 'CONNECT_TIMEOUT':
			return `${at} does not answer within ${ANSWER_WITHIN_MS / 1000} s: correct DATABASE_URL or start the server`;
		default: {
			const reason = error instanceof Error ? error.message : String(error);
			return `${at} refuses the connection (${reason}): correct DATABASE_URL`;
		}
	}
}

/** Asks whether encryption is possible, which only a PostgreSQL server answers with one letter. */
function checkSpeaksPostgresql(host: string, port: number): Promise<void> {
	const at = `${host}:${port}`;
	return new Promise((resolve, reject) => {
		const socket = createConnection({ host, port });
		const refuse = (line: string, cause?: unknown) => {
			socket.destroy();
			reject(new StartProblem(line, { cause }));
		};
		const stranger = `what answers at ${at} is not a PostgreSQL server: correct host and port in DATABASE_URL`;
		socket.setTimeout(ANSWER_WITHIN_MS, () =>
			refuse(
				`no PostgreSQL server answers at ${at} within ${ANSWER_WITHIN_MS / 1000} s: correct DATABASE_URL or start the server`,
			),
		);
		socket.once('connect', () => socket.write(SSL_REQUEST));
		socket.once('data', (answer) => {
			if (answer.length > 1 || !['S', 'N'].includes(answer.toString('latin1'))) return refuse(stranger);
			socket.destroy();
			resolve();
		});
		socket.once('end', () => refuse(stranger));
		socket.once('error', (error) => refuse(describeUnreachable(codeOf(error), host, at), error));
	});
}

function describeUnreachable(code: string, host: string, at: string): string {
	switch (code) {
		case 'ECONNREFUSED':
			return `no database server listens at ${at}: start it, or correct DATABASE_URL`;
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return `the database host ${host} is not known: correct DATABASE_URL, or the name service of this machine`;
		case 'ECONNRESET':
			return `what answers at ${at} is not a PostgreSQL server: correct host and port in DATABASE_URL`;
		default:
			return `the database server at ${at} cannot be reached (${code}): correct DATABASE_URL, or the network`;
	}
}
