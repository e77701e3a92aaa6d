import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { cleanParcelSet } from '$geo/repair/clean.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import { boxOf } from '$geo/coverage/shape.ts';
import { joinFeatures, sliceFeature } from '$geo/flat-polygons.ts';
import { expectEditLaws } from '$test/support/edit-law.ts';
import { chanceEdit, tryChanceEdit } from '$test/support/edit-sequence.ts';
import { realCoverage } from '$test/support/real-coverage.ts';

const counties = realCoverage('us-counties');

/** The counties of a state, by the first two digits of their codes, cleaned: Falls Church was quantised away to a line. */
function state(prefix: string): Coverage {
	const indexes = counties.codes.flatMap((code, i) => (code?.startsWith(prefix) ? [i] : []));
	const polygons = joinFeatures(indexes.map((i) => sliceFeature(counties.set.polygons, i)));
	const { set } = cleanParcelSet({ parcelNos: Int32Array.from(indexes, (i) => i + 1), polygons });
	const build = buildCoverage(set);
	if (!build.ok) throw new Error(JSON.stringify(build.issues[0]));
	return build.coverage;
}

describe('edits of real counties', () => {
	it.each([
		['Iowa, a grid that is none', '19'],
		['Virginia, with cities that counties enclose', '51'],
		['Washington, with islands', '53'],
	])('keep the laws of every edit in %s', (_, prefix) => {
		const start = state(prefix);
		const { minLon, minLat, maxLon, maxLat } = boxOf({ coordinates: start.base.vertices });
		let done = 0;
		fc.assert(
			fc.property(fc.array(chanceEdit, { minLength: 2, maxLength: 4 }), (edits) => {
				let coverage = start;
				for (const edit of edits) {
					const result = tryChanceEdit(
						coverage,
						edit,
						[minLon, minLat],
						Math.max(maxLon - minLon, maxLat - minLat),
					);
					expectEditLaws(coverage, result);
					if (!result.ok) continue;
					coverage = result.coverage;
					done++;
				}
			}),
			{ numRuns: 15 },
		);
		expect(done).toBeGreaterThan(2);
	});
});
