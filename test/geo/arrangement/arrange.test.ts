import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { arrange } from '$geo/arrangement/arrange.ts';
import type { Arrangement } from '$geo/arrangement/arrange.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import { passesHotPixel } from '$geo/arrangement/hot-pixel.ts';
import { interiorPoint } from '$geo/arrangement/interior-point.ts';
import { turn } from '$geo/arrangement/turn.ts';
import { anyPolygons, disguise, polygonsOfSteps, shift } from '../coverage/random-polygons.ts';
import type { Steps } from '../coverage/random-polygons.ts';

const layers = fc.array(anyPolygons(3), { minLength: 1, maxLength: 3 });

/** Each face as a feature, labelled by its number. */
function facesOf(arrangement: Arrangement): FlatPolygons {
	return dissolveFaces(
		arrangement,
		Int32Array.from({ length: arrangement.faceCount }, (_, f) => f),
	).polygons;
}

function linesOf({ coordinates, edgeLow, edgeHigh }: Arrangement): number[][] {
	return Array.from(edgeLow, (a, e) => {
		const b = edgeHigh[e];
		return [coordinates[2 * a], coordinates[2 * a + 1], coordinates[2 * b], coordinates[2 * b + 1]];
	});
}

describe('arrange', () => {
	it('leaves no two edges crossing and no node inside the reach of a foreign edge', () => {
		fc.assert(
			fc.property(layers, (input) => {
				const { nodeX, nodeY, edgeLow, edgeHigh } = arrange(input).rounded;
				const side = (e: number, n: number) =>
					Math.sign(
						turn(
							nodeX[edgeLow[e]],
							nodeY[edgeLow[e]],
							nodeX[edgeHigh[e]],
							nodeY[edgeHigh[e]],
							nodeX[n],
							nodeY[n],
						),
					);
				const ends = new Set([...edgeLow, ...edgeHigh]);
				const violations: number[][] = [];
				for (let e = 0; e < edgeLow.length; e++) {
					const [a, b] = [edgeLow[e], edgeHigh[e]];
					for (const n of ends) {
						if (n === a || n === b) continue;
						if (passesHotPixel(nodeX[a], nodeY[a], nodeX[b], nodeY[b], nodeX[n], nodeY[n]))
							violations.push([e, n]);
					}
					for (let f = 0; f < e; f++) {
						const [c, d] = [edgeLow[f], edgeHigh[f]];
						if (side(e, c) * side(e, d) < 0 && side(f, a) * side(f, b) < 0) violations.push([e, f]);
					}
				}
				expect(violations).toEqual([]);
			}),
			{ numRuns: 300 },
		);
	});

	it('satisfies the formula of Euler', () => {
		fc.assert(
			fc.property(layers, (input) => {
				const { edgeLow, edgeHigh, faceCount } = arrange(input);
				const parent = new Map<number, number>();
				const root = (n: number): number => {
					const p = parent.get(n) ?? n;
					return p === n ? n : root(p);
				};
				const nodes = new Set([...edgeLow, ...edgeHigh]);
				edgeLow.forEach((a, e) => parent.set(root(a), root(edgeHigh[e])));
				const components = new Set([...nodes].map(root)).size;
				expect(nodes.size - edgeLow.length + faceCount).toBe(1 + components);
			}),
		);
	});

	it('covers each face with the features whose polygons wind round it an odd number of times', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(2 ** 16, 2 ** 28),
				fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
				(spread, random) => {
					const next = () => Math.floor((random.next().value ?? 0) * spread);
					const ring = (): Steps[] => Array.from({ length: 7 }, () => [next(), next()]);
					const input = polygonsOfSteps(Array.from({ length: 4 }, () => [[ring(), ring()], [ring()]]));
					const arrangement = arrange([input]);
					const faces = facesOf(arrangement);
					const [cover] = arrangement.covers;
					for (let face = 1; face < arrangement.faceCount; face++) {
						const at = interiorPoint(faces, face - 1);
						// Rounding moves lines by a few steps at most: only places well away from them are comparable.
						if (stepsToNearestEdge(input, at) < 16) continue;
						const expected = [0, 1, 2, 3].filter((feature) => isInFeature(input, feature, at));
						expect([...cover.features.subarray(cover.offsets[face], cover.offsets[face + 1])]).toEqual(
							expected,
						);
					}
				},
			),
			{ numRuns: 40 },
		);
	});

	it('gives the same lines again when its faces are arranged', () => {
		fc.assert(
			fc.property(layers, (input) => {
				const once = arrange(input);
				const twice = arrange([facesOf(once)]);
				expect(linesOf(twice)).toEqual(linesOf(once));
				expect(twice.rounded.routes.rounds).toBe(0);
			}),
		);
	});

	it('does not depend on the order of layers and features, ring start or direction', () => {
		fc.assert(
			fc.property(
				layers,
				fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
				(input, random) => {
					const disguised = input
						.map((polygons) => disguise(polygons, () => random.next().value ?? 0))
						.reverse();
					const expected = arrange(input);
					const actual = arrange(disguised);
					expect(linesOf(actual)).toEqual(linesOf(expected));
					expect(actual.faceCount).toBe(expected.faceCount);
					expect([...actual.covers].reverse()).toEqual(expected.covers);
				},
			),
		);
	});

	it('moves along with a translation by whole grid steps', () => {
		const steps = fc.integer({ min: -(2 ** 33), max: 2 ** 33 });
		fc.assert(
			fc.property(layers, fc.tuple(steps, steps), (input, by) => {
				const moved = arrange(input.map((polygons) => shift(polygons, by)));
				const expected = arrange(input);
				expect(moved.rounded.edgeLow).toEqual(expected.rounded.edgeLow);
				expect(moved.rounded.edgeHigh).toEqual(expected.rounded.edgeHigh);
				expect(moved.rounded.nodeX).toEqual(expected.rounded.nodeX.map((x) => x + by[0]));
				expect(moved.rounded.nodeY).toEqual(expected.rounded.nodeY.map((y) => y + by[1]));
			}),
		);
	});

	it('answers on any coordinates', () => {
		const deg = fc.oneof(
			fc.double(),
			fc.double({ min: -200, max: 200 }),
			fc.constantFrom(0, -0, 180, -180, 90, -90, 123, 123 + 2 ** -34),
		);
		fc.assert(
			fc.property(fc.array(fc.array(fc.tuple(deg, deg), { maxLength: 7 }), { maxLength: 5 }), (rings) => {
				const coordinates = Float64Array.from(rings.flat(2));
				const ends = rings.reduce(
					(offsets, ring) => [...offsets, offsets[offsets.length - 1] + ring.length],
					[0],
				);
				const offsets = Uint32Array.from({ length: rings.length + 1 }, (_, i) => i);
				const input = {
					coordinates,
					ringOffsets: Uint32Array.from(ends),
					polygonOffsets: offsets,
					featureOffsets: offsets,
				};
				const { faceCount, covers } = arrange([input, input]);
				expect(covers[0].offsets.length).toBe(faceCount + 1);
			}),
			{ numRuns: 300 },
		);
	});
});

