import { z } from 'zod';
import { PIN_STANDINGS } from '$lib/domain/changeset/comment-pin.ts';
import { TARGET_MEASURES } from '$lib/domain/changeset/draft-target.ts';
import { CHANGESET_KINDS } from '$lib/domain/changeset/kind.ts';
import { CHANGESET_EVENTS, CHANGESET_STATES } from '$lib/domain/changeset/life-cycle.ts';
import { PAPER_KINDS } from '$lib/domain/changeset/publishing-papers.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import type { WireDifference, WireShape } from '$lib/domain/changeset/wire-difference.ts';
import { parcelCodeSchema, planningConditionSchema, stepSchema } from './changeset-step.ts';
import { issueSchema } from './issue.ts';

const MOST_STEPS = 200;
const clientId = z.string().regex(/^[0-9A-Za-z_-]{8,64}$/);
const title = z.string().trim().max(200);
const longText = z.string().max(10_000);
const count = z.int().min(0);
const day = z.iso.date().nullable();
const shortText = z.string().max(200).nullable();

/** A changeset in lists. */
export const changesetSchema = z.object({
	changesetNo: z.int(),
	coverageId: z.string(),
	baseRevision: z.int(),
	kind: z.enum(CHANGESET_KINDS),
	title,
	reason: longText,
	state: z.enum(CHANGESET_STATES),
	/** How many of its steps count, of how many there are. */
	head: count,
	stepCount: count,
	/** Names the state of the draft: writers say which they built on. */
	editNo: count,
	parkIds: z.array(z.string().nullable()),
	authorId: z.string(),
	authorName: z.string().nullable(),
	createdAt: z.string(),
	changedAt: z.string(),
	publishedRevision: z.int().nullable(),
});

export const changesetListSchema = z.object({ changesets: z.array(changesetSchema) });

/** What begins a changeset; sent twice it is begun once. */
export const newChangesetSchema = z.strictObject({
	clientId,
	coverageId: z.string().max(40),
	kind: z.enum(CHANGESET_KINDS),
	title,
	reason: longText,
});

export const changesetTextSchema = z.strictObject({ title, reason: longText });

export const paperSchema = z.strictObject({
	startsOn: day,
	endsOn: day,
	number: shortText,
	office: shortText,
	issuedOn: day,
	summary: longText.nullable(),
	documentNo: z.int().positive().nullable(),
});
export const paperKindSchema = z.enum(PAPER_KINDS);

export const newCommentSchema = z.strictObject({
	body: longText.trim().min(1),
	parcelNo: z.int32().nullable(),
	lon: z.number().min(-180).max(180).nullable(),
	lat: z.number().min(-90).max(90).nullable(),
	/** The step that made the new parcel, as its writer saw it; left out: as it is now. */
	stepId: clientId.nullish(),
});

/** A changeset with what hangs on it, steps aside. */
export const openChangesetSchema = z.object({
	changeset: changesetSchema,
	/** Another than the base: others have published since. */
	latestRevision: z.int(),
	/** West, south, east, north of what it changes, degrees (EPSG:4490); null: nothing. */
	box: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
	events: z.array(
		z.object({
			eventNo: z.int(),
			event: z.enum(CHANGESET_EVENTS),
			fromState: z.enum(CHANGESET_STATES),
			toState: z.enum(CHANGESET_STATES),
			userId: z.string(),
			userName: z.string().nullable(),
			comment: z.string(),
			revision: z.int().nullable(),
			occurredAt: z.string(),
		}),
	),
	comments: z.array(
		z.object({
			commentNo: z.int(),
			body: z.string(),
			parcelNo: z.int().nullable(),
			/** The place that it is about, or one inside its parcel at the time. */
			lon: z.number().nullable(),
			lat: z.number().nullable(),
			/** Its parcel as it stands now, null: it is of none. Numbers of new parcels are given again after an undo, steps are not. */
			pin: z
				.object({
					stepId: z.string().nullable(),
					/** `gone`: undone, cut or merged since; `unknown`: an old comment that does not say which parcel it was. */
					standing: z.enum(PIN_STANDINGS),
					code: z.string().nullable(),
					publishedNo: z.int().nullable(),
				})
				.nullable(),
			userId: z.string(),
			userName: z.string().nullable(),
			recordedAt: z.string(),
		}),
	),
	documents: z.array(
		z.object({
			documentNo: z.int(),
			name: z.string(),
			mediaType: z.string(),
			byteCount: count,
			sha256: z.string(),
			userId: z.string(),
			recordedAt: z.string(),
		}),
	),
	papers: z.array(paperSchema.extend({ kind: paperKindSchema })),
	/** Size that a document may have, in MB. */
	documentMaxMb: z.int(),
});

