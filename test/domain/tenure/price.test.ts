import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPriceFloor, PRICE_BASES, priceFigures, topUp } from '$lib/domain/tenure/price.ts';
import { rulesWith, SUPPLY_RULES } from '../../support/supply-rules.ts';

const ON = '2026-11-23';
const AREA = { areaDm2: 2_000_000, areaKind: 'document' };

describe('a price', () => {
	it('is agreed in one figure, the others follow', () => {
		// 20,000 m² are 30 mu.
		expect(priceFigures('per_mu', 40_000_000, AREA)).toEqual({
			...AREA,
			agreed: 'per_mu',
			totalFen: 1_200_000_000,
			perM2Fen: 60_000,
			perMuFen: 40_000_000,
		});
		expect(priceFigures('total', 1_200_000_000, AREA)).toMatchObject({
			perM2Fen: 60_000,
			perMuFen: 40_000_000,
		});
		expect(priceFigures('per_m2', 60_000, AREA)).toMatchObject({
			totalFen: 1_200_000_000,
			perMuFen: 40_000_000,
		});
	});

	it('takes a mu for 2000/3 m², not for 666.67', () => {
		const one = priceFigures('per_mu', 30_000_000, { areaDm2: 66_667, areaKind: 'document' });
		expect(one?.totalFen).toBe(30_000_150);
		expect(priceFigures('total', 100, { areaDm2: 66_667, areaKind: 'document' })?.perM2Fen).toBe(0);
	});

	it('is none without a positive area and amount, or beyond the safe amounts', () => {
		for (const [amountFen, areaDm2] of [
			[0, 1],
			[1, 0],
			[-1, 1],
			[1.5, 1],
			[1, 0.5],
			[2 ** 52, 2 ** 40],
		])
			expect(priceFigures('per_m2', amountFen, { areaDm2, areaKind: 'document' })).toBeNull();
	});

	it('keeps the agreed figure, and each other within half a fen of it', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...PRICE_BASES),
				fc.integer({ min: 1, max: 10 ** 9 }),
				fc.integer({ min: 1, max: 10 ** 8 }),
				(agreed, amountFen, areaDm2) => {
					const figures = priceFigures(agreed, amountFen, { areaDm2, areaKind: 'document' });
					if (figures === null) throw new Error('no figures');
					const { totalFen, perM2Fen, perMuFen } = figures;
					expect({ total: totalFen, per_m2: perM2Fen, per_mu: perMuFen }[agreed]).toBe(amountFen);
					const dm2 = BigInt(areaDm2);
					const perMu = BigInt(perMuFen) * 3n * dm2;
					const perM2 = BigInt(perM2Fen) * 2000n * dm2;
					// Both times the area are the total, each at most half a fen off before.
					const slack = (3n * dm2 + 2000n * dm2) / 2n + 1n;
					expect(perMu - perM2 <= slack && perM2 - perMu <= slack).toBe(true);
				},
			),
		);
	});
});

describe('the floor of industrial land', () => {
	const land = { use: 'industrial', totalFen: 1_200_000_000, ...AREA } as const;
	const floorOf = (value: string) => rulesWith('price.floor.industrial', { value });

	it('has no value of its own', () => {
		expect(checkPriceFloor(land, SUPPLY_RULES, ON)).toMatchObject([
			{
				outcome: 'unknown',
				code: 'rule.none',
				rule: { key: 'price.floor.industrial', status: 'unverified' },
			},
		]);
		expect(checkPriceFloor(land, [], ON)).toMatchObject([
			{ outcome: 'unknown', code: 'rule.none', rule: null },
		]);
	});

	it('is reached at the very price', () => {
		expect(checkPriceFloor(land, floorOf('600'), ON)[0].outcome).toBe('pass');
		expect(checkPriceFloor({ ...land, totalFen: land.totalFen - 1 }, floorOf('600'), ON)[0].code).toBe(
			'price.below-floor',
		);
	});

	it('is asked of the area that the rule names, and of industrial land only', () => {
		const planar = { ...land, areaKind: 'planar' };
		expect(checkPriceFloor(planar, floorOf('600'), ON)[0].code).toBe('price.area-kind-differs');
		expect(checkPriceFloor({ ...land, use: 'commercial' }, floorOf('600'), ON)).toEqual([]);
	});
});

describe('what is paid on top', () => {
	const change = {
		useBefore: 'industrial',
		useAfter: 'industrial',
		areaDm2: 2_000_000,
		floorBeforeDm2: 2_000_000,
		floorAfterDm2: 3_000_000,
	} as const;

	it('is nothing for more floor on industrial land, by a rule that is not verified', () => {
		expect(topUp(change, SUPPLY_RULES, ON)).toMatchObject({
			value: 0,
			reason: 'price.no-top-up',
			rule: { key: 'price.top-up.floor.industrial', status: 'unverified' },
		});
	});

	it('has no amount without a rule', () => {
		expect(topUp({ ...change, useAfter: 'commercial' }, SUPPLY_RULES, ON)).toMatchObject({
			value: null,
			reason: 'rule.none',
		});
		expect(topUp({ ...change, useBefore: 'civic', useAfter: 'civic' }, SUPPLY_RULES, ON).reason).toBe(
			'rule.none',
		);
		const odd = rulesWith('price.top-up.floor.industrial', { unit: 'pct' });
		expect(topUp(change, odd, ON)).toMatchObject({ value: null, reason: 'rule.unreadable' });
	});

	it('goes by land where the use changes, by floor where only floor is added', () => {
		const rule = rulesWith('price.top-up.floor.industrial', { value: '12.345' });
		expect(topUp(change, rule, ON)).toMatchObject({ value: 12_345_000, reason: 'price.top-up-due' });
		const key = 'price.top-up.use.industrial.commercial';
		const other = [...SUPPLY_RULES, { ...rule[0], key, value: '100', unit: 'yuan-per-m2' }];
		expect(topUp({ ...change, useAfter: 'commercial' }, other, ON).value).toBe(200_000_000);
	});

	it('has no amount where it is beyond the safe ones', () => {
		const rules = rulesWith('price.top-up.floor.industrial', { value: '900719925475' });
		const most = { ...change, floorBeforeDm2: 0, floorAfterDm2: 1e10 };
		expect(topUp(most, rules, ON)).toMatchObject({ value: null, reason: 'price.top-up-beyond' });
	});

	it('is nothing where nothing changes', () => {
		expect(topUp({ ...change, floorAfterDm2: 2_000_000 }, [], ON)).toMatchObject({
			value: 0,
			reason: 'price.nothing-changes',
			rule: null,
		});
	});
});
