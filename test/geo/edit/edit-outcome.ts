import { expect } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { applyDifference } from '$geo/edit/apply-difference.ts';
import { arrange } from '$geo/arrangement/arrange.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { coverageToParcelSet, findShape } from '$geo/coverage/coverage.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import type { EditResult } from '$geo/edit/difference.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { sameShape } from '$geo/coverage/shape.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { expectEditLaws, expectWholeValid } from '$test/support/edit-law.ts';

const HALF_DIAGONAL_M = GRID_STEP_DEG * 111_700 * Math.SQRT1_2;

/** What noding may make of parcels, or parts of them, that are thinner than a grid step; an edit that would is refused. */
export const COLLAPSE_CODES: readonly string[] = ['parcel.empty', 'ring.invalid'];

/** Builds a coverage that must be one. */
export function build(set: ParcelSet, outline?: FlatPolygons): Coverage {
	const result = buildCoverage(set, outline);
	if (!result.ok) throw new Error(`no coverage: ${result.issues[0].code}`);
	return result.coverage;
}

/** The outcome of an edit that must be done. */
export function done<R extends { readonly ok: boolean }>(result: R): Extract<R, { ok: true }> {
	if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`);
	return result as Extract<R, { ok: true }>;
}

/** The shape of a parcel that must be there. */
export function shapeOf(coverage: Coverage, parcelNo: number): FlatPolygons {
	const shape = findShape(coverage, parcelNo);
	if (shape === null) throw new Error(`no parcel ${parcelNo}`);
	return shape;
}

/** Expects of an edit that was done the laws of every edit, and of its outcome that it is valid as a whole. */
export function expectLawful(
	before: Coverage,
	result: Extract<EditResult, { ok: true }>,
	outline: FlatPolygons = groundOf(coverageToParcelSet(before).polygons),
): void {
	expectEditLaws(before, result);
	expectWholeValid(result.coverage, outline);
	expectSame(done(applyDifference(before, result.difference)).coverage, result.coverage);
}

/** Expects two coverages to have the same parcels to the bit. */
export function expectSame(a: Coverage, b: Coverage): void {
	const one = coverageToParcelSet(a);
	const other = coverageToParcelSet(b);
	expect(one.parcelNos).toEqual(other.parcelNos);
	expect(sameShape(one.polygons, other.polygons)).toBe(true);
}

/** Expects the ground that only one of two shapes has to be no wider than a grid step anywhere along their edges. */
export function expectSameGround(a: FlatPolygons, b: FlatPolygons): void {
	const arrangement = arrange([a, b]);
	const [inA, inB] = arrangement.covers.map(({ offsets }) => offsets);
	const labels = Int32Array.from({ length: arrangement.faceCount }, (_, f) =>
		inA[f + 1] - inA[f] === inB[f + 1] - inB[f] ? 0 : 1,
	);
	const difference = dissolveFaces(arrangement, labels).polygons;
	const areaM2 = ellipsoidalAreasM2(difference).reduce((sum, area) => sum + area, 0);
	expect(areaM2).toBeLessThanOrEqual((lengthM(a) + lengthM(b)) * 2 * HALF_DIAGONAL_M);
}

function groundOf(polygons: FlatPolygons): FlatPolygons {
	const arrangement = arrange([polygons]);
	const { offsets } = arrangement.covers[0];
	const labels = Int32Array.from({ length: arrangement.faceCount }, (_, f) => offsets[f + 1] - offsets[f]);
	return dissolveFaces(arrangement, labels).polygons;
}

function lengthM({ coordinates, ringOffsets }: FlatPolygons): number {
	let length = 0;
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		for (let i = ringOffsets[r], j = ringOffsets[r + 1] - 1; i < ringOffsets[r + 1]; j = i++) {
			const east = coordinates[2 * i] - coordinates[2 * j];
			length += Math.hypot(east, coordinates[2 * i + 1] - coordinates[2 * j + 1]) * 111_700;
		}
	}
	return length;
}
