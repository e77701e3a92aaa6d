/** How much tiles are compressed. */
export const GZIP_LEVEL = 6;

/** What is kept of a tile of a zone: null bytes mean an empty tile. */
export interface CachedTile {
	readonly zoneId: string;
	readonly plain: Uint8Array | null;
	readonly gzip: Uint8Array | null;
}

/** A cache bounded by bytes; the least recently used goes first. */
export class ByteCache<T> {
	readonly #entries = new Map<string, { value: T; bytes: number }>();
	readonly #limitBytes: number;
	#bytes = 0;

	constructor(limitBytes: number) {
		this.#limitBytes = limitBytes;
	}

	get size(): number {
		return this.#entries.size;
	}

	get bytes(): number {
		return this.#bytes;
	}

	get(key: string): T | undefined {
		const entry = this.#entries.get(key);
		if (entry === undefined) return undefined;
		this.#entries.delete(key);
		this.#entries.set(key, entry);
		return entry.value;
	}

	/** Keeps a value, the newest even if it alone is over the budget: else it would be made anew for every request. */
	set(key: string, value: T, bytes: number): void {
		this.delete(key);
		this.#entries.set(key, { value, bytes });
		this.#bytes += bytes;
		for (const [oldest] of this.#entries) {
			if (this.#bytes <= this.#limitBytes || this.#entries.size === 1) break;
			this.delete(oldest);
		}
	}

	delete(key: string): void {
		const entry = this.#entries.get(key);
		if (entry === undefined) return;
		this.#entries.delete(key);
		this.#bytes -= entry.bytes;
	}
}

/** Keeps a promise at once and counts its bytes when it is fulfilled; one that fails is forgotten, but not one kept in its place. */
export function keepPromise<T>(
	cache: ByteCache<Promise<T>>,
	key: string,
	promise: Promise<T>,
	bytesOf: (value: T) => number,
): void {
	cache.set(key, promise, 0);
	promise.then(
		(value) => cache.set(key, promise, bytesOf(value)),
		() => {
			if (cache.get(key) === promise) cache.delete(key);
		},
	);
}
