import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { checkParcelSet } from '$geo/check/check.ts';
import type { CoverageIssue } from '$geo/check/issue.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { flattenMultiPolygons } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { drawing } from '../coverage/drawing.ts';
import { anyCoverage, anyPolygons, disguise } from '../coverage/random-polygons.ts';

const CENTIMETRE_DEG = 2 ** 10 * GRID_STEP_DEG;

/** What is found, in a few words each: 'code 1,2' and, for rings, the reason. */
function words(issues: readonly CoverageIssue[]): string[] {
	return issues.map(({ code, parcelNos, params }) =>
		[code, parcelNos.join(), params.reason ?? ''].join(' ').trim(),
	);
}

describe('checkParcelSet', () => {
	it('finds nothing in a coverage', () => {
		fc.assert(
			fc.property(anyCoverage(), ({ set, outline }) => {
				expect(words(checkParcelSet(set, outline))).toEqual([]);
			}),
			{ numRuns: 100 },
		);
	});

	it('parcel.overlaps: ground that two parcels claim', () => {
		const { parcels, polygons, at } = drawing(`
			A---B--C---D
			| 1 |XX| 2 |
			E---F--G---H
		`);
		const [issue, ...rest] = checkParcelSet(parcels({ 1: 'ACGE', 2: 'BDHF' }));
		expect(words(rest)).toEqual([]);
		expect(issue).toMatchObject({ code: 'parcel.overlaps', severity: 'error', parcelNos: [1, 2] });
		expect(issue.at?.[0]).toBe((at('B')[0] + at('C')[0]) / 2);
		expect(issue.at?.[1]).toBe((at('B')[1] + at('F')[1]) / 2);
		expect(issue.params.areaM2).toBeCloseTo(ellipsoidalAreasM2(polygons('BCGF'))[0], 6);
	});

	it('parcel.overlaps: ground that two polygons of one parcel claim', () => {
		const { parcels } = drawing(`
			A---B--C---D
			| 1 |XX| 1 |
			E---F--G---H
		`);
		expect(words(checkParcelSet(parcels({ 1: 'ACGE + BDHF' })))).toEqual(['parcel.overlaps 1']);
	});

	it('parcel.overlaps: a parcel drawn twice', () => {
		const { parcels } = drawing(`
			A---B
			|1 2|
			C---D
		`);
		expect(words(checkParcelSet(parcels({ 1: 'ABDC', 2: 'DCAB' })))).toEqual(['parcel.overlaps 1,2']);
	});

	it('coverage.gap: ground inside the outline that no parcel covers', () => {
		const { parcels, polygons } = drawing(`
			A---B--C---D
			| 1 |  | 2 |
			E---F--G---H
		`);
		const set = parcels({ 1: 'ABFE', 2: 'CDHG' });
		const [issue, ...rest] = checkParcelSet(set, polygons('ADHE'));
		expect(words(rest)).toEqual([]);
		expect(issue).toMatchObject({ code: 'coverage.gap', severity: 'error', parcelNos: [1, 2] });
		expect(issue.params.areaM2).toBeCloseTo(ellipsoidalAreasM2(polygons('BCGF'))[0], 6);
		expect(checkParcelSet(set)).toEqual([]);
	});

	it('coverage.gap: ground that parcels enclose, without an outline', () => {
		const { parcels, polygons } = drawing(`
			A-----------B
			|  E-----F  |
			|1 |     |  |
			|  G-----H  |
			C-----------D
		`);
		const set = parcels({ 1: 'ABDC -EFHG' });
		expect(words(checkParcelSet(set))).toEqual(['coverage.gap 1']);
		expect(checkParcelSet(parcels({ 1: 'ABDC -EFHG', 2: 'EFHG' }))).toEqual([]);
		const withCourt = polygons('ABDC -EFHG');
		expect(checkParcelSet(set, withCourt)).toEqual([]);
	});

	it('edge.unmatched: two sides of a boundary a centimetre apart', () => {
		//   0-----------far-----------2 far    parcel 2 has a vertex in the middle of the
		//   |     1      |\     2       |      common boundary, one centimetre to the east
		//   |            |/             |
		//   0-----------far-----------2 far
		const far = 4000;
		const at = (x: number, y: number): [number, number] => [
			123.375 + x * CENTIMETRE_DEG,
			41.75 + y * CENTIMETRE_DEG,
		];
		const set: ParcelSet = {
			parcelNos: Int32Array.of(1, 2),
			polygons: flattenMultiPolygons([
				[[[at(0, 0), at(far, 0), at(far, far), at(0, far)]]],
				[[[at(far, 0), at(2 * far, 0), at(2 * far, far), at(far, far), at(far + 1, far / 2)]]],
			]),
		};
		const [issue, ...rest] = checkParcelSet(
			set,
			flattenMultiPolygons([[[[at(0, 0), at(2 * far, 0), at(2 * far, far), at(0, far)]]]]),
		);
		expect(words(rest)).toEqual([]);
		expect(issue).toMatchObject({ code: 'edge.unmatched', severity: 'error', parcelNos: [1, 2] });
		expect(issue.params.widthM).toBeLessThan(0.01);
		expect(issue.params.areaM2).toBeGreaterThan(0);
	});

	it('parcel.outside-outline: ground beyond the outline', () => {
		const { parcels, polygons } = drawing(`
			A-----B--C
			|  1  |  |
			D-----E--F
		`);
		const issues = checkParcelSet(parcels({ 1: 'ACFD' }), polygons('ABED'));
		expect(words(issues)).toEqual(['parcel.outside-outline 1']);
		expect(issues[0].params.areaM2).toBeCloseTo(ellipsoidalAreasM2(polygons('BCFE'))[0], 6);
	});

	it('parcel.empty, parcel-number.invalid', () => {
		const { parcels } = drawing(`
			A---B---C
			| 1 | 0 |
			D---E---F
		`);
		expect(words(checkParcelSet(parcels({ 0: 'BCFE', 1: 'ABED' })))).toEqual(['parcel-number.invalid 0']);
		const twice = { ...parcels({ 1: 'ABED', 2: 'BCFE' }), parcelNos: Int32Array.of(7, 7) };
		expect(words(checkParcelSet(twice))).toEqual(['parcel-number.invalid 7', 'parcel-number.invalid 7']);
		const none = { parcelNos: Int32Array.of(5), polygons: flattenMultiPolygons([[]]) };
		expect(checkParcelSet(none)).toMatchObject([{ code: 'parcel.empty', parcelNos: [5], at: null }]);
	});

	it('vertex.repeated: the same vertex twice running, first and last included', () => {
		const { parcels, at } = drawing(`
			A---B
			| 1 |
			C---D
		`);
		const [issue, ...rest] = checkParcelSet(parcels({ 1: 'ABBDCA' }));
		expect(rest).toEqual([]);
		// Flattening takes the closing A away.
		expect(issue).toMatchObject({
			code: 'vertex.repeated',
			severity: 'warning',
			at: at('B'),
			params: { count: 1 },
		});
		expect(buildCoverage(parcels({ 1: 'ABBDC' })).ok).toBe(true);
	});

	it('coordinate.out-of-range: neither a number nor on Earth', () => {
		const { polygons } = drawing(`
			A---B
			| 1 |
			C---D
		`);
		for (const bad of [NaN, Infinity, -1e300, 360.1]) {
			const drawn = polygons('ABDCA');
			const coordinates = Float64Array.from([...drawn.coordinates, bad, 41]);
			const set = {
				parcelNos: Int32Array.of(1),
				polygons: { ...drawn, coordinates, ringOffsets: Uint32Array.of(0, coordinates.length / 2) },
			};
			expect(words(checkParcelSet(set))).toEqual(['coordinate.out-of-range 1']);
		}
	});

	it('coordinate.out-of-range: latitude and longitude swapped', () => {
		const swapped = flattenMultiPolygons([
			[
				[
					[
						[41.7, 123.4],
						[41.71, 123.4],
						[41.71, 123.41],
					],
				],
			],
		]);
		const found = checkParcelSet({ parcelNos: Int32Array.of(1), polygons: swapped });
		expect(found).toContainEqual(
			expect.objectContaining({ code: 'coordinate.out-of-range', params: { count: 3 } }),
		);
		expect(buildCoverage({ parcelNos: Int32Array.of(1), polygons: swapped }).ok).toBe(false);
	});

	it.each<[string, string, string, string[]]>([
		[
			'self-crossing',
			`
			A---B
			  X
			C---D
			`,
			'ADBC',
			['ring.invalid 1 self-crossing'],
		],
		[
			'self-crossing through a vertex',
			`
			A---B
			  X
			C---D
			`,
			'AXDBXC',
			['ring.invalid 1 self-crossing'],
		],
		[
			'self-touching',
			`
			A---B
			  X
			C---D
			`,
			'ABXDCX',
			['ring.invalid 1 self-touching'],
		],
		[
			'spike',
			`
			A---B---X
			|   |
			C---D
			`,
			'ABXBDC',
			['ring.invalid 1 self-touching'],
		],
		[
			'hole along its shell',
			`
			A-E---F-B
			| G---H |
			C-------D
			`,
			'ABDC -EFHG',
			['ring.invalid 1 self-touching'],
		],
		[
			'hole outside its shell',
			`
			A---B  E---F
			|   |  |   |
			C---D  G---H
			`,
			'ABDC -EFHG',
			['ring.invalid 1 hole-outside-shell'],
		],
		[
			'hole across its shell',
			`
			A------B
			|   E--|--F
			|   G--|--H
			C------D
			`,
			'ABDC -EFHG',
			['coverage.gap 1', 'ring.invalid 1 hole-outside-shell', 'ring.invalid 1 self-crossing'],
		],
		[
			'hole in a hole',
			`
			A-----------B
			| E-------F |
			| | I---J | |
			| | K---L | |
			| G-------H |
			C-----------D
			`,
			'ABDC -EFHG -IJLK',
			['coverage.gap 1', 'ring.invalid 1 holes-overlapping'],
		],
		['two vertices', 'A---B', 'AB', ['parcel.empty 1', 'ring.invalid 1 too-few-vertices']],
		[
			'no area',
			'A---B---C',
			'ABC',
			['parcel.empty 1', 'ring.invalid 1 self-touching', 'ring.invalid 1 zero-area'],
		],
	])('ring.invalid: %s', (_, text, rings, expected) => {
		const found = words(checkParcelSet(drawing(text).parcels({ 1: rings })));
		expect(
			found.filter((word) => expected.includes('coverage.gap 1') || word !== 'coverage.gap 1').sort(),
		).toEqual([...expected].sort());
	});

	it('lets holes touch their shell and one another at a point', () => {
		const { parcels } = drawing(`
			A-----B-----C
			|   / | \\   |
			|  E--F--G  |
			|           |
			D-----------H
		`);
		expect(checkParcelSet(parcels({ 1: 'ABCHD -BEF -BFG', 2: 'BEF', 3: 'BFG' })).filter(isError)).toEqual([]);
	});

	it('answers on any polygons, refuses with an issue, and does not depend on ring start or direction', () => {
		const random = fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true }));
		fc.assert(
			fc.property(
				anyPolygons(),
				fc.option(anyPolygons(1), { nil: undefined }),
				random,
				(polygons, outline, stream) => {
					const parcelNos = Int32Array.from({ length: polygons.featureOffsets.length - 1 }, (_, f) => f + 1);
					const issues = checkParcelSet({ parcelNos, polygons }, outline);
					const build = buildCoverage({ parcelNos, polygons }, outline);
					expect(build.ok).toBe(!issues.some(isError));
					expect(build.ok || build.issues.length > 0).toBe(true);
					for (const { at, parcelNos: concerned } of issues) {
						expect(at === null || at.every(Number.isFinite)).toBe(true);
						expect([...concerned].sort((a, b) => a - b)).toEqual(concerned);
					}
					const disguised = disguise(polygons, () => stream.next().value ?? 0);
					expect(new Set(words(checkParcelSet({ parcelNos, polygons: disguised }, outline)))).toEqual(
						new Set(words(issues)),
					);
				},
			),
			{ numRuns: 500 },
		);
	});
});

function isError({ severity }: CoverageIssue): boolean {
	return severity === 'error';
}
