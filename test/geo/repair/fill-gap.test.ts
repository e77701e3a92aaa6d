import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { invertDifference } from '$geo/edit/apply-difference.ts';
import { checkParcelSet } from '$geo/check/check.ts';
import { interiorPoint } from '$geo/arrangement/interior-point.ts';
import { sameUpToNodes } from '$geo/edit/same-up-to-nodes.ts';
import { findGap } from '$geo/repair/find-gap.ts';
import { streetCoverage } from '../../support/street-coverage.ts';
import { canFillGap, fillGap } from '$geo/repair/fill-gap.ts';
import type { GapTaker } from '$geo/repair/fill-gap.ts';
import type { CoverageIssue } from '$geo/check/issue.ts';
import { applyToParcelSet } from '$geo/repair/parcel-set-edit.ts';
import { patchedSetOf, settleSet } from '$geo/repair/patched-set.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { FlatPolygons, LonLat } from '$geo/flat-polygons.ts';
import { flattenMultiPolygons, joinFeatures, sliceFeature } from '$geo/flat-polygons.ts';
import { drawing } from '../coverage/drawing.ts';
import { toGeos } from '../coverage/geos-oracle.ts';
import { groundM2, holdings } from '../coverage/ground.ts';
import { anyCoverage, anyPolygons, toLonLat } from '../coverage/random-polygons.ts';

const TAKERS: readonly GapTaker[] = ['longest-boundary', 'larger', 'smaller', { newParcelNo: -9 }];

/** The issues that are ground which nobody covers. */
function gapsOf(set: ParcelSet, outline?: FlatPolygons): CoverageIssue[] {
	return checkParcelSet(set, outline).filter(
		({ code, severity }) => severity === 'error' && code === 'coverage.gap',
	);
}

function without({ parcelNos, polygons }: ParcelSet, leavesOut: (index: number) => boolean): ParcelSet {
	const kept = [...parcelNos.keys()].filter((f) => !leavesOut(f));
	return {
		parcelNos: Int32Array.from(kept, (f) => parcelNos[f]),
		polygons: joinFeatures(kept.map((f) => sliceFeature(polygons, f))),
	};
}

