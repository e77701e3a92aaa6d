import postgres from 'postgres';
import { isConnectionCut, isLostInPool, isUnanswered } from './connection-loss.ts';
import { driverOptions } from './server-address.ts';

/** Where a database answers: the embedded one on its Unix socket, or a PostgreSQL server by URL. */
export type DatabaseTarget =
	| { readonly kind: 'embedded'; readonly socketDir: string; readonly port?: number }
	| { readonly kind: 'server'; readonly url: string; readonly maxConnections?: number };

/** The value types that rows carry; decided here once. */
interface ValueTypes extends Record<string, unknown> {
	bigint: number;
	date: string;
}

/** A statement maker inside a transaction. */
export type Sql = postgres.TransactionSql<ValueTypes>;

/** An open database. Work goes through `inScope` or `asOwner`; `sql` itself is for the migrator. */
export interface Database {
	/** Makes statements on the connections of now. */
	readonly sql: postgres.Sql<ValueTypes>;
	readonly kind: 'embedded' | 'server';
	/** Gives one use of the connections of now, which are closed once they have been given up and nobody uses them. */
	use(): ConnectionUse;
	/** Waits up to two seconds for statements at work, then closes every connection. */
	close(): Promise<void>;
}

interface ConnectionUse {
	readonly sql: postgres.Sql<ValueTypes>;
	readonly areGivenUp: boolean;
	/** Who comes next is given new connections. */
	giveUp(): void;
	/** Said once, when the use is over. */
	end(): void;
}

/** Less than what a program that is told to stop has for all it has to close. */
const CLOSE_WITHIN_S = 2;

/** What a unit of work may see and do. A null zone sees no zone data at all. */
export interface Scope {
	readonly role: 'app' | 'read';
	readonly zoneId: string | null;
	readonly grade: 'public' | 'registered' | 'office';
	/** The account that acts: policies ask its stored grants. None: nobody is signed in. */
	readonly userId?: string | null;
}

/** The zone setting that opens the directory of zones, and nothing else. */
export const ZONE_DIRECTORY = '*';

const INT8_OID = 20;
const DATE_OID = 1082;
/** The embedded database is one backend: more connections only queue. */
const EMBEDDED_CONNECTIONS = 4;
const MOST_CONNECTIONS = 10;
/** How often work that had not begun is begun anew. */
const MOST_LOSSES = 10;

/**
 * Opens a pool of connections; none is made before the first statement.
 *
 * int8 is a JS number and throws beyond 2⁵³ − 1, numeric is text, date is 'YYYY-MM-DD', timestamptz is a Date, bytea is bytes.
 * The embedded backend is shared by all connections, and named prepared statements with it: there they stay unnamed.
 */
export function connectDatabase(target: DatabaseTarget): Database {
	const options: postgres.Options<{
		bigint: postgres.PostgresType<number>;
		date: postgres.PostgresType<string>;
	}> = {
		types: {
			bigint: { to: INT8_OID, from: [INT8_OID], serialize: String, parse: parseSafeInteger },
			date: { to: DATE_OID, from: [DATE_OID], serialize: String, parse: (text: string) => text },
		},
		connection: { application_name: 'yuantu' },
		connect_timeout: 10,
		onnotice: () => {},
	};
	const open = (): Pool => ({
		sql: (target.kind === 'embedded'
			? postgres({
					...options,
					host: target.socketDir,
					port: target.port ?? 5432,
					database: 'postgres',
					username: 'postgres',
					prepare: false,
					max: EMBEDDED_CONNECTIONS,
				})
			: postgres(target.url, {
					...options,
					...driverOptions(target.url),
					prepare: true,
					max: target.maxConnections ?? MOST_CONNECTIONS,
				})) as unknown as Database['sql'],
		users: 0,
	});
	const pools = new Set<Pool>();
	let current = open();
	let isClosed = false;
	pools.add(current);
	const leave = (pool: Pool) => {
		if (pool === current || pool.users > 0 || !pools.delete(pool)) return;
		pool.sql.end({ timeout: CLOSE_WITHIN_S }).catch(() => {});
	};
	return {
		get sql() {
			return current.sql;
		},
		kind: target.kind,
		use() {
			const pool = current;
			pool.users++;
			return {
				sql: pool.sql,
				get areGivenUp() {
					return pool !== current;
				},
				giveUp() {
					if (pool === current && !isClosed) pools.add((current = open()));
				},
				end() {
					pool.users--;
					leave(pool);
				},
			};
		},
		async close() {
			isClosed = true;
			await Promise.all([...pools].map(({ sql }) => sql.end({ timeout: CLOSE_WITHIN_S })));
		},
	};
}

