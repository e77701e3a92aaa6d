import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrangeSet, checkArranged, checkParcelSet } from '$geo/check/check.ts';
import { checkDoubtful } from '$geo/check/check-doubtful.ts';
import { examine } from '$geo/check/examine.ts';
import { flattenMultiPolygons, joinFeatures, pickFeatures, type FlatPolygons } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { streetCoverage } from '../../support/street-coverage.ts';
import { anyFaults, anyLattice, anyTown, makeFaults } from '../coverage/faulty-sets.ts';
import type { OutlinedSet } from '../coverage/faulty-sets.ts';
import { anyCoverage, polygonsOfSteps, shift } from '../coverage/random-polygons.ts';
import type { Steps } from '../coverage/random-polygons.ts';
import { anyBreaks, breakCoverage } from '../coverage/broken-coverage.ts';
import { anyDirtySet } from '../repair/dirty-sets.ts';

/** What is found with everything arranged, and what with the doubtful parcels only. */
function bothWays(set: ParcelSet, outline?: FlatPolygons) {
	const examination = examine(set);
	if (examination === null) throw new Error('arrays that do not fit');
	const whole = checkArranged(arrangeSet(set, outline), set.parcelNos);
	return { whole, part: checkDoubtful(set, examination, outline, 1) };
}

/** Says whether the doubtful parcels were enough; fails where they told another thing than all. */
function isEnough(set: ParcelSet, outline?: FlatPolygons): boolean {
	const { whole, part } = bothWays(set, outline);
	if (part !== null) expect(part).toEqual(whole);
	return part !== null;
}

