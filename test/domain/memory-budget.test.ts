import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryBudget, type MemoryPart } from '$lib/server/tile/memory-budget.ts';

/** A budget, and what was dropped, in order. */
function open(limitBytes: number) {
	const budget = new MemoryBudget(limitBytes);
	const dropped: string[] = [];
	const hold = (key: string, parts: readonly MemoryPart[]) =>
		budget.hold(key, { parts, drop: () => dropped.push(key) });
	return { budget, dropped, hold };
}

describe('a memory budget', () => {
	it('drops what was used least recently', () => {
		const { budget, dropped, hold } = open(30);
		for (const key of ['a', 'b', 'c']) hold(key, [{ bytes: 10 }]);
		budget.use('a');
		hold('d', [{ bytes: 10 }]);
		expect(dropped).toEqual(['b']);
		hold('e', [{ bytes: 20 }]);
		expect(dropped).toEqual(['b', 'c', 'a']);
		expect(budget.bytes).toBe(30);
	});

	it('has room as long as nothing has to go that was used since', () => {
		const { budget, hold } = open(30);
		hold('old', [{ bytes: 10 }]);
		hold('older', [{ bytes: 10 }]);
		budget.use('old');
		const hasRoom = budget.watchRoom();
		hold('a', [{ bytes: 10 }]);
		hold('b', [{ bytes: 5 }]);
		expect(hasRoom()).toBe(true);
		hold('c', [{ bytes: 10 }]);
		expect(hasRoom()).toBe(true);
		hold('d', [{ bytes: 10 }]);
		expect([hasRoom(), budget.watchRoom()()]).toEqual([false, true]);
	});

	it('keeps what was used last and what before it, though they exceed it', () => {
		const { budget, dropped, hold } = open(30);
		for (const key of ['a', 'b', 'c']) hold(key, [{ bytes: 10 }]);
		budget.use('a');
		hold('large', [{ bytes: 35 }]);
		expect([dropped, budget.bytes]).toEqual([['b', 'c'], 45]);
		hold('larger', [{ bytes: 40 }]);
		expect([dropped, budget.bytes]).toEqual([['b', 'c', 'a'], 75]);
	});

	it('does not drop what would free nothing', () => {
		const { budget, dropped, hold } = open(30);
		const base = { bytes: 25 };
		hold('base', [base]);
		hold('delta', [base, { bytes: 10 }]);
		hold('other', [{ bytes: 1 }]);
		expect([dropped, budget.bytes]).toEqual([[], 36]);
		hold('another', [{ bytes: 1 }]);
		expect([dropped, budget.bytes]).toEqual([['delta'], 27]);
	});

	it('counts a part that two share once, until neither is held', () => {
		const { budget, dropped, hold } = open(100);
		const shared = { bytes: 60 };
		hold('base', [shared]);
		hold('delta', [shared, { bytes: 10 }]);
		expect(budget.bytes).toBe(70);
		hold('other', [{ bytes: 20 }]);
		hold('more', [{ bytes: 15 }]);
		expect([dropped, budget.bytes]).toEqual([['delta'], 95]);
		hold('most', [{ bytes: 40 }]);
		expect([dropped, budget.bytes]).toEqual([['delta', 'base'], 75]);
	});

	it('is kept under any order of use, by dropping the least recently used and no more than must go', () => {
		const LIMIT = 100;
		const step = fc.record({ thing: fc.nat(19), isUse: fc.boolean() });
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 20, maxLength: 20 }),
				fc.array(step, { maxLength: 60 }),
				(sizes, steps) => {
					const bases = [{ bytes: sizes[0] }, { bytes: sizes[1] }];
					const things = sizes.map((bytes, i) => ({
						key: `thing ${i}`,
						parts: i % 5 === 0 ? [bases[i % 2]] : [bases[i % 2], { bytes }],
					}));
					const { budget, dropped, hold } = open(LIMIT);
					let model: (typeof things)[number][] = [];
					const bytesOf = (held: typeof things) =>
						[...new Set(held.flatMap(({ parts }) => parts))].reduce((sum, { bytes }) => sum + bytes, 0);
					for (const { thing, isUse } of steps) {
						const it = things[thing];
						const isHeld = model.includes(it);
						if (isUse && !isHeld) continue;
						model = [...model.filter((one) => one !== it), it];
						const before = dropped.length;
						if (isHeld) budget.use(it.key);
						else hold(it.key, it.parts);
						const going: string[] = [];
						while (!isHeld && bytesOf(model) > LIMIT) {
							const oldest = model
								.slice(0, -2)
								.find((one) => bytesOf(model) > bytesOf(model.filter((other) => other !== one)));
							if (oldest === undefined) break;
							going.push(oldest.key);
							model = model.filter((one) => one !== oldest);
						}
						expect(dropped.slice(before)).toEqual(going);
						expect(budget.bytes).toBe(bytesOf(model));
					}
				},
			),
		);
	});
});
