import { describe, expect, it } from 'vitest';
import { expectLawsOfSequences } from '../support/edit-run.ts';

describe('edits, at length', () => {
	it.each([2 ** 30, 2 ** 24, 2 ** 12, 100, 24])(
		'keep the laws of every edit through a thousand sequences by chance in a square of %i grid steps',
		(spread) => {
			expect(expectLawsOfSequences(1000, 12, spread)).toBeGreaterThan(1000);
		},
	);
});
