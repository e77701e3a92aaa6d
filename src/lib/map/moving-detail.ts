import type { Map as MapLibreMap } from 'maplibre-gl';

/** Frames longer than this are seen as jerks. */
const SLOW_MS = 40;
/** So many of them, one after another, are no chance. */
const IN_A_ROW = 3;
/** While it moves, a map that is slow has so many of its pixels along each side. */
const MOVING_SHARE = 0.5;

/** Says from the times of frames whether they come too slowly. */
export class FrameWatch {
	#last: number | null = null;
	#slow = 0;

	/** Notes a frame at a time in ms; true once so many in a row were slow. */
	isSlow(nowMs: number): boolean {
		if (this.#last !== null) this.#slow = nowMs - this.#last > SLOW_MS ? this.#slow + 1 : 0;
		this.#last = nowMs;
		return this.#slow >= IN_A_ROW;
	}
}

/**
 * Draws a map that moves too slowly with fewer pixels until it rests: without a graphics card a frame costs what its pixels do.
 *
 * A map that keeps up is never touched.
 */
export function easeMoving(map: MapLibreMap): void {
	let frame: number | null = null;
	let isEased = false;
	const draw = (pixelRatio: number) => {
		map.setPixelRatio(pixelRatio);
		// In the same frame, as a resized canvas is empty.
		map.redraw();
	};
	map.on('movestart', () => {
		if (frame !== null || isEased) return;
		const watch = new FrameWatch();
		const look = (now: number) => {
			frame = null;
			if (!map.isMoving()) return;
			if (watch.isSlow(now)) {
				isEased = true;
				draw(devicePixelRatio * MOVING_SHARE);
			} else frame = requestAnimationFrame(look);
		};
		frame = requestAnimationFrame(look);
	});
	map.on('moveend', () => {
		if (frame !== null) cancelAnimationFrame(frame);
		frame = null;
		if (!isEased) return;
		isEased = false;
		draw(devicePixelRatio);
	});
}
