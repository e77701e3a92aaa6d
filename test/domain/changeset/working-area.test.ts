import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findShape, listParcelNosInBox, type Coverage } from '$geo/coverage/coverage.ts';
import { boxOf, type LonLatBox } from '$geo/coverage/shape.ts';
import { digestOf } from '$lib/domain/changeset/digest.ts';
import { runStep } from '$lib/domain/changeset/run-step.ts';
import { isSureIn, workingAreaOf, type WorkingArea } from '$lib/domain/changeset/working-area.ts';
import { chanceStep, SOME_FACTS, someDraft } from '$test/support/chance-step.ts';
import { chanceEdit } from '$test/support/edit-sequence.ts';
import { streetCoverage } from '$test/support/street-coverage.ts';
import { built, shapeOf } from '../../geo/edit/edit-outcome.ts';

function areaIn(coverage: Coverage, box: LonLatBox): WorkingArea {
	const parcels = listParcelNosInBox(coverage, box).map((parcelNo) => {
		const facts = SOME_FACTS.factsOf(parcelNo);
		if (facts === null) throw new Error(`no facts of ${parcelNo}`);
		return { parcelNo, shape: shapeOf(coverage, parcelNo), facts };
	});
	return workingAreaOf(box, parcels, SOME_FACTS);
}

describe('a working area', () => {
	const { set } = streetCoverage(1500);
	const town = built(set);
	const whole = boxOf(set.polygons);
	const [width, height] = [whole.maxLon - whole.minLon, whole.maxLat - whole.minLat];
	const part = (west: number, south: number, share: number): LonLatBox => ({
		minLon: whole.minLon + west * width,
		minLat: whole.minLat + south * height,
		maxLon: whole.minLon + (west + share) * width,
		maxLat: whole.minLat + (south + share) * height,
	});

	it('has the parcels that reach into its box, to the bit, with their facts', () => {
		const box = part(0.3, 0.3, 0.25);
		const { state } = areaIn(town, box);
		const parcelNos = listParcelNosInBox(town, box);
		expect(parcelNos.length).toBeGreaterThan(50);
		for (const parcelNo of parcelNos)
			expect(findShape(state.coverage, parcelNo)).toEqual(findShape(town, parcelNo));
	});

	it('gives the differences of the whole coverage, to the bit, wherever everything they touch lies inside', () => {
		const asDraft = someDraft(town);
		const place = fc.double({ min: 0.05, max: 0.6, noNaN: true });
		let sure = 0;
		fc.assert(
			fc.property(place, place, chanceEdit, (west, south, edit) => {
				const box = part(west, south, 0.35);
				const area = areaIn(town, box);
				const side = 0.12 * Math.min(width, height);
				const step = chanceStep(
					area.state,
					edit,
					[box.minLon + 0.4 * (box.maxLon - box.minLon), box.minLat + 0.4 * (box.maxLat - box.minLat)],
					side,
				);
				const here = runStep(area.state, step);
				const there = runStep(asDraft, step);
				if (!here.ok || !isSureIn(area, here.difference)) return;
				if (here.difference.shapes.length > 0) sure++;
				expect(there.ok && digestOf(there.difference)).toBe(digestOf(here.difference));
			}),
			{ numRuns: 200 },
		);
		expect(sure).toBeGreaterThan(20);
	});

	it('knows that it is not sure of what reaches its rim', () => {
		const box = part(0.3, 0.3, 0.25);
		const area = areaIn(town, box);
		const rim = listParcelNosInBox(town, { ...box, maxLon: box.minLon })[0];
		const step = {
			verb: 'split_to_areas',
			params: { parcelNo: rim, bearingDeg: 10, into: { equalParts: 2 }, allowApart: true },
		} as const;
		const done = runStep(area.state, step);
		if (!done.ok) throw new Error(done.refusal.code);
		expect(isSureIn(area, done.difference)).toBe(false);
	});

	it('throws on parcels that lie on one another', () => {
		const box = part(0.3, 0.3, 0.25);
		const [parcelNo, other] = listParcelNosInBox(town, box);
		const facts = SOME_FACTS.factsOf(parcelNo);
		if (facts === null) throw new Error('no facts');
		const twice = [parcelNo, other].map((no) => ({ parcelNo: no, shape: shapeOf(town, parcelNo), facts }));
		expect(() => workingAreaOf(box, twice, SOME_FACTS)).toThrow(`parcels ${parcelNo} and ${other}`);
	});
});
