import { smoothNoise } from './chance.ts';
import type { PointM } from './frame.ts';
import type { District, ParkLayout } from './park-layout.ts';

const BLUR_M = 450;

/** The district that a point lies in: the nearest anchor after its reach, with borders blurred by chance. O(anchors). */
export function districtAt(layout: ParkLayout, [eastM, northM]: PointM, seed: number): District {
	let nearest: District = 'living';
	let least = Infinity;
	layout.districts.forEach(([district, anchorEastM, anchorNorthM, reachM], k) => {
		const blurM = layout.grain * BLUR_M * smoothNoise(seed, 50 + k, eastM, northM, 1500);
		const distanceM = Math.hypot(eastM - anchorEastM, northM - anchorNorthM) - reachM + blurM;
		if (distanceM >= least) return;
		least = distanceM;
		nearest = district;
	});
	return nearest;
}
