import { expect } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { applyDifference, invertDifference } from '$geo/coverage/apply-difference.ts';
import { arrange } from '$geo/coverage/arrange.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { checkParcelSet } from '$geo/coverage/check.ts';
import { coverageToParcelSet, findShape, listParcelNos } from '$geo/coverage/coverage.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import type { Difference } from '$geo/coverage/difference.ts';
import { dissolveFaces } from '$geo/coverage/dissolve.ts';
import type { ParcelSet } from '$geo/coverage/parcel-set.ts';
import { sameShape } from '$geo/coverage/shape.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { joinFeatures } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { toGeos } from './geos-oracle.ts';

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

/** Expects of an edit what every verb promises: a valid coverage of the same ground, nothing else touched, undone to the bit. */
export function expectLawful(
	before: Coverage,
	{ coverage, difference }: { readonly coverage: Coverage; readonly difference: Difference },
	outline?: FlatPolygons,
): void {
	const after = coverageToParcelSet(coverage);
	expect(checkParcelSet(after, outline).filter(({ severity }) => severity === 'error')).toEqual([]);
	const rebuilt = done(buildCoverage(after, outline));
	expect(rebuilt.movedMaxDeg).toBe(0);
	expectSame(rebuilt.coverage, coverage);
	expectGeosValid(joinFeatures(shapesOf(difference, 'after')));
	expectSameArea(difference);
	expectUntouched(before, coverage, difference);
	expectLineage(before, coverage, difference);
	expectSame(done(applyDifference(before, difference)).coverage, coverage);
	expectSame(done(applyDifference(coverage, invertDifference(difference))).coverage, before);
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

function shapesOf({ shapes }: Difference, side: 'before' | 'after'): FlatPolygons[] {
	return shapes.map((change) => change[side]).filter((shape) => shape !== null);
}

function expectGeosValid(polygons: FlatPolygons): void {
	const geos = toGeos(polygons);
	for (let f = 0; f + 1 < polygons.featureOffsets.length; f++) expect(geos.isValid(f)).toBe(true);
	geos.free();
}

/** To 1e-6 m² where the outline of the touched ground stayed, to what half a grid diagonal along it makes where it was noded. */
function expectSameArea(difference: Difference): void {
	const [before, after] = (['before', 'after'] as const).map((side) => {
		const polygons = joinFeatures(shapesOf(difference, side));
		const areaM2 = ellipsoidalAreasM2(polygons).reduce((a, b) => a + b, 0);
		return { areaM2, ground: groundOf(polygons) };
	});
	const reachM2 = sameShape(before.ground, after.ground) ? 0 : lengthM(before.ground) * HALF_DIAGONAL_M;
	expect(Math.abs(after.areaM2 - before.areaM2)).toBeLessThan(1e-6 + reachM2);
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

function expectUntouched(before: Coverage, after: Coverage, { shapes }: Difference): void {
	const touched = new Set(shapes.map(({ parcelNo }) => parcelNo));
	const others = (coverage: Coverage) => [...listParcelNos(coverage)].filter((no) => !touched.has(no));
	expect(others(after)).toEqual(others(before));
	for (const no of others(before)) {
		const [was, is] = [findShape(before, no), findShape(after, no)];
		expect(was !== null && is !== null && sameShape(was, is)).toBe(true);
	}
}

/** Every parcel that came or went has lineage, from a parcel that was there to one that is. */
function expectLineage(before: Coverage, after: Coverage, { shapes, lineage }: Difference): void {
	for (const { from, to } of lineage) {
		expect(findShape(before, from)).not.toBeNull();
		expect(findShape(after, to)).not.toBeNull();
	}
	for (const { kind, parcelNo } of shapes) {
		if (kind === 'created') expect(lineage.some(({ to }) => to === parcelNo)).toBe(true);
		if (kind === 'retired') expect(lineage.some(({ from }) => from === parcelNo)).toBe(true);
	}
}
