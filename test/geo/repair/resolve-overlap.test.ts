import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { invertDifference } from '$geo/edit/apply-difference.ts';
import { checkParcelSet } from '$geo/check/check.ts';
import { applyToParcelSet } from '$geo/repair/parcel-set-edit.ts';
import { patchedSetOf, settleSet } from '$geo/repair/patched-set.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { canResolveOverlap, resolveOverlap } from '$geo/repair/resolve-overlap.ts';
import type { OverlapResolution, OverlapRule } from '$geo/repair/resolve-overlap.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { joinFeatures, sliceFeature } from '$geo/flat-polygons.ts';
import { drawing } from '../coverage/drawing.ts';
import { toGeos } from '../coverage/geos-oracle.ts';
import { groundM2, holdings } from '../coverage/ground.ts';
import { anyPolygons } from '../coverage/random-polygons.ts';

const RULES: readonly OverlapRule[] = ['to-first', 'to-larger', 'to-smaller', 'to-longest-boundary'];

const REFUSALS = ['overlap.undecided', 'overlap.leaves-nothing'];

function numbered(polygons: FlatPolygons): ParcelSet {
	return {
		parcelNos: Int32Array.from({ length: polygons.featureOffsets.length - 1 }, (_, f) => f + 1),
		polygons,
	};
}

function overlapsOf(set: ParcelSet) {
	return checkParcelSet(set).filter(
		({ code, parcelNos }) => code === 'parcel.overlaps' && parcelNos.length > 1,
	);
}

