import { explain, type Explained } from '../rule/explained.ts';
import { latestRenewal } from '../tenure/renewal.ts';
import { agreedDays, type AgreedDays } from './agreed-days.ts';
import { resultDueOn } from './notice-days.ts';
import { worksOf } from './supply-fact.ts';
import { isSupplied, lateDays, type SupervisionContext } from './supervision.ts';
import { timelineOf, type DateKind } from './timeline.ts';

/** A day of a supply with why it is that day, whether something is still to be done by it, and how late that is. */
export interface SupervisedDate extends Explained<string> {
	readonly kind: DateKind;
	readonly isDue: boolean;
	/** Day on which it was done; null: not yet, or nothing is to be done. */
	readonly doneOn: string | null;
	readonly lateDays: number;
}

/**
 * Lists the days of a supply, each explained: recorded, agreed in a contract, or reckoned from the record and a rule.
 *
 * In the order of `timelineOf`, on whose days it rests. Done late counts to the day on which it was done. O(facts + rules).
 */
export function supervisedDates(context: SupervisionContext): SupervisedDate[] {
	const { record, facts, parkId, rules, calendar, onDate } = context;
	const works = worksOf(facts);
	const doneOn: Partial<Record<DateKind, string | null>> = {
		'hand-over-by': record.handedOverOn,
		'start-by': works.startedOn,
		'complete-by': works.completedOn,
	};
	const isOpen = isSupplied(record);
	return timelineOf(record, parkId, rules, calendar).map(({ kind, on, isDue }) => {
		const done = doneOn[kind] ?? null;
		const isOwed = isDue || (isOpen && (kind === 'start-by' || kind === 'complete-by') && done === null);
		const until = done ?? (isOwed ? onDate : null);
		const why = whyOf(kind, on, context);
		return {
			...why,
			kind,
			isDue: isOwed,
			doneOn: done,
			lateDays: on === null || until === null ? 0 : lateDays(on, until),
		};
	});
}

const AGREED: Partial<Record<DateKind, keyof AgreedDays>> = {
	'hand-over-by': 'handOverBy',
	'start-by': 'startBy',
	'complete-by': 'completeBy',
};

function whyOf(kind: DateKind, on: string | null, context: SupervisionContext): Explained<string> {
	const { record, rules, calendar, parkId } = context;
	const { handedOverOn, leaseMonths, grantYears, contract } = record;
	const field = AGREED[kind];
	if (field !== undefined)
		return explain(on, 'due.agreed', { number: agreedDays(record)[field]?.number ?? '' });
	if (kind === 'lease-ends')
		return explain(on, 'due.lease-from', { startsOn: handedOverOn ?? '', leaseMonths: leaseMonths ?? 0 });
	if (kind === 'right-ends') {
		const startsOn = record.mode === 'lease_then_grant' ? contract?.signedOn : handedOverOn;
		return explain(on, 'due.grant-from', { startsOn: startsOn ?? '', grantYears: grantYears ?? 0 });
	}
	if (kind === 'result-by' && record.award !== null)
		return resultDueOn(record.award.awardedOn, rules, calendar, record.award.awardedOn, parkId);
	if (kind === 'renewal-by') {
		const lastOn = timelineOf(record, parkId, rules, calendar).find(
			(one) => one.kind === 'right-ends' || one.kind === 'lease-ends',
		)?.on;
		if (lastOn !== null && lastOn !== undefined) return latestRenewal(lastOn, rules, lastOn, parkId);
	}
	return explain(on, 'due.recorded');
}
