import { inScope, ZONE_DIRECTORY, type Database } from '../db/connect.ts';
import { listWithdrawnContents } from '../db/revision-history.ts';

/** So long may pass until what another program withdrew is no longer answered here. */
const ASK_EVERY_MS = 2_000;

/** The contents that are withdrawn from public view, of all zones: their tiles are not the public's, kept in memory or not. */
export class WithdrawnContents {
	readonly #database: Database;
	#asked: { readonly atMs: number; readonly contents: Promise<ReadonlySet<string>> } | null = null;
	/** What was withdrawn when the database last answered. */
	#known: ReadonlySet<string> | null = null;

	constructor(database: Database) {
		this.#database = database;
	}

	/** Says whether a content is withdrawn at an instant; asks the database once in a while, for all who ask meanwhile. */
	async has(contentId: string, now: Date): Promise<boolean> {
		const atMs = now.getTime();
		if (this.#asked === null || Math.abs(atMs - this.#asked.atMs) > ASK_EVERY_MS)
			this.#asked = { atMs, contents: this.#ask() };
		return (await this.#asked.contents).has(contentId);
	}

	/** Asks anew from now on: something was withdrawn or given back. */
	forget(): void {
		this.#asked = null;
	}

	/** Without the database what is held in memory is served as it last was. */
	async #ask(): Promise<ReadonlySet<string>> {
		const directory = { role: 'read', zoneId: ZONE_DIRECTORY, grade: 'public' } as const;
		try {
			this.#known = new Set(await inScope(this.#database, directory, listWithdrawnContents));
		} catch (error) {
			this.#asked = null;
			if (this.#known === null) throw error;
		}
		return this.#known;
	}
}
