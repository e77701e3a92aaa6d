import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CostQueue } from '$geo/tile/cost-queue.ts';
import { VertexTree } from '$geo/tile/vertex-tree.ts';

const coordinate = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: -(2 ** 42), max: 2 ** 42 }));
const points = fc.array(fc.tuple(coordinate, coordinate), { maxLength: 200 });

describe('VertexTree', () => {
	it('finds a point of a box exactly when one is left there', () => {
		fc.assert(
			fc.property(
				points,
				fc.array(fc.nat()),
				fc.tuple(coordinate, coordinate, coordinate, coordinate),
				(all, gone, [x, y, u, v]) => {
					const tree = new VertexTree(
						Float64Array.from(all, ([px]) => px),
						Float64Array.from(all, ([, py]) => py),
					);
					const left = new Set(all.keys());
					for (const k of gone)
						if (all.length > 0 && left.delete(k % all.length)) tree.remove(k % all.length);
					const [minX, maxX] = [Math.min(x, u), Math.max(x, u)];
					const [minY, maxY] = [Math.min(y, v), Math.max(y, v)];
					const expected = [...left].filter((k) => {
						const [px, py] = all[k];
						return px >= minX && px <= maxX && py >= minY && py <= maxY;
					});
					const seen = new Set<number>();
					const found = tree.find(minX, minY, maxX, maxY, (k) => {
						seen.add(k);
						return false;
					});
					expect(found).toBe(-1);
					expect([...seen].sort((a, b) => a - b)).toEqual(expected);
					for (const k of expected) expect(tree.find(minX, minY, maxX, maxY, (p) => p === k)).toBe(k);
				},
			),
			{ numRuns: 300 },
		);
	});
});

describe('CostQueue', () => {
	it('gives items out by cost, then rank, whatever was changed on the way', () => {
		const change = fc.tuple(fc.nat({ max: 30 }), fc.integer({ min: 0, max: 5 }));
		fc.assert(
			fc.property(fc.array(change, { maxLength: 100 }), (changes) => {
				const ranks = Array.from({ length: 31 }, (_, k) => (k * 7) % 31);
				const queue = new CostQueue(ranks);
				const costs = new Map<number, number>();
				for (const [item, cost] of changes) {
					queue.put(item, cost);
					costs.set(item, cost);
				}
				const taken: number[] = [];
				for (let item = queue.take(); item >= 0; item = queue.take()) taken.push(item);
				const expected = [...costs].sort(([a, c], [b, d]) => c - d || ranks[a] - ranks[b]);
				expect(taken).toEqual(expected.map(([item]) => item));
				for (const [item, cost] of costs) expect(queue.costOf(item)).toBe(cost);
			}),
		);
	});
});
