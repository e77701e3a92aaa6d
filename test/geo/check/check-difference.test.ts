import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { checkParcelSet } from '$geo/check/check.ts';
import { checkDifference } from '$geo/edit/check-ground.ts';
import { coverageToParcelSet, findShape, withShapes } from '$geo/coverage/coverage.ts';
import type { ShapeChange } from '$geo/edit/difference.ts';
import type { CoverageIssue } from '$geo/check/issue.ts';
import { shapeChange } from '$geo/edit/shape-change.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { anyCoverage, polygonsOfSteps } from '../coverage/random-polygons.ts';
import type { RandomCoverage, Steps } from '../coverage/random-polygons.ts';

const SPREAD = 2 ** 24;

function built({ set, outline }: RandomCoverage) {
	const build = buildCoverage(set, outline);
	if (!build.ok) throw new Error('not built');
	return build.coverage;
}

/** Errors as words, and their areas in the same order. */
function summary(issues: readonly CoverageIssue[]) {
	const errors = issues
		.filter(({ severity }) => severity === 'error')
		.map(({ code, parcelNos, params }) => ({
			word: [code, parcelNos.join('+'), params.reason ?? ''].join(' '),
			areaM2: params.areaM2 ?? 0,
		}))
		.sort((a, b) => (a.word < b.word ? -1 : a.word > b.word ? 1 : a.areaM2 - b.areaM2));
	return { words: errors.map(({ word }) => word), areasM2: errors.map(({ areaM2 }) => areaM2) };
}

/** Ways to spoil a shape: a vertex moved, a vertex left out, all of it moved, another shape altogether, or no shape. */
type Spoil = (shape: FlatPolygons) => FlatPolygons | null;

const spoil: fc.Arbitrary<Spoil> = fc.oneof(
	fc
		.tuple(fc.nat(), fc.integer({ min: -SPREAD, max: SPREAD }), fc.integer({ min: -SPREAD, max: SPREAD }))
		.map(([vertex, dx, dy]): Spoil => (shape) => {
			const coordinates = shape.coordinates.slice();
			const i = vertex % (coordinates.length / 2);
			coordinates[2 * i] += dx * GRID_STEP_DEG;
			coordinates[2 * i + 1] += dy * GRID_STEP_DEG;
			return { ...shape, coordinates };
		}),
	fc
		.tuple(fc.integer({ min: -SPREAD, max: SPREAD }), fc.integer({ min: -SPREAD, max: SPREAD }))
		.map(([dx, dy]): Spoil => (shape) => ({
			...shape,
			coordinates: shape.coordinates.map((deg, i) => deg + (i % 2 === 0 ? dx : dy) * GRID_STEP_DEG),
		})),
	fc
		.array(fc.tuple(fc.integer({ min: 1, max: SPREAD }), fc.integer({ min: 1, max: SPREAD })), {
			minLength: 3,
			maxLength: 5,
		})
		.map(
			(ring: Steps[]): Spoil =>
				() =>
					polygonsOfSteps([[[ring]]]),
		),
	fc.constant<Spoil>(() => null),
);

describe('checkDifference', () => {
	it('finds in the neighbourhood of a difference what the check of the whole finds', () => {
		let broken = 0;
		fc.assert(
			fc.property(
				anyCoverage(SPREAD),
				fc.array(fc.tuple(fc.nat(), spoil, fc.boolean()), { minLength: 1, maxLength: 3 }),
				(random, spoils) => {
					const coverage = built(random);
					const changes = new Map<number, ShapeChange>();
					for (const [k, [which, change, isNew]] of spoils.entries()) {
						const parcelNo = random.set.parcelNos[which % random.set.parcelNos.length];
						const before = findShape(coverage, parcelNo);
						if (before === null) continue;
						const after = change(before);
						const found = isNew ? shapeChange(-1 - k, null, after) : shapeChange(parcelNo, before, after);
						if (found !== null) changes.set(found.parcelNo, found);
					}
					const difference = { shapes: [...changes.values()], classes: [], lineage: [] };
					const spoilt = withShapes(
						coverage,
						difference.shapes.map(({ parcelNo, after }) => [parcelNo, after]),
					);
					const whole = summary(checkParcelSet(coverageToParcelSet(spoilt), random.outline));
					const near = summary(checkDifference(coverage, difference));
					expect(near.words).toEqual(whole.words);
					// Lines far away may bend an edge here by half a step: on these 220 m, some 10⁻³ m².
					near.areasM2.forEach((areaM2, i) => expect(Math.abs(areaM2 - whole.areasM2[i])).toBeLessThan(0.01));
					if (whole.words.length > 0) broken++;
				},
			),
			{ numRuns: 300 },
		);
		expect(broken).toBeGreaterThan(100);
	});

	/*
	 *  A--B--C--D    Nine parcels of 4 mm; a new one lies over all of 5 and a third of the others, so that every
	 *  | +----+ |    piece of ground with two parcels is no wider than a sliver, and no edge of 5 is near one that is new.
	 *  E |  5 | F
	 *  | +----+ |
	 *  G--H--I--J
	 */
	it('names a parcel that is swallowed whole, however small it is', () => {
		const [side, inset] = [300, 100];
		const square = (x: number, y: number, width: number): Steps[] => [
			[x, y],
			[x + width, y],
			[x + width, y + width],
			[x, y + width],
		];
		const cells = Array.from({ length: 9 }, (_, i) => [
			[square(side * (i % 3), side * Math.floor(i / 3), side)],
		]);
		const parcelNos = Int32Array.from(cells, (_, i) => i + 1);
		const coverage = built({
			set: { parcelNos, polygons: polygonsOfSteps(cells) },
			outline: polygonsOfSteps([[[square(0, 0, 3 * side)]]]),
		});
		const over = polygonsOfSteps([[[square(inset, inset, 3 * side - 2 * inset)]]]);
		const created = { kind: 'created' as const, parcelNo: -1, before: null, after: over };
		const near = summary(checkDifference(coverage, { shapes: [created], classes: [], lineage: [] }));
		const set = coverageToParcelSet(withShapes(coverage, [[-1, over]]));
		const whole = summary(checkParcelSet(set, polygonsOfSteps([[[square(0, 0, 3 * side)]]])));
		expect(near.words).toEqual(whole.words);
		expect(near.words.join()).toContain('-1+5');
	});
});
