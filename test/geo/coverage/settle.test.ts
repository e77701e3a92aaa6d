import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange } from '$geo/arrangement/arrange.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { coverageToParcelSet, findShape, listParcelNos, withShapes } from '$geo/coverage/coverage.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import { mergeParcels } from '$geo/edit/merge.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { settleCoverage } from '$geo/coverage/settle.ts';
import { splitByLine } from '$geo/edit/split-by-line.ts';
import { sliceFeature } from '$geo/flat-polygons.ts';
import { drawing } from './drawing.ts';
import { anyCoverage, anyPolygons, toLonLat } from './random-polygons.ts';

const SPREAD = 2 ** 24;

function built(set: ParcelSet): Coverage {
	const build = buildCoverage(set);
	if (!build.ok) throw new Error(JSON.stringify(build.issues.slice(0, 3)));
	return build.coverage;
}

/** The base that building all parcels anew gives. */
function rebuiltBase(coverage: Coverage) {
	return built(coverageToParcelSet(coverage)).base;
}

const place = fc.tuple(
	fc.integer({ min: -SPREAD, max: 2 * SPREAD }),
	fc.integer({ min: -SPREAD, max: 2 * SPREAD }),
);
const edit = fc.oneof(
	fc
		.array(place, { minLength: 2, maxLength: 4 })
		.map(
			(steps) => (coverage: Coverage) =>
				splitByLine(coverage, { line: Float64Array.from(steps.flatMap(toLonLat)) }),
		),
	fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => (coverage: Coverage) => {
		const parcelNos = listParcelNos(coverage);
		return mergeParcels(coverage, {
			parcelNos: [parcelNos[a % parcelNos.length], parcelNos[b % parcelNos.length]],
		});
	}),
);

describe('settleCoverage', () => {
	it('gives the base that building all parcels anew gives, to the bit, after any edits', () => {
		let edited = 0;
		fc.assert(
			fc.property(anyCoverage(SPREAD), fc.array(edit, { minLength: 1, maxLength: 6 }), ({ set }, edits) => {
				let coverage = built(set);
				for (const apply of edits) {
					const result = apply(coverage);
					if (result.ok) coverage = result.coverage;
				}
				if (coverage.patch.size > 0) edited++;
				const base = settleCoverage(coverage);
				expect(base).toEqual(rebuiltBase(coverage));
				expect(Object.isFrozen(base)).toBe(true);
			}),
			{ numRuns: 120 },
		);
		expect(edited).toBeGreaterThan(60);
	});

	it('does so for any patch between two coverages of the same ground', () => {
		const labels = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 9 });
		fc.assert(
			fc.property(anyPolygons(), labels, labels, (polygons, before, after) => {
				const arrangement = arrange([polygons]);
				const ground = (pattern: readonly number[]) =>
					dissolveFaces(
						arrangement,
						Int32Array.from({ length: arrangement.faceCount }, (_, face) => pattern[face % pattern.length]),
					);
				const next = ground(after);
				const left = built(ground(before)).base.parcelNos.filter((no) => !next.parcelNos.includes(no));
				const patched = withShapes(built(ground(before)), [
					...Array.from(left, (no) => [no, null] as const),
					...Array.from(next.parcelNos, (no, f) => [no, sliceFeature(next.polygons, f)] as const),
				]);
				expect(settleCoverage(patched)).toEqual(built(next).base);
			}),
			{ numRuns: 400 },
		);
	});

	it('is the base itself without a patch', () => {
		const { parcels } = drawing(`
			A---B
			|   |
			C---D
		`);
		const coverage = built(parcels({ 1: 'ABDC' }));
		expect(settleCoverage(coverage)).toBe(coverage.base);
	});

	it('settles to nothing when every parcel is retired', () => {
		const { parcels } = drawing(`
			A---B
			|   |
			C---D
		`);
		const base = settleCoverage(withShapes(built(parcels({ 1: 'ABDC' })), [[1, null]]));
		expect([base.parcelNos.length, base.vertices.length, base.arcLeft.length]).toEqual([0, 0, 0]);
	});

	it('throws where a patch puts two parcels on one place', () => {
		const { parcels } = drawing(`
			A---B---C
			| 1 | 2 |
			D---E---F
		`);
		const coverage = built(parcels({ 1: 'ABED', 2: 'BCFE' }));
		const broken = withShapes(coverage, [[3, findShape(coverage, 1)]]);
		expect(() => settleCoverage(broken)).toThrow('parcels 1 and 3');
	});
});
