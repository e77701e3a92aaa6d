import { describe, expect, it } from 'vitest';
import { expectLawsOfSequences } from '$test/support/edit-run.ts';

describe('edits', () => {
	it.each([
		['a parcel of 200 m', 2 ** 24],
		['a few grid steps, where everything nearly coincides', 24],
	])('keep the laws of every edit through sequences by chance, in a square of %s', (_, spread) => {
		expect(expectLawsOfSequences(100, 8, spread)).toBeGreaterThan(50);
	});
});
