import { compareDays } from '../calendar/day.ts';
import type { PauseCause } from '../tenure/idle-clock.ts';
import type { LandUse } from '../tenure/term.ts';

/** What is recorded of a supply beside the events that move it. */
export const FACT_KINDS = [
	'progress',
	'figures',
	'pause',
	'rent_review',
	'indicator',
	'assessment',
	'disposal',
	'exit',
	'transfer',
	'price',
	'certificate',
	'transfer_terms',
	'supplement',
	'transfer_done',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** Steps of works: a start is the foundation test of Order 53 (基础施工), seen by somebody. */
export const PROGRESS_STEPS = [
	'started',
	'stopped',
	'resumed',
	'completed',
	'in_production',
	'full_production',
] as const;
export type ProgressStep = (typeof PROGRESS_STEPS)[number];

/** From which day an indicator is checked: a day, or months after something was reached. */
export const CHECK_POINTS = [
	'date',
	'handed_over',
	'started',
	'completed',
	'in_production',
	'full_production',
] as const;
export type CheckPoint = (typeof CHECK_POINTS)[number];

/** Control indicators of industrial land (工业项目建设用地控制指标, and what is agreed with them of output, tax and energy), in the order in which they are shown. */
export const CONTROL_INDICATORS = [
	'investment-min',
	'far-min',
	'density-min',
	'office-land-max',
	'living-floor-max',
	'output-min',
	'tax-min',
	'energy-max',
] as const;
export type ControlIndicator = (typeof CONTROL_INDICATORS)[number];

/** What becomes of buildings when a right ends. */
export const BUILDING_OUTCOMES = [
	'none',
	'compensated',
	'taken_without_payment',
	'removed_by_holder',
	'passed_on',
	'as_contract',
] as const;
export type BuildingOutcome = (typeof BUILDING_OUTCOMES)[number];

/** What is done with a right on the secondary market (二级市场), and with shares in its holder. */
export const TRANSFER_KINDS = ['transfer', 'sublet', 'mortgage', 'shares'] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];

/** What a contract or the performance agreement says of a transfer. */
export const TRANSFER_ADMISSIONS = ['forbidden', 'with_consent', 'free'] as const;
/** Steps of works before which a transfer may be agreed not to be admitted. */
export const TRANSFER_STEPS = ['started', 'completed', 'in_production', 'full_production'] as const;
export type TransferStep = (typeof TRANSFER_STEPS)[number];
export type TransferAdmission = (typeof TRANSFER_ADMISSIONS)[number];

/** What is done where an indicator of the performance agreement was missed (违约处置). */
export const DISPOSAL_MEASURES = ['warning', 'rectify', 'penalty', 'exit'] as const;
export type DisposalMeasure = (typeof DISPOSAL_MEASURES)[number];

/** What each kind records; days 'YYYY-MM-DD', areas in 0.01 m², money in fen, numbers of indicators as decimal text. */
export interface FactShapes {
	readonly progress: { readonly step: ProgressStep; readonly seenOn: string };
	readonly figures: {
		readonly statedOn: string;
		readonly developedDm2: number | null;
		readonly toDevelopDm2: number | null;
		/** Without land price and taxes. */
		readonly investedFen: number | null;
		readonly totalInvestmentFen: number | null;
	};
	readonly pause: { readonly cause: PauseCause; readonly fromOn: string; readonly toOn: string | null };
	/** A rent set anew, from a year of the lease on. */
	readonly rent_review: {
		readonly fromYear: number;
		readonly yearlyRentFen: number;
		readonly decidedOn: string;
	};
	readonly indicator: {
		readonly name: string;
		/** Which control indicator of industrial land it is; null, or not given in what was recorded before they were asked for: none. */
		readonly control?: ControlIndicator | null;
		readonly unit: string;
		readonly comparison: '>=' | '<=';
		readonly target: string;
		/** How far a value may miss the target and still be let pass, in the unit; null: nothing is agreed. */
		readonly tolerance: string | null;
		readonly checkPoint: CheckPoint;
		/** Of the check point `date`; else null. */
		readonly checkOn: string | null;
		readonly monthsAfter: number | null;
		/** Department that answers for it. */
		readonly owner: string;
	};
	readonly assessment: {
		/** Number of the indicator's fact. */
		readonly indicatorNo: number;
		readonly assessedOn: string;
		readonly value: string;
	};
	/** What was decided of an indicator that was missed, by the agreement. */
	readonly disposal: {
		/** Number of the indicator's fact. */
		readonly indicatorNo: number;
		readonly measure: DisposalMeasure;
		readonly decidedOn: string;
		/** Day by which it has to be put right; null: nothing has to. */
		readonly rectifyBy: string | null;
		/** What is paid as agreed; null: nothing. */
		readonly amountFen: number | null;
		/** Last day of payment; null where nothing is paid. */
		readonly payBy: string | null;
		readonly note: string;
	};
	readonly exit: {
		readonly handedBackOn: string;
		readonly buildings: BuildingOutcome;
		/** What was paid for them; null: nothing, or not stated. */
		readonly paidFen: number | null;
		readonly toReserve: boolean;
		readonly note: string;
	};
	readonly transfer: {
		readonly what: TransferKind;
		readonly askedOn: string;
		readonly toWhom: string;
		readonly sharePct: string | null;
		readonly outcome: 'asked' | 'consented' | 'refused';
	};
	/** A price of reference: benchmark (基准地价) or appraisal (评估), of the whole plot. */
	readonly price: {
		readonly what: 'benchmark' | 'appraisal';
		readonly statedOn: string;
		readonly totalFen: number;
	};
	/** The certificate of the right (不动产权证书), as the registry issued it. */
	readonly certificate: { readonly number: string; readonly registeredOn: string };
	/** What was agreed of a transfer, once for each kind. */
	readonly transfer_terms: {
		readonly what: TransferKind;
		readonly admission: TransferAdmission;
		/** Step of works before which it is not admitted; null: none. */
		readonly afterStep: TransferStep | null;
		/** Largest share that may change hands, decimal text; null: no limit is agreed, or it is no matter of shares. */
		readonly sharePctMax: string | null;
	};
	/** A supplement to the contract (补充协议) on a change of use or of floor, with what is paid on top (补地价). */
	readonly supplement: {
		readonly agreedOn: string;
		readonly useBefore: LandUse;
		readonly useAfter: LandUse;
		readonly floorBeforeDm2: number;
		readonly floorAfterDm2: number;
		/** Null: nothing is paid. */
		readonly topUpFen: number | null;
		/** Last day of payment; null where nothing is paid. */
		readonly payBy: string | null;
	};
	/** What was done on the secondary market by a consent, which it uses up. */
	readonly transfer_done: {
		/** Number of the consent's fact. */
		readonly consentNo: number;
		readonly doneOn: string;
	};
}

