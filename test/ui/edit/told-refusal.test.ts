import { describe, expect, it } from 'vitest';
import { tryStep } from '$lib/map/edit/step-effect.ts';
import { refusalFeatures, toldRefusal } from '$lib/map/edit/told-refusal.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { FARMLAND, townDraft } from '$test/support/draft-town.ts';

const draft = townDraft();
const divide = (equalParts: number): Step => ({
	verb: 'split_to_areas',
	params: { parcelNo: 1, bearingDeg: 90, into: { equalParts } },
});
const toldOf = (step: Step) => toldRefusal(null, tryStep(draft, step));

describe('a refused step', () => {
	it('is drawn at the place that the kernel names, and no more once it can be done', () => {
		const told = toldOf(divide(100_000));
		expect(told?.code).toBe('split.parts-invalid');
		expect(refusalFeatures(told).features.map(({ geometry }) => geometry)).toEqual([
			{ type: 'Point', coordinates: told?.at },
		]);
		expect(told?.at).toHaveLength(2);
		expect(refusalFeatures(toldOf(divide(2))).features).toEqual([]);
	});

	it('is told, though at no place, where it has none; and not at all where it would only change nothing', () => {
		const unknown = toldOf({ verb: 'reclassify', params: { parcelNos: [99], landUse: FARMLAND } });
		expect([unknown?.code, refusalFeatures(unknown).features]).toEqual(['parcel.unknown', []]);
		expect(toldOf({ verb: 'reclassify', params: { parcelNos: [1], landUse: FARMLAND } })).toBeNull();
	});

	it('stays told when it was tried in earnest', () => {
		const refused = toldOf(divide(1));
		expect(toldRefusal(refused, tryStep(draft, divide(2)))).toBe(refused);
		expect(toldRefusal(refused, null)).toBe(refused);
	});
});
