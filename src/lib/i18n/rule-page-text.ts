import { rule as enRule } from './en/rule.ts';
import type { Locale } from './locale.ts';
import { sectionTranslator } from './section-text.ts';
import { rule as zhRule } from './zh/rule.ts';

/** Texts of the page of rules, by language; apart from those of other pages, which need not load them. */
export const RULE_TEXTS = { zh: { rule: zhRule }, en: { rule: enRule } } as const;

export const ruleTranslator = sectionTranslator<typeof zhRule>({ zh: zhRule, en: enRule });

/** A unit in words, as it stands behind a number in a form; an unknown one as it is, none where it is a pure number. */
export function ruleUnitText(locale: Locale, unit: string | null): string | null {
	if (unit === null) return null;
	const texts: Readonly<Record<string, string | undefined>> = RULE_TEXTS[locale].rule;
	return texts[`unit_${unit}`] ?? unit;
}
