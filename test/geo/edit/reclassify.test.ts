import { describe, expect, it } from 'vitest';
import { applyDifference, invertDifference } from '$geo/edit/apply-difference.ts';
import { composeDifferences } from '$geo/edit/compose-differences.ts';
import { mergeParcels } from '$geo/edit/merge.ts';
import { rebaseDifference } from '$geo/edit/rebase-difference.ts';
import { canReclassifyParcels, reclassifyParcels, type ClassOf } from '$geo/edit/reclassify.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { drawing } from '../coverage/drawing.ts';

const { parcels } = drawing(`
	A------B------C
	|  1   |  2   |
	D------E------F
`);

function lots() {
	const build = buildCoverage(parcels({ 1: 'ABED', 2: 'BCFE' }));
	if (!build.ok) throw new Error(build.issues[0].code);
	return build.coverage;
}

const CLASSES = new Map<number, string | null>([
	[1, 'cn-land-use/2023/0802'],
	[2, null],
]);
const classOf: ClassOf = (no) => CLASSES.get(no) ?? null;
const MX = 'shenyang/2022/MX';

describe('reclassifyParcels', () => {
	it('gives several parcels a class, leaves the ground to the bit, and is undone', () => {
		const base = lots();
		const result = reclassifyParcels(base, { parcelNos: [2, 1, 2], to: MX, classOf });
		if (!result.ok) throw new Error(result.refusal.code);
		expect(result.coverage).toBe(base);
		expect(result.difference).toEqual({
			shapes: [],
			classes: [
				{ kind: 'reclassified', parcelNo: 1, before: 'cn-land-use/2023/0802', after: MX },
				{ kind: 'reclassified', parcelNo: 2, before: null, after: MX },
			],
			lineage: [],
		});
		const nothing = composeDifferences([result.difference, invertDifference(result.difference)]);
		expect(nothing).toEqual({ ok: true, difference: { shapes: [], classes: [], lineage: [] } });
	});

	it('leaves parcels that have the class as they are', () => {
		const result = reclassifyParcels(lots(), { parcelNos: [1, 2], to: null, classOf });
		expect(result.ok && result.difference.classes.map(({ parcelNo }) => parcelNo)).toEqual([1]);
	});

	it('reclassify.no-change: every parcel has the class', () => {
		expect(canReclassifyParcels(lots(), { parcelNos: [2], to: null, classOf })?.code).toBe(
			'reclassify.no-change',
		);
	});

	it('parcel.unknown: a parcel that is not there', () => {
		expect(canReclassifyParcels(lots(), { parcelNos: [1, 7], to: MX, classOf })).toMatchObject({
			code: 'parcel.unknown',
			parcelNos: [7],
		});
	});

	it('is rebased with the classes of today: another class since is a conflict, the same is none', () => {
		const base = lots();
		const draft = reclassifyParcels(base, { parcelNos: [1], to: MX, classOf });
		if (!draft.ok) throw new Error(draft.refusal.code);
		expect(rebaseDifference(base, draft.difference, classOf).ok).toBe(true);
		const today: ClassOf = (no) => (no === 1 ? 'cn-land-use/2023/16' : classOf(no));
		expect(rebaseDifference(base, draft.difference, today)).toMatchObject({
			ok: false,
			refusal: { code: 'difference.conflict', parcelNos: [1], at: expect.any(Array) as number[] },
			conflicts: [[1]],
		});
	});

	it('is a conflict where the parcel is gone, and none where another has grown', () => {
		const base = lots();
		const merged = mergeParcels(base, { parcelNos: [1, 2], intoNo: 2 });
		const draft = reclassifyParcels(base, { parcelNos: [1], to: MX, classOf });
		if (!merged.ok || !draft.ok) throw new Error('refused');
		expect(rebaseDifference(merged.coverage, draft.difference, classOf)).toMatchObject({
			ok: false,
			refusal: { code: 'difference.conflict', parcelNos: [1] },
		});
		const other = reclassifyParcels(base, { parcelNos: [2], to: MX, classOf });
		if (!other.ok) throw new Error(other.refusal.code);
		expect(rebaseDifference(merged.coverage, other.difference, classOf).ok).toBe(true);
		expect(applyDifference(merged.coverage, other.difference).ok).toBe(true);
	});
});
