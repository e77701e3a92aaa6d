import { gradeIn, userIdOf, type Actor } from '../access/actor.ts';
import { inScope, type Database, type Scope, type Sql } from '../db/connect.ts';

/** Reads in one transaction as the actor may: row-level security holds the actor's grade once more. */
export function asActor<T>(
	{ database, actor }: { readonly database: Database; readonly actor: Actor },
	zoneId: string,
	work: (sql: Sql) => Promise<T>,
): Promise<T> {
	return inScope(database, scopeOf('read', zoneId, actor), work);
}

/** Writes in one transaction as the actor: policies ask the stored grants of the account, whatever was decided before. */
export function asWriter<T>(
	{ database, actor }: { readonly database: Database; readonly actor: Actor },
	zoneId: string,
	work: (sql: Sql) => Promise<T>,
): Promise<T> {
	return inScope(database, scopeOf('app', zoneId, actor), work);
}

/** Reads what a whole needs, beyond what the actor may see of its parts; what leaves the service is masked there. */
export function asWhole<T>(database: Database, zoneId: string, work: (sql: Sql) => Promise<T>): Promise<T> {
	return inScope(database, { role: 'read', zoneId, grade: 'office' }, work);
}

function scopeOf(role: Scope['role'], zoneId: string, actor: Actor): Scope {
	return { role, zoneId, grade: gradeIn(actor, zoneId), userId: userIdOf(actor) };
}
