import { describe, expect, it } from 'vitest';
import { SUPPLY_STATES } from '$lib/domain/supply/life-cycle.ts';
import { findPromise } from '$lib/domain/supply/promised-ground.ts';

describe('the ground of a plot', () => {
	it('is promised to nobody while it is only programmed, or once its supply is over', () => {
		const free = SUPPLY_STATES.filter((state) => findPromise([{ supplyNo: 7, state }]) === null);
		expect([...free].sort()).toEqual(['cancelled', 'ended', 'programmed']);
		expect(findPromise([])).toBeNull();
	});

	it('is on offer, or agreed from the award on, whatever ended before', () => {
		const ended = { supplyNo: 1, state: 'ended' } as const;
		expect(findPromise([{ supplyNo: 2, state: 'offered' }, ended])).toMatchObject({
			code: 'plot.on-offer',
			params: { supplyNo: 2 },
		});
		expect(findPromise([ended, { supplyNo: 2, state: 'awarded' }])).toMatchObject({
			code: 'plot.ground-agreed',
			params: { supplyNo: 2 },
		});
	});
});