/** A row as it was recorded. */
export type SupplyFact = {
	[Kind in FactKind]: {
		readonly factNo: number;
		readonly kind: Kind;
		readonly facts: FactShapes[Kind];
		readonly document: string;
		/** Row whose place it takes. */
		readonly replacesNo: number | null;
		readonly isVoid: boolean;
	};
}[FactKind];

export type FactOf<Kind extends FactKind> = Extract<SupplyFact, { kind: Kind }>;

/** The rows of a kind that stand: neither replaced nor taken back, in the order in which they were recorded. O(rows). */
export function standingFacts<Kind extends FactKind>(
	rows: readonly SupplyFact[],
	kind: Kind,
): FactOf<Kind>[] {
	return standing(rows).filter((row): row is FactOf<Kind> => row.kind === kind);
}

/** The rows that stand, of whatever kind. O(rows). */
export function standing(rows: readonly SupplyFact[]): SupplyFact[] {
	const replaced = new Set(rows.map(({ replacesNo }) => replacesNo));
	return rows.filter(({ factNo, isVoid }) => !isVoid && !replaced.has(factNo));
}

/** The numbers under which a row may be named: its own and those whose place it took. O(rows × corrections). */
export function numbersOf(row: SupplyFact, rows: readonly SupplyFact[]): ReadonlySet<number> {
	const numbers = new Set([row.factNo]);
	for (let before = row.replacesNo; before !== null && !numbers.has(before);) {
		numbers.add(before);
		before = rows.find(({ factNo }) => factNo === before)?.replacesNo ?? null;
	}
	return numbers;
}

/** What was done by a consent; undefined: it is not used up. One that was corrected stays used up. O(rows × corrections). */
export function doneBy(
	consent: FactOf<'transfer'>,
	rows: readonly SupplyFact[],
	done = standingFacts(rows, 'transfer_done'),
): FactOf<'transfer_done'> | undefined {
	const numbers = numbersOf(consent, rows);
	return done.find(({ facts }) => numbers.has(facts.consentNo));
}

/** Works on a plot as they stand recorded. */
export interface Works {
	readonly startedOn: string | null;
	readonly completedOn: string | null;
	readonly inProductionOn: string | null;
	readonly fullProductionOn: string | null;
	/** Since when they stand still; null: they do not. */
	readonly stoppedOn: string | null;
}

/**
 * Reckons how works stand from their recorded steps: the last of stopping and going on by its day counts, of one day the one recorded last; completed
 * works do not stand still. O(n log n).
 */
export function worksOf(rows: readonly SupplyFact[]): Works {
	const steps = standingFacts(rows, 'progress');
	const dayOf = (step: ProgressStep) =>
		steps.findLast(({ facts }) => facts.step === step)?.facts.seenOn ?? null;
	const pace = steps
		.filter(({ facts }) => facts.step === 'stopped' || facts.step === 'resumed')
		.sort((a, b) => compareDays(a.facts.seenOn, b.facts.seenOn) || a.factNo - b.factNo);
	const last = pace.at(-1);
	const completedOn = dayOf('completed');
	return {
		startedOn: dayOf('started'),
		completedOn,
		inProductionOn: dayOf('in_production'),
		fullProductionOn: dayOf('full_production'),
		stoppedOn: completedOn === null && last?.facts.step === 'stopped' ? last.facts.seenOn : null,
	};
}
