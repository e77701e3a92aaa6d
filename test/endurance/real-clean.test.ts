import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { checkParcelSet } from '$geo/check/check.ts';
import { cleanParcelSet } from '$geo/repair/clean.ts';
import { fillGap } from '$geo/repair/fill-gap.ts';
import { patchedSetOf, settleSet } from '$geo/repair/patched-set.ts';
import { resolveOverlap } from '$geo/repair/resolve-overlap.ts';
import {
	anyShuffle,
	expectAccount,
	expectDone,
	expectOrderFree,
	isCoverageAgain,
} from '../geo/repair/clean-law.ts';
import { anyDirtySet } from '../geo/repair/dirty-sets.ts';
import type { DirtySet } from '../geo/repair/dirty-sets.ts';
import { toGeos } from '../geo/coverage/geos-oracle.ts';
import { realCoverage, unrolled } from '../support/real-coverage.ts';

describe('cleaning, at length', () => {
	it.each([
		['builds again', isCoverageAgain],
		['accounts for all ground', expectAccount],
		['is done after once', expectDone],
	])('%s, a thousand times', (_, expectLaw: (dirty: DirtySet) => boolean | void) => {
		fc.assert(
			fc.property(anyDirtySet(), (dirty) => {
				expectLaw(dirty);
			}),
			{ numRuns: 1000 },
		);
	});

	it('does not depend on order, a thousand times', () => {
		fc.assert(fc.property(anyDirtySet(), anyShuffle(), expectOrderFree), { numRuns: 1000 });
	});
});

describe('every country of the world at 1:10 million', () => {
	it('is cleaned, and what is left is decided piece by piece until the coverage builds', () => {
		const real = realCoverage('world-10m');
		const { set, report } = cleanParcelSet(unrolled(real.set), { sliverWidthM: 0.01 });
		const counts = new Map<string, number>();
		for (const { code, severity } of report.unresolved)
			if (severity === 'error') counts.set(code, (counts.get(code) ?? 0) + 1);
		expect([...counts]).toEqual([
			['coverage.gap', 13],
			['parcel.overlaps', 1],
		]);
		expect(report.dropped.map(({ parcelNo }) => real.names[parcelNo - 1])).toEqual(['Vatican']);

		let repaired = patchedSetOf(set);
		for (const { code, at, parcelNos } of report.unresolved) {
			if (at === null) throw new Error(code);
			const edit =
				code === 'coverage.gap'
					? fillGap(repaired, { at, to: 'longest-boundary' })
					: resolveOverlap(repaired, { parcelNos, at, rule: 'to-smaller' });
			if (!edit.ok) throw new Error(`${code}: ${edit.refusal.code}`);
			repaired = edit.set;
		}
		const current = settleSet(repaired);
		expect(checkParcelSet(current).filter(({ severity }) => severity === 'error')).toEqual([]);
		expect(buildCoverage(current).ok).toBe(true);
		const geos = toGeos(current.polygons);
		current.parcelNos.forEach((_, f) => expect(geos.isValid(f)).toBe(true));
		geos.free();
		const earthM2 = 5.100656e14;
		const landM2 = ellipsoidalAreasM2(current.polygons).reduce((sum, area) => sum + area, 0);
		expect(landM2 / earthM2).toBeGreaterThan(0.28);
		expect(landM2 / earthM2).toBeLessThan(0.3);
	});
});
