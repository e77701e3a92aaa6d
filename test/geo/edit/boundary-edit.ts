import fc from 'fast-check';
import { expect } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { coverageToParcelSet, findShape, listParcelNos } from '$geo/coverage/coverage.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import type { EditResult } from '$geo/edit/difference.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { sameUpToNodes } from '$geo/edit/same-up-to-nodes.ts';
import type { FlatPolygons, LonLat } from '$geo/flat-polygons.ts';
import { expectEditLaws, expectWholeValid } from '$test/support/edit-law.ts';
import { disguise } from '../coverage/random-polygons.ts';
import type { RandomCoverage } from '../coverage/random-polygons.ts';

/** Builds what is known to be a coverage. */
export function built(set: ParcelSet, outline?: FlatPolygons): Coverage {
	const build = buildCoverage(set, outline);
	if (!build.ok) throw new Error(`not built: ${build.issues[0].code}`);
	return build.coverage;
}

/** The outcome of an edit that must be done. */
export function done(result: EditResult): Extract<EditResult, { ok: true }> {
	if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
	return result;
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

/** Asserts the laws of every edit, and of one that moves boundaries only. */
export function expectLawfulBoundary(before: Coverage, result: EditResult, outline: FlatPolygons): void {
	expectEditLaws(before, result);
	if (!result.ok) return;
	expectWholeValid(result.coverage, outline);
	expect(result.difference.lineage).toEqual([]);
	for (const { kind } of result.difference.shapes) expect(['reshaped', 'noded']).toContain(kind);
}

/** All ring edges as written, start to end. */
export function edgesOf({ coordinates, ringOffsets }: FlatPolygons): [LonLat, LonLat][] {
	const edges: [LonLat, LonLat][] = [];
	const at = (i: number): LonLat => [coordinates[2 * i], coordinates[2 * i + 1]];
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		const end = ringOffsets[r + 1];
		for (let i = ringOffsets[r], j = end - 1; i < end; j = i++) edges.push([at(j), at(i)]);
	}
	return edges;
}

/** Asserts that two coverages have the same parcels up to vertices within a grid step of the lines. */
export function expectSameUpToNodes(a: Coverage, b: Coverage): void {
	expect(listParcelNos(b)).toEqual(listParcelNos(a));
	for (const no of listParcelNos(a)) {
		const [one, other] = [findShape(a, no), findShape(b, no)];
		expect(one !== null && other !== null && sameUpToNodes(one, other)).toBe(true);
	}
}

/** The same coverage built from rings that start and run otherwise. */
export function builtOtherwise({ set, outline }: RandomCoverage, seed: number): Coverage {
	let state = seed;
	const random = () => (state = (state * 48271 + 11) % 2147483647) / 2147483647;
	return built({ ...set, polygons: disguise(set.polygons, random) }, outline);
}

/** A vertex of a coverage by chance. */
export function vertexOf(coverage: Coverage, pick: number): LonLat {
	const { coordinates } = coverageToParcelSet(coverage).polygons;
	const i = 2 * (pick % (coordinates.length / 2));
	return [coordinates[i], coordinates[i + 1]];
}

/** Any number that may be given as a coordinate or a reach. */
export const anyNumber = fc.oneof(
	fc.double(),
	fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 123.375, 41.75, 1024, -1024, 1e308, 5e-324),
);

/** Any place that the types allow. */
export const anyPlace = fc.tuple(anyNumber, anyNumber);
