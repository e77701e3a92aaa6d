import { z } from 'zod';
import { STATEMENT_ITEMS } from '$lib/domain/supply/guard-context.ts';
import { SUPPLY_EVENTS, SUPPLY_STATES } from '$lib/domain/supply/life-cycle.ts';
import { PROCEDURES, SUPPLY_MODES } from '$lib/domain/supply/mode.ts';
import { PERMIT_KINDS } from '$lib/domain/supply/permit-chain.ts';
import { END_CAUSES, SUPPORTED_HEADQUARTERS } from '$lib/domain/supply/record.ts';
import { DATE_KINDS } from '$lib/domain/supply/timeline.ts';
import { landCorrectionSchema, plotVersionSchema } from './land-correction.ts';

/** A day as it is given: near enough for terms to be reckoned from it. */
const day = z.iso.date().regex(/^(?:19|20|21)/);
const words = z.string().trim().min(1).max(500);
const text = z.string().trim().max(2000);
/** Most of an area in 0.01 m² or of an amount in fen: sums over hundreds stay within what a number holds exactly. */
export const FIGURE_MAX = 1e13;
/** Whole fen. */
const fen = z.int().positive().max(FIGURE_MAX);
const months = z.int().min(1).max(1200);
const years = z.int().min(1).max(100);
/** A number as addresses name it too. */
const number = z.int().positive().max(999_999_999);
export const clientId = z.string().regex(/^[0-9A-Za-z_-]{8,64}$/);
/** Open questions of which who acts says that he knows, by their names. */
export const acknowledged = z.array(z.string().max(500)).max(50);

/** A number as some office gives it; the form of an e-supervision number (电子监管号) is not known, no text that tells it was read. */
const markSchema = z
	.string()
	.trim()
	.max(60)
	.regex(/^\P{C}*$/u)
	.regex(/[\p{L}\p{N}]/u);

const contractSchema = z.strictObject({
	number: words,
	signedOn: day,
	principalOfficeId: z.string().max(40).nullable(),
	eSupervisionNumber: markSchema.nullable(),
	handOverBy: day.nullable(),
	startBy: day.nullable(),
	completeBy: day.nullable(),
	leaseMonths: months.nullable(),
	grantYears: years.nullable(),
	priceFen: fen.nullable(),
	yearlyRentFen: fen.nullable(),
	agreedConditions: z
		.array(z.strictObject({ key: z.string().regex(/^[a-z0-9-]{1,40}$/), text: words }))
		.max(20)
		.refine((conditions) => new Set(conditions.map(({ key }) => key)).size === conditions.length),
	onFailure: text.nullable(),
	instalments: z
		.array(z.strictObject({ dueOn: day, amountFen: fen }))
		.max(40)
		.default([]),
	rentPaymentMonths: z
		.union([1, 2, 3, 4, 6, 12].map((count) => z.literal(count)))
		.nullable()
		.default(null),
	rentDueAfterDays: z.int().min(0).max(366).nullable().default(null),
});
const resultsSchema = z
	.array(
		z.strictObject({ key: z.string().max(40), isMet: z.boolean(), evidence: z.string().trim().max(500) }),
	)
	.max(20);
const reasonSchema = z.strictObject({ reason: text });

/** What each event records; days 'YYYY-MM-DD', money in fen. */
export const eventFactsSchemas = {
	cancel: reasonSchema,
	offer: z.strictObject({
		procedure: z.enum(PROCEDURES),
		noticeOn: day,
		startsOn: day,
		endsOn: day,
		startPriceFen: fen.nullable(),
		priceBasis: words.nullable(),
		minutesNumber: words.nullable(),
		leaseMonths: months.nullable(),
		grantYears: years.nullable(),
		intendedUsers: z.int().nonnegative().nullable(),
		supplyConditions: z.array(words).max(20),
		noticeNumber: words.nullable(),
		headquarters: z.enum(SUPPORTED_HEADQUARTERS).nullable().optional(),
	}),
	withdraw_offer: reasonSchema,
	close_unsold: z.strictObject({ closedOn: day }),
	award: z.strictObject({
		awardedOn: day,
		holder: words,
		priceFen: fen.nullable(),
		yearlyRentFen: fen.nullable(),
		bidders: z.int().nonnegative().nullable(),
	}),
	void_award: reasonSchema,
	sign: contractSchema,
	sign_lease: contractSchema,
	hand_over: z.strictObject({ handedOverOn: day }),
	open_review: z.strictObject({ openedOn: day }),
	pass_review: z.strictObject({ passedOn: day, results: resultsSchema }),
	fail_review: z.strictObject({ failedOn: day, results: resultsSchema, reason: text }),
	extend_lease: z.strictObject({ decidedOn: day, leaseMonths: months, reason: text }),
	sign_grant: contractSchema,
	renew: z.strictObject({ appliedOn: day, leaseMonths: months.nullable(), grantYears: years.nullable() }),
	end: z.strictObject({ endedOn: day, cause: z.enum(END_CAUSES), reason: text }),
} as const;