describe('checkDoubtful', () => {
	const law = (sets: fc.Arbitrary<OutlinedSet>, numRuns: number) => {
		let enough = 0;
		fc.assert(
			fc.property(sets, anyFaults(4), fc.boolean(), (given, faults, hasOutline) => {
				const { set, outline } = makeFaults(given, faults);
				if (isEnough(set, hasOutline ? outline : undefined)) enough++;
			}),
			{ numRuns },
		);
		expect(enough).toBeGreaterThan(0.9 * numRuns);
	};

	it('finds to the bit what arranging all finds: cells a few steps wide with faults of every kind', () => {
		law(anyLattice(), 200);
	});

	it('finds to the bit what arranging all finds: towns with faults of every kind', () => {
		law(anyTown(), 50);
	});

	it('finds to the bit what arranging all finds: coverages broken, or drawn with an unsteady hand', () => {
		fc.assert(
			fc.property(anyCoverage(), anyBreaks(3), fc.boolean(), ({ set, outline }, breaks, hasOutline) => {
				isEnough(breakCoverage(set, breaks), hasOutline ? outline : undefined);
			}),
			{ numRuns: 300 },
		);
		fc.assert(
			fc.property(anyDirtySet(), ({ set, outline }) => void isEnough(set, outline)),
			{ numRuns: 100 },
		);
	});

	const { set, outline, holedNos } = streetCoverage(400, { riverVertices: 60 });
	const { parcelNos, polygons } = set;
	const without = (feature: number): ParcelSet => {
		const rest = [...parcelNos.keys()].filter((f) => f !== feature);
		return { parcelNos: Int32Array.from(rest, (f) => parcelNos[f]), polygons: pickFeatures(polygons, rest) };
	};
	const withShape = (added: FlatPolygons): ParcelSet => ({
		parcelNos: Int32Array.of(...parcelNos, 9999),
		polygons: joinFeatures([polygons, added]),
	});
	/** A square about the middle of a parcel's shell. */
	const squareIn = (feature: number, reachDeg: number): FlatPolygons => {
		const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = polygons;
		const shell = polygonOffsets[featureOffsets[feature]];
		const ring = coordinates.subarray(2 * ringOffsets[shell], 2 * ringOffsets[shell + 1]);
		const middle = (k: number) =>
			ring.reduce((sum, deg, i) => sum + (i % 2 === k ? deg : 0), 0) / (ring.length / 2);
		const [lon, lat] = [middle(0), middle(1)];
		const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]]; // prettier-ignore
		return flattenMultiPolygons([
			[[corners.map(([x, y]): [number, number] => [lon + x * reachDeg, lat + y * reachDeg])]],
		]);
	};
	const codesOf = (wrong: ParcelSet, given?: FlatPolygons) => {
		const { whole, part } = bothWays(wrong, given);
		expect(part).toEqual(whole);
		expect(checkParcelSet(wrong, given)).toEqual(whole);
		return [...new Set(whole.map(({ code }) => code))];
	};

	it('finds a parcel inside another, away from every edge', () => {
		const inside = parcelNos.indexOf(holedNos[0]) - 1;
		expect(codesOf(withShape(squareIn(inside, 1e-6)), outline)).toEqual(['parcel.overlaps']);
		expect(codesOf(withShape(squareIn(inside, 1e-6)))).toEqual(['parcel.overlaps']);
	});

	it('finds a parcel over many, whose edges the ones in the middle do not meet', () => {
		expect(codesOf(withShape(squareIn(200, 1e-3)), outline)).toContain('parcel.overlaps');
	});

	it('finds a parcel taken away, and an island taken out of its hole', () => {
		for (const feature of [150, 200, 250])
			expect(codesOf(without(feature), outline)).toEqual(['coverage.gap']);
		const hole = parcelNos.indexOf(holedNos[0]);
		expect(codesOf(without(hole + 1))).toEqual(['coverage.gap']);
	});

	it('finds a parcel outside the outline, and a whole town outside of it', () => {
		expect(codesOf(withShape(shift(squareIn(0, 1e-5), [2 ** 27, 2 ** 27])), outline)).toEqual([
			'parcel.outside-outline',
		]);
		expect(codesOf(set, shift(outline, [2 ** 28, 0]))).toContain('parcel.outside-outline');
	});

	it('finds all parcels a second time, whether as they are or moved', () => {
		const twice = (other: FlatPolygons): ParcelSet => ({
			parcelNos: Int32Array.of(...parcelNos, ...parcelNos.map((no) => 1000 + no)),
			polygons: joinFeatures([polygons, other]),
		});
		for (const by of [0, 1, 1000, 2 ** 22])
			expect(codesOf(twice(shift(polygons, [by, by])), outline)).toContain('parcel.overlaps');
	});

	it('finds nothing where the outline lies half a step beside, and a gap where it lies a metre beside', () => {
		const beside = (steps: number): FlatPolygons => ({
			...outline,
			coordinates: outline.coordinates.map((deg) => deg + steps * GRID_STEP_DEG),
		});
		expect(codesOf(set, beside(0.49))).toEqual([]);
		expect(codesOf(set, beside(2 ** 17))).toContain('coverage.gap');
	});

	/** So many columns and rows of squares of 200 steps about (0, 0), and what lies over them. */
	const squares = (count: number, ...over: Steps[][]): ParcelSet => {
		const size = 200;
		const rings = Array.from({ length: count * count }, (_, i): Steps[] => {
			const [x, y] = [((i % count) - count / 2) * size, (Math.floor(i / count) - count / 2) * size];
			return [[x, y], [x + size, y], [x + size, y + size], [x, y + size]]; // prettier-ignore
		}).concat(over);
		return {
			parcelNos: Int32Array.from(rings, (_, f) => f + 1),
			polygons: polygonsOfSteps(rings.map((ring) => [[ring]])),
		};
	};

	it('finds a sliver that a vertex within settled ground holds open', () => {
		// The long edge passes the hot pixels of its third vertex and of (0, 0), the edge beside it only the former's.
		const needle: Steps[] = [[-20, 0], [30, 1], [10, 1]]; // prettier-ignore
		expect(codesOf(squares(4))).toEqual([]);
		expect(codesOf(squares(4, needle))).toContain('edge.unmatched');
	});

	it('finds a parcel over all others, none of whose edges it meets', () => {
		const all: Steps[] = [[-9999, -9999], [9999, -9999], [9999, 9999], [-9999, 9999]]; // prettier-ignore
		expect(codesOf(squares(24, all))).toEqual(['edge.unmatched']);
	});

	it('leaves it to arranging all where more than the given share is doubtful', () => {
		const wrong = without(200);
		const examination = examine(wrong);
		if (examination === null) throw new Error('arrays that do not fit');
		expect(checkDoubtful(wrong, examination, outline, 1)).not.toBeNull();
		expect(checkDoubtful(wrong, examination, outline, 0.01)).toBeNull();
	});

	it('says the same whatever the order of the parcels', () => {
		fc.assert(
			fc.property(anyTown(), anyFaults(3), (given, faults) => {
				const wrong = makeFaults(given, faults);
				const back = [...wrong.set.parcelNos.keys()].reverse();
				const turned = {
					parcelNos: Int32Array.from(back, (f) => wrong.set.parcelNos[f]),
					polygons: pickFeatures(wrong.set.polygons, back),
				};
				isEnough(turned, wrong.outline);
			}),
			{ numRuns: 20 },
		);
	});
});
