import type { WireWorkingParcels } from '../api/changeset.ts';
import type { WorkingArea } from '../domain/changeset/working-area.ts';
import { openWorkingArea } from '../map/edit/open-working-area.ts';
import type { Bounds } from '../map/map-camera.ts';
import { readJson } from './read-json.ts';

/** Read beside what is in view, as a share of it on every side, so that a small move needs no reading. */
const MARGIN = 0.4;
/** More ground than this, in degrees from west to east, has more parcels than can be edited at once: nobody asks for it. */
const MOST_DEG = 0.16;

/** Says whether bounds are too wide to be edited. */
export function isTooWide([west, , east]: Bounds): boolean {
	return east - west > MOST_DEG;
}

/** Bounds with room around them, within the Earth. */
export function withMargin([west, south, east, north]: Bounds): Bounds {
	const margin = Math.min(MARGIN, (MOST_DEG / (east - west) - 1) / 2);
	const [byLon, byLat] = [margin * (east - west), margin * (north - south)];
	return [west - byLon, Math.max(south - byLat, -85), east + byLon, Math.min(north + byLat, 85)];
}

/** Says whether a working area covers bounds. */
export function covers({ box }: WorkingArea, [west, south, east, north]: Bounds): boolean {
	return west >= box.minLon && east <= box.maxLon && south >= box.minLat && north <= box.maxLat;
}

/** Reads the exact parcels of a working area from the changeset at an address. Throws what `readJson` throws. */
export async function readWorkingArea(
	address: string,
	bounds: Bounds,
	hasClass: (landUse: string) => boolean,
	signal: AbortSignal,
): Promise<WorkingArea> {
	const bbox = bounds.map((degrees) => degrees.toFixed(7)).join(',');
	const read = await readJson<WireWorkingParcels>(fetch, `${address}/shapes?bbox=${bbox}`, signal);
	return openWorkingArea(read, hasClass);
}
