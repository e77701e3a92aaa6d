import fc from 'fast-check';
import { expect } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { cleanParcelSet } from '$geo/repair/clean.ts';
import { coverageToParcelSet } from '$geo/coverage/coverage.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { disguiseSet, STEP_M } from './dirty-sets.ts';
import type { DirtySet } from './dirty-sets.ts';
import { toGeos } from '../coverage/geos-oracle.ts';
import { holdings } from '../coverage/ground.ts';

/** Asserts that a cleaned set builds unless the report says otherwise, unmoved and filling the outline; says whether it built. */
export function isCoverageAgain({ set, outline, widthM }: DirtySet): boolean {
	const { set: cleaned, report } = cleanParcelSet(set, { outline, sliverWidthM: widthM });
	const build = buildCoverage(cleaned, outline);
	expect(build.ok).toBe(report.unresolved.every(({ severity }) => severity === 'warning'));
	if (!build.ok) return false;
	expect(coverageToParcelSet(build.coverage)).toEqual(cleaned);
	expect(build.movedMaxDeg).toBe(0);
	const total = ellipsoidalAreasM2(cleaned.polygons).reduce((sum, area) => sum + area, 0);
	const [whole] = ellipsoidalAreasM2(outline);
	expect(Math.abs(total - whole)).toBeLessThan(1e-6 + whole * 1e-12);
	const geos = toGeos(cleaned.polygons);
	cleaned.parcelNos.forEach((_, f) => expect(geos.isValid(f)).toBe(true));
	geos.free();
	return true;
}

/** Asserts that every parcel is kept or said to be dropped, and has what it had, plus and minus what the report says. */
export function expectAccount({ set, outline, widthM }: DirtySet): void {
	const { set: cleaned, report } = cleanParcelSet(set, { outline, sliverWidthM: widthM });
	const kept = [...cleaned.parcelNos, ...report.dropped.map(({ parcelNo }) => parcelNo)];
	expect(kept.sort((a, b) => a - b)).toEqual([...set.parcelNos].sort((a, b) => a - b));
	const before = holdings(set);
	const gained = new Map(report.areas.map((change) => [change.parcelNo, change.gainedM2 - change.lostM2]));
	for (const [parcelNo, areaM2] of holdings(cleaned)) {
		const expected = (before.get(parcelNo) ?? 0) + (gained.get(parcelNo) ?? 0);
		expect(Math.abs(areaM2 - expected)).toBeLessThan(roundingM2(outline));
	}
}

/** What noding along all boundaries may amount to: a grid step along twenty sides of the square. */
function roundingM2(outline: FlatPolygons): number {
	return STEP_M * 20 * Math.sqrt(ellipsoidalAreasM2(outline)[0]);
}

/** Values in [0, 1) by which to disguise a set. */
export function anyShuffle(): fc.Arbitrary<number[]> {
	return fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 7, maxLength: 30 });
}

/** Asserts that set and report do not depend on the order of parcels, ring start or direction. */
export function expectOrderFree({ set, outline, widthM }: DirtySet, shuffle: readonly number[]): void {
	const options = { outline, sliverWidthM: widthM };
	const { set: cleaned, report } = cleanParcelSet(set, options);
	const other = cleanParcelSet(disguiseSet(set, shuffle), options);
	expect(other.set).toEqual(cleaned);
	const { slivers, spikes, dropped, areas, moves, farthest, unresolved } = report;
	expect(other.report).toMatchObject({ slivers, spikes, dropped, areas, moves, farthest, unresolved });
}

/** Asserts that cleaning a cleaned set changes nothing. */
export function expectDone({ set, outline, widthM }: DirtySet): void {
	const options = { outline, sliverWidthM: widthM };
	const once = cleanParcelSet(set, options);
	expect(cleanParcelSet(once.set, options).set).toEqual(once.set);
}
