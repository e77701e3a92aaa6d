import type { ClassUse } from '$lib/domain/tenure/term.ts';
import type { Sql } from './connect.ts';

/** A class list's uses in the law of terms, by code. */
export async function findClassUses(
	sql: Sql,
	system: string,
	version: string,
): Promise<Map<string, ClassUse>> {
	const rows = await sql<(ClassUse & { code: string })[]>`
		select code, use, source, status from class_use where system = ${system} and version = ${version} order by code`;
	return new Map(rows.map(({ code, ...row }) => [code, row]));
}

/** Brings a class list's uses to what is given. */
export async function putClassUses(
	sql: Sql,
	system: string,
	version: string,
	rows: readonly (ClassUse & { readonly code: string; readonly note: string | null })[],
): Promise<void> {
	await sql`delete from class_use where system = ${system} and version = ${version}`;
	for (const { code, use, note, source, status } of rows)
		await sql`
			insert into class_use (system, version, code, use, note, source, status)
			values (${system}, ${version}, ${code}, ${use}, ${note}, ${source}, ${status})`;
}
