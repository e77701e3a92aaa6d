import { latToWorldY, lonToWorldX, worldXToLon, worldYToLat } from '$geo/crs/web-mercator.ts';
import type { WireLandUseClass, WireZone } from '$lib/api/zone.ts';
import { ancestorAtLevel, classKey } from '$lib/domain/land-use/class-key.ts';
import { classIndex, UNCLASSIFIED, WITHHELD } from '$lib/map/class-index.ts';
import { SHOW_ALL } from '$lib/map/legend-filter.ts';
import { viewOfZone, writeView, type Camera, type MapView, type Selection } from '$lib/map/view-url.ts';

type Box = readonly [west: number, south: number, east: number, north: number];

/** What a link to the map shows; parts that are left out stay at the map's defaults. */
export interface MapTarget {
	readonly layer?: MapView['layer'];
	readonly past?: MapView['past'];
	readonly selection?: Selection;
	/** Degrees that should fill the map. */
	readonly box?: Box;
	/** Names of the only lines of the legend that are drawn; all where it is left out. */
	readonly only?: readonly string[];
}

/**
 * The square in the middle of the map in which a box stands whole, in CSS pixels: a park on any laptop; a parcel also on a phone
 * and beside the card that covers the right of a laptop's map. MapLibre's world is 512 px wide at zoom 0.
 */
const PARK_PX = 560;
const PARCEL_PX = 220;
const WORLD_PX = 512;
const MAX_ZOOM = 16.5;

/** The address of the map page with something in view. */
export function mapHref(zoneId: string, target: MapTarget): string {
	const { layer = 'plan', past = null, selection = null, box, only } = target;
	return `/${writeView({
		...viewOfZone(zoneId),
		past,
		camera: box === undefined ? null : cameraOver(box, selection === null ? PARK_PX : PARCEL_PX),
		layer,
		filter: only === undefined ? SHOW_ALL : { mode: 'only', tokens: only },
		selection,
	})}`;
}

/** The camera that shows a box whole within a square of `sizePx` in the middle of the map. */
export function cameraOver([west, south, east, north]: Box, sizePx: number): Camera {
	const [left, right] = [lonToWorldX(west), lonToWorldX(east)];
	const [top, bottom] = [latToWorldY(north), latToWorldY(south)];
	const side = Math.max(right - left, bottom - top, 1e-9);
	return {
		zoom: Math.min(Math.log2(sizePx / (WORLD_PX * side)), MAX_ZOOM),
		lat: worldYToLat((top + bottom) / 2),
		lon: worldXToLon((left + right) / 2),
	};
}

/**
 * For each line of a table, the names of what the map draws to show this line alone; named lines go by their kind.
 *
 * A class belongs to the line it counts as at the table's level, local classes with their national one. O(classes).
 */
export function tokensByLine(
	classes: readonly WireLandUseClass[],
	level: 1 | 2 | 3,
	zone: Pick<WireZone, 'classSystem' | 'classVersion'>,
): ReadonlyMap<string, readonly string[]> {
	const byKey = new Map(classes.map((entry) => [entry.key, entry]));
	const national = { system: zone.classSystem, version: zone.classVersion };
	const index = classIndex(classes);
	const tokens = new Map<string, string[]>([
		['unclassified', [index.tokenOf(UNCLASSIFIED)]],
		['withheld', [index.tokenOf(WITHHELD)]],
	]);
	classes.forEach((entry, at) => {
		const line = classKey(ancestorAtLevel(entry, level, byKey, national));
		tokens.set(line, [...(tokens.get(line) ?? []), index.tokenOf(at)]);
	});
	return tokens;
}
