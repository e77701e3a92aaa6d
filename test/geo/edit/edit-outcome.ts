import { expect } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { arrange } from '$geo/arrangement/arrange.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { coverageToParcelSet, findShape, listParcelNos } from '$geo/coverage/coverage.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import { sameShape } from '$geo/coverage/shape.ts';
import { applyDifference } from '$geo/edit/apply-difference.ts';
import type { EditResult } from '$geo/edit/difference.ts';
import { sameUpToNodes } from '$geo/edit/same-up-to-nodes.ts';
import type { FlatPolygons, LonLat } from '$geo/flat-polygons.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { expectEditLaws, expectWholeValid } from '$test/support/edit-law.ts';
import { boundaryLengthM, groundOf, HALF_DIAGONAL_M } from '../coverage/ground.ts';

/** What noding may make of parcels, or parts of them, that are thinner than a grid step; an edit that would is refused. */
export const COLLAPSE_CODES: readonly string[] = ['parcel.empty', 'ring.invalid'];

/** Builds what is known to be a coverage. */
export function built(set: ParcelSet, outline?: FlatPolygons): Coverage {
	const build = buildCoverage(set, outline);
	if (!build.ok) throw new Error(`not built: ${build.issues[0].code}`);
	return build.coverage;
}

/** The outcome of an edit that must be done. */
export function done<R extends { readonly ok: boolean }>(result: R): Extract<R, { ok: true }> {
	if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`);
	return result as Extract<R, { ok: true }>;
}

/** Code, parcels and place of a refusal. */
export function refusalIn(result: EditResult): {
	code: string;
	parcelNos: readonly number[];
	at: LonLat | null;
} {
	if (result.ok) throw new Error('not refused');
	const { code, parcelNos, at } = result.refusal;
	return { code, parcelNos, at };
}

/** What became of each parcel, as kinds by number. */
export function kindsOf(result: EditResult): Record<number, string> {
	return Object.fromEntries(done(result).difference.shapes.map(({ parcelNo, kind }) => [parcelNo, kind]));
}

/** The shape of a parcel that must be there. */
export function shapeOf(coverage: Coverage, parcelNo: number): FlatPolygons {
	const shape = findShape(coverage, parcelNo);
	if (shape === null) throw new Error(`no parcel ${parcelNo}`);
	return shape;
}

/** Expects the laws of every edit, and of the outcome of one that was done that it is valid as a whole and made by its difference. */
export function expectLawful(
	before: Coverage,
	result: EditResult,
	outline: FlatPolygons = groundOf(coverageToParcelSet(before).polygons),
): void {
	expectEditLaws(before, result);
	if (!result.ok) return;
	expectWholeValid(result.coverage, outline);
	expectSame(done(applyDifference(before, result.difference)).coverage, result.coverage);
}

/** Expects what `expectLawful` does, and of an edit that was done that it moved boundaries only. */
export function expectLawfulBoundary(before: Coverage, result: EditResult, outline: FlatPolygons): void {
	expectLawful(before, result, outline);
	if (!result.ok) return;
	expect(result.difference.lineage).toEqual([]);
	for (const { kind } of result.difference.shapes) expect(['reshaped', 'noded']).toContain(kind);
}

/** Expects two coverages to have the same parcels to the bit. */
export function expectSame(a: Coverage, b: Coverage): void {
	const one = coverageToParcelSet(a);
	const other = coverageToParcelSet(b);
	expect(one.parcelNos).toEqual(other.parcelNos);
	expect(sameShape(one.polygons, other.polygons)).toBe(true);
}

/** Asserts that two coverages have the same parcels up to vertices within a grid step of the lines. */
export function expectSameUpToNodes(a: Coverage, b: Coverage): void {
	expect(listParcelNos(b)).toEqual(listParcelNos(a));
	for (const no of listParcelNos(a)) {
		const [one, other] = [findShape(a, no), findShape(b, no)];
		expect(one !== null && other !== null && sameUpToNodes(one, other)).toBe(true);
	}
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
	expect(areaM2).toBeLessThanOrEqual((boundaryLengthM(a) + boundaryLengthM(b)) * 2 * HALF_DIAGONAL_M);
}
