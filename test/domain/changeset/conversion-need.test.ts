import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import {
	areaInsideM2,
	checkConversion,
	conversionGround,
	conversionSums,
	newConstruction,
	type LandKinds,
} from '$lib/domain/changeset/conversion-need.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { touchedGround } from '$lib/domain/changeset/touched-ground.ts';
import { doSteps, FARMLAND, INDUSTRY, TOWN, townDraft } from '../../support/draft-town.ts';

const KINDS: LandKinds = {
	categoryOf: (landUse) =>
		landUse === FARMLAND
			? 'agricultural'
			: landUse === INDUSTRY
				? 'construction'
				: landUse === 'sand'
					? 'unused'
					: null,
	isFarmland: (landUse) => landUse === FARMLAND,
};
const areaOf = (letters: string) => ellipsoidalAreasM2(TOWN.polygons(letters))[0];

function groundOf(steps: readonly Step[], currentUses: Readonly<Record<number, string | null>>) {
	const { start, end, difference } = doSteps(townDraft(), steps);
	const planned = newConstruction(touchedGround(start, end, difference), KINDS);
	const current = TOWN.parcels({ 1: 'ADEB', 2: 'DFGE', 3: 'BEGHC' });
	return conversionGround(planned, current, (no) => currentUses[no] ?? null, KINDS);
}

const toIndustry = (...parcelNos: number[]): Step => ({
	verb: 'reclassify',
	params: { parcelNos, landUse: INDUSTRY },
});

describe('what a draft would have to be converted', () => {
	it('is what it newly plans as construction land and what is none today', () => {
		const ground = groundOf([toIndustry(1, 2)], { 1: FARMLAND, 2: 'sand', 3: INDUSTRY });
		const sums = conversionSums(ground, KINDS);
		expect(sums.agriculturalM2).toBeCloseTo(areaOf('ADEB'), 3);
		expect(sums.farmlandM2).toBe(sums.agriculturalM2);
		expect(sums.unusedM2).toBeCloseTo(areaOf('DFGE'), 3);
		expect(sums.unknownM2).toBe(0);
		const [issue, ...more] = checkConversion(ground, 0, KINDS, 'publish');
		expect(more).toEqual([]);
		expect(issue).toMatchObject({ code: 'conversion.needed', severity: 'warning', parcelNos: [1, 2] });
		expect(Object.keys(issue.params)).toEqual(['agriculturalM2', 'farmlandM2', 'unusedM2']);
	});

	it('is nothing where the ground is built on today, was planned so before, or is planned otherwise', () => {
		expect(groundOf([toIndustry(1)], { 1: INDUSTRY })).toEqual([]);
		expect(groundOf([{ verb: 'merge', params: { parcelNos: [1, 2] } }], { 1: FARMLAND })).toEqual([]);
		expect(groundOf([{ verb: 'reclassify', params: { parcelNos: [3], landUse: 'sand' } }], {})).toEqual([]);
		expect(checkConversion([], 0, KINDS, 'draft')).toEqual([]);
	});

	it('goes by ground, whatever the parcels: a part alone, and without a class it is not known, which is no pass', () => {
		const line = [TOWN.at('A'), TOWN.at('E')] as const;
		const ground = groundOf(
			[{ verb: 'split_by_line', params: { line, parcelNos: [1] } }, toIndustry(-1)],
			{},
		);
		expect(conversionSums(ground, KINDS).unknownM2).toBeGreaterThan(0.4 * areaOf('ADEB'));
		expect(conversionSums(ground, KINDS).unknownM2).toBeLessThan(0.6 * areaOf('ADEB'));
		expect(ground.map(({ parcelNo, category }) => [parcelNo, category])).toEqual([[-1, null]]);
	});

	it('tells of permanent basic farmland in it', () => {
		const ground = groundOf([toIndustry(1)], { 1: FARMLAND });
		const inside = areaInsideM2(ground, TOWN.polygons('ADEB', 'DFGE'));
		expect(inside).toBeCloseTo(areaOf('ADEB'), 3);
		expect(areaInsideM2(ground, TOWN.polygons('DFGE'))).toBeLessThan(0.01);
		expect(checkConversion(ground, inside, KINDS, 'draft').map(({ code }) => code)).toEqual([
			'conversion.needed',
			'conversion.basic-farmland',
		]);
	});
});
