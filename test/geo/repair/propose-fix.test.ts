import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkParcelSet } from '$geo/check/check.ts';
import { DEFAULT_LIMITS, type CheckLimits } from '$geo/check/check-limits.ts';
import { applyFix, type CoverageFix } from '$geo/repair/fix.ts';
import type { CoverageIssue } from '$geo/check/issue.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { patchedSetOf, settleSet } from '$geo/repair/patched-set.ts';
import { proposeFix } from '$geo/repair/propose-fix.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { breakCoverage, anyBreaks } from '../coverage/broken-coverage.ts';
import { drawing } from '../coverage/drawing.ts';
import { anyCoverage } from '../coverage/random-polygons.ts';

const CENTIMETRE_DEG = 2 ** 10 * GRID_STEP_DEG;
const GROUND = ['coverage.gap', 'edge.unmatched', 'parcel.outside-outline', 'parcel.overlaps'];

function codes(set: ParcelSet, outline?: FlatPolygons, limits: CheckLimits = DEFAULT_LIMITS): string[] {
	return checkParcelSet(set, outline, limits).map(({ code, params }) =>
		params.reason === undefined ? code : `${code} ${params.reason}`,
	);
}

/** Checks, has the first issue of a code fixed, and tells what was proposed and what is left. */
function fixed(
	set: ParcelSet,
	code: string,
	outline?: FlatPolygons,
	limits: CheckLimits = DEFAULT_LIMITS,
): { fix: unknown; left: string[] } {
	const issue = checkParcelSet(set, outline, limits).find((found) => found.code === code);
	if (issue === undefined) throw new Error(`no ${code}`);
	const fix = proposeFix(patchedSetOf(set), issue, outline, limits);
	return { fix, left: fix === null ? [] : codes(applied(set, fix, outline), outline, limits) };
}

function applied(set: ParcelSet, fix: CoverageFix, outline?: FlatPolygons): ParcelSet {
	const result = applyFix(patchedSetOf(set), fix, outline);
	if (result === null) throw new Error(`${fix.kind} is stale`);
	return settleSet(result);
}

describe('applyFix', () => {
	const { parcels, at } = drawing(`
		A---B---C
		| 1 | 2 |
		D-E-F---G
	`);
	const set = parcels({ 1: 'ADEFB', 2: 'BFGC' });

	it.each<CoverageFix>([
		{ kind: 'merge-into-neighbour', parcelNo: 1, neighbourNo: 3 },
		{ kind: 'merge-into-neighbour', parcelNo: 3, neighbourNo: 1 },
		{ kind: 'merge-into-neighbour', parcelNo: 3, neighbourNo: 4 },
		{ kind: 'drop-repeats', parcelNo: 3 },
		{ kind: 'clip-to-outline', parcelNo: 3 },
		{ kind: 'remove-vertex', parcelNos: [1, 3], at: at('E') },
		{ kind: 'fill-into-neighbour', neighbourNo: 1, around: [1, 3], at: at('E') },
		{ kind: 'leave-to', parcelNo: 1, others: [2, 3], at: at('E') },
	])('does nothing where a parcel is gone: %o', (fix) => {
		expect(applyFix(patchedSetOf(set), fix)).toBe(null);
	});

	it('does nothing where a parcel would be left without ground', () => {
		const outside = parcels({ 1: 'BFGC' }).polygons;
		expect(applyFix(patchedSetOf(set), { kind: 'clip-to-outline', parcelNo: 1 }, outside)).toBe(null);
	});

	it('does nothing where a number is not unique', () => {
		const twice = { ...set, parcelNos: Int32Array.of(1, 1) };
		expect(applyFix(patchedSetOf(twice), { kind: 'drop-repeats', parcelNo: 1 })).toBe(null);
	});
});

