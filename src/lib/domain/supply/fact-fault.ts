import { indicatorStates } from './agreement.ts';
import {
	doneBy,
	numbersOf,
	standing,
	standingFacts,
	type FactKind,
	type FactShapes,
	type ProgressStep,
	type SupplyFact,
} from './supply-fact.ts';

/** What is wrong with a new row beside those that stand; null: nothing. */
export type FactFault =
	| 'fact.not-found'
	| 'fact.replaced'
	| 'fact.days-reversed'
	| 'fact.indicator-unknown'
	| 'fact.check-point-open'
	| 'fact.year-repeated'
	| 'fact.already-recorded'
	| 'fact.top-up-day'
	| 'fact.consent-unknown'
	| 'fact.works-reversed'
	| 'fact.indicator-not-missed'
	| 'fact.disposal-open'
	| 'fact.ahead';

/**
 * Says why a row cannot be recorded beside the others of its supply, on a day; null where it can.
 *
 * A step of works but stopping and going on is recorded once and not before the step that it follows, nothing that was seen lies ahead, a pause ends after it begins, an assessment is of an indicator that stands,
 * a year of the lease has one rent, a kind of transfer one set of terms, what is paid on top has a day, not before it was agreed, a consent that stands is used once, by what was done no earlier
 * than it was asked for, and what is replaced stands. O(rows × corrections).
 */
export function faultOfFact(
	{ kind, facts, replacesNo, isVoid }: Omit<SupplyFact, 'factNo' | 'document'>,
	rows: readonly SupplyFact[],
	onDate: string,
): FactFault | null {
	if (replacesNo !== null) {
		const subject = rows.find(({ factNo }) => factNo === replacesNo);
		if (subject === undefined || subject.kind !== kind || subject.isVoid) return 'fact.not-found';
		if (rows.some((row) => row.replacesNo === replacesNo)) return 'fact.replaced';
	}
	if (isVoid) return replacesNo === null ? 'fact.not-found' : null;
	// Standing first: without the row that is replaced, what that one had replaced would stand again.
	const beside = standing(rows).filter(({ factNo }) => factNo !== replacesNo);
	const fault = FAULTS[kind] as (
		facts: unknown,
		beside: readonly SupplyFact[],
		onDate: string,
		rows: readonly SupplyFact[],
	) => FactFault | null;
	return fault(facts, beside, onDate, rows);
}

type Faults = {
	[Kind in FactKind]: (
		facts: FactShapes[Kind],
		beside: readonly SupplyFact[],
		onDate: string,
		rows: readonly SupplyFact[],
	) => FactFault | null;
};

/** What works go through in this order; they may stop and go on between the first two. */
const ORDER: readonly ProgressStep[] = ['started', 'completed', 'in_production', 'full_production'];
const rankOf = (step: ProgressStep) => (ORDER.includes(step) ? ORDER.indexOf(step) : 0.5);

const ahead = (day: string, onDate: string): FactFault | null => (day > onDate ? 'fact.ahead' : null);

const FAULTS: Faults = {
	progress: ({ step, seenOn }, beside, onDate) => {
		const once = step !== 'stopped' && step !== 'resumed';
		const steps = standingFacts(beside, 'progress').map(({ facts }) => facts);
		if (once && steps.some((one) => one.step === step)) return 'fact.already-recorded';
		const isReversed = steps.some((one) =>
			rankOf(one.step) < rankOf(step)
				? one.seenOn > seenOn
				: rankOf(one.step) > rankOf(step) && one.seenOn < seenOn,
		);
		return isReversed ? 'fact.works-reversed' : ahead(seenOn, onDate);
	},
	figures: ({ statedOn }, _, onDate) => ahead(statedOn, onDate),
	pause: ({ fromOn, toOn }, _, onDate) =>
		toOn !== null && toOn < fromOn ? 'fact.days-reversed' : ahead(fromOn, onDate),
	rent_review: ({ fromYear }, beside) =>
		standingFacts(beside, 'rent_review').some(({ facts }) => facts.fromYear === fromYear)
			? 'fact.year-repeated'
			: null,
	indicator: ({ checkPoint, checkOn, monthsAfter }) =>
		(checkPoint === 'date' ? checkOn === null : monthsAfter === null) ? 'fact.check-point-open' : null,
	assessment: ({ indicatorNo, assessedOn }, beside, onDate) =>
		standingFacts(beside, 'indicator').some(({ factNo }) => factNo === indicatorNo)
			? ahead(assessedOn, onDate)
			: 'fact.indicator-unknown',
	disposal: (disposal, beside, onDate, rows) => {
		const { indicatorNo, measure, decidedOn, rectifyBy, amountFen, payBy } = disposal;
		const state = indicatorStates(beside, null).find(({ indicator }) =>
			numbersOf(indicator, rows).has(indicatorNo),
		);
		if (state === undefined) return 'fact.indicator-unknown';
		if (state.verdict !== 'missed') return 'fact.indicator-not-missed';
		const isOpen = measure === 'rectify' ? rectifyBy === null : measure === 'penalty' && amountFen === null;
		if (isOpen || (amountFen === null) !== (payBy === null)) return 'fact.disposal-open';
		const missedOn = state.assessments.at(-1)?.facts.assessedOn ?? decidedOn;
		const days = [rectifyBy, payBy].filter((day) => day !== null);
		return decidedOn < missedOn || days.some((day) => day < decidedOn)
			? 'fact.days-reversed'
			: ahead(decidedOn, onDate);
	},
	exit: ({ handedBackOn }, beside, onDate) =>
		standingFacts(beside, 'exit').length > 0 ? 'fact.already-recorded' : ahead(handedBackOn, onDate),
	transfer: ({ askedOn }, _, onDate) => ahead(askedOn, onDate),
	price: ({ statedOn }, _, onDate) => ahead(statedOn, onDate),
	certificate: ({ registeredOn }, _, onDate) => ahead(registeredOn, onDate),
	transfer_terms: ({ what }, beside) =>
		standingFacts(beside, 'transfer_terms').some(({ facts }) => facts.what === what)
			? 'fact.already-recorded'
			: null,
	supplement: ({ agreedOn, topUpFen, payBy }, _, onDate) =>
		(topUpFen === null) !== (payBy === null)
			? 'fact.top-up-day'
			: payBy !== null && payBy < agreedOn
				? 'fact.days-reversed'
				: ahead(agreedOn, onDate),
	transfer_done: ({ consentNo, doneOn }, beside, onDate, rows) => {
		const consents = standingFacts(beside, 'transfer').filter(({ facts }) => facts.outcome === 'consented');
		const consent = consents.find((one) => numbersOf(one, rows).has(consentNo));
		if (consent === undefined) return 'fact.consent-unknown';
		if (doneBy(consent, rows, standingFacts(beside, 'transfer_done')) !== undefined)
			return 'fact.already-recorded';
		return doneOn < consent.facts.askedOn ? 'fact.days-reversed' : ahead(doneOn, onDate);
	},
};
