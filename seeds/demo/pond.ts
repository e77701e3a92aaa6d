import { between } from './chance.ts';
import { smoothCurve } from './curve.ts';
import type { PointM, RingM } from './frame.ts';

/** A round thing with an uneven shore, at most 1.3 · `radiusM` from its centre; null when it would be tiny. */
export function pondIn([eastM, northM]: PointM, radiusM: number, seed: number, salt: number): RingM | null {
	if (radiusM < 25) return null;
	const controls = Array.from({ length: 9 }, (_, k): PointM => {
		const angle = ((k + between(-0.25, 0.25, seed, 81, salt, k)) / 9) * 2 * Math.PI;
		const reach = radiusM * between(0.62, 1.15, seed, 82, salt, k);
		return [eastM + reach * Math.cos(angle), northM + reach * Math.sin(angle)];
	});
	return smoothCurve(controls, radiusM / 4, true);
}
