import type { RuleValue } from '../rule/rule-value.ts';

/** The rule on which an answer rests, as it is shown beside it. */
export type RuleReference = Pick<
	RuleValue,
	'key' | 'value' | 'unit' | 'areaKind' | 'comparison' | 'source' | 'status'
>;

/**
 * The answer to one question that is asked before an act.
 *
 * `unknown` is never a pass: no rule is set, or a fact is missing; who acts must say that he knows. The code names what was found, its sentence
 * is in i18n.
 */
export interface Finding {
	readonly outcome: 'pass' | 'fail' | 'unknown';
	readonly code: string;
	readonly params: Readonly<Record<string, string | number>>;
	/** Null: it rests on no rule of data. */
	readonly rule: RuleReference | null;
}

/** Makes a finding. */
export function finding(
	outcome: Finding['outcome'],
	code: string,
	params: Finding['params'] = {},
	rule: RuleValue | RuleReference | null = null,
): Finding {
	return { outcome, code, params, rule: rule === null ? null : referenceTo(rule) };
}

/** Names a question apart from all others of an act: one unset rule from another. */
export function questionOf({ code, params }: Finding): string {
	return [code, ...Object.values(params)].join(' ');
}

/** What is shown of a rule. */
export function referenceTo({
	key,
	value,
	unit,
	areaKind,
	comparison,
	source,
	status,
}: RuleReference): RuleReference {
	return { key, value, unit, areaKind, comparison, source, status };
}
