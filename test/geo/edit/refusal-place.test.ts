import { expect, it } from 'vitest';
import { refusalsOfEdits } from '$test/support/edit-refusal.ts';

it('a refusal points at a place on Earth, but where there is none: a parcel that is not there, a place that is none', () => {
	const refusals = refusalsOfEdits();
	const placeless = refusals.filter(({ at }) => at === null).map(({ code }) => code);
	expect(new Set(placeless)).toEqual(new Set(['parcel.unknown', 'place.invalid']));
	for (const { at } of refusals) {
		if (at === null) continue;
		expect(at[0]).toBeGreaterThan(122);
		expect(at[1]).toBeGreaterThan(41);
	}
});

it('a refusal names the element at fault, counted from 0', () => {
	const params = (code: string) =>
		refusalsOfEdits()
			.filter((refusal) => refusal.code === code)
			.map((refusal) => refusal.params);
	expect(params('line.invalid')).toContainEqual({ position: 1 });
	expect(params('place.invalid')).toContainEqual({ move: 1 });
	expect(params('vertex.unknown')).toEqual([{ move: 1 }]);
	expect(params('vertex.moved-twice')).toEqual([{ move: 1 }]);
	expect(params('split.areas-invalid')).toEqual([{ part: 1 }]);
	expect(params('parcel-number.not-draft')).toEqual([{ firstNo: 5, count: 2 }]);
});
