import { z } from 'zod';

/** Forms of an API file that supply.ts and land-chain.ts share: kept here, so that neither needs the other. */
const day = z.iso.date().regex(/^(?:19|20|21)/);
const number = z.int().positive().max(999_999_999);
const clientId = z.string().regex(/^[0-9A-Za-z_-]{8,64}$/);
const source = z.string().trim().min(1).max(500);
/** Most of an area in 0.01 m²: sums over hundreds stay within what a number holds exactly. */
const FIGURE_MAX = 1e13;

/** Why something is corrected, and what proves it. */
const why = {
	clientId,
	reason: z.string().trim().min(1).max(2000),
	document: z.string().trim().min(1).max(500).nullable(),
};

/** A conversion or acquisition batch (批次) as its document states it. */
export const batchFiguresSchema = z.strictObject({
	number: z.string().trim().min(1).max(100),
	title: z.string().trim().min(1).max(200),
	approvedOn: day,
	approvingOffice: z.string().trim().min(1).max(200),
	approvedAreaDm2: z.int().positive().max(FIGURE_MAX),
	source,
});

/** A yearly programme as it was approved. */
export const programmeFiguresSchema = z.strictObject({
	number: z.string().trim().min(1).max(100),
	approvedOn: day.nullable(),
	source,
});

/** A correction of what was entered, or that it is taken back. */
export const newLandCorrectionSchema = z.discriminatedUnion('kind', [
	z.strictObject({ ...why, kind: z.literal('plot_withdrawn'), plotNo: number }),
	z.strictObject({ ...why, kind: z.literal('permit_voided'), plotNo: number, permitNo: number }),
	z.strictObject({ ...why, kind: z.literal('batch_corrected'), batchNo: number, value: batchFiguresSchema }),
	z.strictObject({ ...why, kind: z.literal('batch_withdrawn'), batchNo: number }),
	z.strictObject({
		...why,
		kind: z.literal('programme_corrected'),
		year: number,
		value: programmeFiguresSchema,
	}),
	z.strictObject({ ...why, kind: z.literal('programme_withdrawn'), year: number }),
]);

const code = z.string().trim().min(1).max(40).nullable();

/** Codes and e-supervision numbers of plots, all given or none; what is left out of one stays as it is, null takes it away. */
export const newPlotCodesSchema = z.strictObject({
	...why,
	plots: z
		.array(
			z.strictObject({
				plotNo: number,
				cadastralCode: code.optional(),
				unitCode: code.optional(),
				codeStatus: z.enum(['none', 'provisional', 'registered']),
				/** Its form is not known, no text that tells it was read. */
				supervisionNumber: z
					.string()
					.trim()
					.max(60)
					.regex(/^\P{C}*$/u)
					.regex(/[\p{L}\p{N}]/u)
					.nullable()
					.optional(),
			}),
		)
		.min(1)
		.max(1000),
	/** That codes of another county than the rest of their park are right. */
	isCodeConfirmed: z.boolean().default(false),
});

const correctionKinds = [
	...['plot_codes', 'plot_withdrawn', 'permit_voided', 'batch_corrected', 'batch_withdrawn'],
	...['programme_corrected', 'programme_withdrawn'],
] as const;

/** What was corrected or taken back, with what stood before. */
export const landCorrectionSchema = z.object({
	correctionNo: z.int(),
	kind: z.enum(correctionKinds),
	permitNo: z.int().nullable(),
	batchNo: z.int().nullable(),
	year: z.int().nullable(),
	value: z.record(z.string(), z.unknown()),
	before: z.record(z.string(), z.unknown()),
	reason: z.string(),
	document: z.string().nullable(),
	userName: z.string().nullable(),
	recordedAt: z.string(),
});

/** A version of a plot; areas in 0.01 m². */
export const plotVersionSchema = z.object({
	version: z.int(),
	kind: z.enum(['made', 'redrawn', 'document']),
	areaDm2: z.int(),
	planarAreaDm2: z.int(),
	documentAreaDm2: z.int().nullable(),
	revision: z.int(),
	classCode: z.string().nullable(),
	reason: z.string(),
	document: z.string().nullable(),
	userName: z.string().nullable(),
	recordedAt: z.string(),
});

const versionWords = {
	clientId,
	/** The version that its writer saw. */
	expectedVersion: number,
	isAreaConfirmed: z.boolean().default(false),
	reason: z.string().trim().min(1).max(2000),
};

/** A new version of a plot of parcels of today's plan; `within` as of a new plot. */
export const newPlotVersionSchema = z.strictObject({
	...versionWords,
	parcelNos: z.array(number).min(1).max(200),
	within: z
		.array(z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]))
		.min(3)
		.max(2000)
		.nullable(),
	documentAreaDm2: z.int().positive().max(FIGURE_MAX).nullable(),
});

/** The area that a document states of a plot. */
export const newPlotAreaSchema = z.strictObject({
	...versionWords,
	documentAreaDm2: z.int().positive().max(FIGURE_MAX),
	document: z.string().trim().min(1).max(500),
});
