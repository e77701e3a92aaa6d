import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDifference, invertDifference } from '$geo/edit/apply-difference.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { composeDifferences } from '$geo/edit/compose-differences.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import { coverageToParcelSet, findShape, listParcelNos } from '$geo/coverage/coverage.ts';
import type { Difference, EditResult } from '$geo/edit/difference.ts';
import { listDifferenceGroups } from '$geo/edit/difference-group.ts';
import { insertVertex } from '$geo/edit/insert-vertex.ts';
import { mergeParcels } from '$geo/edit/merge.ts';
import { rebaseDifference } from '$geo/edit/rebase-difference.ts';
import { splitByLine } from '$geo/edit/split-by-line.ts';
import { expectBystandersNoded, expectEditLaws, expectWholeValid } from '$test/support/edit-law.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { flattenMultiPolygons } from '$geo/flat-polygons.ts';
import { groundOf } from '../coverage/ground.ts';
import { drawing } from '../coverage/drawing.ts';

/*
 * A street between lots, whose sides have no vertex where the cuts end (P, Q, R, S).
 */
const { parcels, polygons, at } = drawing(`
	A----------B----------C
	|    1     |    2     |
	E--------P-M-------Q--F
	|          3          |
	G--------R-N-------S--H
	|    4     |    5     |
	I----------J----------K
`);
const outline = polygons('ACKI');

function street(): Coverage {
	const build = buildCoverage(parcels({ 1: 'ABME', 2: 'BCFM', 3: 'EMFHNG', 4: 'GNJI', 5: 'NHKJ' }), outline);
	if (!build.ok) throw new Error(build.issues[0].code);
	return build.coverage;
}

function done(result: EditResult) {
	if (!result.ok) throw new Error(result.refusal.code);
	return result;
}

const cut = (coverage: Coverage, from: string, to: string, parcelNo: number, firstNewNo: number) =>
	done(
		splitByLine(coverage, {
			line: Float64Array.from([...at(from), ...at(to)]),
			parcelNos: [parcelNo],
			firstNewNo,
		}),
	);

const kindsOf = ({ shapes }: Difference) => shapes.map(({ parcelNo, kind }) => `${kind} ${parcelNo}`);

