import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { overlayParcelSets } from '$geo/arrangement/overlay.ts';
import { covers } from '$geo/arrangement/point-in-polygon.ts';
import {
	checkConversion,
	conversionGround,
	conversionPlace,
	conversionSets,
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
const AT = [0, 0] as const;
const areaOf = (letters: string) => ellipsoidalAreasM2(TOWN.polygons(letters))[0];

function groundOf(
	steps: readonly Step[],
	currentUses: Readonly<Record<number, string | null>>,
	farmland: readonly string[] = [],
) {
	const { start, end, difference } = doSteps(townDraft(), steps);
	const planned = newConstruction(touchedGround(start, end, difference), KINDS);
	const current = TOWN.parcels({ 1: 'ADEB', 2: 'DFGE', 3: 'BEGHC' });
	const pieces = overlayParcelSets(conversionSets(planned, current, TOWN.polygons(...farmland)));
	return conversionGround(planned, pieces, (no) => currentUses[no] ?? null, KINDS);
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
		const [issue, ...more] = checkConversion(ground, AT, KINDS, 'publish');
		expect(more).toEqual([]);
		expect(issue).toMatchObject({ code: 'conversion.needed', severity: 'warning', parcelNos: [1, 2] });
		expect(Object.keys(issue.params)).toEqual(['agriculturalM2', 'farmlandM2', 'unusedM2']);
	});

	it('is nothing where the ground is built on today, was planned so before, or is planned otherwise', () => {
		expect(groundOf([toIndustry(1)], { 1: INDUSTRY })).toEqual([]);
		expect(groundOf([{ verb: 'merge', params: { parcelNos: [1, 2] } }], { 1: FARMLAND })).toEqual([]);
		expect(groundOf([{ verb: 'reclassify', params: { parcelNos: [3], landUse: 'sand' } }], {})).toEqual([]);
		expect(checkConversion([], AT, KINDS, 'draft')).toEqual([]);
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
		const within = (...farmland: string[]) => groundOf([toIndustry(1)], { 1: FARMLAND }, farmland);
		const insideM2 = (ground: ReturnType<typeof within>) => conversionSums(ground, KINDS).basicFarmlandM2;
		const codes = (ground: ReturnType<typeof within>) =>
			checkConversion(ground, AT, KINDS, 'draft').map(({ code }) => code);
		const ground = within('ADEB', 'DFGE');
		expect(insideM2(ground)).toBeCloseTo(areaOf('ADEB'), 3);
		expect(conversionSums(ground, KINDS).agriculturalM2).toBeCloseTo(areaOf('ADEB'), 3);
		expect(codes(ground)).toEqual(['conversion.needed', 'conversion.basic-farmland']);
		expect(insideM2(within('DFGE'))).toBeLessThan(0.01);
		expect(codes(within('DFGE'))).toEqual(['conversion.needed']);
	});

	it('is shown inside its largest piece, on a parcel and where there is none', () => {
		const { start, end, difference } = doSteps(townDraft(), [toIndustry(1, 2)]);
		const planned = newConstruction(touchedGround(start, end, difference), KINDS);
		for (const letters of ['ADEB', 'DFGE']) {
			const current = TOWN.parcels({ 1: letters });
			const pieces = overlayParcelSets(conversionSets(planned, current, TOWN.polygons()));
			const ground = conversionGround(planned, pieces, () => FARMLAND, KINDS);
			for (const one of ground) {
				const at = conversionPlace([one], planned, current);
				expect(covers(TOWN.polygons('ADEB', 'DFGE'), at)).toBe(true);
				expect(covers(TOWN.polygons(letters), at)).toBe(one.currentNo === 1);
			}
		}
	});
});
