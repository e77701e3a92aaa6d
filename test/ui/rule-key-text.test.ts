import { describe, expect, it } from 'vitest';
import { SUPPLY_RULE_PREFIXES } from '$lib/domain/supply/rule-key.ts';
import { ruleKeyText } from '$lib/i18n/rule-key-text.ts';
import zone from '$seeds/shenyang/zone.json' with { type: 'json' };
import rules from '$seeds/supply/rules.json' with { type: 'json' };

describe('what a rule is about', () => {
	it.each(['zh', 'en'] as const)('is said of every rule that is read from the seeds (%s)', (locale) => {
		const silent = rules.map(({ key }) => key).filter((key) => ruleKeyText(locale, key) === null);
		expect(silent).toEqual([]);
	});

	it('is not said of rules of a zone about lines that drafts may not touch', () => {
		const ofLines = zone.rules.filter(({ key }) => key.startsWith('control.'));
		expect(ofLines.length).toBeGreaterThan(0);
		const taken = ofLines.filter(({ key }) => SUPPLY_RULE_PREFIXES.some((start) => key.startsWith(start)));
		expect(taken).toEqual([]);
	});

	it('is by the longest beginning of its key', () => {
		expect(ruleKeyText('en', 'term.max.industrial')).toBe('Longest term of industrial land');
		expect(ruleKeyText('en', 'term.max.something')).toBe('Longest term of a right for this use');
		expect(ruleKeyText('en', 'rent.something')).toBe('Rent');
		expect(ruleKeyText('en', 'nothing.known')).toBeNull();
	});
});
