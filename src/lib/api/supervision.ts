import { z } from 'zod';
import { VERDICTS } from '$lib/domain/supply/agreement.ts';
import { DUE_KINDS } from '$lib/domain/supply/due.ts';
import { IDLE_CAUSES, IDLE_MEASURES, IDLE_STATES, IDLE_STEPS } from '$lib/domain/supply/idle-proceeding.ts';
import { PROPOSALS, SCAN_LISTS } from '$lib/domain/supply/land-scan.ts';
import { PAYMENT_KINDS } from '$lib/domain/supply/supervision.ts';
import {
	BUILDING_OUTCOMES,
	CHECK_POINTS,
	CONTROL_INDICATORS,
	DISPOSAL_MEASURES,
	FACT_KINDS,
	PROGRESS_STEPS,
	TRANSFER_ADMISSIONS,
	TRANSFER_STEPS,
	TRANSFER_KINDS,
} from '$lib/domain/supply/supply-fact.ts';
import { SUPPLY_STATES } from '$lib/domain/supply/life-cycle.ts';
import { SUPPLY_MODES } from '$lib/domain/supply/mode.ts';
import { DATE_KINDS } from '$lib/domain/supply/timeline.ts';
import { LAND_USES } from '$lib/domain/tenure/term.ts';
import { PAUSE_CAUSES } from '$lib/domain/tenure/idle-clock.ts';
import {
	acknowledged,
	clientId,
	FIGURE_MAX,
	findingSchema,
	ruleReferenceSchema,
	supplySchema,
} from './supply.ts';

const day = z.iso.date().regex(/^(?:19|20|21)/);
const words = z.string().trim().min(1).max(500);
const text = z.string().trim().max(2000);
const fen = z.int().positive().max(FIGURE_MAX);
/** An area or amount as it is given. */
const given = z.int().nonnegative().max(FIGURE_MAX);
const area = z.int().nonnegative();
const number = z.int().positive().max(999_999_999);
/** A decimal number as text, exact. */
const decimal = z.string().regex(/^-?\d{1,15}(?:\.\d{1,6})?$/);
const notNegative = z.string().regex(/^\d{1,15}(?:\.\d{1,6})?$/);

/** A share in hundredths, at most the whole. */
const share = z.string().regex(/^(?:100(?:\.0{1,6})?|\d{1,2}(?:\.\d{1,6})?)$/);

/** What each kind of fact records. */
export const factSchemas = {
	progress: z.strictObject({ step: z.enum(PROGRESS_STEPS), seenOn: day }),
	figures: z.strictObject({
		statedOn: day,
		developedDm2: given.nullable(),
		toDevelopDm2: given.nullable(),
		investedFen: given.nullable(),
		totalInvestmentFen: given.nullable(),
	}),
	pause: z.strictObject({ cause: z.enum(PAUSE_CAUSES), fromOn: day, toOn: day.nullable() }),
	rent_review: z.strictObject({
		fromYear: z.int().min(2).max(100),
		yearlyRentFen: fen,
		decidedOn: day,
	}),
	indicator: z.strictObject({
		name: z.string().trim().min(1).max(200),
		control: z.enum(CONTROL_INDICATORS).nullable().default(null),
		unit: z.string().trim().min(1).max(40),
		comparison: z.enum(['>=', '<=']),
		target: decimal,
		tolerance: notNegative.nullable(),
		checkPoint: z.enum(CHECK_POINTS),
		checkOn: day.nullable(),
		monthsAfter: z.int().min(0).max(600).nullable(),
		owner: z.string().trim().min(1).max(200),
	}),
	assessment: z.strictObject({ indicatorNo: number, assessedOn: day, value: decimal }),
	disposal: z.strictObject({
		indicatorNo: number,
		measure: z.enum(DISPOSAL_MEASURES),
		decidedOn: day,
		rectifyBy: day.nullable(),
		amountFen: fen.nullable(),
		payBy: day.nullable(),
		note: text,
	}),
	exit: z.strictObject({
		handedBackOn: day,
		buildings: z.enum(BUILDING_OUTCOMES),
		paidFen: fen.nullable(),
		toReserve: z.boolean(),
		note: text,
	}),
	transfer: z.strictObject({
		what: z.enum(TRANSFER_KINDS),
		askedOn: day,
		toWhom: words,
		sharePct: share.nullable(),
		outcome: z.enum(['asked', 'consented', 'refused']),
	}),
	price: z.strictObject({ what: z.enum(['benchmark', 'appraisal']), statedOn: day, totalFen: fen }),
	certificate: z.strictObject({ number: z.string().trim().min(1).max(100), registeredOn: day }),
	transfer_terms: z.strictObject({
		what: z.enum(TRANSFER_KINDS),
		admission: z.enum(TRANSFER_ADMISSIONS),
		afterStep: z.enum(TRANSFER_STEPS).nullable(),
		sharePctMax: share.nullable(),
	}),
	supplement: z.strictObject({
		agreedOn: day,
		useBefore: z.enum(LAND_USES),
		useAfter: z.enum(LAND_USES),
		floorBeforeDm2: given,
		floorAfterDm2: given,
		topUpFen: fen.nullable(),
		payBy: day.nullable(),
	}),
	transfer_done: z.strictObject({ consentNo: number, doneOn: day }),
} as const;