describe('rebaseDifference', () => {
	/*
	 *  D-----b-----E    Cuts from W into a–b and from E into a–b: each end is rounded off the slanted edge, so that
	 *  |  1 /   2  |    the one end may lie a whole step off the line from the other.
	 *  A---a-------B
	 */
	it('two drafts on the two sides of a slanted boundary do not collide, in either order', () => {
		const share = fc.double({ min: 0, max: 1, noNaN: true });
		let beside = 0;
		fc.assert(
			fc.property(share, share, share, share, (first, second, low, high) => {
				const [a, b]: LonLat[] = [
					[123.4 + first * 2e-4, 41.7],
					[123.4 + second * 2e-4, 41.7008],
				];
				const lots = flattenMultiPolygons([
					[[[[123.399, 41.7], a, b, [123.399, 41.7008]]]],
					[[[a, [123.4015, 41.7], [123.4015, 41.7008], b]]],
				]);
				const build = buildCoverage({ parcelNos: Int32Array.of(1, 2), polygons: lots });
				if (!build.ok) throw new Error(build.issues[0].code);
				const halve = (parcelNo: number, lat: number, firstNewNo: number) =>
					splitByLine(build.coverage, {
						line: Float64Array.of(123.3985, lat, 123.402, lat + 1e-5 * first),
						parcelNos: [parcelNo],
						firstNewNo,
					});
				const one = halve(1, 41.7001 + low * 6e-4, -1);
				const other = halve(2, 41.7001 + high * 6e-4, -11);
				if (!one.ok || !other.ok) return;
				for (const [start, draft] of [
					[one, other],
					[other, one],
				]) {
					const rebased = rebaseDifference(start.coverage, draft.difference);
					if (!rebased.ok) throw new Error(rebased.refusal.code);
					expectEditLaws(start.coverage, rebased);
					expectWholeValid(rebased.coverage, groundOf(coverageToParcelSet(start.coverage).polygons));
				}
				beside++;
			}),
			{ numRuns: 150 },
		);
		expect(beside).toBeGreaterThan(100);
	});

	/*
	 *  D----b----E    Parcel 1 is cut again and again from the west into a–b, parcel 2 from the east: every node moves the
	 *  |  1/  2  |    line by up to half a diagonal, and the next is put on the moved line.
	 *  A--a------B
	 */
	it('any number of cuts on the two sides of a slanted boundary do not collide, in either order', () => {
		const count = fc.constantFrom(1, 2, 5, 12);
		const place = fc.double({ min: 0.02, max: 0.98, noNaN: true });
		const cuts = count.chain((n) => fc.array(place, { minLength: n, maxLength: n }));
		let together = 0;
		fc.assert(
			fc.property(fc.double({ min: -1, max: 1, noNaN: true }), cuts, cuts, (slant, west, east) => {
				const a: LonLat = [123.4, 41.7];
				const b: LonLat = [123.4 + 0.004 * slant, 41.704];
				const build = buildCoverage({
					parcelNos: Int32Array.of(1, 2),
					polygons: flattenMultiPolygons([
						[[[[123.394, 41.7], a, b, [123.394, 41.704]]]],
						[[[a, [123.406, 41.7], [123.406, 41.704], b]]],
					]),
				});
				if (!build.ok) throw new Error(build.issues[0].code);
				const cutAll = (places: readonly number[], toLon: number, firstNewNo: number) => {
					let coverage = build.coverage;
					const done: Difference[] = [];
					for (const [k, at] of places.entries()) {
						const [lon, lat] = [a[0] + at * (b[0] - a[0]), a[1] + at * (b[1] - a[1])];
						const parcelNos = [...listParcelNos(coverage)].filter((no) =>
							toLon < lon ? no !== 2 : no !== 1,
						);
						const line = Float64Array.of(lon, lat, toLon, lat);
						const result = splitByLine(coverage, { line, parcelNos, firstNewNo: firstNewNo - 10 * k });
						if (!result.ok) continue;
						done.push(result.difference);
						coverage = result.coverage;
					}
					const composed = composeDifferences(done);
					return composed.ok && done.length > 0 ? { coverage, difference: composed.difference } : null;
				};
				const one = cutAll(west, 123.393, -1);
				const other = cutAll(east, 123.407, -1001);
				if (one === null || other === null) return;
				for (const [start, draft] of [
					[one, other],
					[other, one],
				]) {
					const rebased = rebaseDifference(start.coverage, draft.difference);
					if (!rebased.ok)
						throw new Error(`${rebased.refusal.code} ${JSON.stringify(rebased.refusal.params)}`);
					expectEditLaws(start.coverage, rebased);
					expectBystandersNoded(rebased.difference);
					expectWholeValid(rebased.coverage, groundOf(coverageToParcelSet(start.coverage).polygons));
				}
				together++;
			}),
			{ numRuns: 40 },
		);
		expect(together).toBeGreaterThan(30);
	});

	it('names the parcels of a difference of nodes alone, where it cannot be put in', () => {
		const base = street();
		const shapeOf = (no: number) => findShape(base, no) ?? polygons('ABME');
		// Said to be nodes alone: 1 would take the ground of 2; 4 is not as it was.
		const shapes = [
			{ kind: 'noded' as const, parcelNo: 1, before: shapeOf(1), after: shapeOf(2) },
			{ kind: 'noded' as const, parcelNo: 4, before: shapeOf(5), after: shapeOf(4) },
		];
		const rebased = rebaseDifference(base, { shapes, classes: [], lineage: [] });
		if (rebased.ok) throw new Error('rebased');
		expect(rebased.conflicts).toEqual([[1, 4]]);
	});

	it('parcel-number.invalid: a number that is none, whatever it is', () => {
		const base = street();
		const { difference } = cut(base, 'P', 'A', 1, -1);
		for (const parcelNo of [Number.NaN, 0.5, 2 ** 31, -0]) {
			const shapes = difference.shapes.map((change) =>
				change.parcelNo === -1 ? { ...change, parcelNo } : change,
			);
			const rebased = rebaseDifference(base, { ...difference, shapes });
			expect(rebased).toMatchObject({ ok: false, refusal: { code: 'parcel-number.invalid' } });
		}
	});

	it('two drafts on one street do not collide: each only noded it', () => {
		const base = street();
		// P and Q lie on the street's side between its vertices.
		const one = cut(base, 'P', 'A', 1, -1);
		const other = cut(base, 'Q', 'C', 2, -11);
		expect(kindsOf(one.difference)).toContain('noded 3');
		expect(kindsOf(other.difference)).toContain('noded 3');
		const rebased = rebaseDifference(one.coverage, other.difference);
		if (!rebased.ok) throw new Error(rebased.refusal.code);
		expectWholeValid(rebased.coverage, outline);
		const together = composeDifferences([one.difference, rebased.difference]);
		if (!together.ok) throw new Error(together.refusal.code);
		expect(kindsOf(together.difference)).toEqual([
			'created -12',
			'created -11',
			'created -2',
			'created -1',
			'retired 1',
			'retired 2',
			'noded 3',
		]);
		expect(findShape(rebased.coverage, 3)?.coordinates.length).toBe(2 * (6 + 2));
	});

	it('comes to the same whichever draft is first', () => {
		const base = street();
		const one = cut(base, 'P', 'A', 1, -1);
		const other = cut(base, 'Q', 'C', 2, -11);
		const first = rebaseDifference(one.coverage, other.difference);
		const second = rebaseDifference(other.coverage, one.difference);
		if (!first.ok || !second.ok) throw new Error('refused');
		for (const no of [-12, -11, -2, -1, 3, 4, 5]) {
			expect(findShape(first.coverage, no)).toEqual(findShape(second.coverage, no));
		}
	});

	it('difference.conflict: a parcel that was reshaped since, with its whole group', () => {
		const base = street();
		const draft = done(mergeParcels(base, { parcelNos: [1, 2] }));
		const published = cut(base, 'P', 'A', 1, -1);
		const rebased = rebaseDifference(published.coverage, draft.difference);
		if (rebased.ok) throw new Error('rebased');
		expect(rebased.refusal).toMatchObject({ code: 'difference.conflict', parcelNos: [1] });
		expect(rebased.refusal.at).not.toBeNull();
		expect(rebased.conflicts).toEqual([[1, 2]]);
	});

	it('carries vertices that were inserted on a straight edge, and nothing else', () => {
		const base = street();
		const [lon, lat] = at('P');
		const draft = done(insertVertex(base, { at: [lon + 1e-9, lat], reachM: 1 }));
		expect(kindsOf(draft.difference)).toEqual(['noded 1', 'noded 3']);
		const published = cut(base, 'S', 'K', 5, -11);
		const rebased = rebaseDifference(published.coverage, draft.difference);
		if (!rebased.ok) throw new Error(rebased.refusal.code);
		expect(kindsOf(rebased.difference)).toContain('noded 1');
	});

	it('a node that becomes the first vertex of a ring is still a node', () => {
		const step = 2 ** -33;
		const at = (x: number, y: number): [number, number] => [123 + x * step, 41 + y * step];
		const set = {
			parcelNos: Int32Array.of(1, 2, 3),
			polygons: flattenMultiPolygons([
				[[[at(0, 5e6), at(1, -1e7), at(2e7, -1e7), at(2e7, 5e6)]]],
				[[[at(0, 5e6), at(-2e7, 5e6), at(-2e7, -1e7), at(1, -1e7)]]],
				[[[at(2e7, 5e6), at(2e7, -1e7), at(4e7, -1e7), at(4e7, 5e6)]]],
			]),
		};
		const build = buildCoverage(set);
		if (!build.ok) throw new Error(build.issues[0].code);
		for (const y of [3e6, -3e6]) {
			const noded = done(insertVertex(build.coverage, { at: at(0, y), reachM: 1 }));
			expect(kindsOf(noded.difference)).toEqual(['noded 1', 'noded 2']);
			const merged = done(mergeParcels(build.coverage, { parcelNos: [1, 3] }));
			expect(rebaseDifference(noded.coverage, merged.difference).ok).toBe(true);
		}
	});

	it('parcel-number.invalid: applying what makes a parcel of no such number', () => {
		const { coverage, difference } = cut(street(), 'Q', 'C', 2, -11);
		const [{ before, after }] = difference.shapes;
		const shape = before ?? after;
		for (const parcelNo of [1.5, 0, NaN, 2 ** 31]) {
			const created = { kind: 'created', parcelNo, before: null, after: shape } as const;
			const made = { shapes: [created], classes: [], lineage: [] };
			const refused = { ok: false, refusal: { code: 'parcel-number.invalid', parcelNos: [parcelNo] } };
			expect(applyDifference(coverage, made)).toMatchObject(refused);
		}
	});

	it('difference.stale: applying as it is what began from another state', () => {
		const base = street();
		const draft = cut(base, 'Q', 'C', 2, -11);
		const published = cut(base, 'P', 'A', 1, -1);
		const applied = applyDifference(published.coverage, draft.difference);
		expect(applied).toMatchObject({ ok: false, refusal: { code: 'difference.stale', parcelNos: [3] } });
		expect(composeDifferences([published.difference, draft.difference])).toMatchObject({
			ok: false,
			refusal: { code: 'difference.stale', parcelNos: [3] },
		});
	});
});

