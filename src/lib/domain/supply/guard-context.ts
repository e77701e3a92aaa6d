import type { OfficeKind } from '../access/permission.ts';
import type { WorkCalendar } from '../calendar/working-day.ts';
import type { RuleValue } from '../rule/rule-value.ts';
import type { PricedArea } from '../tenure/price.ts';
import type { LandUse } from '../tenure/term.ts';
import type { Finding } from './finding.ts';
import type { SupplyEvent, SupplyRecord } from './record.ts';

export const RESERVE_ITEMS = [
	'rights_clear',
	'compensation_paid',
	'no_dispute',
	'ready_for_work',
	'soil',
	'archaeology',
] as const;
export type ReserveItem = (typeof RESERVE_ITEMS)[number];

/** What can be stated of a plot: the checklist, and whether it fits the industry-development plan (产业规划). */
export const STATEMENT_ITEMS = [...RESERVE_ITEMS, 'industry_plan'] as const;
export type StatementItem = (typeof STATEMENT_ITEMS)[number];
export type StatementOutcome = 'pass' | 'fail' | 'unknown';

/** What was stated of an item, by whose document; day 'YYYY-MM-DD'. */
export interface Stated {
	readonly outcome: StatementOutcome;
	readonly statedOn: string;
	readonly document: string | null;
}

/** What is known of the plot that is supplied. */
export interface SuppliedPlot {
	readonly parkId: string;
	/** National code of its class; of a local class (MX) the national one that it counts as. */
	readonly classCode: string;
	readonly isLocalClass: boolean;
	readonly use: LandUse | null;
	/** The area that a price is reckoned by. */
	readonly area: PricedArea;
	/** What was stated last of each item; none: not stated. */
	readonly statements: ReadonlyMap<StatementItem, Stated>;
	/** Last day of the right that was on it before; null: none was. */
	readonly heldUntil: string | null;
	/** How many of its plan parcels have planning conditions, of how many. */
	readonly parcels: number;
	readonly parcelsWithConditions: number;
	/** Whether the newest published plan still has its parcels as they were, and of its class; null: not known. */
	readonly agreesWithPlan: boolean | null;
	/** What the MX rule set says of it; empty where it is no MX plot. */
	readonly mx: readonly Finding[];
}

/** What the questions before an event are answered from. */
export interface GuardContext {
	readonly record: SupplyRecord;
	readonly event: Pick<SupplyEvent, 'event' | 'facts'>;
	readonly plot: SuppliedPlot;
	readonly programmeYear: number;
	readonly rules: readonly RuleValue[];
	readonly calendar: WorkCalendar;
	readonly officeKinds: ReadonlyMap<string, OfficeKind>;
	/** Reserve price that was recorded last, in fen; null: none was set. */
	readonly reservePriceFen: number | null;
	/** Today in the zone, 'YYYY-MM-DD'. */
	readonly onDate: string;
}