/** A new fact, or one that takes the place of another; `isVoid` takes it back, without facts. */
export const newFactSchema = z.strictObject({
	clientId,
	kind: z.enum(FACT_KINDS),
	facts: z.record(z.string(), z.unknown()),
	document: words,
	replacesNo: number.nullable(),
	isVoid: z.boolean(),
	acknowledged: acknowledged.default([]),
});

/** What each step of idle proceedings records. */
export const idleStepSchemas = {
	investigate: z.strictObject({ ground: words }),
	hear: z.strictObject({ hearing: z.enum(['held', 'waived']), statement: text }),
	withdraw: z.strictObject({ reason: words }),
	find_not_idle: z.strictObject({ reason: words }),
	find_idle: z.strictObject({ cause: z.enum(IDLE_CAUSES), reason: words }),
	decide: z.strictObject({
		measure: z.enum(IDLE_MEASURES),
		amountFen: fen.nullable(),
		payBy: day.nullable(),
		note: text,
	}),
	close: z.strictObject({ outcome: words }),
} as const;
export const newIdleStepSchema = z.strictObject({
	clientId,
	step: z.enum(IDLE_STEPS),
	onDay: day,
	facts: z.record(z.string(), z.unknown()),
	document: words,
	acknowledged: acknowledged.default([]),
});

export const newNoteSchema = z
	.strictObject({
		clientId,
		list: z.enum(SCAN_LISTS),
		batchNo: number.nullable(),
		plotNo: number.nullable(),
		cause: words,
		proposal: words.nullable(),
		statedOn: day,
	})
	.refine(({ list, batchNo, plotNo }) =>
		list === 'approved_not_supplied'
			? batchNo !== null && plotNo === null
			: batchNo === null && plotNo !== null,
	);

const params = z.record(z.string(), z.union([z.string(), z.number()]));
const whySchema = z.object({ reason: z.string(), params, rule: ruleReferenceSchema.nullable() });
/** A value with why it is so; null: it cannot be told. */
const explained = <T extends z.ZodType>(value: T) => whySchema.extend({ value: value.nullable() });
const plainFinding = findingSchema.omit({ question: true });

/** Which due things are asked for. */
export const dueFilterSchema = z.strictObject({
	until: day,
	park: z.string().max(40).optional(),
	kind: z.enum(DUE_KINDS).optional(),
});
/** Which land that waits is asked for; a batch belongs to no park. */
export const scanFilterSchema = z
	.strictObject({ list: z.enum(SCAN_LISTS), park: z.string().max(40).optional() })
	.refine(({ list, park }) => list !== 'approved_not_supplied' || park === undefined, {
		path: ['park'],
		message: 'A batch belongs to no park.',
	});

