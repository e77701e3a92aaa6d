import type { StatementItem } from '$lib/domain/supply/guard-context.ts';
import type { Sql } from './connect.ts';

export interface PermitRow {
	readonly permitNo: number;
	readonly kind: 'site_selection' | 'land_use_permit' | 'works_permit' | 'verification';
	readonly number: string;
	readonly office: string;
	readonly issuedOn: string;
	/** Taken back: it stays to be seen and counts for nothing. */
	readonly isVoid: boolean;
}

/** A permit as it is sent. */
export type NewPermit = Omit<PermitRow, 'permitNo' | 'isVoid'> & { readonly clientId: string };

export interface StatementRow {
	readonly item: StatementItem;
	readonly outcome: 'pass' | 'fail' | 'unknown';
	readonly statedOn: string;
	readonly document: string | null;
}

/** A statement as it is sent. */
export type NewStatement = StatementRow & { readonly clientId: string };

/** Lists the permits of a plot, in the order in which they were recorded. */
export async function listPermits(sql: Sql, zoneId: string, plotNo: number): Promise<PermitRow[]> {
	return sql<PermitRow[]>`
		select permit_no as "permitNo", kind, number, office, issued_on as "issuedOn",
			voided_at is not null as "isVoid"
		from plot_permit
		where zone_id = ${zoneId} and plot_no = ${plotNo} order by permit_no`;
}

export async function insertPermit(
	sql: Sql,
	zoneId: string,
	plotNo: number,
	permit: NewPermit,
): Promise<void> {
	await sql`
		insert into plot_permit (zone_id, plot_no, client_id, kind, number, office, issued_on)
		values (${zoneId}, ${plotNo}, ${permit.clientId}, ${permit.kind}, ${permit.number}, ${permit.office}, ${permit.issuedOn})`;
}

/** Lists what was stated last of each item. */
export async function listStatements(sql: Sql, zoneId: string, plotNo: number): Promise<StatementRow[]> {
	return sql<StatementRow[]>`
		select distinct on (c.item) c.item, c.outcome, c.stated_on as "statedOn", c.document
		from plot_statement c
		where c.zone_id = ${zoneId} and c.plot_no = ${plotNo}
		order by c.item, c.statement_no desc`;
}

export async function insertStatement(
	sql: Sql,
	zoneId: string,
	plotNo: number,
	check: NewStatement,
): Promise<void> {
	await sql`
		insert into plot_statement (zone_id, plot_no, client_id, item, outcome, stated_on, document)
		values (${zoneId}, ${plotNo}, ${check.clientId}, ${check.item}, ${check.outcome}, ${check.statedOn}, ${check.document})`;
}
