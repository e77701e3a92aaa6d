import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	findSupplyTransition,
	isOver,
	lifeCycleOf,
	SUPPLY_EVENTS,
	SUPPLY_LIFE_CYCLE,
	SUPPLY_STATES,
	type SupplyEventKind,
	type SupplyState,
} from '$lib/domain/supply/life-cycle.ts';
import { MODE_TRAITS, pathOf, SUPPLY_MODES, SUPPLY_PATHS, type SupplyPath } from '$lib/domain/supply/mode.ts';

/** What may happen on every path until somebody is found. */
const BEFORE: Partial<Record<SupplyState, Partial<Record<SupplyEventKind, SupplyState>>>> = {
	programmed: { cancel: 'cancelled', offer: 'offered' },
	offered: { withdraw_offer: 'programmed', close_unsold: 'programmed', award: 'awarded' },
};
const held = (state: SupplyState, renews = false) => ({
	awarded: { void_award: 'programmed', sign: 'signed' },
	signed: { hand_over: state },
	[state]: { ...(renews ? { renew: state } : {}), end: 'ended' },
});

/** Every state with every event that it admits, path by path; all others must be refused. */
const EXPECTED: Record<SupplyPath, Partial<Record<SupplyState, Partial<Record<SupplyEventKind, string>>>>> = {
	allocation: { ...BEFORE, ...held('allocated') },
	grant: { ...BEFORE, ...held('granted', true) },
	contribution: { ...BEFORE, ...held('contributed') },
	lease_and_grant: { ...BEFORE, ...held('held_in_parts') },
	lease: {
		...BEFORE,
		awarded: { void_award: 'programmed', sign_lease: 'lease_signed' },
		lease_signed: { hand_over: 'in_lease' },
		in_lease: { renew: 'in_lease', end: 'ended' },
	},
	lease_then_grant: {
		...BEFORE,
		awarded: { void_award: 'programmed', sign_lease: 'lease_signed' },
		lease_signed: { hand_over: 'in_lease' },
		in_lease: { open_review: 'in_review', end: 'ended' },
		in_review: { pass_review: 'review_passed', fail_review: 'failed', extend_lease: 'in_lease' },
		review_passed: { sign_grant: 'granted' },
		failed: { end: 'ended' },
		granted: { renew: 'granted', end: 'ended' },
	},
};

describe.each(SUPPLY_PATHS)('the life of a supply on the path of %s', (path) => {
	it.each(SUPPLY_STATES)('admits in the state %s what the table says, and nothing else', (state) => {
		const admitted = SUPPLY_EVENTS.flatMap((event) => {
			const next = findSupplyTransition(path, state, event);
			return next === null ? [] : [[event, next.to]];
		});
		expect(Object.fromEntries(admitted)).toEqual(EXPECTED[path][state] ?? {});
	});

	it('reaches an end from every state that it reaches', () => {
		const lines = lifeCycleOf(path);
		const reached = new Set<SupplyState>(['programmed']);
		for (let before = 0; before < reached.size;) {
			before = reached.size;
			for (const { from, to } of lines) if (reached.has(from)) reached.add(to);
		}
		const leadsOut = (state: SupplyState) => lines.some(({ from, to }) => from === state && to !== state);
		expect([...reached].filter((state) => !isOver(state) && !leadsOut(state))).toEqual([]);
		expect(lines.filter(({ from }) => !reached.has(from))).toEqual([]);
	});
});

describe('the life cycle of supplies', () => {
	it('has one line for a state and an event of a path', () => {
		const keys = SUPPLY_LIFE_CYCLE.flatMap(({ paths, from, event }) =>
			paths.map((path) => `${path} ${from} ${event}`),
		);
		expect(new Set(keys).size).toBe(keys.length);
	});

	it('never grants after a lease without a passed review, and asks for bids once for lease and grant', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...SUPPLY_EVENTS), { maxLength: 60 }), (events) => {
				let state: SupplyState = 'programmed';
				let [hasPassed, isLeased] = [false, false];
				for (const event of events) {
					const next = findSupplyTransition('lease_then_grant', state, event);
					if (next === null) continue;
					if (next.to === 'in_lease') [isLeased, hasPassed] = [true, false];
					if (event === 'pass_review') hasPassed = true;
					expect(isLeased && event === 'offer').toBe(false);
					if (next.to === 'granted') expect(hasPassed).toBe(true);
					state = next.to;
				}
			}),
		);
	});

	it('gives every mode a path and procedures', () => {
		for (const mode of SUPPLY_MODES) {
			expect(SUPPLY_PATHS).toContain(pathOf(mode));
			expect(MODE_TRAITS[mode].procedures.length).toBeGreaterThan(0);
		}
	});
});
