/** A stretch of memory that several things may share; it counts once while any of them is held. */
export interface MemoryPart {
	readonly bytes: number;
}

/** Something held under a budget. */
export interface HeldMemory {
	readonly parts: readonly MemoryPart[];
	/** Forgets it: called once, when it has to go. */
	readonly drop: () => void;
}

/** So many stay, whatever they take: a revision and what is drawn of it, which are used in turn. */
const LAST_USED = 2;

/** One limit in bytes for things of several kinds: the least recently used goes first, whatever its kind. */
export class MemoryBudget {
	readonly #limitBytes: number;
	/** In the order of use, the newest last. */
	readonly #held = new Map<string, { readonly held: HeldMemory; readonly use: number }>();
	readonly #users = new Map<MemoryPart, number>();
	#bytes = 0;
	/** Counts uses. */
	#uses = 0;
	/** The use after which the newest of what had to go was not used again. */
	#lastUseGone = 0;

	constructor(limitBytes: number) {
		this.#limitBytes = limitBytes;
	}

	get bytes(): number {
		return this.#bytes;
	}

	/** Watches from now on; what it returns says whether there is room for more: nothing used since had to go for it. */
	watchRoom(): () => boolean {
		const since = this.#uses;
		return () => this.#bytes < this.#limitBytes && this.#lastUseGone <= since;
	}

	/** Holds a thing as the newest, and drops others until all fits, or nothing else may go. */
	hold(key: string, held: HeldMemory): void {
		this.#release(key);
		this.#held.set(key, { held, use: ++this.#uses });
		for (const part of held.parts) this.#addUser(part);
		while (this.#bytes > this.#limitBytes) {
			const oldest = this.#oldestToGo();
			if (oldest === undefined) return;
			this.#lastUseGone = Math.max(this.#lastUseGone, this.#held.get(oldest)?.use ?? 0);
			this.#release(oldest);
		}
	}

	/** Says that a thing is used; nothing where it is not held. */
	use(key: string): void {
		const entry = this.#held.get(key);
		if (entry === undefined) return;
		this.#held.delete(key);
		this.#held.set(key, { ...entry, use: ++this.#uses });
	}

	/** What was used least recently, without what would free nothing: others hold all its parts too. */
	#oldestToGo(): string | undefined {
		const [key] =
			[...this.#held]
				.slice(0, -LAST_USED)
				.find(([, { held }]) => held.parts.some((part) => this.#users.get(part) === 1)) ?? [];
		return key;
	}

	#release(key: string): void {
		const entry = this.#held.get(key);
		if (entry === undefined) return;
		this.#held.delete(key);
		for (const part of entry.held.parts) this.#removeUser(part);
		entry.held.drop();
	}

	#addUser(part: MemoryPart): void {
		const users = this.#users.get(part) ?? 0;
		this.#users.set(part, users + 1);
		if (users === 0) this.#bytes += part.bytes;
	}

	#removeUser(part: MemoryPart): void {
		const users = this.#users.get(part) ?? 0;
		if (users > 1) {
			this.#users.set(part, users - 1);
			return;
		}
		this.#users.delete(part);
		this.#bytes -= part.bytes;
	}
}
