import type { Map as MapLibreMap } from 'maplibre-gl';
import type { LonLat } from '$geo/flat-polygons.ts';
import type { Camera } from './view-url.ts';

/** Longitude and latitude bounds: west, south, east, north. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** Pixels of the map's edges that lie under panels. The camera's centre is that of the rest. */
export interface Insets {
	readonly right: number;
	readonly bottom: number;
}

const FIT_PADDING_PX = 32;
/** Room above the northernmost park for its name; on a low map parks are small, and their names take two lines. */
const ZONE_TOP_PX = 56;
const LOW_MAP_PX = 560;
/** Of a low map's height. */
const ZONE_TOP_OF_LOW = 0.18;
/** As much as a hand may be off a vertex, so that the cross comes upon every one. */
const NUDGES_PX: Readonly<Record<string, [right: number, down: number]>> = {
	ArrowLeft: [-8, 0],
	ArrowRight: [8, 0],
	ArrowUp: [0, -8],
	ArrowDown: [0, 8],
};
/** Room left round what is brought into sight. */
const REVEAL_MARGIN_PX = 24;
export const MAX_ZOOM = 20;

/** Where a map looks: moves it so that what is asked for lies beside the panels. */
export class MapCamera {
	readonly #map: MapLibreMap;
	readonly #zoneBounds: Bounds;

	constructor(map: MapLibreMap, zoneBounds: Bounds) {
		this.#map = map;
		this.#zoneBounds = zoneBounds;
	}

	/** Takes its first look, without moving there: at a camera, or at the whole zone. */
	start(insets: Insets, camera: Camera | null): void {
		this.#map.setPadding(paddingOf(insets));
		if (camera !== null) this.jumpTo(camera);
		else this.#map.fitBounds(boxOf(this.#zoneBounds), { padding: this.#zonePadding(), duration: 0 });
	}

	#zonePadding() {
		const height = this.#map.getContainer().clientHeight;
		const top = height < LOW_MAP_PX ? ZONE_TOP_OF_LOW * height : ZONE_TOP_PX;
		return { top, right: FIT_PADDING_PX, bottom: FIT_PADDING_PX, left: FIT_PADDING_PX };
	}

	zoomBy(steps: number): void {
		this.#map.easeTo({ zoom: Math.round(this.#map.getZoom()) + steps });
	}

	/** Leaves room for panels; the ground stays where it is, only what counts as the centre moves. */
	setInsets(insets: Insets): void {
		const { right, bottom } = this.#map.getPadding();
		if (right === insets.right && bottom === insets.bottom) return;
		const { width, height } = this.#uncovered(insets);
		const center = this.#map.unproject([width / 2, height / 2]);
		this.#map.jumpTo({ center, padding: paddingOf(insets) });
	}

	/** Moves a little by an arrow key, where MapLibre by itself moves by 100 pixels. */
	nudge(key: string): void {
		if (key in NUDGES_PX) this.#map.panBy(NUDGES_PX[key], { animate: false });
	}

	showZone(): void {
		this.#map.fitBounds(boxOf(this.#zoneBounds), { padding: this.#zonePadding(), duration: 600 });
	}

	/** Flies to bounds so that they lie beside the panels. */
	showBounds(bounds: Bounds): void {
		this.#map.fitBounds(boxOf(bounds), { padding: FIT_PADDING_PX, maxZoom: 17, duration: 600 });
	}

	/** Brings bounds from under the panels: moves no further than needed, or flies where they do not fit at this scale. */
	reveal(bounds: Bounds, at: LonLat): void {
		const [west, south, east, north] = bounds;
		const from = this.#map.project([west, north]);
		const to = this.#map.project([east, south]);
		const { width, height } = this.#uncovered();
		const fits =
			to.x - from.x <= width - 2 * REVEAL_MARGIN_PX && to.y - from.y <= height - 2 * REVEAL_MARGIN_PX;
		if (fits) {
			const by: [number, number] = [overshoot(from.x, to.x, width), overshoot(from.y, to.y, height)];
			if (by[0] !== 0 || by[1] !== 0) this.#map.panBy(by, { duration: 300 });
		} else if (!this.#isUncovered(at)) {
			this.showBounds(bounds);
		}
	}

	/** Moves to a camera without animation, as the back button does. */
	jumpTo(camera: Camera): void {
		this.#map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
	}

	/** Moves a point to the middle, and in on it where `zoom` is nearer. */
	centreOn(at: LonLat, zoom = 0): void {
		this.#map.easeTo({ center: [at[0], at[1]], zoom: Math.max(zoom, this.#map.getZoom()), duration: 300 });
	}

	/** Where a place lies, in CSS pixels from the map's corner. */
	pixelOf([lon, lat]: LonLat): { x: number; y: number } {
		return this.#map.project([lon, lat]);
	}

	#isUncovered(at: LonLat): boolean {
		const { x, y } = this.#map.project([at[0], at[1]]);
		const { width, height } = this.#uncovered();
		return x >= 0 && y >= 0 && x <= width && y <= height;
	}

	/** Bounds of the part of the map that no panel covers. */
	uncoveredBounds(): Bounds {
		const { width, height } = this.#uncovered();
		const northWest = this.#map.unproject([0, 0]);
		const southEast = this.#map.unproject([width, height]);
		return [northWest.lng, southEast.lat, southEast.lng, northWest.lat];
	}

	/** The centre of the uncovered part, on the screen and on the ground. */
	centre(): { x: number; y: number; at: LonLat } {
		const { width, height } = this.#uncovered();
		const { lng, lat } = this.#map.unproject([width / 2, height / 2]);
		return { x: width / 2, y: height / 2, at: [lng, lat] };
	}

	#uncovered({ right = 0, bottom = 0 }: Partial<Insets> = this.#map.getPadding()) {
		const canvas = this.#map.getCanvas();
		return {
			width: Math.max(canvas.clientWidth - right, 1),
			height: Math.max(canvas.clientHeight - bottom, 1),
		};
	}
}

function paddingOf({ right, bottom }: Insets) {
	return { top: 0, left: 0, right, bottom };
}

function boxOf([west, south, east, north]: Bounds): [number, number, number, number] {
	return [west, south, east, north];
}

/** How far a stretch sticks out of [0, size] with room around it: positive beyond the end. */
function overshoot(from: number, to: number, size: number): number {
	if (from < REVEAL_MARGIN_PX) return from - REVEAL_MARGIN_PX;
	return Math.max(to - (size - REVEAL_MARGIN_PX), 0);
}