/** How far a place is from the nearest line, in grid steps. */
function stepsToNearestEdge(
	{ coordinates, ringOffsets }: FlatPolygons,
	[lon, lat]: readonly [number, number],
) {
	let nearest = Infinity;
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		const end = ringOffsets[r + 1];
		for (let i = ringOffsets[r], j = end - 1; i < end; j = i++) {
			const [x, y] = [coordinates[2 * j] - lon, coordinates[2 * j + 1] - lat];
			const [dx, dy] = [coordinates[2 * i] - lon - x, coordinates[2 * i + 1] - lat - y];
			const along = Math.min(1, Math.max(0, -(x * dx + y * dy) / (dx * dx + dy * dy || 1)));
			nearest = Math.min(nearest, Math.hypot(x + along * dx, y + along * dy));
		}
	}
	return nearest * 2 ** 33;
}

/** Even-odd per polygon, by a ray to the east. */
function isInFeature(
	polygons: FlatPolygons,
	feature: number,
	[lon, lat]: readonly [number, number],
): boolean {
	const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = polygons;
	for (let p = featureOffsets[feature]; p < featureOffsets[feature + 1]; p++) {
		let inside = false;
		for (let r = polygonOffsets[p]; r < polygonOffsets[p + 1]; r++) {
			const end = ringOffsets[r + 1];
			for (let i = ringOffsets[r], j = end - 1; i < end; j = i++) {
				const [y0, y1] = [coordinates[2 * j + 1], coordinates[2 * i + 1]];
				if (y0 > lat === y1 > lat) continue;
				const x = coordinates[2 * j] + ((lat - y0) / (y1 - y0)) * (coordinates[2 * i] - coordinates[2 * j]);
				if (x > lon) inside = !inside;
			}
		}
		if (inside) return true;
	}
	return false;
}
