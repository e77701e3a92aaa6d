import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { checkParcelSet } from '$geo/coverage/check.ts';
import { cleanParcelSet } from '$geo/coverage/clean.ts';
import type { CleanReport } from '$geo/coverage/clean-report.ts';
import { coverageToParcelSet } from '$geo/coverage/coverage.ts';
import type { ParcelSet } from '$geo/coverage/parcel-set.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { sliceFeature } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { anyDirtySet, disguiseSet, STEP_M } from './dirty-sets.ts';
import { drawing } from './drawing.ts';
import { toGeos } from './geos-oracle.ts';
import { groundM2, holdings } from './ground.ts';
import { anyCoverage, anyPolygons } from './random-polygons.ts';

/** One column of a drawing: 1 cm of latitude, less of longitude. */
const CENTIMETRE_DEG = 755 * GRID_STEP_DEG;

/** What the account says each parcel gained, by number. */
function gains({ areas }: CleanReport): Map<number, number> {
	return new Map(areas.map(({ parcelNo, gainedM2, lostM2 }) => [parcelNo, gainedM2 - lostM2]));
}

/** What noding along all boundaries may amount to: half a grid diagonal along twenty sides of the square. */
function roundingM2(outline: FlatPolygons): number {
	return STEP_M * 20 * Math.sqrt(ellipsoidalAreasM2(outline)[0]);
}

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
			fc.property(anyDirtySet(), ({ set, outline, widthM }) => {
				const { set: cleaned, report } = cleanParcelSet(set, { outline, sliverWidthM: widthM });
				const build = buildCoverage(cleaned, outline);
				expect(build.ok).toBe(report.unresolved.every(({ severity }) => severity === 'warning'));
				tried++;
				if (!build.ok) return;
				built++;
				expect(coverageToParcelSet(build.coverage)).toEqual(cleaned);
				expect(build.movedMaxDeg).toBe(0);
				const total = ellipsoidalAreasM2(cleaned.polygons).reduce((sum, area) => sum + area, 0);
				const [whole] = ellipsoidalAreasM2(outline);
				expect(Math.abs(total - whole)).toBeLessThan(1e-6 + whole * 1e-12);
				const geos = toGeos(cleaned.polygons);
				cleaned.parcelNos.forEach((_, f) => expect(geos.isValid(f)).toBe(true));
				geos.free();
			}),
			{ numRuns: 40 },
		);
		expect(built / tried).toBeGreaterThan(0.8);
	});

	it('accounts for every square metre of every parcel, and loses none silently', () => {
		fc.assert(
			fc.property(anyDirtySet(), ({ set, outline, widthM }) => {
				const { set: cleaned, report } = cleanParcelSet(set, { outline, sliverWidthM: widthM });
				const kept = [...cleaned.parcelNos, ...report.dropped.map(({ parcelNo }) => parcelNo)];
				expect(kept.sort((a, b) => a - b)).toEqual([...set.parcelNos].sort((a, b) => a - b));
				const before = holdings(set);
				const gained = gains(report);
				for (const [parcelNo, areaM2] of holdings(cleaned)) {
					const expected = (before.get(parcelNo) ?? 0) + (gained.get(parcelNo) ?? 0);
					expect(Math.abs(areaM2 - expected)).toBeLessThan(roundingM2(outline));
				}
			}),
			{ numRuns: 40 },
		);
	});

	it('does not depend on the order of parcels, ring start or direction', () => {
		fc.assert(
			fc.property(
				anyDirtySet(),
				fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 7, maxLength: 30 }),
				({ set, outline, widthM }, values) => {
					const options = { outline, sliverWidthM: widthM };
					const { set: cleaned, report } = cleanParcelSet(set, options);
					const other = cleanParcelSet(disguiseSet(set, values), options);
					expect(other.set).toEqual(cleaned);
					const { slivers, spikes, dropped, areas, unresolved } = report;
					expect(other.report).toMatchObject({ slivers, spikes, dropped, areas, unresolved });
				},
			),
			{ numRuns: 40 },
		);
	});

	it('has nothing left to do the second time', () => {
		fc.assert(
			fc.property(anyDirtySet(), ({ set, outline, widthM }) => {
				const options = { outline, sliverWidthM: widthM };
				const once = cleanParcelSet(set, options);
				expect(cleanParcelSet(once.set, options).set).toEqual(once.set);
			}),
			{ numRuns: 40 },
		);
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

		it('cuts a spike and closes a slit', () => {
			const { parcels: drawn } = drawing(
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
			expect(report.spikes).toMatchObject([{ parcelNo: 1 }]);
			expect(report.spikes[0].gainedM2).toBeLessThan(0);
			expect(shape(cleaned, 1)).toBeCloseTo(shape(set, 1) + report.spikes[0].gainedM2, 9);
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
