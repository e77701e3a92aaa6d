/** Why a database cannot be used as it is. */
export type RefusalCode =
	| 'postgres.too-old'
	| 'postgis.missing'
	| 'postgis.too-old'
	| 'rights.missing'
	| 'database.newer'
	| 'migration.changed';

/** A database that cannot be used until its operator does something; the message is one line that says what. */
export class DatabaseRefusal extends Error {
	override readonly name = 'DatabaseRefusal';
	readonly code: RefusalCode;
	/** SQL lines for a superuser, ready to run; empty when that is not the remedy. */
	readonly remedy: readonly string[];

	constructor(code: RefusalCode, message: string, remedy: readonly string[] = []) {
		super(remedy.length === 0 ? message : `${message}: ${remedy.join(' ')}`);
		this.code = code;
		this.remedy = remedy;
	}
}
