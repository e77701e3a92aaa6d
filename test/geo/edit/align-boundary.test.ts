import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignBoundary, canAlignBoundary } from '$geo/edit/align-boundary.ts';
import type { Alignment } from '$geo/edit/align-boundary.ts';
import { findShape } from '$geo/coverage/coverage.ts';
import { metresPerDegree } from '$geo/arrangement/metres.ts';

import { anyNumber, anyPlace, builtOtherwise, edgesOf } from './edit-input.ts';
import { built, done, expectLawfulBoundary, kindsOf, refusalIn } from './edit-outcome.ts';
import { drawing } from '../coverage/drawing.ts';
import { anyCoverage } from '../coverage/random-polygons.ts';

/** A street in the north (1), lots along it; 3 stands back, its front is to be brought to the line B–C of lot 2. */
const street = drawing(`
Y                     Z
.
A    B
.    x       y    z
     C   d        E   F
             e
G    H            I   J
`);
const lots = built(street.parcels({ 1: 'ABCdeEFZY', 2: 'GHCBA', 3: 'HIEedC', 4: 'IJFE' }));
const outline = street.polygons('GHIJFZYA');
const line = [street.at('C'), street.at('E')] as const;

describe('alignBoundary', () => {
	it('brings the front to the line, for all who share it', () => {
		const result = alignBoundary(lots, { parcelNo: 3, line, reachM: 20 });
		expect(kindsOf(result)).toEqual({ 1: 'reshaped', 3: 'reshaped' });
		const { coordinates } = findShape(done(result).coverage, 3) ?? street.polygons();
		const north = coordinates.filter((_, i) => i % 2 === 1).sort();
		expect([...north.slice(2)]).toEqual([1, 2, 3, 4].map(() => street.at('C')[1]));
		expectLawfulBoundary(lots, result, outline);
	});

	it('leaves what is farther than the reach, and is done once', () => {
		const far = alignBoundary(lots, { parcelNo: 3, line, reachM: 1 });
		expect(refusalIn(far).code).toBe('align.already');
		const { coverage } = done(alignBoundary(lots, { parcelNo: 3, line, reachM: 20 }));
		expect(refusalIn(alignBoundary(coverage, { parcelNo: 3, line, reachM: 20 })).code).toBe('align.already');
	});

	it('moves corner nodes along with the parcels beside', () => {
		const aslant = [street.at('C'), street.at('F')] as const;
		const lower = [aslant[0][0], aslant[0][1] - 3e-6] as const;
		const result = alignBoundary(lots, { parcelNo: 3, line: [lower, street.at('F')], reachM: 5 });
		expect(kindsOf(result)).toEqual({ 1: 'reshaped', 2: 'reshaped', 3: 'reshaped', 4: 'reshaped' });
		expectLawfulBoundary(lots, result, outline);
	});
});

describe('alignBoundary refuses', () => {
	it('line.invalid', () => {
		const at = street.at('C');
		const refusal = refusalIn(alignBoundary(lots, { parcelNo: 3, line: [at, at], reachM: 5 }));
		expect(refusal).toEqual({ code: 'line.invalid', parcelNos: [3], at });
	});

	it('parcel.unknown', () => {
		const refusal = refusalIn(alignBoundary(lots, { parcelNo: 9, line, reachM: 5 }));
		expect(refusal).toEqual({ code: 'parcel.unknown', parcelNos: [9], at: line[0] });
	});

	it('align.nothing-near', () => {
		const south = line.map(([lon, lat]) => [lon, lat - 1e-3] as const);
		const refusal = refusalIn(alignBoundary(lots, { parcelNo: 3, line: [south[0], south[1]], reachM: 5 }));
		expect(refusal).toEqual({ code: 'align.nothing-near', parcelNos: [3], at: south[0] });
	});

	it('align.already', () => {
		const east = [street.at('H'), street.at('C')] as const;
		expect(canAlignBoundary(lots, { parcelNo: 3, line: east, reachM: 5 })).toMatchObject({
			code: 'align.already',
			parcelNos: [3],
		});
	});

	it('vertex.on-outline', () => {
		const south = [street.at('G'), street.at('J')].map(([lon, lat]) => [lon, lat + 1e-6] as const);
		const refusal = refusalIn(alignBoundary(lots, { parcelNo: 3, line: [south[0], south[1]], reachM: 5 }));
		expect(refusal.code).toBe('vertex.on-outline');
	});
});

const SPREAD = 2 ** 24;
const share = fc.integer({ min: -1000, max: 1000 }).map((thousandths) => thousandths / 1000);

describe('alignBoundary by chance', () => {
	it('keeps the laws, and what was within reach lies on the line', () => {
		let aligned = 0;
		fc.assert(
			fc.property(
				anyCoverage(SPREAD),
				fc.nat(),
				fc.nat(),
				share,
				share,
				fc.nat(),
				(random, pick, edge, x, y, seed) => {
					const coverage = built(random.set, random.outline);
					const edges = edgesOf(random.set.polygons);
					const [a, b] = edges[edge % edges.length];
					const off = (at: readonly [number, number], by: number) =>
						[at[0] + by * 3e-5, at[1] + by * 3e-5] as const;
					const alignment: Alignment = {
						parcelNo: random.set.parcelNos[pick % random.set.parcelNos.length],
						line: [off(a, x), off(b, y)],
						reachM: 4,
					};
					const result = alignBoundary(coverage, alignment);
					expectLawfulBoundary(coverage, result, random.outline);
					const otherwise = alignBoundary(builtOtherwise(random, seed), alignment);
					expect(otherwise.ok).toBe(result.ok);
					if (!result.ok || !otherwise.ok) return;
					expect(otherwise.difference).toEqual(result.difference);
					aligned++;
					const again = canAlignBoundary(result.coverage, alignment);
					expect(again?.code ?? 'done').toMatch(/align\.already/);
				},
			),
			{ numRuns: 300 },
		);
		expect(aligned).toBeGreaterThan(10);
	});

	it('moves at a right angle in metres', () => {
		const [a, b] = [street.at('C'), street.at('F')] as const;
		const slant = [a, [b[0], b[1] + 4e-5]] as const;
		const at = street.at('d');
		const result = done(alignBoundary(lots, { parcelNo: 3, line: [slant[0], slant[1]], reachM: 2 }));
		const moved = findShape(result.coverage, 3);
		const { east, north } = metresPerDegree(a[1]);
		const dx = (slant[1][0] - a[0]) * east;
		const dy = (slant[1][1] - a[1]) * north;
		const turned = edgesOf(moved ?? street.polygons())
			.map(([[lon, lat]]) => [(lon - at[0]) * east, (lat - at[1]) * north] as const)
			.sort((p, q) => Math.hypot(...p) - Math.hypot(...q))[0];
		expect(Math.hypot(...turned)).toBeGreaterThan(0.1);
		expect((turned[0] * dx + turned[1] * dy) / Math.hypot(dx, dy)).toBeCloseTo(0, 4);
	});

	it('throws on nothing', () => {
		fc.assert(
			fc.property(fc.tuple(anyPlace, anyPlace), anyNumber, fc.integer(), (anyLine, reachM, parcelNo) => {
				canAlignBoundary(lots, { parcelNo: 3, line: anyLine, reachM });
				canAlignBoundary(lots, { parcelNo, line, reachM });
				canAlignBoundary(lots, { parcelNo: 3, line: [street.at('C'), anyLine[1]], reachM: 1e3 });
			}),
		);
	});
});