/** A document that was added or removed. */
export const documentNoSchema = z.object({ documentNo: z.int() });

/** Steps to be added, on the edit that the writer built on. */
export const stepBatchSchema = z.strictObject({
	expectedEdit: count,
	steps: z
		.array(z.strictObject({ clientId, step: stepSchema }))
		.min(1)
		.max(MOST_STEPS),
});

const storedStepSchema = z.object({
	clientId: z.string(),
	stepNo: z.int(),
	digest: z.string(),
	/** As `differenceSchema` has it, by which readers check it: it is the server's own, and may be large. */
	difference: z.custom<WireDifference>(),
});

export const appendedStepsSchema = z.object({
	head: count,
	editNo: count,
	stored: z.array(storedStepSchema).readonly(),
	refused: z.object({ clientId: z.string(), issue: issueSchema }).nullable(),
});

export const stepListSchema = z.object({
	changeset: changesetSchema,
	steps: z.array(
		storedStepSchema.extend({
			verb: z.string(),
			params: z.record(z.string(), z.unknown()),
			userId: z.string(),
			recordedAt: z.string(),
		}),
	),
});

/** Parcels of a changeset's base revision as they are edited: all that reach into the box, and all that its steps touch. */
export const workingParcelsSchema = z.object({
	baseRevision: z.int(),
	coverageKind: z.enum(['plan', 'current']),
	/** West, south, east, north, degrees (EPSG:4490), as asked for. */
	box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
	parcels: z.array(
		z.object({
			parcelNo: z.int(),
			/** Exact, in whole grid steps (2⁻³³ degree); the server's own, and may be large. */
			shape: z.custom<WireShape>(),
			landUse: z.string().nullable(),
			code: parcelCodeSchema.nullable(),
			condition: planningConditionSchema.nullable(),
		}),
	),
});

export const headSchema = z.strictObject({ expectedEdit: count, head: count });
export const draftHeadSchema = z.object({ head: count, editNo: count });

/** What moves a changeset on; day, papers and what is acknowledged are for publishing. */
export const newEventSchema = z.strictObject({
	event: z.enum(CHANGESET_EVENTS),
	comment: longText,
	/** The edit that was seen by who acts: another one is refused. */
	expectedEdit: count.optional(),
	/** The papers that were seen by who publishes: others are refused, and told which. */
	papers: z
		.array(paperSchema.extend({ kind: paperKindSchema }))
		.max(PAPER_KINDS.length)
		.optional(),
	/** Codes of warnings that who publishes knows of. */
	acknowledged: z.array(z.string().max(80)).max(20).optional(),
	effectiveOn: day.optional(),
});

export const publishedSchema = z.object({
	changesetNo: z.int(),
	coverageId: z.string(),
	revision: z.int(),
	checksum: z.string(),
	changedParcels: z.int(),
});

const whoChanged = { revision: z.int(), changesetNo: z.int(), authorName: z.string().nullable() };

/** What others have published since a draft was begun, and what of it stands against the draft. */
export const rebaseOutlookSchema = z.object({
	editNo: count,
	baseRevision: z.int(),
	latestRevision: z.int(),
	/** From the oldest up. */
	revisions: z.array(z.object({ ...whoChanged, title: z.string() })),
	/** Parcels of the draft that they changed, whether that stands against it or not. */
	parcels: z.array(z.object({ ...whoChanged, parcelNo: z.int() })),
	/** What stands against it: a rebase has to give these up, each as a whole. */
	groups: z.array(
		z.object({
			groupNo: z.int(),
			stepNos: z.array(z.int()).readonly(),
			parcelNos: z.array(z.int()).readonly(),
			issue: issueSchema,
		}),
	),
	/** What would be wrong with what remains: unless it is empty, no rebase is offered. */
	issues: z.array(issueSchema),
});

