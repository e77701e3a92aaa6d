import { z } from 'zod';
import { CHANGE_KINDS } from '$lib/domain/changeset/change-kind.ts';
import { CHANGESET_KINDS } from '$lib/domain/changeset/kind.ts';
import { PAPER_KINDS } from '$lib/domain/changeset/publishing-papers.ts';
import { changeGroupSchema } from './parcel-change.ts';

const squareMetres = z.string().regex(/^\d+\.\d{2}$/);
const count = z.int().min(0);

/** The changeset that a revision came from; for the office. Names are null where the reader may not know them. */
export const revisionOriginSchema = z.object({
	changesetNo: z.int(),
	kind: z.enum(CHANGESET_KINDS),
	title: z.string(),
	reason: z.string(),
	authorName: z.string().nullable(),
	approverName: z.string().nullable(),
	publisherName: z.string().nullable(),
	papers: z.array(
		z.object({
			kind: z.enum(PAPER_KINDS),
			number: z.string().nullable(),
			office: z.string().nullable(),
			issuedOn: z.string().nullable(),
			startsOn: z.string().nullable(),
			endsOn: z.string().nullable(),
		}),
	),
});

/** One revision of a coverage. */
export const timelineEntrySchema = z.object({
	revision: z.int(),
	publishedAt: z.string(),
	effectiveOn: z.string().nullable(),
	/** Its checksum: part of the addresses of its tiles. */
	contentId: z.string(),
	parcelCount: count,
	areaTotalM2: squareMetres,
	/** The outside approval that publishing recorded. */
	approval: z
		.object({
			number: z.string().nullable(),
			office: z.string().nullable(),
			approvedOn: z.string().nullable(),
		})
		.nullable(),
	/** From where it was loaded, or the changeset; null for the public. */
	source: z.string().nullable(),
	/** How many parcels were changed in which way; null for the public, empty where it was loaded. */
	changes: z.partialRecord(z.enum(CHANGE_KINDS), count).nullable(),
	/** Null for the public, and where it was loaded. */
	changeset: revisionOriginSchema.nullable(),
	/** Why it is not in public view; null: it is. */
	withdrawal: z.object({ reason: z.string(), userName: z.string().nullable(), at: z.string() }).nullable(),
});

/** Revisions from the newest down; `next` is the `before` of the page that follows. */
export const timelineSchema = z.object({
	coverageId: z.string(),
	revisions: z.array(timelineEntrySchema),
	next: z.int().nullable(),
});

export type WireTimeline = z.infer<typeof timelineSchema>;

/** What a parcel was in the revisions [revisionFrom, revisionTo), as far as the reader may see them. */
export const parcelVersionSchema = z.object({
	version: z.int(),
	revisionFrom: z.int(),
	/** Null: it is so today. */
	revisionTo: z.int().nullable(),
	publishedAt: z.string(),
	effectiveOn: z.string().nullable(),
	/** What made it of the version before; none where it was loaded, or where the reader does not see that version. */
	kinds: z.array(z.enum(CHANGE_KINDS)),
	code: z.string(),
	codeStatus: z.enum(['official', 'provisional']),
	classKey: z.string().nullable(),
	parkId: z.string().nullable(),
	areaM2: squareMetres,
	/** What is otherwise than in the version before with its class, code and condition; null: nothing, or that version is not seen. */
	change: changeGroupSchema.nullable(),
	/** Null for the public, and where it was loaded. */
	changeset: revisionOriginSchema.nullable(),
});

/** What a parcel was, newest first, and where its ground came from and went. */
export const parcelHistorySchema = z.object({
	coverageId: z.string(),
	parcelNo: z.int(),
	versions: z.array(parcelVersionSchema),
	/** The first revision without it; null: it is there today. */
	retiredIn: z.int().nullable(),
	lineage: z.object({
		/** Each as it last was. */
		parcels: z.array(
			z.object({
				parcelNo: z.int(),
				code: z.string(),
				classKey: z.string().nullable(),
				areaM2: squareMetres,
				isCurrent: z.boolean(),
			}),
		),
		/** Ground of `from` went to `to`. */
		edges: z.array(z.object({ from: z.int(), to: z.int(), revision: z.int() })),
		/** There are more than are told. */
		isCut: z.boolean(),
	}),
});

export type WireParcelHistory = z.infer<typeof parcelHistorySchema>;

/** Withdraws a revision from public view, or gives it back. */
export const revisionViewEventSchema = z.strictObject({
	event: z.enum(['withdraw', 'give_back']),
	reason: z.string().max(10_000),
});

export const revisionViewSchema = z.object({ revision: z.int(), isWithdrawn: z.boolean() });

/** A parcel in one of two revisions. */
const comparedParcelSchema = z.object({
	code: z.string(),
	classKey: z.string().nullable(),
	parkId: z.string().nullable(),
	areaM2: squareMetres,
});

/** A class, or a named line, of a comparison. */
const comparedLineSchema = z.object({
	line: z.enum(['class', 'unclassified', 'withheld', 'uncovered']),
	classKey: z.string().nullable(),
	code: z.string().nullable(),
	nameZh: z.string().nullable(),
	nameEn: z.string().nullable(),
});

/** What two revisions of a coverage have otherwise. */
export const comparisonSchema = z.object({
	coverageId: z.string(),
	from: z.int(),
	to: z.int(),
	level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
	/** How many parcels are otherwise in which way; those that are withheld are left out. */
	counts: z.partialRecord(z.enum(CHANGE_KINDS), count),
	/** Parcels that are otherwise, by number; those that only have other nodes are left out. */
	changes: z.array(
		z.object({
			parcelNo: z.int(),
			kinds: z.array(z.enum(CHANGE_KINDS)),
			/** West, south, east, north in degrees, EPSG:4490, of what it was and is. */
			bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
			before: comparedParcelSchema.nullable(),
			after: comparedParcelSchema.nullable(),
		}),
	),
	/** The same by what is otherwise with classes, codes and planning conditions. */
	groups: z.array(changeGroupSchema).readonly(),
	/** There are more than are told. */
	isCut: z.boolean(),
	/** How many more are otherwise whose class, before or after, is not for this audience. */
	withheld: count,
	lines: z.array(comparedLineSchema),
	/** Area of each line that became each line, to 0.01 m², by park: rows add up to the one revision, columns to the other. */
	matrices: z.array(
		z.object({
			place: z.enum(['inside', 'outside', 'several']),
			parkId: z.string().nullable(),
			/** `from` and `to` index `lines`; cells that are zero are left out. */
			cells: z.array(z.object({ from: count, to: count, areaM2: squareMetres })),
			totalM2: squareMetres,
		}),
	),
});

export type WireComparison = z.infer<typeof comparisonSchema>;
