import { createAdapterFactory, type CleanedWhere, type CustomAdapter } from 'better-auth/adapters';
import type { BetterAuthOptions } from 'better-auth/types';
import { asSignIn, type Database, type Sql } from '../db/connect.ts';

/** The tables of sign-in: which column is the id, and the columns besides. */
const TABLES: Readonly<Record<string, { readonly id: string; readonly columns: readonly string[] }>> = {
	app_user: {
		id: 'user_id',
		columns: [
			...['name', 'email', 'email_verified', 'must_change_password', 'disabled_at'],
			...['created_at', 'updated_at'],
		],
	},
	app_session: {
		id: 'session_id',
		columns: [
			...['token', 'user_id', 'ip_address', 'user_agent'],
			...['created_at', 'updated_at', 'expires_at'],
		],
	},
	app_account: {
		id: 'account_id',
		columns: ['user_id', 'provider', 'provider_account_id', 'password_hash', 'created_at', 'updated_at'],
	},
};

type Row = Record<string, unknown>;
type Run = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;

/**
 * The tables of sign-in as better-auth wants them: our own, and not its Kysely adapter, since every statement here runs in a
 * transaction that sets its role first (the embedded database is one backend that all connections share).
 */
export function authTables(database: Database) {
	return (options: BetterAuthOptions) => {
		const within = (
			run: Run,
			transaction: Parameters<typeof createAdapterFactory>[0]['config']['transaction'],
		) =>
			createAdapterFactory({
				config: { adapterId: 'yuantu', usePlural: false, transaction },
				adapter: () => tablesBy(run),
			})(options);
		return within(
			(work) => asSignIn(database, work),
			(work) => asSignIn(database, (sql) => work(within((inner) => inner(sql), false))),
		);
	};
}

function tablesBy(run: Run): CustomAdapter {
	return {
		create: async ({ model, data }) => {
			const [row] = await run(
				(sql) =>
					sql`insert into ${sql(model)} ${sql(columnsOf(model, data))} returning ${listed(sql, model)}`,
			);
			return outward(model, row) as typeof data;
		},
		update: async ({ model, where, update }) => {
			const changes = columnsOf(model, update as Row);
			const [row] = await run(
				(sql) =>
					sql`update ${sql(model)} set ${sql(changes)} where ${condition(sql, model, where)} returning ${listed(sql, model)}`,
			);
			return row === undefined ? null : (outward(model, row) as typeof update);
		},
		updateMany: async ({ model, where, update }) => {
			const changes = columnsOf(model, update);
			const { count } = await run(
				(sql) => sql`update ${sql(model)} set ${sql(changes)} where ${condition(sql, model, where)}`,
			);
			return count;
		},
		findOne: async <T>({ model, where }: Parameters<CustomAdapter['findOne']>[0]) => {
			const [row] = await run(
				(sql) =>
					sql`select ${listed(sql, model)} from ${sql(model)} where ${condition(sql, model, where)} limit 1`,
			);
			return row === undefined ? null : (outward(model, row) as T);
		},
		findMany: async <T>({ model, where = [], limit }: Parameters<CustomAdapter['findMany']>[0]) => {
			const rows = await run(
				(sql) => sql`
					select ${listed(sql, model)} from ${sql(model)} where ${condition(sql, model, where)}
					order by created_at, ${sql(tableOf(model).id)} limit ${limit}`,
			);
			return rows.map((row) => outward(model, row) as T);
		},
		delete: async ({ model, where }) => {
			await run((sql) => sql`delete from ${sql(model)} where ${condition(sql, model, where)}`);
		},
		deleteMany: async ({ model, where }) => {
			const { count } = await run(
				(sql) => sql`delete from ${sql(model)} where ${condition(sql, model, where)}`,
			);
			return count;
		},
		count: async ({ model, where = [] }) => {
			const [{ count }] = await run(
				(sql) => sql<{ count: number }[]>`
					select count(*) as count from ${sql(model)} where ${condition(sql, model, where)}`,
			);
			return count;
		},
	};
}

function tableOf(model: string) {
	const table = TABLES[model];
	if (table === undefined) throw new Error(`sign-in has no table ${model}`);
	return table;
}

const columnOf = (model: string, field: string) => (field === 'id' ? tableOf(model).id : field);
const listed = (sql: Sql, model: string) => sql([tableOf(model).id, ...tableOf(model).columns]);

/** Values by column; what a table has no column for (pictures, tokens of other services) is not kept. */
function columnsOf(model: string, data: Row): Record<string, string | number | boolean | Date | null> {
	const { id, columns } = tableOf(model);
	const kept = Object.entries(data)
		.map(([field, value]) => [columnOf(model, field), value] as const)
		.filter(([column, value]) => value !== undefined && (column === id || columns.includes(column)));
	return Object.fromEntries(kept) as Record<string, string | number | boolean | Date | null>;
}

function outward(model: string, row: Row): Row {
	const { [tableOf(model).id]: id, ...rest } = row;
	return { id, ...rest };
}

/** Conditions that all have to hold; what sign-in never asks is refused rather than guessed. */
function condition(sql: Sql, model: string, where: readonly CleanedWhere[]) {
	const parts = where.map(({ field, operator, value, connector }) => {
		if (connector === 'OR') throw new Error('sign-in asks for alternatives');
		const column = sql(columnOf(model, field));
		if (Array.isArray(value) && operator === 'in') return sql`${column} = any (${value.map(String)}::text[])`;
		if (Array.isArray(value)) throw new Error(`sign-in asks for ${operator} of a list`);
		if (value === null && operator === 'eq') return sql`${column} is null`;
		switch (operator) {
			case 'eq':
				return sql`${column} = ${value}`;
			case 'gt':
				return sql`${column} > ${value}`;
			case 'lt':
				return sql`${column} < ${value}`;
			default:
				throw new Error(`sign-in asks for ${operator}`);
		}
	});
	return parts.reduce((all, part) => sql`${all} and ${part}`, sql`true`);
}
