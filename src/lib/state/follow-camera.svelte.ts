import { untrack } from 'svelte';
import type { Camera } from '../map/view-url.ts';
import type { MapDesk } from './map-desk.svelte.ts';

/** Lets two maps follow each other while a component lives; where both look at one place, nothing moves. */
export function followEachOther(one: MapDesk, other: MapDesk): void {
	for (const [leader, follower] of [
		[one, other],
		[other, one],
	])
		$effect(() => {
			const { camera } = leader;
			const { session } = follower;
			if (camera === null || session === null) return;
			const isThere = isSame(
				camera,
				untrack(() => follower.camera),
			);
			if (!isThere) session.camera.jumpTo(camera);
		});
}

function isSame(a: Camera, b: Camera | null): boolean {
	const isNear = (x: number, y: number) => Math.abs(x - y) < 1e-9;
	return b !== null && isNear(a.zoom, b.zoom) && isNear(a.lat, b.lat) && isNear(a.lon, b.lon);
}