/** Puts a draft on the newest revision without the groups that are named. */
export const newRebaseSchema = z.strictObject({ expectedEdit: count, drop: z.array(z.int()).max(10_000) });

export const rebasedSchema = z.object({
	baseRevision: z.int(),
	head: count,
	editNo: count,
	/** The steps that were given up, as they were asked for. */
	dropped: z.array(z.object({ stepNo: z.int(), clientId: z.string(), step: z.custom<Step>() })).readonly(),
});

const areasDm2 = z.array(count).readonly();
const factStatus = z.enum(['verified', 'unverified', 'example']);
const landUseKey = z.string().nullable();

/** What a changeset would make of the balance: whole numbers of 0.01 m², as publishing stores them. */
export const draftBalanceSchema = z.object({
	/** The revision before the changeset: the newest one where it can be put there, else its base. */
	revision: z.int(),
	/** The parks in their order, then land in none and across several. */
	columns: z
		.array(
			z.object({
				parkId: z.string().nullable(),
				relation: z.enum(['inside', 'outside', 'several']),
				nominalDm2: count.nullable(),
			}),
		)
		.readonly(),
	/** The official figure of the whole zone. */
	nominalDm2: count.nullable(),
	/** By class `system/version/code`, null: none; areas in the order of the columns. Every column's sum is the same before and after. */
	lines: z.array(z.object({ landUse: landUseKey, beforeDm2: areasDm2, afterDm2: areasDm2 })).readonly(),
	/** From which class (rows) to which (columns) the ground goes that the changeset touches. */
	matrix: z.object({
		rows: z.array(landUseKey).readonly(),
		columns: z.array(landUseKey).readonly(),
		cellsDm2: z.array(areasDm2).readonly(),
	}),
	/** The parks in their order, then the zone (null), beside the official figures. */
	totals: z
		.array(
			z.object({
				parkId: z.string().nullable(),
				beforeDm2: count,
				afterDm2: count,
				nominalDm2: count.nullable(),
				verdict: z.enum(['within', 'outside', 'no_rule', 'no_nominal']),
				source: z.string().nullable(),
				status: factStatus.nullable(),
			}),
		)
		.readonly(),
	/** The targets in force; none: nobody has set one. */
	targets: z
		.array(
			z.object({
				measure: z.enum(TARGET_MEASURES),
				parkId: z.string().nullable(),
				beforeDm2: count,
				afterDm2: count,
				targetDm2: count.nullable(),
				comparison: z.string().nullable(),
				verdict: z.enum(['met', 'missed', 'no_rule']),
				source: z.string(),
				status: factStatus,
			}),
		)
		.readonly(),
	/** Newly planned construction land that is none today, by the newest current coverage: warned of, not charged. Null: none. */
	conversion: z
		.object({
			currentRevision: z.int(),
			lines: z
				.array(
					z.object({
						parkId: z.string().nullable(),
						relation: z.enum(['inside', 'outside', 'several']),
						landUse: landUseKey,
						/** Null: not known. */
						category: z.enum(['agricultural', 'unused']).nullable(),
						isFarmland: z.boolean(),
						areaDm2: count,
					}),
				)
				.readonly(),
			basicFarmlandDm2: count,
		})
		.nullable(),
});

export const issueListSchema = z.object({ issues: z.array(issueSchema) });

export type WireChangeset = z.infer<typeof changesetSchema>;
export type WireOpenChangeset = z.infer<typeof openChangesetSchema>;
export type WireAppendedSteps = z.infer<typeof appendedStepsSchema>;
export type WireRebaseOutlook = z.infer<typeof rebaseOutlookSchema>;
export type WireRebased = z.infer<typeof rebasedSchema>;
export type WireDraftBalance = z.infer<typeof draftBalanceSchema>;
export type WireStepList = z.infer<typeof stepListSchema>;
export type WireWorkingParcels = z.infer<typeof workingParcelsSchema>;