describe('listDifferenceGroups', () => {
	it('keeps apart what hangs together by noded parcels alone', () => {
		const base = street();
		const one = cut(base, 'P', 'A', 1, -1);
		const other = cut(one.coverage, 'S', 'K', 5, -11);
		const together = composeDifferences([one.difference, other.difference]);
		if (!together.ok) throw new Error(together.refusal.code);
		expect(listDifferenceGroups(together.difference)).toEqual([
			[-12, -11, 5],
			[-2, -1, 1],
		]);
	});
});

describe('composeDifferences', () => {
	it('is nothing where a step was undone, lineage and all', () => {
		const merged = done(mergeParcels(street(), { parcelNos: [1, 2] })).difference;
		const nothing = { shapes: [], classes: [], lineage: [] };
		expect(composeDifferences([merged, invertDifference(merged)])).toEqual({ ok: true, difference: nothing });
	});

	it('leaves out parcels that came and went, and follows lineage through them', () => {
		const base = street();
		const first = cut(base, 'P', 'A', 1, -1);
		const second = done(mergeParcels(first.coverage, { parcelNos: [-1, -2, 2], intoNo: 2 }));
		const whole = composeDifferences([first.difference, second.difference]);
		if (!whole.ok) throw new Error(whole.refusal.code);
		expect(kindsOf(whole.difference)).toEqual(['retired 1', 'reshaped 2', 'noded 3']);
		expect(whole.difference.lineage).toEqual([{ from: 1, to: 2 }]);
		const classes = [
			{ kind: 'reclassified', parcelNo: 2, before: '0701', after: 'MX' },
			{ kind: 'reclassified', parcelNo: 2, before: 'MX', after: '0701' },
		] as const;
		const back = composeDifferences(
			classes.map((change) => ({ shapes: [], classes: [change], lineage: [] })),
		);
		expect(back).toEqual({ ok: true, difference: { shapes: [], classes: [], lineage: [] } });
	});
});

describe('a merge with ground of one grid step', () => {
	it('reshapes the heir, though its boundary moves no farther than noding does', () => {
		const step = 2 ** -33;
		const ring = (south: number, north: number) =>
			[
				[123.375, 41.75 + south],
				[123.376, 41.75 + south],
				[123.376, 41.75 + north],
				[123.375, 41.75 + north],
			] as const;
		const set = {
			parcelNos: Int32Array.of(1, 2),
			polygons: flattenMultiPolygons([[[ring(0, 100 * step)]], [[ring(100 * step, 101 * step)]]]),
		};
		const build = buildCoverage(set);
		if (!build.ok) throw new Error(build.issues[0].code);
		expect(kindsOf(done(mergeParcels(build.coverage, { parcelNos: [1, 2] })).difference)).toEqual([
			'reshaped 1',
			'retired 2',
		]);
	});
});
