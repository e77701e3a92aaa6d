import fc from 'fast-check';
import { expect } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { metresFromEdge } from '$geo/arrangement/metres.ts';
import { DEFAULT_LIMITS } from '$geo/check/check-limits.ts';
import { checkParcelSet } from '$geo/check/check.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { cleanParcelSet } from '$geo/repair/clean.ts';
import { coverageToParcelSet } from '$geo/coverage/coverage.ts';
import type { FlatPolygons, LonLat } from '$geo/flat-polygons.ts';
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

/**
 * Asserts that a cleaned set has none of the issues that cleaning is there to remove, at its own limits.
 *
 * Rings are valid and run the right way, without repeated vertices; parts are wider than slivers, unless the parcel is nothing else or has ground
 * in question; a spike has its tip on a boundary that is shared with another ring or the outline.
 */
export function expectNothingLeft({ set, outline, widthM }: DirtySet): void {
	const { set: cleaned, report } = cleanParcelSet(set, { outline, sliverWidthM: widthM });
	const limits = { ...DEFAULT_LIMITS, sliverWidthM: widthM, spikeWidthM: widthM };
	const inQuestion = new Set(report.unresolved.flatMap(({ parcelNos }) => parcelNos));
	const uses = countUses([cleaned.polygons, outline]);
	const issues = checkParcelSet(cleaned, outline, limits);
	for (const { code, parcelNos, at } of issues) {
		expect(['ring.invalid', 'ring.direction', 'vertex.repeated', 'parcel.empty']).not.toContain(code);
		if (code === 'parcel.sliver' && !inQuestion.has(parcelNos[0])) {
			const { featureOffsets } = cleaned.polygons;
			const feature = cleaned.parcelNos.indexOf(parcelNos[0]);
			const narrow = issues.filter((issue) => issue.code === code && issue.parcelNos[0] === parcelNos[0]);
			expect(narrow.length).toBe(featureOffsets[feature + 1] - featureOffsets[feature]);
		}
		if (code === 'vertex.spike' && at !== null)
			expect((uses.get(at.join(' ')) ?? 0) > 1 || isOnRing(outline, at)).toBe(true);
	}
}

/** How many rings come to each vertex. */
function countUses(layers: readonly FlatPolygons[]): Map<string, number> {
	const uses = new Map<string, number>();
	for (const { coordinates } of layers) {
		for (let i = 0; i < coordinates.length; i += 2) {
			const key = `${coordinates[i]} ${coordinates[i + 1]}`;
			uses.set(key, (uses.get(key) ?? 0) + 1);
		}
	}
	return uses;
}

/** Says whether a place lies within a grid step of the first ring. */
function isOnRing({ coordinates: c, ringOffsets }: FlatPolygons, [lon, lat]: LonLat): boolean {
	let a = 2 * (ringOffsets[1] - 1);
	for (let b = 0; b < 2 * ringOffsets[1]; a = b, b += 2)
		if (metresFromEdge(lon, lat, c[a], c[a + 1], c[b], c[b + 1]) <= STEP_M) return true;
	return false;
}
