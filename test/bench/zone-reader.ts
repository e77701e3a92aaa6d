import { zoneSchema } from '$lib/api/zone.ts';
import type { TileAddress } from '$geo/tile/clip.ts';

/** A tile of the plan, and the bytes that it has. */
export interface ExpectedTile {
	readonly tile: TileAddress;
	readonly bytes: Uint8Array | null;
}

/** What a reader of one zone met. */
export interface Visit {
	/** How long each tile of the plan took, in the order asked for. */
	readonly tileMs: readonly number[];
	/** How many were not what they should be. */
	readonly wrong: number;
}

/** Opens a zone of a running server and asks for tiles of its plan, one after the other. */
export async function visitZone(
	address: string,
	zoneId: string,
	tiles: readonly ExpectedTile[],
): Promise<Visit> {
	const zone = zoneSchema.parse(await (await fetch(`${address}api/v1/zones/${zoneId}`)).json());
	const template = zone.tiles.find(({ theme }) => theme === 'plan')?.url ?? '';
	const tileMs: number[] = [];
	let wrong = 0;
	for (const { tile, bytes } of tiles) {
		const path = template.replace('{z}/{x}/{y}', `${tile.z}/${tile.x}/${tile.y}`).slice(1);
		const began = performance.now();
		const answer = await fetch(address + path);
		const found = Buffer.from(await answer.arrayBuffer());
		tileMs.push(performance.now() - began);
		if (!answer.ok || !found.equals(bytes ?? new Uint8Array())) wrong++;
	}
	return { tileMs, wrong };
}
