/** A tile by its place in the pyramid. */
export interface TileId {
	readonly x: number;
	readonly y: number;
	readonly z: number;
}

/** Tiles that did not come, by source; each once, and only until it comes after all or is looked at no longer. */
export class FailedTiles {
	readonly #bySource = new Map<string, Map<string, TileId>>();

	get isEmpty(): boolean {
		return this.#bySource.size === 0;
	}

	add(source: string, tile: TileId): void {
		const tiles = this.#bySource.get(source) ?? new Map<string, TileId>();
		this.#bySource.set(source, tiles.set(keyOf(tile), tile));
	}

	/** A tile came. */
	remove(source: string, tile: TileId): void {
		this.keep((of, { x, y, z }) => of !== source || keyOf({ x, y, z }) !== keyOf(tile));
	}

	/** Forgets every tile that need not come any more. */
	keep(isWanted: (source: string, tile: TileId) => boolean): void {
		for (const [source, tiles] of this.#bySource) {
			for (const [key, tile] of tiles) if (!isWanted(source, tile)) tiles.delete(key);
			if (tiles.size === 0) this.#bySource.delete(source);
		}
	}

	/** Gives all tiles by source, and forgets them. */
	take(): [source: string, tiles: TileId[]][] {
		const all = [...this.#bySource].map(([source, tiles]): [string, TileId[]] => [
			source,
			[...tiles.values()],
		]);
		this.#bySource.clear();
		return all;
	}
}

function keyOf({ x, y, z }: TileId): string {
	return `${z}/${x}/${y}`;
}