export const dueItemSchema = z.object({
	kind: z.enum(DUE_KINDS),
	on: z.iso.date(),
	lateDays: z.int().nonnegative(),
	openFen: z.int().nullable(),
	indicator: z.string().nullable(),
	why: whySchema,
});
export const dueListSchema = z.object({
	onDate: z.iso.date(),
	/** Whether first due days are being reckoned anew: what is found rests on those before. */
	isReckoning: z.boolean(),
	items: z.array(dueItemSchema.extend({ supply: supplySchema })),
	next: z.string().nullable(),
});
/** What is due month by month: a page of things, and how much each month holds as a whole. */
export const dueMonthsSchema = dueListSchema.extend({
	/** Month 'YYYY-MM'; null: what is late. */
	months: z.array(z.object({ month: z.string().nullable(), count: z.int(), openFen: z.int() })),
	/** So many supplies were reckoned and there are more; null: all were. */
	mostSupplies: z.int().nullable(),
	next: z.int().nullable(),
});

const factRowSchema = z.object({
	factNo: z.int(),
	kind: z.enum(FACT_KINDS),
	facts: z.record(z.string(), z.unknown()),
	document: z.string(),
	replacesNo: z.int().nullable(),
	isVoid: z.boolean(),
	userName: z.string().nullable(),
	occurredAt: z.string(),
});
const idleStandingSchema = z.object({
	status: z.enum(['unknown', 'not_idle', 'suspected', 'in_proceedings', 'idle']),
	proceedings: z.enum(IDLE_STATES),
	answer: explained(z.enum(['not_idle', 'suspected'])).extend({
		limb: z.enum(['not_started', 'stopped']).nullable(),
		sinceOn: z.iso.date().nullable(),
		time: z
			.object({
				countedDays: z.int(),
				excluded: z.array(z.object({ cause: z.enum(PAUSE_CAUSES), days: z.int() })),
			})
			.nullable(),
		missing: z.array(z.string()),
	}),
	fee: explained(z.int()),
	takeBackFrom: explained(z.iso.date()).nullable(),
});
const chargeSchema = z.object({
	dueOn: z.iso.date(),
	amountFen: z.int(),
	paidFen: z.int(),
	openFen: z.int(),
	lateDays: z.int(),
});

/** The supervision of a supply as it is on a day. */
export const supervisionSchema = z.object({
	supply: supplySchema,
	onDate: z.iso.date(),
	/** What prices rest on, in 0.01 m². */
	area: z.object({ areaDm2: z.int(), areaKind: z.string() }),
	dates: z.array(
		explained(z.iso.date()).extend({
			kind: z.enum(DATE_KINDS),
			isDue: z.boolean(),
			doneOn: z.iso.date().nullable(),
			lateDays: z.int(),
		}),
	),
	works: z.object({
		startedOn: z.iso.date().nullable(),
		completedOn: z.iso.date().nullable(),
		inProductionOn: z.iso.date().nullable(),
		fullProductionOn: z.iso.date().nullable(),
		stoppedOn: z.iso.date().nullable(),
	}),
	accounts: z.array(
		z.object({
			kind: z.enum(PAYMENT_KINDS),
			/** Why the charges are what they are; null: nothing of the kind is charged. */
			why: whySchema.nullable(),
			charges: z.array(chargeSchema),
			paidFen: z.int().nullable(),
			overdueFen: z.int().nullable(),
			creditFen: z.int().nullable(),
			fault: plainFinding.nullable(),
		}),
	),
	reviews: explained(z.array(z.iso.date())).nullable(),
	idle: idleStandingSchema.nullable(),
	prices: z.array(plainFinding),
	/** Control indicators of industrial land, what is agreed against their rules. */
	controls: z.array(plainFinding),
	indicators: z.array(
		z.object({
			indicatorNo: z.int(),
			...factSchemas.indicator.shape,
			document: z.string(),
			checkedOn: explained(z.iso.date()),
			verdict: z.enum(VERDICTS),
			assessments: z.array(
				z.object({ factNo: z.int(), assessedOn: day, value: z.string(), document: z.string() }),
			),
			disposals: z.array(factSchemas.disposal),
			rectifyBy: day.nullable(),
		}),
	),
	due: z.array(dueItemSchema),
	facts: z.array(factRowSchema),
	idleSteps: z.array(
		z.object({
			stepNo: z.int(),
			step: z.enum(IDLE_STEPS),
			fromState: z.enum(IDLE_STATES),
			toState: z.enum(IDLE_STATES),
			onDay: z.iso.date(),
			facts: z.record(z.string(), z.unknown()),
			document: z.string(),
			userName: z.string().nullable(),
			occurredAt: z.string(),
		}),
	),
	possibleSteps: z.array(z.enum(IDLE_STEPS)),
	mayRecord: z.boolean(),
	/** Whether this reader may record what one decides who is no officer. */
	mayDecide: z.boolean(),
});