/** A new supply of a plot in the programme. */
export const newSupplySchema = z.strictObject({
	clientId,
	plotNo: number,
	mode: z.enum(SUPPLY_MODES),
	year: z.int().min(1990).max(2200),
	quarter: z.int().min(1).max(4),
});

/** A new event; `expectedEdit` names the state that the writer saw. */
export const newSupplyEventSchema = z.strictObject({
	event: z.enum(SUPPLY_EVENTS),
	facts: z.record(z.string(), z.unknown()),
	acknowledged,
	expectedEdit: z.int().nonnegative(),
});

/** An event whose questions are asked, without doing it. */
export const askedEventSchema = newSupplyEventSchema.pick({ event: true, facts: true });

/** Values that were recorded wrongly, corrected together for one reason. */
export const newCorrectionSchema = z.strictObject({
	clientId,
	changes: z
		.array(
			z.strictObject({
				eventNo: number,
				event: z.enum(SUPPLY_EVENTS),
				field: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/),
				value: z.unknown(),
			}),
		)
		.min(1)
		.max(40),
	reason: words,
	expectedEdit: z.int().nonnegative(),
});

export const ruleReferenceSchema = z.object({
	key: z.string(),
	value: z.string().nullable(),
	unit: z.string().nullable(),
	areaKind: z.string().nullable(),
	comparison: z.string().nullable(),
	source: z.string(),
	status: z.enum(['verified', 'unverified', 'example']),
});
export const findingSchema = z.object({
	/** What is sent back as acknowledged, where it is unknown. */
	question: z.string(),
	outcome: z.enum(['pass', 'fail', 'unknown']),
	code: z.string(),
	params: z.record(z.string(), z.union([z.string(), z.number()])),
	rule: ruleReferenceSchema.nullable(),
});

const count = z.int().nonnegative();

/** A new plot of plan parcels; `within` is a polygon in degrees (EPSG:4490), null: the whole of them. */
export const newPlotSchema = z.strictObject({
	clientId,
	name: z.string().trim().min(1).max(200),
	parcelNos: z.array(number).min(1).max(200),
	within: z
		.array(z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]))
		.min(3)
		.max(2000)
		.nullable(),
	batchNo: number.nullable(),
	cadastralCode: z.string().max(40).nullable(),
	unitCode: z.string().max(40).nullable(),
	codeStatus: z.enum(['none', 'provisional', 'registered']),
	documentAreaDm2: z.int().positive().max(FIGURE_MAX).nullable(),
	/** That the document's area is right, however far it lies from the drawn one. */
	isAreaConfirmed: z.boolean().default(false),
	/** That its code is of this county, whatever others of its park begin with. */
	isCodeConfirmed: z.boolean().default(false),
	reason: text,
});
/** The batch that a plot is to have, and the one that its writer saw; null: none. */
export const plotBatchSchema = z.strictObject({
	batchNo: number.nullable(),
	expectedBatchNo: number.nullable(),
});
export const plotSchema = z.object({
	plotNo: z.int(),
	name: z.string(),
	parkId: z.string(),
	classSystem: z.string(),
	classVersion: z.string(),
	classCode: z.string(),
	batchNo: z.int().nullable(),
	cadastralCode: z.string().nullable(),
	unitCode: z.string().nullable(),
	codeStatus: z.enum(['none', 'provisional', 'registered']),
	supervisionNumber: z.string().nullable(),
	isSynthetic: z.boolean(),
	isWithdrawn: z.boolean(),
	version: z.int(),
	areaDm2: count,
	planarAreaDm2: count,
	planarSrid: z.int(),
	documentAreaDm2: count.nullable(),
	coverageId: z.string(),
	revision: z.int(),
	west: z.number(),
	south: z.number(),
	east: z.number(),
	north: z.number(),
});
export const plotListSchema = z.object({ plots: z.array(plotSchema), next: z.int().nullable() });
export const statementSchema = z.strictObject({
	item: z.enum(STATEMENT_ITEMS),
	outcome: z.enum(['pass', 'fail', 'unknown']),
	statedOn: day,
	document: z.string().trim().max(500).nullable(),
});
export const newStatementSchema = statementSchema.extend({ clientId });
export const permitSchema = z.strictObject({
	kind: z.enum(PERMIT_KINDS),
	number: z.string().trim().min(1).max(100),
	office: z.string().trim().min(1).max(200),
	issuedOn: day,
});
export const newPermitSchema = permitSchema.extend({ clientId });
export const paymentSchema = z.strictObject({
	kind: z.enum(['price', 'rent', 'top_up', 'fee', 'penalty']),
	/** Fen; negative: takes an entry back. */
	amountFen: z.int().min(-FIGURE_MAX).max(FIGURE_MAX),
	paidOn: day,
	reference: z.string().trim().min(1).max(200),
	correctsNo: number.nullable(),
});
export const newPaymentSchema = paymentSchema.extend({ clientId });
export const newSecretSchema = z.discriminatedUnion('kind', [
	z.strictObject({
		...{ clientId, kind: z.literal('reserve_price'), amountFen: fen, bidder: z.null(), statedOn: day },
	}),
	z.strictObject({
		...{ clientId, kind: z.literal('bid'), amountFen: fen.nullable(), bidder: words, statedOn: day },
	}),
]);

