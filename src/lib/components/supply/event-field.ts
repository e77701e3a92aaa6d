import type { WireOpenSupply } from '../../api/supply-wire.ts';
import type { SupplyEventKind } from '../../domain/supply/life-cycle.ts';
import { SUPPORTED_HEADQUARTERS } from '../../domain/supply/record.ts';
import { MODE_TRAITS, pathOf, type SupplyMode } from '../../domain/supply/mode.ts';

/** What is typed or chosen in a field. */
export type FieldKind =
	| 'day'
	| 'text'
	| 'long'
	| 'money'
	| 'count'
	| 'procedure'
	| 'office'
	| 'cause'
	| 'lines'
	| 'conditions'
	| 'instalments'
	| 'rent-months'
	| 'due-days'
	| 'results'
	| 'choice'
	| 'indicator'
	| 'consent'
	| 'area'
	| 'decimal'
	| 'size'
	| 'share'
	| 'months'
	| 'yes';

/** A field of what an event, or a record beside events, says. */
export interface EventField {
	readonly name: string;
	readonly kind: FieldKind;
	readonly isNeeded: boolean;
	/** Of a choice: its values, and what the keys of their words begin with. */
	readonly options?: readonly string[];
	readonly words?: string;
	/** What the key of its label ends with, where its name means several things. */
	readonly label?: string;
}

export const need = (name: string, kind: FieldKind): EventField => ({ name, kind, isNeeded: true });
export const may = (name: string, kind: FieldKind): EventField => ({ name, kind, isNeeded: false });
export const choose = (
	name: string,
	options: readonly string[],
	words: string,
	isNeeded = true,
): EventField => ({ name, kind: 'choice', isNeeded, options, words });

const CONTRACT: readonly EventField[] = [
	need('number', 'text'),
	need('signedOn', 'day'),
	need('principalOfficeId', 'office'),
	may('eSupervisionNumber', 'text'),
	may('priceFen', 'money'),
	may('instalments', 'instalments'),
	may('yearlyRentFen', 'money'),
	may('rentPaymentMonths', 'rent-months'),
	may('rentDueAfterDays', 'due-days'),
	may('leaseMonths', 'count'),
	may('grantYears', 'count'),
	may('handOverBy', 'day'),
	may('startBy', 'day'),
	may('completeBy', 'day'),
	may('agreedConditions', 'conditions'),
	may('onFailure', 'long'),
];
const LISTS: ReadonlySet<FieldKind> = new Set(['lines', 'conditions', 'instalments', 'results']);
const PAYMENT_KINDS: ReadonlySet<FieldKind> = new Set(['instalments', 'rent-months', 'due-days']);
const REASON = [need('reason', 'long')];

/** The fields of every event, in the order of a form. */
const FIELDS: Readonly<Record<SupplyEventKind, readonly EventField[]>> = {
	cancel: REASON,
	offer: [
		need('procedure', 'procedure'),
		may('noticeNumber', 'text'),
		need('noticeOn', 'day'),
		need('startsOn', 'day'),
		need('endsOn', 'day'),
		may('startPriceFen', 'money'),
		may('priceBasis', 'text'),
		may('minutesNumber', 'text'),
		may('leaseMonths', 'count'),
		may('grantYears', 'count'),
		may('intendedUsers', 'count'),
		may('supplyConditions', 'lines'),
		choose('headquarters', SUPPORTED_HEADQUARTERS, 'headquarters', false),
	],
	withdraw_offer: REASON,
	close_unsold: [need('closedOn', 'day')],
	award: [
		need('awardedOn', 'day'),
		need('holder', 'text'),
		may('priceFen', 'money'),
		may('yearlyRentFen', 'money'),
		may('bidders', 'count'),
	],
	void_award: REASON,
	sign: CONTRACT,
	sign_lease: CONTRACT,
	hand_over: [need('handedOverOn', 'day')],
	open_review: [need('openedOn', 'day')],
	pass_review: [need('passedOn', 'day'), may('results', 'results')],
	fail_review: [need('failedOn', 'day'), may('results', 'results'), need('reason', 'long')],
	extend_lease: [need('decidedOn', 'day'), need('leaseMonths', 'count'), need('reason', 'long')],
	sign_grant: CONTRACT,
	renew: [need('appliedOn', 'day'), may('leaseMonths', 'count'), may('grantYears', 'count')],
	end: [need('endedOn', 'day'), need('cause', 'cause'), may('reason', 'long')],
};

