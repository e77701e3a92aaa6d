import { createConnection } from 'node:net';
import postgres from 'postgres';
import { driverOptions, readServerAddress, SSL_MODES } from '../lib/server/db/server-address.ts';
import { codeOf, StartProblem } from './start-problem.ts';

const ANSWER_WITHIN_MS = 10_000;
const CERTIFICATE_FAILURE = /CERT|ERR_TLS|UNABLE_TO_VERIFY/;
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/**
 * Makes sure that a PostgreSQL answers at `url` and lets us in, and returns its version.
 *
 * Every refusal is one line, without the password. What the server must have inside is the migrator's to check.
 */
export async function checkDatabaseServer(url: string): Promise<string> {
	const { host, port, user, database, sslMode } = readServerAddress(url);
	if (sslMode === null && new URL(url).searchParams.has('sslmode'))
		throw new StartProblem(`DATABASE_URL has an sslmode that is not known: give ${SSL_MODES.join(', ')}`);
	const offersTls = await checkSpeaksPostgresql(host, port);
	const wantsTls = sslMode !== null && !['disable', 'allow', 'prefer'].includes(sslMode);
	if (wantsTls && !offersTls) {
		throw new StartProblem(
			`the database server at ${host}:${port} does not offer encryption: ` +
				`leave sslmode=${sslMode} out of DATABASE_URL, or set ssl = on at the server`,
		);
	}
	const sql = postgres(url, {
		...driverOptions(url),
		max: 1,
		connect_timeout: ANSWER_WITHIN_MS / 1000,
		fetch_types: false,
		onnotice: () => {},
	});
	try {
		const [{ version }] = await sql<
			{ version: string }[]
		>`select current_setting('server_version') as version`;
		return version.split(' ')[0];
	} catch (error) {
		const place = { host, port, user: user ?? 'the standard user', database };
		const couldEncrypt = offersTls && (sslMode === null || sslMode === 'disable');
		throw new StartProblem(describeRefusal(error, { ...place, couldEncrypt }), { cause: error });
	} finally {
		await sql.end({ timeout: 1 });
	}
}

interface Place {
	host: string;
	port: number;
	user: string;
	database: string;
	/** The server offers encryption and was not asked for it. */
	couldEncrypt: boolean;
}

/** The line for an error of the connection or of the first statement. */
function describeRefusal(error: unknown, { host, port, user, database, couldEncrypt }: Place): string {
	const at = `the database server at ${host}:${port}`;
	switch (codeOf(error)) {
		case '28P01':
			return `${at} refuses the password of user ${user}: correct DATABASE_URL`;
		case '28000':
			return (
				`${at} refuses user ${user}: correct the user in DATABASE_URL, or allow it in the server's pg_hba.conf` +
				(couldEncrypt ? ', or add ?sslmode=require if the server lets in encrypted connections only' : '')
			);
		case '3D000':
			return `${at} has no database "${database}": create it (createdb ${shellWord(database)}) or correct DATABASE_URL`;
		case '42501':
			return `user ${user} may not use database "${database}" on ${host}:${port}: grant it the right to connect`;
		case '53300':
			return `${at} has no free connection: raise max_connections there or stop another client`;
		case '57P03':
			return `${at} is starting or stopping: try again in a moment`;
		case 'CONNECT_TIMEOUT':
			return `${at} does not answer within ${ANSWER_WITHIN_MS / 1000} s: correct DATABASE_URL or start the server`;
		default: {
			if (CERTIFICATE_FAILURE.test(codeOf(error)))
				return `the certificate of ${at} is not trusted (${codeOf(error)}): name its authority in NODE_EXTRA_CA_CERTS, or write sslmode=require in DATABASE_URL, which does not check it`;
			const reason = error instanceof Error ? error.message : String(error);
			return `${at} refuses the connection (${reason}): correct DATABASE_URL`;
		}
	}
}

/** The text as one word of a shell's command. */
function shellWord(text: string): string {
	return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Asks whether encryption is possible, which only a PostgreSQL server answers with one letter, and returns whether it is. */
function checkSpeaksPostgresql(host: string, port: number): Promise<boolean> {
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
			resolve(answer.toString('latin1') === 'S');
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
