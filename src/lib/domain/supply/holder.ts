import { numbersOf, standingFacts, type SupplyFact } from './supply-fact.ts';

/** Who holds a right, and from whom it came. Days are 'YYYY-MM-DD'. */
export interface Holding {
	/** Null: nobody was awarded it. */
	readonly holder: string | null;
	/** Who held it before a transfer; null: it was not transferred. */
	readonly formerHolder: string | null;
	/** Day of the last transfer; null as `formerHolder`. */
	readonly heldSince: string | null;
}

/**
 * Tells who holds a right on a day: whom it was awarded to, or to whom it was transferred last by then.
 *
 * Only transfers of the right that were consented to and done count: letting on, mortgages and shares leave it where it is. A consent is read as it
 * was corrected; what was taken back counts for nothing. Of one day the transfer recorded last counts. O(rows × corrections).
 */
export function holdingOn(awarded: string | null, rows: readonly SupplyFact[], onDate: string): Holding {
	let held: Holding = { holder: awarded, formerHolder: null, heldSince: null };
	if (awarded === null) return held;
	const consents = standingFacts(rows, 'transfer').filter(
		({ facts }) => facts.what === 'transfer' && facts.outcome === 'consented',
	);
	const done = standingFacts(rows, 'transfer_done')
		.filter(({ facts }) => facts.doneOn <= onDate)
		.sort((a, b) => (a.facts.doneOn < b.facts.doneOn ? -1 : a.facts.doneOn > b.facts.doneOn ? 1 : 0));
	for (const { facts } of done) {
		const consent = consents.find((one) => numbersOf(one, rows).has(facts.consentNo));
		if (consent !== undefined)
			held = { holder: consent.facts.toWhom, formerHolder: held.holder, heldSince: facts.doneOn };
	}
	return held;
}
