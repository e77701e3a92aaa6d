import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkParcelSet } from '$geo/check/check.ts';
import { boxesMeet, boxOf } from '$geo/coverage/shape.ts';
import { joinFeatures, sliceFeature } from '$geo/flat-polygons.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { fillGap } from '$geo/repair/fill-gap.ts';
import {
	getShape,
	listFeatures,
	listMeeting,
	parcelNoOf,
	patchedSetOf,
	settleSet,
	shapeOf,
	withShapes,
} from '$geo/repair/patched-set.ts';
import { proposeFix } from '$geo/repair/propose-fix.ts';
import { resolveOverlap } from '$geo/repair/resolve-overlap.ts';
import { anyBreaks, breakCoverage } from '../coverage/broken-coverage.ts';
import { anyCoverage, anyPolygons } from '../coverage/random-polygons.ts';

/** A parcel of the plain list that a patched set stands for. */
interface Listed {
	readonly parcelNo: number;
	readonly shape: FlatPolygons;
}

function setOf(listed: readonly Listed[]): ParcelSet {
	return {
		parcelNos: Int32Array.from(listed, ({ parcelNo }) => parcelNo),
		polygons: joinFeatures(listed.map(({ shape }) => shape)),
	};
}

/** More features than a node of the index holds, numbers that repeat, and positions that are none. */
const anySet = fc
	.tuple(
		anyPolygons(40),
		fc.array(fc.integer({ min: -3, max: 60 }), { minLength: 40, maxLength: 40 }),
		fc.nat(),
	)
	.map(([polygons, numbers, at]): Listed[] => {
		const coordinates = polygons.coordinates.slice();
		if (at % 3 === 0 && coordinates.length > 0)
			coordinates[at % coordinates.length] = at % 2 ? NaN : Infinity;
		return Array.from({ length: polygons.featureOffsets.length - 1 }, (_, f) => ({
			parcelNo: numbers[f],
			shape: sliceFeature({ ...polygons, coordinates }, f),
		}));
	});

const anyPuts = fc.array(
	fc.record({ no: fc.integer({ min: -3, max: 70 }), shapes: anyPolygons(2), leavesOut: fc.boolean() }),
	{ maxLength: 8 },
);

describe('a patched set', () => {
	it('is the list of parcels in which shapes are put one after another, by number, by box and as a whole', () => {
		fc.assert(
			fc.property(anySet, anyPuts, (listed, puts) => {
				const base = setOf(listed);
				const bits = structuredClone(base);
				// A number that is left out keeps its place.
				const slots: { no: number; shape: FlatPolygons | null }[] = listed.map(({ parcelNo: no, shape }) => ({ no, shape })); // prettier-ignore
				let set = patchedSetOf(base);
				for (const { no, shapes, leavesOut } of puts) {
					if (no === 0 || slots.filter((slot) => slot.no === no).length > 1) continue;
					const shape = leavesOut || shapes.featureOffsets.length === 1 ? null : sliceFeature(shapes, 0);
					const slot = slots.find((known) => known.no === no);
					if (slot === undefined) slots.push({ no, shape });
					else slot.shape = shape;
					set = withShapes(set, new Map([[no, shape]]));
				}
				const left = slots.flatMap(({ no, shape }) => (shape === null ? [] : [{ parcelNo: no, shape }]));
				expect(settleSet(set)).toEqual(setOf(left));
				expect(base).toEqual(bits);
				for (const { shape } of [...left, ...puts.map(({ shapes }) => ({ shape: shapes }))]) {
					const box = boxOf(shape);
					const meeting = slots.flatMap(({ shape: other }, f) =>
						other !== null && boxesMeet(boxOf(other), box) ? [f] : [],
					);
					expect(listMeeting(set, box)).toEqual(meeting);
				}
				expect(listMeeting(set, { minLon: NaN, minLat: NaN, maxLon: NaN, maxLat: NaN })).toEqual([]);
				for (const { no } of slots) {
					const features = slots.flatMap((slot, f) => (slot.no === no && slot.shape !== null ? [f] : []));
					expect(listFeatures(set, no)).toEqual(features);
					for (const f of features)
						expect([parcelNoOf(set, f), shapeOf(set, f)]).toEqual([no, slots[f].shape]);
					if (features.length > 0) expect(getShape(set, no)).toEqual(slots[features[0]].shape);
				}
			}),
			{ numRuns: 200 },
		);
	});

	it('is repaired as the settled set is, to the bit, repair after repair', () => {
		let done = 0;
		fc.assert(
			fc.property(anyCoverage(2 ** 24), anyBreaks(3), ({ set, outline }, breaks) => {
				const broken = breakCoverage(set, breaks);
				let patched = patchedSetOf(broken);
				for (const issue of checkParcelSet(broken, outline).slice(0, 5)) {
					const { code, parcelNos, at } = issue;
					const settled = patchedSetOf(settleSet(patched));
					expect(proposeFix(patched, issue, outline)).toEqual(proposeFix(settled, issue, outline));
					if (at === null || (code !== 'coverage.gap' && code !== 'parcel.overlaps')) continue;
					const to = done % 2 === 0 ? ('longest-boundary' as const) : { newParcelNo: 100 + done };
					const [edit, same] = [patched, settled].map((given) =>
						code === 'coverage.gap'
							? fillGap(given, { at, to, outline })
							: resolveOverlap(given, { parcelNos, rule: 'to-larger', at }),
					);
					if (!edit.ok || !same.ok) {
						expect(edit).toEqual(same);
						continue;
					}
					done++;
					expect(edit.difference).toEqual(same.difference);
					expect(settleSet(edit.set)).toEqual(settleSet(same.set));
					patched = edit.set;
				}
			}),
			{ numRuns: 60 },
		);
		expect(done).toBeGreaterThan(20);
	});
});