/** Connections that are opened, and given up, together. */
interface Pool {
	readonly sql: Database['sql'];
	users: number;
}

/**
 * Runs one unit of work as one transaction, seen through row-level security.
 *
 * All settings are the transaction's own, made by its first statement: nothing leaks to the next user of the connection.
 */
export function inScope<T>(database: Database, scope: Scope, work: (sql: Sql) => Promise<T>): Promise<T> {
	const role = scope.role === 'app' ? 'yuantu_app' : 'yuantu_read';
	return transact(database, role, scope, work);
}

/** Runs one unit of work as the owner of the tables: migrations, seeds, and what is done on the machine by nobody signed in. Row-level security does not hold it. */
export function asOwner<T>(database: Database, work: (sql: Sql) => Promise<T>): Promise<T> {
	return transact(database, 'yuantu_owner', { zoneId: null, grade: 'office' }, work);
}

/** Runs one unit of work of the sign-in, which alone sees accounts' passwords and sessions, and sees nothing else. */
export function asSignIn<T>(database: Database, work: (sql: Sql) => Promise<T>): Promise<T> {
	return transact(database, 'yuantu_auth', { zoneId: null, grade: 'public' }, work);
}

const LOSS_SEEN_WITHIN_MS = 10_000;

/**
 * Waits for the driver to fail a transaction whose connection is lost. Told of the error, the driver would send a rollback to the socket that is
 * gone, and what it throws then nobody can catch (porsager/postgres#1208); it fails the transaction by itself when it sees the connection closed.
 * Where it does not, the error was of something else (another server), and the transaction ends for it: it holds its locks until then.
 */
const untilLossIsSeen = () =>
	new Promise<void>((resolve) => setTimeout(resolve, LOSS_SEEN_WITHIN_MS).unref());

/** A statement maker that makes no more once its transaction is over: the driver would send them on the connection's next use, into another's transaction. */
function whileItLasts(sql: Sql, isOver: () => boolean): Sql {
	const check = () => {
		if (isOver()) throw Object.assign(new Error('the transaction is over'), { code: 'CONNECTION_CLOSED' });
	};
	return new Proxy(sql, {
		apply(make, self, parts: unknown[]) {
			check();
			return Reflect.apply(make, self, parts) as unknown;
		},
		get(maker, name) {
			check();
			return Reflect.get(maker, name) as unknown;
		},
	});
}

async function transact<T>(
	database: Database,
	role: string,
	{ zoneId, grade, userId = null }: Pick<Scope, 'zoneId' | 'grade' | 'userId'>,
	work: (sql: Sql) => Promise<T>,
): Promise<T> {
	const answers: T[] = [];
	let hasBegun = false;
	const attempt = async (connections: ConnectionUse) => {
		let isOver = false;
		// What the driver has failed must not end again: it would commit or roll back what is on the connection by then.
		const never = () => new Promise<never>(() => {});
		try {
			await connections.sql.begin('isolation level read committed', async (sql) => {
				try {
					await sql`
						select set_config('search_path', 'yuantu,public', true), set_config('role', ${role}, true),
							set_config('yuantu.zone_id', ${zoneId ?? ''}, true), set_config('yuantu.grade', ${grade}, true),
							set_config('yuantu.user_id', ${userId ?? ''}, true)`;
					hasBegun = true;
					answers.push(await work(whileItLasts(sql, () => isOver)));
				} catch (error) {
					if (isConnectionCut(error)) await untilLossIsSeen();
					if (isOver) await never();
					throw error;
				}
				if (isOver) await never();
			});
		} finally {
			isOver = true;
		}
	};
	for (let lost = 0; ; lost++) {
		const connections = database.use();
		try {
			await attempt(connections);
			break;
		} catch (error) {
			// What is lost in one moment is seen at the next use of each: they are given up together. The driver may also never again get
			// through on a connection that it lost with something to send (3.4.9: `closed` keeps `nextWriteTimer`), and says so after 10 s.
			if (isLostInPool(error)) connections.giveUp();
			const mayTryAgain = isLostInPool(error) || (connections.areGivenUp && isUnanswered(error));
			if (hasBegun || !mayTryAgain || lost === MOST_LOSSES) throw error;
		} finally {
			connections.end();
		}
	}
	// Taken out: the driver's connection refers to what its last transaction held until it is used again.
	return answers.pop() as T;
}

function parseSafeInteger(text: string): number {
	const value = Number(text);
	if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} is beyond 2^53 - 1`);
	return value;
}
