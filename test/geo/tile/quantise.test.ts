import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RingQuantiser } from '../../../geo/tile/quantise.ts';

function quantise(positions: readonly number[]): { ring: number[]; doubledArea: number } {
	const quantiser = new RingQuantiser();
	const count = quantiser.quantise(Float64Array.from(positions), positions.length / 2);
	const ring = [...quantiser.positions.subarray(quantiser.start, quantiser.start + 2 * count)];
	return { ring, doubledArea: count === 0 ? 0 : quantiser.doubledArea };
}

function doubledArea(positions: readonly number[]): number {
	let doubled = 0;
	for (let i = 0; i < positions.length; i += 2) {
		const j = (i + 2) % positions.length;
		doubled += positions[i] * positions[j + 1] - positions[j] * positions[i + 1];
	}
	return doubled;
}

describe('rounding a ring to tile units', () => {
	it('rounds, keeps straight vertices and the direction', () => {
		expect(quantise([0.4, 0.4, 5, -0.3, 10.4, 0, 9.6, 10.2])).toEqual({
			ring: [0, 0, 5, 0, 10, 0, 10, 10],
			doubledArea: 100,
		});
		expect(quantise([9.6, 10.2, 10.4, 0, 5, -0.3, 0.4, 0.4]).doubledArea).toBe(-100);
	});

	it.each([
		['repeated positions', [0, 0, 0.2, 0.2, 10, 0, 10, 10, 9.8, 9.9, 0.1, 0.1]],
		['a spike', [0, 0, 10, 0, 20, 0, 10, 0, 10, 10]],
		['a spike of two steps', [0, 0, 10, 0, 20, 0, 30, 5, 20, 0, 10, 0, 10, 10]],
		['a spike over the seam', [-9, -9, 0, 0, 10, 0, 10, 10, 0, 0]],
		['a spike whose root is the seam', [0, 0, 10, 0, 10, 10, 0, 0, -7, 3]],
	])('drops %s', (_, positions) => {
		const { ring, doubledArea: area } = quantise(positions);
		expect(ring).toHaveLength(6);
		expect(area).toBe(100);
	});

	it.each([
		['fewer than three positions', [0, 0, 10, 0]],
		['a line', [0, 0, 10, 0, 20, 0, 5, 0]],
		['a ring smaller than a unit', [0.1, 0.1, 0.4, 0.1, 0.4, 0.4]],
		['a sliver', [0, 0, 100, 0.2, 200, 0, 100, -0.2]],
		['a sliver turned inside out', [0, 0, 10, 0.6, 20, 1.4]],
		['nothing', []],
	])('answers nothing for %s', (_, positions) => {
		expect(quantise(positions).ring).toEqual([]);
	});

	it('never leaves repetitions, spikes or a wrong direction', () => {
		const coordinate = fc.double({ min: -6, max: 6, noNaN: true });
		fc.assert(
			fc.property(fc.array(coordinate, { minLength: 6, maxLength: 40 }), (values) => {
				const positions = values.slice(0, values.length - (values.length % 2));
				const { ring, doubledArea: area } = quantise(positions);
				const count = ring.length / 2;
				for (let i = 0; i < count; i++) {
					const [a, c] = [2 * i, 2 * ((i + 2) % count)];
					const b = 2 * ((i + 1) % count);
					expect([ring[a], ring[a + 1]]).not.toEqual([ring[b], ring[b + 1]]);
					expect([ring[a], ring[a + 1]]).not.toEqual([ring[c], ring[c + 1]]);
				}
				if (count > 0) {
					expect(area).toBe(doubledArea(ring));
					expect(Math.sign(area)).toBe(Math.sign(doubledArea(positions)));
				}
			}),
			{ numRuns: 500 },
		);
	});
});