describe('proposeFix', () => {
	const square = drawing(`
		A---B---C
		| 1 | 2 |
		D---E---F
	`);

	it('vertex.repeated: repeats are dropped', () => {
		const set = square.parcels({ 1: 'ADDEEB', 2: 'BEFC' });
		expect(fixed(set, 'vertex.repeated')).toEqual({ fix: { kind: 'drop-repeats', parcelNo: 1 }, left: [] });
	});

	it('ring.direction: rings are reversed', () => {
		const set = square.parcels({ 1: 'ABED', 2: 'BEFC' });
		expect(fixed(set, 'ring.direction')).toEqual({ fix: { kind: 'reverse-rings', parcelNo: 1 }, left: [] });
	});

	it.each([
		['self-touching', 'A---B---X\n|   |\nC---D', 'ACDBXB'],
		['self-crossing', 'A---B\n  X\nC---D', 'ADBC'],
		['hole-outside-shell', 'A---B  E---F\n|   |  |   |\nC---D  G---H', 'ACDB -EFHG'],
		[
			'holes-overlapping',
			'A-----------B\n| E-------F |\n| | I---J | |\n| | K---L | |\n| G-------H |\nC-----------D',
			'ACDB -EFHG -IJLK',
		],
	])('ring.invalid %s: rings are drawn anew round the same ground', (_, text, rings) => {
		const { fix, left } = fixed(drawing(text).parcels({ 1: rings }), 'ring.invalid', undefined, {
			...DEFAULT_LIMITS,
			multipart: false,
		});
		expect(fix).toEqual({ kind: 'redraw-rings', parcelNo: 1 });
		expect(left.filter((code) => code !== 'coverage.gap')).toEqual([]);
	});

	it('vertex.spike: the tip is taken from every parcel that has it', () => {
		const { parcels, at } = drawing(
			`
			A-----------------B-------------------------------------------------------------------------------I
			|                 D-------------------------------------------------------------------------------C
			|                 E
			F-----------------G-------------------------------------------------------------------------------H
			`,
			CENTIMETRE_DEG,
		);
		const limits = { ...DEFAULT_LIMITS, sliverWidthM: null, spikeWidthM: 0.02 };
		const notched = parcels({ 1: 'AFGECDB', 2: 'BDCEGHI' });
		expect(fixed(notched, 'vertex.spike', undefined, limits)).toEqual({
			fix: { kind: 'remove-vertex', parcelNos: [1, 2], at: at('C') },
			left: [],
		});
		// Without C, the ground of the spike would be nobody's: it ends where 2 and 3 meet.
		const wedged = parcels({ 1: 'AFGECDB', 2: 'BDCI', 3: 'GHCE' });
		expect(fixed(wedged, 'vertex.spike', undefined, limits).fix).toBeNull();
		const alone = parcels({ 1: 'AFGECDB' });
		expect(fixed(alone, 'vertex.spike', undefined, limits)).toEqual({
			fix: { kind: 'remove-vertex', parcelNos: [1], at: at('C') },
			left: [],
		});
	});

	it('parcel.sliver and parcel.below-minimum: to the neighbour with the longest boundary', () => {
		const { parcels } = drawing(`
			A-----------B
			|     1     |
			C---I-------D
			| 2 |   3   |
			E---J-------F
		`);
		const set = parcels({ 1: 'ACIDB', 2: 'CEJI', 3: 'IJFD' });
		const wide = { ...DEFAULT_LIMITS, sliverWidthM: 40 };
		expect(fixed(set, 'parcel.sliver', undefined, { ...DEFAULT_LIMITS, sliverWidthM: 30 })).toMatchObject({
			fix: { kind: 'merge-into-neighbour', parcelNo: 2, neighbourNo: 1 },
		});
		expect(codes(set, undefined, wide)).toContain('parcel.sliver');
		const minimum = { ...DEFAULT_LIMITS, minAreaM2: new Map([[2, 5000]]) };
		expect(fixed(set, 'parcel.below-minimum', undefined, minimum).left).toEqual([]);
	});

	it('coverage.gap, edge.unmatched: to the neighbour with the longest boundary on it', () => {
		const { parcels, polygons, at } = drawing(`
			A---B--C---D
			| 1 |  | 2 |
			E---F--G   |
			|   3  |   |
			H------I---J
		`);
		const set = parcels({ 1: 'AEFB', 2: 'CGIJD', 3: 'EHIGF' });
		const { fix, left } = fixed(set, 'coverage.gap', polygons('AHJD'));
		expect(fix).toMatchObject({ kind: 'fill-into-neighbour', neighbourNo: 3, around: [1, 2, 3] });
		expect(left).toEqual([]);
		const centimetre = at('B')[0] + CENTIMETRE_DEG / 2;
		const narrow = { ...set.polygons, coordinates: set.polygons.coordinates.slice() };
		narrow.coordinates.forEach((lon, i) => {
			if (lon === at('C')[0]) narrow.coordinates[i] = centimetre;
		});
		const unmatched = { ...set, polygons: narrow };
		expect(fixed(unmatched, 'edge.unmatched', polygons('AHJD'))).toMatchObject({
			fix: { kind: 'fill-into-neighbour', neighbourNo: 1 },
			left: [],
		});
	});

	it('parcel.overlaps: stays with the largest of its claimants', () => {
		const { parcels } = drawing(`
			A---B--C-----D
			| 1 |XX|  2  |
			E---F--G-----H
		`);
		expect(fixed(parcels({ 1: 'AEGC', 2: 'BFHD' }), 'parcel.overlaps')).toMatchObject({
			fix: { kind: 'leave-to', parcelNo: 2, others: [1] },
			left: [],
		});
		const twice = drawing('A---B--C---D\n| 1 |XX| 1 |\nE---F--G---H').parcels({ 1: 'AEGC + BFHD' });
		expect(fixed(twice, 'parcel.overlaps')).toEqual({ fix: { kind: 'redraw-rings', parcelNo: 1 }, left: [] });
	});

	it('parcel.outside-outline: clipped', () => {
		const { parcels, polygons } = drawing('A-----B--C\n|  1  |  |\nD-----E--F');
		expect(fixed(parcels({ 1: 'ADFC' }), 'parcel.outside-outline', polygons('ABED'))).toEqual({
			fix: { kind: 'clip-to-outline', parcelNo: 1 },
			left: [],
		});
	});

	it('proposes nothing for what a person must decide', () => {
		const set = square.parcels({ 1: 'ADEB', 2: 'ADE' });
		const swallowed = checkParcelSet(set).find(({ code }) => code === 'parcel.overlaps');
		expect(swallowed && proposeFix(patchedSetOf(set), swallowed)).toMatchObject({
			kind: 'leave-to',
			parcelNo: 2,
		});
		const same = square.parcels({ 1: 'ADEB', 2: 'ADEB' });
		const claimed = checkParcelSet(same).find(({ code }) => code === 'parcel.overlaps');
		expect(claimed && proposeFix(patchedSetOf(same), claimed)).toBeNull();
	});

	it('removes the issue and makes no error, on coverages broken by chance', () => {
		const total = (issues: readonly CoverageIssue[]) =>
			issues.reduce((sum, { code, params }) => sum + (GROUND.includes(code) ? (params.areaM2 ?? 0) : 0), 0);
		const others = (issues: readonly CoverageIssue[]) =>
			issues.filter(({ code, severity }) => severity === 'error' && !GROUND.includes(code)).length;
		const limits = { ...DEFAULT_LIMITS, minAreaM2: () => 30, spikeWidthM: 3 };
		const proposed = new Map<string, number>();
		fc.assert(
			fc.property(
				fc.constantFrom(5000, 2 ** 20, 2 ** 24).chain((spread) => anyCoverage(spread)),
				anyBreaks(3),
				fc.boolean(),
				({ set, outline }, breaks, hasOutline) => {
					const given = hasOutline ? outline : undefined;
					const broken = breakCoverage(set, breaks);
					const before = checkParcelSet(broken, given, limits);
					for (const issue of before.slice(0, 4)) {
						const fix = proposeFix(patchedSetOf(broken), issue, given, limits);
						if (fix === null) continue;
						proposed.set(fix.kind, (proposed.get(fix.kind) ?? 0) + 1);
						const after = checkParcelSet(applied(broken, fix, given), given, limits);
						expect(total(after)).toBeLessThanOrEqual(total(before) + 1e-6);
						expect(others(after)).toBeLessThanOrEqual(others(before));
						const isIt = ({ code, parcelNos, at }: CoverageIssue) =>
							code === issue.code && parcelNos[0] === issue.parcelNos[0] && at?.join() === issue.at?.join();
						const isGround = GROUND.includes(issue.code);
						const isThere = after.some(isIt);
						// What is a grid step wide may come to a gap or an overlap beside it that was there before.
						const isToShrink = isGround && (isThere || (issue.params.areaM2 ?? 0) > 1e-3);
						if (isToShrink) expect(total(after)).toBeLessThan(total(before));
						else expect(isThere).toBe(false);
					}
				},
			),
			{ numRuns: 150 },
		);
		for (const kind of [
			'leave-to',
			'fill-into-neighbour',
			'merge-into-neighbour',
			'clip-to-outline',
			'redraw-rings',
		])
			expect([kind, (proposed.get(kind) ?? 0) > 0]).toEqual([kind, true]);
	});
});