/** Lists every field of an event, in the order of a form. */
export function everyFieldOf(event: SupplyEventKind): readonly EventField[] {
	return FIELDS[event];
}

/** Lists the fields of an event that mean something in a mode. */
export function fieldsOf(event: SupplyEventKind, mode: SupplyMode): EventField[] {
	const path = pathOf(mode);
	const isLease = path.startsWith('lease');
	const isGrant = path !== 'lease' && path !== 'allocation';
	const hasPrice = path !== 'allocation' && path !== 'contribution';
	const unfit = new Set<string>([
		...(isLease && event !== 'sign_grant'
			? []
			: ['leaseMonths', 'yearlyRentFen', 'rentPaymentMonths', 'rentDueAfterDays']),
		...(isGrant ? [] : ['grantYears']),
		...(path === 'lease' || event === 'sign_lease' ? ['priceFen', 'instalments'] : []),
		...(hasPrice ? [] : ['startPriceFen', 'priceBasis', 'minutesNumber', 'priceFen', 'instalments']),
		...(mode === 'lease_then_grant' && event === 'sign_lease' ? [] : ['agreedConditions', 'onFailure']),
		...(event === 'sign_grant' ? ['handOverBy'] : []),
	]);
	return FIELDS[event].filter(({ name }) => !unfit.has(name));
}

/** Lists the fields of how a contract is paid that mean something in a mode; contracts signed before they were asked for lack them. */
export function paymentFieldsOf(event: SupplyEventKind, mode: SupplyMode): EventField[] {
	return fieldsOf(event, mode).filter(({ kind }) => PAYMENT_KINDS.has(kind));
}

/** What is recorded of fields where they were not asked for. */
export function emptyFacts(fields: readonly EventField[]): Record<string, unknown> {
	const empty = (kind: FieldKind) =>
		LISTS.has(kind) ? [] : kind === 'long' ? '' : kind === 'yes' ? false : null;
	return Object.fromEntries(fields.map(({ name, kind }) => [name, empty(kind)]));
}

/** What an event recorded, corrected; the newest of its kind, null where there is none. */
export function newestFacts(open: WireOpenSupply, event: SupplyEventKind): Record<string, unknown> | null {
	const found = open.events.findLast((one) => one.event === event);
	if (found === undefined) return null;
	const corrected = open.corrections
		.filter(({ eventNo }) => eventNo === found.eventNo)
		.map(({ field, value }) => [field, value] as const);
	return { ...found.facts, ...Object.fromEntries(corrected) };
}

/** The day of the first contract, corrected; null: there is none. */
export function signedOn(open: WireOpenSupply): string | null {
	const day = (newestFacts(open, 'sign_lease') ?? newestFacts(open, 'sign'))?.signedOn;
	return typeof day === 'string' ? day : null;
}

/** What a form of an event begins with: the day, and what was agreed before. */
export function firstFacts(
	event: SupplyEventKind,
	open: WireOpenSupply,
	today: string,
): Record<string, unknown> {
	const { mode } = open.supply;
	const [offer, award] = [newestFacts(open, 'offer'), newestFacts(open, 'award')];
	const terms = { leaseMonths: offer?.leaseMonths, grantYears: offer?.grantYears };
	const price = { priceFen: award?.priceFen, yearlyRentFen: award?.yearlyRentFen };
	const days = FIELDS[event].filter(
		({ kind, name }) => kind === 'day' && name.endsWith('On') && event !== 'offer',
	);
	const first: Record<string, unknown> = Object.fromEntries(days.map(({ name }) => [name, today]));
	if (event === 'offer')
		first.procedure = MODE_TRAITS[mode].procedures.at(-1) === 'decision' ? 'decision' : 'listing';
	if (event === 'sign' || event === 'sign_lease') Object.assign(first, terms, price);
	if (event === 'sign_grant') first.grantYears = open.grantYears;
	return first;
}
