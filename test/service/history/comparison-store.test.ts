import { describe, expect, it } from 'vitest';
import { failed } from '$lib/server/service/changeset/outcome.ts';
import { ComparisonStore } from '$lib/server/service/history/comparison-store.ts';

const REFUSED = failed('refused', []);

describe('comparisons that are asked for', () => {
	it('wait for one another, a few at most, and the others are told to come again', async () => {
		const store = new ComparisonStore();
		let open = (_: typeof REFUSED) => {};
		const gate = new Promise<typeof REFUSED>((resolve) => (open = resolve));
		let working = 0;
		const slow = async () => {
			expect(++working).toBe(1);
			const outcome = await gate;
			working--;
			return outcome;
		};
		const asked = Array.from({ length: 30 }, (_, pair) => store.find(`pair ${pair}`, slow));
		const last = await asked.at(-1);
		expect(last).toMatchObject({ why: 'busy', issues: [{ code: 'comparison.busy' }] });
		open(REFUSED);
		const outcomes = await Promise.all(asked);
		const made = outcomes.filter((outcome) => outcome === REFUSED).length;
		expect(made).toBeGreaterThan(1);
		expect(made).toBeLessThan(15);
		// There is room again, and who was sent away may come.
		expect(await store.find('pair 29', async () => REFUSED)).toBe(REFUSED);
	});

	it('are kept also where they are refused, and made anew where they failed', async () => {
		const store = new ComparisonStore();
		await expect(store.find('pair', () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
		expect(await store.find('pair', async () => REFUSED)).toBe(REFUSED);
		expect(await store.find('pair', () => Promise.reject(new Error('made twice')))).toBe(REFUSED);
	});
});
