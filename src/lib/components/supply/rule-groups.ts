/** What rules are about, in the order of the page; each is how the keys begin that it holds. */
export const RULE_GROUPS = [
	'mx',
	'term',
	'mode',
	'supply',
	'reserve',
	'price',
	'rent',
	'idle',
	'indicator',
	'transfer',
	'exit',
	'low-efficiency',
	'batch',
	'changeset',
	'control',
	'parcel',
	'balance',
	'delegation',
	'other',
] as const;
export type RuleGroup = (typeof RULE_GROUPS)[number];

/** Keys that stand with others. */
const WITH: Readonly<Record<string, RuleGroup>> = { survey: 'parcel', target: 'balance' };

/** The group of a key. */
export function groupOfRule(key: string): RuleGroup {
	const [first] = key.split('.');
	return WITH[first] ?? RULE_GROUPS.find((group) => group === first) ?? 'other';
}
