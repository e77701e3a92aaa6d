import { describe, expect, it } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { expectEditLaws } from '$test/support/edit-law.ts';
import { expectLawsOfSequences } from '$test/support/edit-run.ts';
import { tryChanceEdit } from '$test/support/edit-sequence.ts';
import { toLonLat } from '../coverage/random-polygons.ts';

describe('edits', () => {
	it.each([
		['a parcel of 200 m', 2 ** 24],
		['a few grid steps, where everything nearly coincides', 24],
	])('keep the laws of every edit through sequences by chance, in a square of %s', (_, spread) => {
		expect(expectLawsOfSequences(100, 8, spread)).toBeGreaterThan(50);
	});

	it('are refused where edges sum up to the same ground but one passes a vertex within half a step', () => {
		const coordinates = Float64Array.of(
			...[123.375, 41.75, 123.37500001164153, 41.75, 123.37500001164153, 41.75000001164153],
			...[123.375, 41.75000001164153, 123.37500000419095, 41.75000000116415],
			...[123.37500000465661, 41.750000011059456, 123.37500000617001, 41.75000000430737],
			...[123.37500000419095, 41.75000000116415, 123.37500000617001, 41.75000000430737],
			...[123.37500000465661, 41.750000011059456],
		);
		const polygons = {
			coordinates,
			ringOffsets: Uint32Array.of(0, 4, 7, 10),
			polygonOffsets: Uint32Array.of(0, 2, 3),
			featureOffsets: Uint32Array.of(0, 1, 2),
		};
		const build = buildCoverage({ parcelNos: Int32Array.of(1, 2), polygons });
		if (!build.ok) throw new Error(build.issues[0].code);
		const places = [[1.065, 1.008] as const, [0.165, 0.029] as const, [0, 0] as const, [0, 0] as const];
		const edit = { verb: 18, places, pick: 27667167 };
		expectEditLaws(
			build.coverage,
			tryChanceEdit(build.coverage, edit, toLonLat([0, 0]), 100 * GRID_STEP_DEG),
		);
	});
});