describe('fillGap', () => {
	it('adds exactly the gap, to one parcel, leaves the others as they are, and is undone to the bit', () => {
		let filled = 0;
		fc.assert(
			fc.property(
				anyCoverage(2 ** 26),
				fc.array(fc.boolean(), { minLength: 2, maxLength: 9 }),
				fc.constantFrom(...TAKERS),
				fc.boolean(),
				({ set: whole, outline: square }, pattern, to, withOutline) => {
					const set = without(whole, (f) => pattern[f % pattern.length]);
					const outline = withOutline ? square : undefined;
					for (const { at, params, parcelNos } of gapsOf(set, outline)) {
						if (at === null) throw new Error('no place');
						const edit = fillGap(patchedSetOf(set), { at, to, outline });
						expect(canFillGap(patchedSetOf(set), { at, to, outline })).toEqual(edit.ok ? null : edit.refusal);
						if (!edit.ok) {
							expect([edit.refusal.code, parcelNos]).toEqual(['gap.no-neighbour', []]);
							continue;
						}
						filled++;
						expect(edit.difference.shapes.length).toBe(1);
						const [{ parcelNo, kind }] = edit.difference.shapes;
						expect(kind).toBe(typeof to === 'string' ? 'reshaped' : 'created');
						const filledSet = settleSet(edit.set);
						const before = holdings(set);
						const after = holdings(filledSet);
						const gained = (after.get(parcelNo) ?? 0) - (before.get(parcelNo) ?? 0);
						expect(Math.abs(gained - (params.areaM2 ?? 0))).toBeLessThan(1e-4);
						expect(Math.abs(groundM2(filledSet) - groundM2(set) - gained)).toBeLessThan(1e-4);
						expect(without(filledSet, (f) => filledSet.parcelNos[f] === parcelNo)).toEqual(
							without(set, (f) => set.parcelNos[f] === parcelNo),
						);
						expect(gapsOf(filledSet, outline).length).toBe(gapsOf(set, outline).length - 1);
						const undone = applyToParcelSet(edit.set, invertDifference(edit.difference));
						expect(undone.ok && settleSet(undone.set)).toEqual(set);
						const geos = toGeos(filledSet.polygons);
						filledSet.parcelNos.forEach((_, f) => expect(geos.isValid(f)).toBe(true));
						geos.free();
					}
				},
			),
			{ numRuns: 40 },
		);
		expect(filled).toBeGreaterThan(20);
	});

	it('throws on nothing, and can says what the edit says', () => {
		const places: fc.Arbitrary<LonLat> = fc.oneof(
			fc.tuple(fc.integer({ min: -3, max: 15 }), fc.integer({ min: -3, max: 15 })).map(toLonLat),
			fc.constantFrom<LonLat>([NaN, 0], [1e300, 5], [Infinity, -Infinity], [123.375, 41.75]),
		);
		const takers = fc.oneof(
			fc.constantFrom(...TAKERS, { parcelNo: 1 }, { parcelNo: 9 }, { newParcelNo: 1 }, { newParcelNo: 0.5 }),
			fc.double().map((parcelNo) => ({ parcelNo })),
		);
		fc.assert(
			fc.property(anyPolygons(5), places, takers, fc.boolean(), (polygons, at, to, withOutline) => {
				const parcelNos = Int32Array.from({ length: polygons.featureOffsets.length - 1 }, (_, f) => f % 4);
				const filling = { at, to, outline: withOutline ? polygons : undefined };
				const set = patchedSetOf({ parcelNos, polygons });
				const edit = fillGap(set, filling);
				expect(canFillGap(set, filling)).toEqual(edit.ok ? null : edit.refusal);
			}),
			{ numRuns: 300 },
		);
	});

	it('looks at the parcels near the gap alone, within an outline too', () => {
		const { set, outline, streetNos } = streetCoverage(3000);
		const isStreet = new Set(streetNos);
		const taken = [...set.parcelNos.keys()].filter((f) => f % 100 === 50 && !isStreet.has(set.parcelNos[f]));
		const left = patchedSetOf(without(set, (f) => taken.includes(f)));
		expect(taken.length).toBeGreaterThan(10);
		for (const f of taken) {
			const lot = sliceFeature(set.polygons, f);
			for (const within of [undefined, outline]) {
				const found = findGap(left, interiorPoint(lot, 0), within);
				if (!found.ok) throw new Error(found.refusal.code);
				expect(found.gap.features.length).toBeLessThan(100);
				const ground = sliceFeature(found.gap.pieces.polygons, found.gap.piece);
				expect(sameUpToNodes(lot, ground)).toBe(true);
			}
		}
	});

	describe('decides by rule and refuses with code and place', () => {
		const { parcels, polygons, at } = drawing(`
			A--------B--------C
			|        |        |
			D--------E        |
			|    g   |        |
			F--------H   k    |
			|        |        |
			I--------J--------K
			    o
		`);
		const around = parcels({ 1: 'ABED', 2: 'BCKJHE', 3: 'FHJI' });
		const outline = polygons('ACKI');
		const takerOf = (to: GapTaker) => {
			const edit = fillGap(patchedSetOf(around), { at: at('g'), to, outline });
			return edit.ok ? edit.difference.shapes[0].parcelNo : edit.refusal.code;
		};
		const refusalOf = (
			place: LonLat,
			to: GapTaker,
			set = around,
			within: FlatPolygons | undefined = outline,
		) => {
			const refusal = canFillGap(patchedSetOf(set), { at: place, to, outline: within });
			return refusal === null ? null : [refusal.code, refusal.parcelNos, refusal.at];
		};

		it('by length of boundary, by area, by number', () => {
			// Further south a degree of longitude is longer.
			expect(takerOf('longest-boundary')).toBe(3);
			expect(takerOf('larger')).toBe(2);
			expect(takerOf('smaller')).toBe(1);
			expect(takerOf({ parcelNo: 3 })).toBe(3);
			expect(takerOf({ newParcelNo: 4 })).toBe(4);
		});

		it('gap.none: somebody is there', () => {
			expect(refusalOf(at('k'), 'larger')).toEqual(['gap.none', [2], at('k')]);
			expect(refusalOf(at('E'), 'larger', parcels({ 1: 'ABED', 2: 'BCKJHE', 3: 'FHJI', 4: 'DEHF' }))).toEqual(
				['gap.none', [1, 2, 4], at('E')],
			);
		});

		it('gap.open: nothing encloses the place', () => {
			expect(refusalOf(at('o'), 'larger')).toEqual(['gap.open', [], at('o')]);
			expect(fillGap(patchedSetOf(around), { at: at('g'), to: 'larger' })).toMatchObject({
				refusal: { code: 'gap.open', at: at('g') },
			});
		});

		it('gap.no-neighbour and gap.not-beside', () => {
			const none = parcels({});
			expect(refusalOf(at('g'), 'larger', none)).toEqual(['gap.no-neighbour', [], at('g')]);
			expect(refusalOf(at('g'), { parcelNo: 5 }, parcels({ 3: 'FHJI', 5: 'BCE' }))).toEqual(null);
			const corner = drawing(`
				A--B
				|  |
				C--D--E
				   |  |
				F--G--H
			`);
			// Parcel 1 touches the gap D E H G at D alone.
			const diagonal = corner.parcels({ 1: 'ABDC', 3: 'CDGF' });
			const [lon, lat] = corner.at('D');
			const filling = { at: [lon + 1e-6, lat - 1e-6] as const, outline: corner.polygons('ABDEHF') };
			expect(canFillGap(patchedSetOf(diagonal), { ...filling, to: { parcelNo: 1 } })).toMatchObject({
				code: 'gap.not-beside',
				parcelNos: [1],
				at: filling.at,
			});
			expect(canFillGap(patchedSetOf(diagonal), { ...filling, to: { parcelNo: 3 } })).toBe(null);
		});

		it('difference.stale: a parcel is not what it was', () => {
			const edit = fillGap(patchedSetOf(around), { at: at('g'), to: 'larger', outline });
			if (!edit.ok) throw new Error(edit.refusal.code);
			expect(applyToParcelSet(edit.set, edit.difference)).toMatchObject({
				refusal: { code: 'difference.stale', parcelNos: [2] },
			});
		});

		it('parcel-number.invalid: a difference that makes a parcel of no such number', () => {
			const after = sliceFeature(around.polygons, 0);
			for (const parcelNo of [1.5, 0, NaN, 2 ** 31]) {
				const created = { kind: 'created', parcelNo, before: null, after } as const;
				expect(
					applyToParcelSet(patchedSetOf(around), { shapes: [created], classes: [], lineage: [] }),
				).toMatchObject({
					ok: false,
					refusal: { code: 'parcel-number.invalid', parcelNos: [parcelNo] },
				});
			}
		});

		it('gap.open: parcels that are not on Earth enclose nothing', () => {
			const place = (lonLat: number): LonLat => [10 + lonLat, 95 + lonLat];
			const square = (from: number, to: number): LonLat[] => [
				place(from),
				[10 + to, 95 + from],
				place(to),
				[10 + from, 95 + to],
			];
			const polygons = flattenMultiPolygons([[[square(0, 0.03), square(0.01, 0.02)]]]);
			const set = { parcelNos: Int32Array.of(1), polygons };
			for (const to of TAKERS) expect(refusalOf(place(0.015), to, set)?.[0]).toBe('gap.open');
		});

		it('parcel.unknown and parcel-number.invalid', () => {
			expect(refusalOf(at('g'), { parcelNo: 8 })).toEqual(['parcel.unknown', [8], at('g')]);
			expect(refusalOf(at('g'), { newParcelNo: 3 })).toEqual(['parcel-number.invalid', [3], at('g')]);
			expect(refusalOf(at('g'), { newParcelNo: 0 })?.[0]).toBe('parcel-number.invalid');
			const twice = { ...around, parcelNos: Int32Array.of(1, 2, 2) };
			expect(refusalOf(at('g'), { parcelNo: 2 }, twice)).toEqual(['parcel-number.invalid', [2], at('g')]);
		});
	});
});
