import { describe, expect, it } from 'vitest';
import { ruleKeyText } from '$lib/i18n/rule-text.ts';
import rules from '$seeds/supply/rules.json' with { type: 'json' };

describe('what a rule is about', () => {
	it.each(['zh', 'en'] as const)('is said of every rule that is read from the seeds (%s)', (locale) => {
		const silent = rules.map(({ key }) => key).filter((key) => ruleKeyText(locale, key) === null);
		expect(silent).toEqual([]);
	});

	it('is by the longest beginning of its key', () => {
		expect(ruleKeyText('en', 'term.max.industrial')).toBe('Longest term of industrial land');
		expect(ruleKeyText('en', 'term.max.something')).toBe('Longest term of a right for this use');
		expect(ruleKeyText('en', 'rent.something')).toBe('Rent');
		expect(ruleKeyText('en', 'nothing.known')).toBeNull();
	});
});
