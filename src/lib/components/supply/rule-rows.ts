import type { WireRule } from '../../api/rule.ts';

/** What a row of the table of rules tells: the value that counts today, and all of its key and place. */
export interface RuleRow {
	readonly id: string;
	readonly rule: WireRule;
	/** What the key is about as it was loaded: unit, comparison and kind of area of what is set under it. */
	readonly definition: WireRule;
	/** All values of the key for its place, the newest first; what was voided too. */
	readonly history: readonly WireRule[];
}

/** What a reader asks of the page. */
export interface RuleWish {
	readonly shown: 'all' | 'unset' | 'unverified' | 'own' | 'lapsing';
	/** Part of a name, key or source. */
	readonly words: string;
	readonly nameOf: (key: string) => string;
}

/** Groups rules by key and place, in the order in which these first come: what is in force, a zone's own before national law, else the latest that stands. */
export function rowsOfRules(rules: readonly WireRule[]): RuleRow[] {
	const groups = new Map<string, WireRule[]>();
	for (const rule of rules) {
		const id = `${rule.key} ${rule.parkId ?? ''}`;
		const group = groups.get(id);
		if (group === undefined) groups.set(id, [rule]);
		else group.push(rule);
	}
	return [...groups].map(([id, all]) => {
		const standing = all.filter(({ voidedAt }) => voidedAt === null);
		const rule =
			standing.findLast(({ isInForce }) => isInForce) ?? standing[standing.length - 1] ?? all[all.length - 1];
		const ofKey = rules.filter(({ key }) => key === rule.key);
		const definition = ofKey.find(({ scope }) => scope === 'national') ?? ofKey[0];
		return { id, rule, definition, history: all.toReversed() };
	});
}

/** Rows that fit what a reader asks. */
export function rowsAsked(rows: readonly RuleRow[], { shown, words, nameOf }: RuleWish): RuleRow[] {
	const wanted = words.trim().toLowerCase();
	return rows.filter(({ rule, history }) => {
		if (shown === 'unset' && rule.value !== null) return false;
		if (shown === 'unverified' && rule.status !== 'unverified') return false;
		if (shown === 'own' && history.every(({ setBy }) => setBy === null)) return false;
		if (shown === 'lapsing' && rule.lapse === 'open') return false;
		return [nameOf(rule.key), rule.key, rule.source].some((text) => text.toLowerCase().includes(wanted));
	});
}
