import type { Actor, Grade } from '../access/actor.ts';
import { inScope, type Database, type Scope, type Sql } from '../db/connect.ts';

/** Reads in one transaction as the actor may: row-level security holds the actor's grade once more. */
export function asActor<T>(
	{ database, actor }: { readonly database: Database; readonly actor: Actor },
	zoneId: string,
	work: (sql: Sql) => Promise<T>,
): Promise<T> {
	return inScope(database, scopeOf(zoneId, actor.grade), work);
}

/** Reads what a whole needs, beyond what the actor may see of its parts; what leaves the service is masked there. */
export function asWhole<T>(database: Database, zoneId: string, work: (sql: Sql) => Promise<T>): Promise<T> {
	return inScope(database, scopeOf(zoneId, 'office'), work);
}

function scopeOf(zoneId: string, grade: Grade): Scope {
	return { role: 'read', zoneId, grade };
}
