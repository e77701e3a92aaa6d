import { latToWorldY, lonToWorldX, worldXToLon, worldYToLat } from '$geo/crs/web-mercator.ts';
import type { WireLandUseClass, WireZone } from '$lib/api/zone.ts';
import { ancestorAtLevel, classKey } from '$lib/domain/land-use/class-key.ts';
import { classIndex } from '$lib/map/class-index.ts';
import {
	DEFAULT_OPACITY_PCT,
	writeView,
	type Camera,
	type MapView,
	type Selection,
} from '$lib/map/view-url.ts';

type Box = readonly [west: number, south: number, east: number, north: number];

/** What a link to the map shows; parts that are left out stay at the map's defaults. */
export interface MapTarget {
	readonly layer?: MapView['layer'];
	readonly selection?: Selection;
	/** Degrees that should fill the map. */
	readonly box?: Box;
	/** Names of the classes that are switched off. */
	readonly off?: readonly string[];
}

/** What a laptop's map leaves free for a box, in CSS pixels; MapLibre's world is 512 px wide at zoom 0. */
const FREE_WIDTH_PX = 560;
const FREE_HEIGHT_PX = 560;
/** The card of a selected parcel covers this much of the map's right side. */
const CARD_WIDTH_PX = 400;
const WORLD_PX = 512;
const MAX_ZOOM = 16.5;

/** The address of the map page with something in view. */
export function mapHref(zoneId: string, target: MapTarget): string {
	return `/${writeView({
		zoneId,
		camera:
			target.box === undefined
				? null
				: cameraOver(target.box, target.selection === undefined ? 0 : CARD_WIDTH_PX),
		layer: target.layer ?? 'plan',
		off: target.off ?? [],
		selection: target.selection ?? null,
		unit: null,
		opacityPct: DEFAULT_OPACITY_PCT,
	})}`;
}

/** The camera that shows a box whole, in the middle of what is left when `coveredPx` of the map's right side are covered. */
export function cameraOver([west, south, east, north]: Box, coveredPx: number): Camera {
	const [left, right] = [lonToWorldX(west), lonToWorldX(east)];
	const [top, bottom] = [latToWorldY(north), latToWorldY(south)];
	const fits = Math.min(
		FREE_WIDTH_PX / (WORLD_PX * Math.max(right - left, 1e-9)),
		FREE_HEIGHT_PX / (WORLD_PX * Math.max(bottom - top, 1e-9)),
	);
	const zoom = Math.min(Math.log2(fits), MAX_ZOOM);
	const shift = coveredPx / 2 / (WORLD_PX * 2 ** zoom);
	return {
		zoom,
		lat: worldYToLat((top + bottom) / 2),
		lon: worldXToLon((left + right) / 2 + shift),
	};
}

/**
 * For each class line of a table, the names of the classes that are switched off so that the map shows this line alone.
 *
 * A class belongs to the line it counts as at the table's level, local classes with their national one. O(classes × lines).
 */
export function classesOffByLine(
	classes: readonly WireLandUseClass[],
	level: 1 | 2 | 3,
	zone: Pick<WireZone, 'classSystem' | 'classVersion'>,
): ReadonlyMap<string, readonly string[]> {
	const byKey = new Map(classes.map((entry) => [entry.key, entry]));
	const national = { system: zone.classSystem, version: zone.classVersion };
	const index = classIndex(classes);
	const named = classes.map((entry, at) => ({
		token: index.tokenOf(at),
		line: classKey(ancestorAtLevel(entry, level, byKey, national)),
	}));
	const lines = new Set(named.map(({ line }) => line));
	return new Map(
		[...lines].map((wanted) => [
			wanted,
			[...named.filter(({ line }) => line !== wanted).map(({ token }) => token), 'none', 'withheld'],
		]),
	);
}
