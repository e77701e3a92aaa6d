import { describe, expect, it } from 'vitest';
import {
	findIdleTransition,
	IDLE_STATES,
	IDLE_STEPS,
	idleStateOf,
	type IdleState,
	type IdleStepKind,
} from '$lib/domain/supply/idle-proceeding.ts';

/** What each state admits, and where it leads; nothing else can be done. */
const TABLE: Readonly<Record<IdleState, Partial<Record<IdleStepKind, IdleState>>>> = {
	none: { investigate: 'investigating' },
	investigating: { hear: 'heard', withdraw: 'none' },
	heard: { find_idle: 'found_idle', find_not_idle: 'none', withdraw: 'none' },
	found_idle: { decide: 'decided' },
	decided: { close: 'none' },
};

describe('proceedings about idle land', () => {
	it.each(IDLE_STATES)('admit of %s what the table says, and nothing else', (from) => {
		for (const step of IDLE_STEPS)
			expect(findIdleTransition(from, step)?.to ?? null, step).toBe(TABLE[from][step] ?? null);
	});

	it('never lead to a finding without investigation and hearing, nor to a decision without a finding', () => {
		const visited: IdleStepKind[][] = [];
		const walk = (state: IdleState, steps: readonly IdleStepKind[]) => {
			if (steps.length > 7) return;
			for (const step of IDLE_STEPS) {
				const to = findIdleTransition(state, step)?.to;
				if (to === undefined) continue;
				const path = [...steps, step];
				if (to === 'found_idle') expect(path.slice(-3)).toEqual(['investigate', 'hear', 'find_idle']);
				if (to === 'decided') expect(path.at(-2)).toBe('find_idle');
				visited.push(path);
				walk(to, path);
			}
		};
		walk('none', []);
		expect(visited.length).toBeGreaterThan(20);
	});

	it('are folded from their steps, and refuse what cannot follow', () => {
		expect(idleStateOf([])).toBe('none');
		expect(idleStateOf([{ step: 'investigate' }, { step: 'hear' }])).toBe('heard');
		expect(() => idleStateOf([{ step: 'hear' }])).toThrow('cannot follow');
	});
});
