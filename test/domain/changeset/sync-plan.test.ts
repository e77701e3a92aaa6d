import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countShared, nextRequest, type DraftPosition } from '$lib/domain/changeset/sync-plan.ts';

/** What the server does with a request. */
function answered(here: DraftPosition, there: DraftPosition, batch: number): DraftPosition {
	const request = nextRequest(here, there);
	if (request === null) throw new Error('nothing is to be done');
	if (request.kind === 'head') {
		expect(request.head).toBeLessThanOrEqual(there.ids.length);
		return { ...there, head: request.head };
	}
	expect(request.from).toBe(there.head);
	const ids = [...there.ids.slice(0, there.head), ...here.ids.slice(request.from, request.from + batch)];
	return { ids, head: ids.length };
}

const position = fc
	.tuple(fc.nat(6), fc.nat(6), fc.constantFrom('a', 'b'), fc.nat(12))
	.map(([common, own, who, head]): DraftPosition => {
		const ids = [
			...Array.from({ length: common }, (_, i) => `s${i}`),
			...Array.from({ length: own }, (_, i) => `${who}${i}`),
		];
		return { ids, head: Math.min(head, ids.length) };
	});

describe('bringing the server to the draft here', () => {
	it('ends with the same steps that count, those undone too unless the server has more, whatever both had', () => {
		fc.assert(
			fc.property(position, position, fc.integer({ min: 1, max: 4 }), (here, start, batch) => {
				let there = start;
				let requests = 0;
				while (nextRequest(here, there) !== null) {
					there = answered(here, there, batch);
					expect(++requests).toBeLessThanOrEqual(2 + Math.ceil(here.ids.length / batch));
				}
				expect(there.head).toBe(here.head);
				expect(there.ids.slice(0, here.ids.length)).toEqual(here.ids);
			}),
		);
	});

	it('asks nothing where both agree, and sends only what is missing', () => {
		expect(nextRequest({ ids: ['a', 'b'], head: 1 }, { ids: ['a', 'b'], head: 1 })).toBeNull();
		expect(nextRequest({ ids: ['a', 'b'], head: 2 }, { ids: ['a'], head: 1 })).toEqual({
			kind: 'steps',
			from: 1,
		});
		expect(countShared(['a', 'b', 'c'], ['a', 'x', 'c'])).toBe(1);
	});
});