const noteSchema = z.object({
	noteNo: z.int(),
	cause: z.string(),
	proposal: z.string().nullable(),
	statedOn: z.iso.date(),
	userName: z.string().nullable(),
});
export const batchSchema = z.object({
	batchNo: z.int(),
	number: z.string(),
	title: z.string(),
	approvedOn: z.iso.date(),
	approvingOffice: z.string(),
	approvedAreaDm2: area,
	source: z.string(),
	isSynthetic: z.boolean(),
	isWithdrawn: z.boolean(),
	plots: z.int(),
	suppliedPlots: z.int(),
	suppliedDm2: area,
	/** Supplied plots whose area is the ellipsoidal one, as no document states any. */
	withoutDocument: z.int(),
	/** Negative: more was supplied than approved, a figure is wrong. */
	remainingDm2: z.int(),
	state: z.enum(['supplied', 'remaining', 'over_supplied']),
	ageDays: z.int(),
	lapse: explained(z.iso.date()),
	isPastLapse: z.boolean().nullable(),
	note: noteSchema.nullable(),
});
export const scanSchema = z.object({
	list: z.enum(SCAN_LISTS),
	onDate: z.iso.date(),
	count: z.int().nullable(),
	areaDm2: z.int().nullable(),
	batches: z.array(batchSchema.extend({ proposal: z.enum(PROPOSALS) })),
	/** Whether the reader may note why batches wait, and of each supply why its land does. */
	mayNoteBatches: z.boolean(),
	supplies: z.array(
		z.object({
			supply: supplySchema,
			areaDm2: area,
			sinceOn: z.iso.date().nullable(),
			ageDays: z.int(),
			idle: idleStandingSchema.nullable(),
			pauseCause: z.string().nullable(),
			missed: z.array(z.string()),
			lowEfficiency: explained(z.boolean()).nullable(),
			proposal: z.enum(PROPOSALS),
			note: noteSchema.nullable(),
			mayNote: z.boolean(),
		}),
	),
	next: z.int().nullable(),
});
export const scanTotalsSchema = z.object({
	totals: z.array(
		z.object({ list: z.enum(SCAN_LISTS), count: z.int().nullable(), areaDm2: z.int().nullable() }),
	),
});

export const supplyTotalsSchema = z.object({
	counts: z.array(
		z.object({
			mode: z.enum(SUPPLY_MODES),
			state: z.enum(SUPPLY_STATES),
			parkId: z.string(),
			supplies: z.int(),
			/** Document areas, ellipsoidal where there is none, in 0.01 m². */
			areaDm2: area,
		}),
	),
	programmes: z.array(
		z.object({
			year: z.int(),
			number: z.string(),
			approvedOn: z.iso.date().nullable(),
			source: z.string(),
			isSynthetic: z.boolean(),
		}),
	),
	plotsAstray: z.array(z.int()),
});
export const plotsAstraySchema = supplyTotalsSchema.pick({ plotsAstray: true });