describe('resolveOverlap', () => {
	it('keeps the ground of all, ends the overlap, changes losers alone, and is undone to the bit', () => {
		let done = 0;
		fc.assert(
			fc.property(anyPolygons(4), fc.constantFrom(...RULES), fc.boolean(), (polygons, rule, one) => {
				const set = numbered(polygons);
				for (const { parcelNos, at } of overlapsOf(set).slice(0, 2)) {
					const resolution = { parcelNos, rule, ...(one && at !== null ? { at } : {}) };
					const edit = resolveOverlap(patchedSetOf(set), resolution);
					expect(canResolveOverlap(patchedSetOf(set), resolution)).toEqual(edit.ok ? null : edit.refusal);
					if (!edit.ok) {
						expect(REFUSALS).toContain(edit.refusal.code);
						continue;
					}
					done++;
					const resolved = settleSet(edit.set);
					const [before, after] = [holdings(set), holdings(resolved)];
					const changed = new Set(edit.difference.shapes.map(({ parcelNo }) => parcelNo));
					expect([...changed].every((no) => parcelNos.includes(no))).toBe(true);
					expect(changed.size).toBeLessThan(parcelNos.length + Number(!one));
					const rounding = roundingM2(set);
					for (const [no, areaM2] of after) {
						expect(areaM2).toBeLessThanOrEqual((before.get(no) ?? 0) + rounding);
						if (!changed.has(no)) expect(shapeOf(resolved, no)).toEqual(shapeOf(set, no));
					}
					expect(Math.abs(groundM2(resolved) - groundM2(set))).toBeLessThan(rounding);
					const left = overlapsOf(resolved).filter(
						(issue) => issue.parcelNos.every((no) => parcelNos.includes(no)) && !one,
					);
					expect(left).toEqual([]);
					const undone = applyToParcelSet(edit.set, invertDifference(edit.difference));
					expect(undone.ok && settleSet(undone.set)).toEqual(set);
					const geos = toGeos(joinFeatures(edit.difference.shapes.map(({ after }) => after).filter(isShape)));
					edit.difference.shapes.forEach((_, f) => expect(geos.isValid(f)).toBe(true));
					geos.free();
				}
			}),
			{ numRuns: 100 },
		);
		expect(done).toBeGreaterThan(5);
	});

	it('throws on nothing', () => {
		const numbers = fc.array(fc.oneof(fc.integer({ min: -1, max: 4 }), fc.double()), { maxLength: 4 });
		const at = fc.option(fc.tuple(fc.double(), fc.double()), { nil: undefined });
		fc.assert(
			fc.property(
				anyPolygons(4),
				numbers,
				fc.constantFrom(...RULES),
				at,
				(polygons, parcelNos, rule, place) => {
					const set = patchedSetOf({
						...numbered(polygons),
						parcelNos: Int32Array.from(polygons.featureOffsets.subarray(1), (_, f) => f % 3),
					});
					const resolution = { parcelNos, rule, at: place };
					const edit = resolveOverlap(set, resolution);
					expect(canResolveOverlap(set, resolution)).toEqual(edit.ok ? null : edit.refusal);
				},
			),
			{ numRuns: 300 },
		);
	});

	describe('decides by rule and refuses with code and place', () => {
		const { parcels, at } = drawing(`
			A-----------B-----C
			|           |     |
			|     E-----F-----G-----H
			|     |  x  |     |     |
			|     I-----J-----K     |
			D-----------L-----M     |
			      |                 |
			      |                 |
			      N-----------------O
		`);
		// 1 and 2 share E F J I and more; 3 lies inside 1.
		const set = parcels({ 1: 'ACMD', 2: 'EHON', 3: 'FGKJ', 4: 'ABLD' });
		const keeperOf = (parcelNos: number[], rule: OverlapRule) => {
			const edit = resolveOverlap(patchedSetOf(set), { parcelNos, rule });
			if (!edit.ok) return edit.refusal.code;
			const lost = edit.difference.shapes.map(({ parcelNo }) => parcelNo);
			return parcelNos.filter((no) => !lost.includes(no));
		};
		const refusalOf = (resolution: OverlapResolution, given = set) => {
			const refusal = canResolveOverlap(patchedSetOf(given), resolution);
			return refusal === null ? null : [refusal.code, refusal.parcelNos, refusal.at];
		};

		it('by claim and by area', () => {
			expect(keeperOf([1, 2], 'to-first')).toEqual([1]);
			expect(keeperOf([2, 1], 'to-first')).toEqual([2]);
			expect(keeperOf([1, 2], 'to-larger')).toEqual([2]);
			expect(keeperOf([1, 2], 'to-smaller')).toEqual([1]);
			expect(keeperOf([1, 3], 'to-smaller')).toEqual([3]);
		});

		it('by the boundary of what each has alone, piece by piece', () => {
			const edit = resolveOverlap(patchedSetOf(set), { parcelNos: [1, 2], rule: 'to-longest-boundary' });
			expect(
				edit.ok && overlapsOf(settleSet(edit.set)).some(({ parcelNos }) => parcelNos.join() === '1,2'),
			).toBe(false);
		});

		it('at one place alone', () => {
			const two = parcels({ 1: 'ACMD', 3: 'FGKJ', 2: 'EHON' });
			const edit = resolveOverlap(patchedSetOf(two), { parcelNos: [2, 1, 3], rule: 'to-first', at: at('x') });
			if (!edit.ok) throw new Error(edit.refusal.code);
			expect(edit.difference.shapes.map(({ parcelNo }) => parcelNo)).toEqual([1]);
			expect(overlapsOf(settleSet(edit.set)).map(({ parcelNos }) => parcelNos)).toContainEqual([1, 2, 3]);
		});

		it('overlap.too-few, parcel.unknown, parcel-number.invalid', () => {
			expect(refusalOf({ parcelNos: [1, 1], rule: 'to-first' })).toEqual(['overlap.too-few', [1], at('A')]);
			expect(refusalOf({ parcelNos: [1, 7], rule: 'to-first' })).toEqual(['parcel.unknown', [7], null]);
			const twice = { ...set, parcelNos: Int32Array.of(1, 2, 2, 4) };
			expect(refusalOf({ parcelNos: [1, 2], rule: 'to-first' }, twice)).toEqual([
				'parcel-number.invalid',
				[2],
				at('E'),
			]);
		});

		it('overlap.none: they only touch, or not at the place', () => {
			const apart = parcels({ 1: 'ABLD', 3: 'FGKJ' });
			expect(refusalOf({ parcelNos: [1, 3], rule: 'to-first' }, apart)).toEqual([
				'overlap.none',
				[1, 3],
				at('A'),
			]);
			expect(refusalOf({ parcelNos: [1, 2], rule: 'to-first', at: at('N') })).toEqual([
				'overlap.none',
				[1, 2],
				at('N'),
			]);
		});

		it('overlap.leaves-nothing: a parcel would vanish', () => {
			expect(refusalOf({ parcelNos: [1, 3], rule: 'to-larger' })).toEqual([
				'overlap.leaves-nothing',
				[3],
				at('F'),
			]);
			expect(keeperOf([1, 3], 'to-longest-boundary')).toBe('overlap.leaves-nothing');
		});

		it('overlap.undecided: nobody has ground of his own beside it', () => {
			const same = parcels({ 1: 'ACMD', 2: 'CMDA' });
			const refusal = canResolveOverlap(patchedSetOf(same), {
				parcelNos: [1, 2],
				rule: 'to-longest-boundary',
			});
			expect([refusal?.code, refusal?.parcelNos]).toEqual(['overlap.undecided', [1, 2]]);
			expect(refusal?.at).not.toBe(null);
		});
	});
});

function isShape(shape: FlatPolygons | null): shape is FlatPolygons {
	return shape !== null;
}

function shapeOf({ parcelNos, polygons }: ParcelSet, parcelNo: number): FlatPolygons {
	return sliceFeature(polygons, parcelNos.indexOf(parcelNo));
}

/** What rounding crossings may amount to: a grid diagonal along all boundaries. */
function roundingM2({ polygons: { coordinates } }: ParcelSet): number {
	let perimeterDeg = 0;
	for (let i = 0; i + 3 < coordinates.length; i += 2)
		perimeterDeg += Math.hypot(coordinates[i + 2] - coordinates[i], coordinates[i + 3] - coordinates[i + 1]);
	return 1e-9 + perimeterDeg * 111_195 * 2e-5 * 2;
}
