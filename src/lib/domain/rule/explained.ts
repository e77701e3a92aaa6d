import { referenceTo, type Finding, type RuleReference } from '../supply/finding.ts';
import { isSet, type RuleValue } from './rule-value.ts';

/**
 * A value with why it is so and the rule on which it rests, as a screen shows it; null where there is none, and the reason says why not.
 *
 * The rule carries its status: what rests on an `unverified` or `example` rule says so.
 */
export interface Explained<T> {
	readonly value: T | null;
	/** Code; its sentence is in i18n. */
	readonly reason: string;
	/** What it was reckoned from. */
	readonly params: Finding['params'];
	/** Null: it rests on no rule of data. */
	readonly rule: RuleReference | null;
}

/** Makes an explained value. */
export function explain<T>(
	value: T | null,
	reason: string,
	params: Finding['params'] = {},
	rule: RuleValue | RuleReference | null = null,
): Explained<T> {
	return { value, reason, params, rule: rule === null ? null : referenceTo(rule) };
}

/** The answer where no rule is set, or where it cannot be read: never a pass, and no value. */
export function explainNoRule<T>(key: string, rule: RuleValue | null): Explained<T> {
	return explain<T>(null, isSet(rule) ? 'rule.unreadable' : 'rule.none', { key }, rule);
}