export const supplySchema = z.object({
	supplyNo: z.int(),
	plotNo: z.int(),
	plotName: z.string(),
	parkId: z.string(),
	mode: z.enum(SUPPLY_MODES),
	year: z.int(),
	quarter: z.int(),
	state: z.enum(SUPPLY_STATES),
	editNo: z.int(),
	dueOn: z.iso.date().nullable(),
});
export const supplyListSchema = z.object({ supplies: z.array(supplySchema), next: z.int().nullable() });
export const openPlotSchema = z.object({
	plot: plotSchema,
	parcels: z.array(
		z.object({
			coverageId: z.string(),
			parcelNo: z.int(),
			parcelVersion: z.int(),
			/** As it was then; empty: it had none. */
			code: z.string(),
			sharedAreaDm2: count,
			isWhole: z.boolean(),
		}),
	),
	statements: z.array(z.object(statementSchema.shape)),
	/** The checklist of clear land (净地), item by item, by the rules of today. */
	reserve: z.array(findingSchema.omit({ question: true })),
	permits: z.array(z.object({ permitNo: z.int(), ...permitSchema.shape, isVoid: z.boolean() })),
	supplies: z.array(supplySchema),
	/** Whether it no longer agrees with the published plan. */
	isAstray: z.boolean(),
	/** Numbers of the parcels of today's plan on which its ground lies; null: it agrees with the plan. */
	parcelsToday: z.array(z.int()).nullable(),
	versions: z.array(plotVersionSchema),
	/** What of its codes and permits was corrected, and whether it was withdrawn, with what stood before. */
	corrections: z.array(landCorrectionSchema),
	/** Whether the reader may change what is recorded of it; decide what of it is agreed. */
	mayManage: z.boolean(),
	mayDecide: z.boolean(),
});

export const findingsSchema = z.object({ findings: z.array(findingSchema) });
export const timelineDateSchema = z.object({
	kind: z.enum(DATE_KINDS),
	on: z.iso.date().nullable(),
	isReckoned: z.boolean(),
	isDue: z.boolean(),
	rule: ruleReferenceSchema.nullable(),
});
/** A supply with all that hangs on it, as the reader may see it. */
export const openSupplySchema = z.object({
	supply: supplySchema,
	leaseMonths: z.int().nullable(),
	grantYears: z.int().nullable(),
	/** Who holds it today; with whom it was before, and since when, where it was transferred. */
	holder: z.string().nullable(),
	formerHolder: z.string().nullable(),
	heldSince: z.iso.date().nullable(),
	agreedConditions: z.array(z.object({ key: z.string(), text: z.string() })),
	events: z.array(
		z.object({
			eventNo: z.int(),
			event: z.enum(SUPPLY_EVENTS),
			fromState: z.enum(SUPPLY_STATES),
			toState: z.enum(SUPPLY_STATES),
			facts: z.record(z.string(), z.unknown()),
			unknowns: z.array(z.string()),
			userName: z.string().nullable(),
			occurredAt: z.string(),
		}),
	),
	corrections: z.array(
		z.object({
			correctionNo: z.int(),
			eventNo: z.int(),
			field: z.string(),
			value: z.unknown(),
			reason: z.string(),
			userName: z.string().nullable(),
			occurredAt: z.string(),
		}),
	),
	payments: z.array(z.object({ paymentNo: z.int(), ...paymentSchema.shape })),
	secrets: z.array(
		z.object({
			secretNo: z.int(),
			kind: z.enum(['reserve_price', 'bid']),
			amountFen: z.int().nullable(),
			bidder: z.string().nullable(),
			statedOn: day,
		}),
	),
	timeline: z.array(timelineDateSchema),
	lifeCycle: z.array(
		z.object({
			from: z.enum(SUPPLY_STATES),
			event: z.enum(SUPPLY_EVENTS),
			to: z.enum(SUPPLY_STATES),
			guards: z.array(z.string()),
			permission: z.string(),
			by: z.enum(['anyone', 'another']),
		}),
	),
	possible: z.array(z.enum(SUPPLY_EVENTS)),
	/** What the reader may correct: events by number, with the names of their fields. */
	correctable: z.array(z.object({ eventNo: z.int(), fields: z.array(z.string()) })),
	/** Whether the reader may record payments: by the park of the plot. */
	mayManage: z.boolean(),
});
