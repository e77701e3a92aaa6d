import type { WireIssue } from '../../api/issue.ts';
import type { WireSupplyEvent } from '../../api/supply-wire.ts';
import { FINDING_TEXTS, findingText, type FoundText } from '../../i18n/finding-text.ts';
import { issueText } from '../../i18n/issue-text.ts';
import type { Locale } from '../../i18n/locale.ts';
import type { EventField } from './event-field.ts';

/** A value that is to be corrected together with others: what stands there now, and what is right. */
export interface GatheredChange {
	readonly event: WireSupplyEvent;
	readonly field: EventField;
	readonly before: unknown;
	readonly value: unknown;
}

/** Names the value of which a change is. */
export function keyOfChange({ event, field }: Pick<GatheredChange, 'event' | 'field'>): string {
	return `${event.eventNo} ${field.name}`;
}

/** The changes with one more, which takes the place of another of the same value. */
export function gather(changes: readonly GatheredChange[], change: GatheredChange): GatheredChange[] {
	return [...changes.filter((one) => keyOfChange(one) !== keyOfChange(change)), change];
}

/** Writes changes as the API takes them. */
export function changesToWire(changes: readonly GatheredChange[]) {
	return changes.map(({ event: { eventNo, event }, field: { name }, value }) => ({
		...{ eventNo, event, field: name, value },
	}));
}

/** Writes why a correction was refused: what stands against a value is a finding, as before an event. */
export function refusalText(locale: Locale, issue: WireIssue): string {
	if (!Object.hasOwn(FINDING_TEXTS[locale].finding, issue.code)) return issueText(locale, issue);
	const params = issue.params as FoundText['params'];
	return findingText(locale, { code: issue.code, params, rule: null });
}
