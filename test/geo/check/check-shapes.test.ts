import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { checkParcelSet } from '$geo/check/check.ts';
import { DEFAULT_LIMITS, type CheckLimits } from '$geo/check/check-limits.ts';
import { checkShapes } from '$geo/check/check-shapes.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { streetCoverage } from '../../support/street-coverage.ts';
import { drawing } from '../coverage/drawing.ts';
import { anyPolygons } from '../coverage/random-polygons.ts';

const CENTIMETRE_DEG = 2 ** 10 * GRID_STEP_DEG;
const NOTHING: CheckLimits = {
	spikeWidthM: null,
	sliverWidthM: null,
	minAreaM2: null,
	maxVertices: null,
	multipart: false,
	direction: false,
};
const codes = (set: ParcelSet, limits: Partial<CheckLimits>) =>
	checkShapes(set, { ...NOTHING, ...limits }).map(({ code, parcelNos }) => [code, ...parcelNos].join(' '));

describe('checkShapes', () => {
	it('vertex.spike: a narrow fold there and back, four times as long as wide', () => {
		// One column is a centimetre: the spike at C is 1 cm wide and 80 cm long.
		const { parcels, at } = drawing(
			`
			A-----------------B
			|                 D-------------------------------------------------------------------------------C
			|                 E
			F-----------------G
			`,
			CENTIMETRE_DEG,
		);
		const set = parcels({ 1: 'AFGECDB', 2: 'DCB' });
		const [issue, ...rest] = checkShapes(parcels({ 1: 'AFGECDB' }), {
			...NOTHING,
			spikeWidthM: 0.02,
		});
		expect(rest).toEqual([]);
		expect(issue).toMatchObject({ code: 'vertex.spike', severity: 'warning', parcelNos: [1], at: at('C') });
		expect(issue.params.angleDeg).toBeCloseTo(0.96, 1);
		expect(issue.params.widthM).toBeCloseTo(0.0132, 3);
		expect(issue.params.areaM2).toBeGreaterThan(0.001);
		expect(codes(set, { spikeWidthM: 0.02 })).toEqual(['vertex.spike 1', 'vertex.spike 2']);
		expect(codes(set, { spikeWidthM: 0.005 })).toEqual([]);
		// Three times as long as wide is a corner.
		expect(codes(parcels({ 1: 'AFGEDB' }), { spikeWidthM: 1 })).toEqual([]);
	});

	it('vertex.spike: exactly there and back', () => {
		const { parcels, at } = drawing(`
			A---B---X
			|   |
			C---D
		`);
		const found = checkShapes(parcels({ 1: 'ABXBDC' }), { ...DEFAULT_LIMITS, direction: false });
		expect(found).toMatchObject([{ code: 'vertex.spike', at: at('X'), params: { angleDeg: 0, widthM: 0 } }]);
	});

	it('ring.direction: a shell clockwise, a hole counter-clockwise', () => {
		const { parcels, at } = drawing(`
			A-----------B
			|  E-----F  |
			|1 |     |  |
			|  G-----H  |
			C-----------D
		`);
		expect(codes(parcels({ 1: 'ACDB -EFHG' }), { direction: true })).toEqual([]);
		const [issue] = checkShapes(parcels({ 1: 'ABDC -EGHF' }), { ...NOTHING, direction: true });
		expect(issue).toMatchObject({ code: 'ring.direction', at: at('A'), params: { count: 2 } });
		expect(codes(parcels({ 1: 'ACDB -EGHF' }), { direction: true })).toEqual(['ring.direction 1']);
	});

	it('parcel.sliver: a part narrower than the limit, by mean width', () => {
		// 2 is 60 m long and 1 m wide, one part of 3 is a sliver too.
		const { parcels } = drawing(
			`
			A------------------------------------------------------------B
			C-----------------------------2------------------------------D
			|                         3                                  |
			E------------------------------------------------------------F
			G---------------------------3--------------------------------H
			`,
			100 * CENTIMETRE_DEG,
		);
		const set = parcels({ 2: 'ACDB', 3: 'CEFD + EGHF' });
		expect(codes(set, { sliverWidthM: 1.4 })).toEqual(['parcel.sliver 2', 'parcel.sliver 3']);
		const [issue] = checkShapes(set, { ...NOTHING, sliverWidthM: 1.4 });
		expect(issue.params.widthM).toBeCloseTo(1.34, 1);
		expect(codes(set, { sliverWidthM: 1 })).toEqual([]);
	});

	it('parcel.below-minimum: less than the limit of its number, not just as much', () => {
		const { parcels } = drawing(`
			A---B---C
			| 1 | 2 |
			D---E---F
		`);
		const set = parcels({ 1: 'ADEB', 2: 'BEFC' });
		const [areaM2] = ellipsoidalAreasM2(set.polygons);
		const limits = (limit: number | null) => new Map([[1, limit]]);
		expect(codes(set, { minAreaM2: limits(areaM2) })).toEqual([]);
		expect(codes(set, { minAreaM2: limits(null) })).toEqual([]);
		const [issue] = checkShapes(set, { ...NOTHING, minAreaM2: limits(areaM2 + 0.01) });
		expect(issue).toMatchObject({
			code: 'parcel.below-minimum',
			parcelNos: [1],
			params: { areaM2, limitM2: areaM2 + 0.01 },
		});
		expect(codes(set, { minAreaM2: (no) => (no === 2 ? 1e6 : null) })).toEqual(['parcel.below-minimum 2']);
	});

	it('parcel.multipart: several parts, the smallest is pointed at', () => {
		const { parcels, at } = drawing(`
			A------B  E--F
			|  1   |  |1 |
			C------D  G--H
		`);
		const [issue] = checkShapes(parcels({ 1: 'ACDB + EGHF' }), DEFAULT_LIMITS);
		expect(issue).toMatchObject({ code: 'parcel.multipart', parcelNos: [1], params: { count: 2 } });
		expect(issue.at?.[0]).toBe((at('E')[0] + at('F')[0]) / 2);
		expect(codes(parcels({ 1: 'ACDB' }), { multipart: true })).toEqual([]);
	});

	it('parcel.too-many-vertices: more than the limit, holes counted', () => {
		const { parcels } = drawing(`
			A-----------B
			|  E-----F  |
			|1 |     |  |
			|  G-----H  |
			C-----------D
		`);
		const set = parcels({ 1: 'ACDB -EFHG' });
		expect(codes(set, { maxVertices: 8 })).toEqual([]);
		expect(checkShapes(set, { ...NOTHING, maxVertices: 7 })).toMatchObject([
			{ code: 'parcel.too-many-vertices', params: { count: 8, limit: 7 } },
		]);
	});

	it('tells nothing from the area of rings that cross', () => {
		const { parcels } = drawing(`
			A---B
			  X
			C---D
		`);
		const limits = { ...DEFAULT_LIMITS, minAreaM2: () => 1e9 };
		expect(checkParcelSet(parcels({ 1: 'ADBC' }), undefined, limits).map(({ code }) => code)).toEqual([
			'ring.invalid',
		]);
	});

	it('is asked together with the coverage, and finds nothing in a made-up town', () => {
		const { set, outline } = streetCoverage(500);
		expect(checkParcelSet(set, outline, DEFAULT_LIMITS)).toEqual([]);
		const river = { ...DEFAULT_LIMITS, maxVertices: 5000 };
		expect(checkParcelSet(set, outline, river).map(({ code }) => code)).toEqual(['parcel.too-many-vertices']);
	});

	it('answers on any input that the types allow', () => {
		const number = fc.oneof(
			fc.constantFrom(NaN, Infinity, -Infinity, 1e300, -1e300, 180, 181, 90, 0, -0, 5e-324),
			fc.double(),
			fc.double({ min: 123, max: 124, noNaN: true }),
		);
		const wild = (polygons: FlatPolygons, values: readonly number[], every: number): FlatPolygons => ({
			...polygons,
			coordinates: polygons.coordinates.map((deg, i) =>
				i % every === 0 && values.length > 0 ? values[i % values.length] : deg,
			),
		});
		const limit = fc.option(number, { nil: null });
		const limits = fc.record({
			spikeWidthM: limit,
			sliverWidthM: limit,
			minAreaM2: fc.option(
				limit.map((value) => () => value),
				{ nil: null },
			),
			maxVertices: limit,
			multipart: fc.boolean(),
			direction: fc.boolean(),
		});
		fc.assert(
			fc.property(
				anyPolygons(),
				fc.array(number),
				fc.integer({ min: 1, max: 5 }),
				limits,
				fc.option(anyPolygons(1), { nil: undefined }),
				(polygons, values, every, anyLimits, outline) => {
					const count = polygons.featureOffsets.length - 1;
					const set = {
						parcelNos: Int32Array.from({ length: count }, (_, f) => f),
						polygons: wild(polygons, values, every),
					};
					const given = outline === undefined ? undefined : wild(outline, values, every);
					for (const { at } of checkParcelSet(set, given, anyLimits))
						expect(at === null || at.every(Number.isFinite)).toBe(true);
				},
			),
			{ numRuns: 2000 },
		);
		const none: FlatPolygons = {
			coordinates: new Float64Array(0),
			ringOffsets: Uint32Array.of(0),
			polygonOffsets: Uint32Array.of(0),
			featureOffsets: Uint32Array.of(0),
		};
		const nobody = { parcelNos: new Int32Array(0), polygons: none };
		expect(checkParcelSet(nobody, none, DEFAULT_LIMITS)).toEqual([]);
		const empty = {
			parcelNos: Int32Array.of(1),
			polygons: { ...none, featureOffsets: Uint32Array.of(0, 0) },
		};
		expect(checkParcelSet(empty, undefined, DEFAULT_LIMITS).map(({ code }) => code)).toEqual([
			'parcel.empty',
		]);
	});
});
