import type { Locale } from './locale.ts';
import { SUPPLY_TEXTS } from './supply-text.ts';
import { fill } from './wording.ts';

/**
 * Says what the rules of a key are about, by the longest beginning of the key that the catalogue knows, and of which use or mode where its end is one; null where it knows none.
 */
export function ruleKeyText(locale: Locale, key: string): string | null {
	const texts: Readonly<Record<string, string | undefined>> = SUPPLY_TEXTS[locale].supply;
	const parts = key.split('.');
	for (let count = parts.length; count > 0; count--) {
		const text = texts[`ruleKey_${parts.slice(0, count).join('.')}`];
		if (text === undefined) continue;
		const of = count === parts.length ? undefined : texts[`ruleOf_${parts[parts.length - 1]}`];
		return of === undefined ? text : fill(SUPPLY_TEXTS[locale].supply.ruleKeyOf, { rule: text, of });
	}
	return null;
}
