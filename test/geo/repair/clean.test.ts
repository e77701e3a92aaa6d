import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkParcelSet } from '$geo/check/check.ts';
import { cleanParcelSet } from '$geo/repair/clean.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { sliceFeature } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import {
	anyShuffle,
	expectAccount,
	expectDone,
	expectNothingLeft,
	expectOrderFree,
	isCoverageAgain,
} from './clean-law.ts';
import { anyDirtySet } from './dirty-sets.ts';
import { drawing } from '../coverage/drawing.ts';
import { groundM2 } from '../coverage/ground.ts';
import { anyCoverage, anyPolygons } from '../coverage/random-polygons.ts';

/** One column of a drawing: 1 cm of latitude, less of longitude. */
const CENTIMETRE_DEG = 755 * GRID_STEP_DEG;

function errorsOf(set: ParcelSet, outline?: FlatPolygons) {
	return checkParcelSet(set, outline).filter(({ severity }) => severity === 'error');
}

describe('cleanParcelSet', () => {
	it('leaves a coverage as it is, to the bit', () => {
		fc.assert(
			fc.property(anyCoverage(2 ** 26), ({ set, outline }) => {
				const { set: cleaned, report } = cleanParcelSet(set, { outline, sliverWidthM: 0 });
				expect(cleaned).toEqual(set);
				expect({ ...report, found: [] }).toEqual({
					found: [],
					slivers: [],
					spikes: [],
					dropped: [],
					areas: [],
					moves: [],
					farthest: null,
					unresolved: [],
				});
			}),
			{ numRuns: 60 },
		);
	});

	it('makes a jittered coverage a coverage again, of the same parcels and the same ground', () => {
		let tried = 0;
		let built = 0;
		fc.assert(
			fc.property(anyDirtySet(), (dirty) => {
				tried++;
				if (isCoverageAgain(dirty)) built++;
			}),
			{ numRuns: 40 },
		);
		expect(built / tried).toBeGreaterThan(0.8);
	});

	it('accounts for every square metre of every parcel, and loses none silently', () => {
		fc.assert(fc.property(anyDirtySet(), expectAccount), { numRuns: 40 });
	});

	it('does not depend on the order of parcels, ring start or direction', () => {
		fc.assert(fc.property(anyDirtySet(), anyShuffle(), expectOrderFree), { numRuns: 40 });
	});

	it('has nothing left to do the second time', () => {
		fc.assert(fc.property(anyDirtySet(), expectDone), { numRuns: 40 });
	});

	it('leaves none of the issues that it is there to remove', () => {
		fc.assert(fc.property(anyDirtySet(), expectNothingLeft), { numRuns: 40 });
	});

	it('throws on nothing', () => {
		const widths = [0, 0.01, 1e9, -1, NaN, Infinity];
		fc.assert(
			fc.property(
				anyPolygons(5),
				fc.option(anyPolygons(1), { nil: undefined }),
				fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 5, maxLength: 5 }),
				fc.constantFrom(...widths),
				(polygons, outline, numbers, sliverWidthM) => {
					const parcelNos = Int32Array.from(numbers.slice(0, polygons.featureOffsets.length - 1));
					const { set, report } = cleanParcelSet({ parcelNos, polygons }, { outline, sliverWidthM });
					expect(set.parcelNos.length + report.dropped.length).toBe(parcelNos.length);
				},
			),
			{ numRuns: 300 },
		);
	});

	it('leaves what is wider than the limit to a person, and says where it is', () => {
		const { parcels } = drawing(`
			A----B C----D
			|    |E|    |
			|    | |F   |
			G----H I----J
		`);
		const set = parcels({ 1: 'ABEHG', 2: 'CDJI', 3: 'FDJ' });
		const { set: cleaned, report } = cleanParcelSet(set);
		expect(cleaned.parcelNos).toEqual(set.parcelNos);
		expect(report.unresolved.map(({ code, parcelNos }) => [code, parcelNos])).toEqual([
			['parcel.overlaps', [2, 3]],
		]);
		expect(errorsOf(cleaned)).toEqual(report.unresolved);
		expect(report.areas).toEqual([]);
		expect(groundM2(cleaned)).toBeCloseTo(groundM2(set), 6);
	});

	describe('the rule for each kind of sliver', () => {
		/** Two columns of blocks, 2 cm apart from line B–E to line C–F, 6 m long. */
		const blocks = `
			A-----B C-----D
			|     | |     |
			|     | G-----H
			|     | |     |
			I-----E F-----J
		`;
		const { parcels, polygons, at } = drawing(blocks, CENTIMETRE_DEG);
		const shape = (set: ParcelSet, parcelNo: number) =>
			groundM2({
				parcelNos: Int32Array.of(parcelNo),
				polygons: sliceFeature(set.polygons, set.parcelNos.indexOf(parcelNo)),
			});

		it('fills a gap for the neighbour with the longest boundary on it', () => {
			const set = parcels({ 5: 'CDHG', 6: 'GHJF', 7: 'ABEI' });
			const outline = polygons('ADJI');
			expect(errorsOf(set, outline).map(({ code }) => code)).toEqual(['coverage.gap']);
			const { set: cleaned, report } = cleanParcelSet(set, { outline, sliverWidthM: 0.03 });
			expect(report.slivers).toMatchObject([{ kind: 'gap', from: [], to: 7 }]);
			expect(report.areas).toMatchObject([{ parcelNo: 7, lostM2: 0 }]);
			expect(report.areas[0].gainedM2).toBeCloseTo(report.slivers[0].areaM2, 12);
			expect(shape(cleaned, 7)).toBeCloseTo(shape(set, 7) + report.slivers[0].areaM2, 9);
			expect(errorsOf(cleaned, outline)).toEqual([]);
			expect(report.farthest?.byM).toBeCloseTo(0.0146, 3);
		});

		it('cuts a gap where its neighbours change, so that each is asked for what lies in front of it', () => {
			const { parcels: drawn, polygons: shapes } = drawing(
				`
				A-----B C-----D
				|     | |     |
				|     | |     |
				|    P  |     |
				|     | |     |
				|     | |     |
				|     Q G-----H
				|     | |     |
				|     | |     |
				|     | |     |
				|     | |     |
				|     | |     |
				I-----E F-----J
			`,
				CENTIMETRE_DEG,
			);
			const outline = shapes('ADJI');
			const set = drawn({ 5: 'CDHG', 6: 'GHJF', 7: 'ABPQEI' });
			const { set: cleaned, report } = cleanParcelSet(set, { outline, sliverWidthM: 0.03 });
			// The upper piece has its longest boundary with 7; the lower as long a one with 6.
			expect(report.slivers.map(({ kind, to }) => [kind, to]).sort()).toEqual([
				['gap', 6],
				['gap', 7],
			]);
			expect(errorsOf(cleaned, outline)).toEqual([]);
			expect(report.farthest?.byM).toBeLessThan(0.03);
		});

		it('leaves an overlap to the parcel whose own ground borders it longest', () => {
			const set = parcels({ 5: 'BDHG', 6: 'GHJF', 7: 'ACGFI' });
			const { set: cleaned, report } = cleanParcelSet(set, { sliverWidthM: 0.03 });
			expect(report.slivers).toMatchObject([{ kind: 'overlap', from: [5, 7] }]);
			expect(errorsOf(cleaned)).toEqual([]);
			const [{ to }] = report.slivers;
			expect(report.areas.map(({ parcelNo }) => parcelNo)).toEqual([to === 5 ? 7 : 5]);
		});

		it('cuts off what sticks out of the outline, and leaves a parcel that is nothing else', () => {
			const set = parcels({ 5: 'ACFI', 6: 'CDHG' });
			const { report, set: cleaned } = cleanParcelSet(set, { outline: polygons('ABEI'), sliverWidthM: 0.03 });
			expect(report.slivers).toMatchObject([{ kind: 'outside', from: [5], to: null }]);
			expect(cleaned.parcelNos).toEqual(set.parcelNos);
			expect(report.unresolved.map(({ code, parcelNos }) => [code, parcelNos])).toEqual([
				['parcel.outside-outline', [6]],
			]);
		});

		it('gives a part that lies apart to its neighbour, and lets it go where it has none', () => {
			const beside = cleanParcelSet(parcels({ 5: 'ABEI + CDHG', 6: 'GHJF' }), { sliverWidthM: 0.017 });
			expect(beside.report.slivers).toMatchObject([{ kind: 'part', from: [5], to: 6 }]);
			const alone = cleanParcelSet(parcels({ 5: 'ABEI + CDHG' }), { sliverWidthM: 0.017 });
			expect(alone.report.slivers).toMatchObject([{ kind: 'part', from: [5], to: null }]);
		});

		it('lets no parcel vanish that is narrower than the limit', () => {
			const set = parcels({ 5: 'ABEI', 6: 'BCFE', 7: 'CDJF' });
			const { set: cleaned, report } = cleanParcelSet(set, { sliverWidthM: 1 });
			expect(cleaned).toEqual(cleanParcelSet(set, { sliverWidthM: 0 }).set);
			expect(report.slivers).toEqual([]);
		});

		it('cuts a spike', () => {
			const { parcels: drawn, at: place } = drawing(
				`
				A-------------B
				|             |
				C-------------D
				E--------------------------------F
				G-------------H
			`,
				CENTIMETRE_DEG,
			);
			const set = drawn({ 1: 'ABDFHGC' });
			const { report, set: cleaned } = cleanParcelSet(set, { sliverWidthM: 0.03 });
			expect(report.spikes).toMatchObject([{ parcelNo: 1, at: place('F') }]);
			expect(report.spikes[0].widthM).toBeLessThan(0.03);
			expect(report.areas).toMatchObject([{ parcelNo: 1, gainedM2: 0 }]);
			expect(shape(cleaned, 1)).toBeCloseTo(shape(set, 1) - report.areas[0].lostM2, 9);
		});

		it('closes a slit, but not one that belongs to somebody', () => {
			const { parcels: drawn, at: place } = drawing(
				`
				A--------------------B
				|                    |
				|   X----------------D
				|                    E
				G--------------------H
			`,
				CENTIMETRE_DEG,
			);
			const set = drawn({ 1: 'ABDXEHG' });
			const { report, set: cleaned } = cleanParcelSet(set, { sliverWidthM: 0.015 });
			expect(report.spikes).toMatchObject([{ parcelNo: 1, at: place('X') }]);
			expect(report.areas).toMatchObject([{ parcelNo: 1, lostM2: 0 }]);
			expect(shape(cleaned, 1)).toBeCloseTo(shape(set, 1) + report.areas[0].gainedM2, 9);
			const shared = drawn({ 1: 'ABDXEHG', 2: 'DXE' });
			expect(cleanParcelSet(shared, { sliverWidthM: 0.015 }).set).toEqual(
				cleanParcelSet(shared, { sliverWidthM: 0 }).set,
			);
		});

		it('keeps one of two equal records and drops a record without ground, both said', () => {
			const twice = { parcelNos: Int32Array.of(5, 6, 5), polygons: polygons('ABEI', 'AB', 'EIAB') };
			const { set: cleaned, report } = cleanParcelSet(twice);
			expect([...cleaned.parcelNos]).toEqual([5]);
			expect(report.dropped).toEqual([
				{ parcelNo: 5, reason: 'repeated', at: at('I') },
				{ parcelNo: 6, reason: 'no-ground', at: at('A') },
			]);
			expect(report.unresolved).toEqual([]);
		});

		it('keeps two parcels of one number and says that the number is not unique', () => {
			const set = { parcelNos: Int32Array.of(5, 5), polygons: polygons('CDJF', 'ABEI') };
			const { set: cleaned, report } = cleanParcelSet(set);
			expect([...cleaned.parcelNos]).toEqual([5, 5]);
			expect(report.unresolved.map(({ code }) => code)).toEqual([
				'parcel-number.invalid',
				'parcel-number.invalid',
			]);
		});
	});
});
