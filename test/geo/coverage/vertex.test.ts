import { describe, expect, it } from 'vitest';
import { edgesAtVertices } from '$geo/coverage/vertex.ts';
import { polygonsOfSteps, toLonLat } from '../coverage/random-polygons.ts';
import type { Steps } from '../coverage/random-polygons.ts';

/** More than a call takes arguments. */
const COUNT = 140_000;

describe('edgesAtVertices', () => {
	it('finds both edges at each of very many vertices', () => {
		const ring = Array.from({ length: COUNT }, (_, i): Steps =>
			i % 2 === 0 ? [1000 * i, 0] : [1000 * i, 5000],
		);
		const edges = edgesAtVertices(new Map([[7, polygonsOfSteps([[[ring]]])]]), ring.map(toLonLat));
		expect(edges.size).toBe(COUNT);
		let wrong = 0;
		for (const found of edges.values())
			if (found.length !== 2 || found.some(({ parcelNos }) => parcelNos.join() !== '7')) wrong++;
		expect(wrong).toBe(0);
	});
});
